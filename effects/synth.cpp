// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/effect.h"
#include "core/effect/note_row.h"
#include "core/sound/automation.h"
#include "core/sound/filter.h"
#include "core/sound/level.h"
#include "core/sound/oscillator.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace artdag {
namespace {

constexpr std::size_t mostVoices = 8, mostUnison = 7;
constexpr std::int64_t strip = 32; ///< samples between two settings of a filter

/// Stages of the envelope, as numbers among numbers.
constexpr double off = 0, rising = 1, held = 2, letGo = 3;

/// What a voice remembers; nothing but numbers, as it lives in the effect's memory.
struct Voice {
    double stage, level, brightness; ///< of the envelope; of the filter's own
    double note, target, strength;   ///< MIDI numbers: now, and where a glide leads
    double begin, end;               ///< samples: pressed, let go
    double phases[2][mostUnison];
    double filter[filterNumbers];
};
struct Voices {
    Voice voice[mostVoices];
    double last; ///< the note that was played last, plus 1
};

/// The arguments of a block.
struct Patch {
    double rate = 48000, unisonLevel = 1, glide = 0;
    Waveform form[2]{};
    double share[2] = {1, 0}, tune[2] = {0, 0}, width = 0.5;
    std::size_t unison = 1, voices = 1;
    double detune[mostUnison]{};
    Stereo place[mostUnison]{};
    double attack = 0, decay = 0, sustain = 1, release = 0, filterDecay = 0;
    double step = 0.125, length = 0.8; ///< of a step in seconds, of a note in steps
    std::uint64_t seed = 1;

    explicit Patch(const SoundCall& call)
        : rate(call.canvas.sampleRate)
    {
        const auto seconds = [&](std::string_view name) { return std::max(0.0005, secondsOfFlicks(call.args.time(name))); };
        form[0] = static_cast<Waveform>(call.args.choice("waveform_1"));
        form[1] = static_cast<Waveform>(call.args.choice("waveform_2"));
        share[1] = call.args.real("balance");
        share[0] = 1.0 - share[1];
        tune[0] = call.args.real("transpose");
        tune[1] = tune[0] + call.args.real("tune_2") + call.args.real("detune_2") / 100.0;
        width = call.args.real("pulse_width");
        voices = static_cast<std::size_t>(call.args.integer("voices"));
        glide = secondsOfFlicks(call.args.time("glide")) > 0.0 ? remaining(seconds("glide") / 4.0, rate) : 0.0;
        attack = 1.0 / (seconds("attack") * rate);
        decay = remaining(seconds("decay") / 4.0, rate);
        sustain = call.args.real("sustain");
        release = remaining(seconds("release") / 4.0, rate);
        filterDecay = remaining(seconds("filter_decay") / 4.0, rate);
        step = 60.0 / call.args.real("tempo") / static_cast<double>(call.args.integer("division"));
        length = call.args.real("length");
        seed = static_cast<std::uint64_t>(call.args.integer("seed"));
        spread(static_cast<std::size_t>(call.args.integer("unison")), call.args.real("spread") / 100.0, call.args.real("width"));
    }

    void spread(std::size_t count, double semitones, double sides)
    {
        unison = count;
        unisonLevel = 1.0 / std::sqrt(static_cast<double>(count));
        for (std::size_t i = 0; i < count; ++i) {
            const double x = count > 1 ? 2.0 * static_cast<double>(i) / static_cast<double>(count - 1) - 1.0 : 0.0; // −1 … 1
            detune[i] = x * semitones;
            const double angle = (1.0 + (i % 2 == 0 ? x : -x) * sides) * exact::pi / 4.0; // the tuned apart on both sides
            place[i] = Stereo{exact::cos(angle), exact::sin(angle)} * 1.41421356237309505 * unisonLevel;
        }
    }
};

/// A voice that is silent, else one that was let go, else the one that began first; never one pressed at this instant
/// while there is another.
Voice& voiceFor(Voices& all, const Patch& patch)
{
    const auto rank = [](const Voice& voice) { return voice.stage == off ? -1e18 : voice.stage == letGo ? voice.begin - 1e15
                                                                                                        : voice.begin; };
    Voice* best = &all.voice[0];
    for (std::size_t i = 1; i < patch.voices; ++i)
        if (rank(all.voice[i]) < rank(*best))
            best = &all.voice[i];
    return *best;
}

void press(Voices& all, const Patch& patch, const PlayedStep& played, int note, std::size_t place)
{
    Voice& voice = voiceFor(all, patch);
    voice.target = note;
    voice.note = patch.glide > 0.0 && all.last > 0.0 ? all.last - 1.0 : note;
    if (voice.stage == off) { // else it goes on from where it is, without a click
        for (double& number : voice.filter)
            number = 0.0;
        voice.level = 0.0;
        for (std::size_t osc = 0; osc < 2; ++osc)
            for (std::size_t i = 0; i < patch.unison; ++i)
                voice.phases[osc][i] = patch.unison > 1 || osc > 0 ? randomUnit(patch.seed, static_cast<std::uint64_t>(played.index), place, osc * mostUnison + i) : 0.0;
    }
    voice.stage = rising;
    voice.brightness = 1.0;
    voice.strength = played.strength;
    voice.begin = static_cast<double>(played.sample);
    voice.end = voice.begin + (patch.length + played.holds) * patch.step * patch.rate;
}

void play(Voices& all, const Patch& patch, const PlayedStep& played)
{
    const std::vector<int>& notes = played.step->notes;
    for (std::size_t i = 0; i < notes.size(); ++i)
        press(all, patch, played, notes[i], i);
    if (!notes.empty())
        all.last = notes.back() + 1.0;
}

/// The envelope's next value.
double nextLevel(Voice& voice, const Patch& patch)
{
    if (voice.stage == rising) {
        voice.level += patch.attack;
        if (voice.level >= 1.0) {
            voice.level = 1.0;
            voice.stage = held;
        }
    } else if (voice.stage == held) {
        voice.level = patch.sustain + (voice.level - patch.sustain) * patch.decay;
    } else {
        voice.level *= patch.release;
        if (voice.level < 1e-5)
            voice.stage = off;
    }
    return voice.level;
}

Filter filterOf(const SoundCall& call, const Voice& voice, std::int64_t sample, double brightness)
{
    const double octaves = call.real("filter_envelope", sample) * brightness * voice.strength + call.real("key_follow", sample) * (voice.note - 60.0) / 12.0;
    const double q = 0.70710678 * exact::pow(10.0, call.real("resonance", sample) / 20.0);
    return lowPassFilter(std::clamp(call.real("cutoff", sample) * exact::exp2(octaves), 20.0, 20000.0), q, call.canvas.sampleRate);
}

/// Adds samples `first` … `first + out.size()` of one voice.
void addVoice(const SoundCall& call, Voice& voice, const Patch& patch, std::int64_t first, std::span<Stereo> out)
{
    StereoBlock sum(out.size());
    const double bright = voice.brightness;
    double steps[2][mostUnison];
    const auto tune = [&] {
        for (std::size_t osc = 0; osc < 2; ++osc)
            for (std::size_t i = 0; i < patch.unison; ++i)
                steps[osc][i] = hertzOfNote(voice.note + patch.tune[osc] + patch.detune[i]) / patch.rate;
    };
    const Filter from = filterOf(call, voice, first, bright);
    tune();
    for (std::size_t n = 0; n < out.size(); ++n) {
        if (voice.stage != letGo && static_cast<double>(first) + static_cast<double>(n) >= voice.end)
            voice.stage = letGo;
        const double level = nextLevel(voice, patch) * voice.strength * 0.7;
        voice.note = voice.target + (voice.note - voice.target) * patch.glide;
        voice.brightness *= patch.filterDecay;
        for (std::size_t osc = 0; osc < 2; ++osc) {
            if (patch.share[osc] <= 0.0)
                continue;
            for (std::size_t i = 0; i < patch.unison; ++i) {
                double& phase = voice.phases[osc][i];
                sum[n] += patch.place[i] * (oscillate(patch.form[osc], phase, steps[osc][i], patch.width) * patch.share[osc] * level);
                phase += steps[osc][i];
                phase -= phase >= 1.0 ? exact::floor(phase) : 0.0;
            }
        }
    }
    runFilter(from, filterOf(call, voice, first + static_cast<std::int64_t>(out.size()), voice.brightness), voice.filter, sum);
    for (std::size_t n = 0; n < out.size(); ++n)
        out[n] += sum[n];
    if (voice.stage == off || (voice.note > voice.target - 1e-4 && voice.note < voice.target + 1e-4))
        voice.note = voice.target;
    voice.brightness = voice.brightness < 1e-9 ? 0.0 : voice.brightness;
    settle(voice.filter);
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    TRY(readNoteRow(call.args.text("notes"), "notes"));
    outputs[0] = {.type = PortType::Sound};
    return {};
}

Result<void> sound(const SoundCall& call, std::span<const Sound>, Sound& out)
{
    const std::vector<NoteStep> row = TRY(readNoteRow(call.args.text("notes"), "notes"));
    const Patch patch(call);
    call.memory->numbers.resize(sizeof(Voices) / sizeof(double));
    Voices voices;
    std::memcpy(&voices, call.memory->numbers.data(), sizeof voices);
    StereoBlock block(static_cast<std::size_t>(out.range().count));
    auto runUntil = [&, done = std::int64_t{0}](std::int64_t end) mutable {
        while (done < end) {
            const std::int64_t until = std::min(end, (done / strip + 1) * strip);
            for (Voice& voice : voices.voice)
                if (voice.stage != off)
                    addVoice(call, voice, patch, out.range().first + done, std::span(block).subspan(static_cast<std::size_t>(done), static_cast<std::size_t>(until - done)));
            done = until;
        }
    };
    for (const PlayedStep& played : stepsPlayed(call, row, patch.step, out.range())) {
        runUntil(played.sample - out.range().first);
        play(voices, patch, played);
    }
    runUntil(out.range().count);
    std::memcpy(call.memory->numbers.data(), &voices, sizeof voices);
    const auto level = automate(out.range(), [&](std::int64_t sample) { return exact::pow(10.0, call.real("level", sample) / 20.0); });
    for (std::size_t i = 0; i < level.size(); ++i)
        block[i] *= level[i];
    writeStereo(block, out);
    return {};
}

Param choiceOfWave(std::string_view name, std::string_view title)
{
    return {.name = name, .kind = ParamKind::Choice, .initial = std::int64_t{2}, .title = title, .group = "Oscillators", .choices = {"sine", "triangle", "saw", "square"}, .animatable = false};
}
Param fixed(std::string_view name, std::string_view title, double initial, double least, double most, double step, std::string_view unit, std::string_view group, std::string_view help = {})
{
    return {.name = name, .initial = initial, .least = least, .most = most, .step = step, .unit = unit, .title = title, .help = help, .group = group, .animatable = false};
}
Param time(std::string_view name, std::string_view title, double seconds, std::string_view group, std::string_view help)
{
    return {.name = name, .kind = ParamKind::Time, .initial = Moment{flicksOfSeconds(seconds)}, .least = 0.0, .most = 20.0, .unit = "s", .title = title, .help = help, .group = group, .animatable = false};
}

} // namespace

extern const Effect effect_synth;
const Effect effect_synth{
    .name = "synth",
    .title = "Synth",
    .help = "A synthesiser with two oscillators, a filter and envelopes, which plays a row of notes: in a tempo, or one at each event that is connected.",
    .tags = {"sound", "source"},
    .synonyms = {"synthesizer", "oscillator", "bass", "lead", "arpeggio", "sequencer", "subtractive", "notes", "melody", "analog"},
    .inputs = {{.name = "events", .type = PortType::Events, .title = "Events", .optional = true}},
    .outputs = {{.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {
        {.name = "notes", .kind = ParamKind::Text, .initial = std::string("C3 Eb3 G3 Bb3 C4 Bb3 G3 Eb3"), .title = "Notes", .help = "A word a step: C3, F#4, Bb2, chords as C3+E3+G3, C3! is accented, . rests, _ holds; the row repeats", .group = "Notes", .animatable = false},
        fixed("tempo", "Tempo", 120.0, 20.0, 400.0, 1.0, "BPM", "Notes"),
        {.name = "division", .kind = ParamKind::Integer, .initial = std::int64_t{4}, .least = 1, .most = 16, .title = "Division", .help = "Steps in a beat", .group = "Notes", .animatable = false},
        fixed("length", "Length", 0.8, 0.05, 64.0, 0.05, "steps", "Notes", "How long a key is held down"),
        fixed("transpose", "Transpose", 0.0, -48.0, 48.0, 1.0, "semitones", "Notes"),
        time("glide", "Glide", 0.0, "Notes", "From the pitch of the note before; with one voice it is a bass line that slides"),
        {.name = "voices", .kind = ParamKind::Integer, .initial = std::int64_t{6}, .least = 1, .most = static_cast<double>(mostVoices), .title = "Voices", .help = "Notes that sound together, those that ring on too", .group = "Notes", .animatable = false},
        choiceOfWave("waveform_1", "Waveform 1"),
        choiceOfWave("waveform_2", "Waveform 2"),
        fixed("balance", "Balance", 0.4, 0.0, 1.0, 0.01, {}, "Oscillators", "0 is the first oscillator alone, 1 the second"),
        fixed("tune_2", "Tune 2", -12.0, -48.0, 48.0, 1.0, "semitones", "Oscillators", "Of the second above the first"),
        fixed("detune_2", "Detune 2", 6.0, -100.0, 100.0, 0.5, "cents", "Oscillators"),
        fixed("pulse_width", "Pulse width", 0.5, 0.02, 0.98, 0.01, {}, "Oscillators", "Of squares: the part of a cycle that is high"),
        {.name = "unison", .kind = ParamKind::Integer, .initial = std::int64_t{3}, .least = 1, .most = static_cast<double>(mostUnison), .title = "Unison", .help = "Each note is played by so many", .group = "Oscillators", .animatable = false},
        fixed("spread", "Spread", 10.0, 0.0, 100.0, 0.5, "cents", "Oscillators", "How far those are tuned apart"),
        fixed("width", "Width", 0.7, 0.0, 1.0, 0.01, {}, "Oscillators", "How far they stand apart"),
        {.name = "cutoff", .initial = 900.0, .least = 20.0, .most = 20000.0, .step = 1.0, .unit = "Hz", .title = "Cutoff", .group = "Filter"},
        {.name = "resonance", .initial = 8.0, .least = 0.0, .most = 30.0, .step = 0.1, .unit = "dB", .title = "Resonance", .group = "Filter"},
        {.name = "filter_envelope", .initial = 2.5, .least = -8.0, .most = 8.0, .step = 0.1, .unit = "octaves", .title = "Filter envelope", .help = "How far the filter is open when a note begins", .group = "Filter"},
        time("filter_decay", "Filter decay", 0.35, "Filter", "How long it takes to close"),
        {.name = "key_follow", .initial = 0.4, .least = 0.0, .most = 1.0, .title = "Key follow", .help = "How far the filter goes along with the pitch", .group = "Filter"},
        time("attack", "Attack", 0.004, "Envelope", "Until a note is at its loudest"),
        time("decay", "Decay", 0.4, "Envelope", "From there to the sustain level"),
        fixed("sustain", "Sustain", 0.5, 0.0, 1.0, 0.01, {}, "Envelope", "While the key is held"),
        time("release", "Release", 0.3, "Envelope", "Until silence when it is let go"),
        {.name = "level", .initial = -6.0, .least = -96.0, .most = 12.0, .step = 0.5, .unit = "dB", .title = "Level"},
        {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed", .help = "Of where in their cycles the oscillators begin", .animatable = false},
    },
    .timeDependent = true,
    .facts = facts,
    .remembers = true,
    .sound = sound,
};

} // namespace artdag
