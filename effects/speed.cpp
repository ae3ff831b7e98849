// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/pieces.h"
#include "core/picture/pointwise.h"
#include "core/sound/automation.h"
#include "core/sound/varispeed.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

enum Mode {
    Constant,
    Remap,
};
enum SoundChoice {
    Resampled,
    Passed,
    Silent,
};
constexpr std::int64_t mostFrames = 16; ///< that one frame is mixed of

std::int64_t lengthOf(const Call& call, const Played& played)
{
    if (const std::int64_t asked = played.unitsOf(call.args.time("duration")); asked > 0)
        return asked;
    if (played.isEndless() || call.args.choice("mode") == Remap)
        return played.length;
    return std::max<std::int64_t>(1, static_cast<std::int64_t>(exact::floor(static_cast<double>(played.length) / call.args.real("factor") + 0.5)));
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    const Played played(call);
    TRY(piecesFacts(call, "speed", lengthOf(call, played), outputs));
    const int choice = call.args.choice("sound");
    if (played.sound >= 0 && choice == Passed)
        outputs[1] = call.inputs[static_cast<std::size_t>(played.sound)].stream;
    if (choice == Silent)
        outputs[1].samples = 0;
    return {};
}

struct Share {
    std::int64_t frame;
    double weight;
};

/// The input's frames during one frame of the output, each by how long it is seen; only the first without mixing.
std::vector<Share> sharesOf(const FrameCall& call)
{
    const bool constant = call.args.choice("mode") == Constant;
    const double factor = constant ? call.args.real("factor") : 1.0;
    const double begin = constant ? static_cast<double>(call.frame) * factor : call.args.real("time") * call.canvas.rate.perSecond();
    const double first = exact::floor(begin + 1e-6); // what lies just before a frame has come to it
    const double late = std::max(begin - first, 0.0) < 1e-6 ? 0.0 : begin - first;
    const auto frame = static_cast<std::int64_t>(first);
    if (call.args.choice("frames") == 0)
        return {{frame, 1.0}};
    const double length = std::max(factor, 1.0); // slower than the film, two neighbours are mixed
    std::vector<Share> shares;
    if (length > static_cast<double>(mostFrames - 1)) {
        for (std::int64_t i = 0; i < mostFrames; ++i)
            shares.push_back({frame + static_cast<std::int64_t>(late + (static_cast<double>(i) + 0.5) * length / mostFrames), 1.0 / mostFrames});
        return shares;
    }
    for (std::int64_t i = 0; static_cast<double>(i) < late + length - 1e-6; ++i) {
        const double from = std::max(static_cast<double>(i), late), to = std::min(static_cast<double>(i + 1), late + length);
        shares.push_back({frame + i, (to - from) / length});
    }
    return shares;
}

void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    const int picture = call.input("picture");
    if (picture < 0)
        return;
    for (const Share& share : sharesOf(call))
        out.push_back({picture, share.frame});
}

void moment(const FrameCall& call, std::vector<double>& out)
{
    if (call.input("picture") >= 0)
        for (const Share& share : sharesOf(call))
            out.push_back(share.weight);
}

int passes(const FrameCall& call)
{
    return call.input("picture") >= 0 && sharesOf(call).size() == 1 ? 0 : -1;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (inputs.size() < 2)
        return piecesRender(call, inputs, out);
    const std::vector<Share> shares = sharesOf(call);
    if (shares.size() == 2) {
        lerp(inputs[0], inputs[1], out, static_cast<float>(shares[1].weight));
        return {};
    }
    scaleAll(inputs[0], out, static_cast<float>(shares[0].weight));
    for (std::size_t i = 1; i < inputs.size(); ++i)
        for (int y = out.rect.y0; y < out.rect.y1; ++y)
            for (int plane = 0; plane < 4; ++plane)
                addScaledRow(&inputs[i].at(plane, out.rect.x0, y), out.row(plane, y), static_cast<std::size_t>(out.rect.width()), static_cast<float>(shares[i].weight));
    return {};
}

/// A stretch of sound between two control points, and where it is read.
struct Reel {
    std::int64_t first, count;
    double low, high, speed; ///< samples of the input; samples a sample
    [[nodiscard]] bool isHeard() const { return speed > 0 && speed <= fastestTape; }
};

struct Tape {
    std::vector<double> places; ///< of the range's samples
    std::vector<Reel> reels;

    explicit Tape(const SoundCall& call)
    {
        const double rate = call.canvas.sampleRate;
        const bool constant = call.args.choice("mode") == Constant;
        const double factor = constant ? call.args.real("factor") : 1.0;
        places = automate(call.range, [&](std::int64_t sample) { return constant ? static_cast<double>(sample) * factor : call.realAt("time", sample) * rate; });
        for (std::int64_t start = controlFloor(call.range.first); start < call.range.end(); start += controlStep) {
            const std::int64_t first = std::max(start, call.range.first), end = std::min(start + controlStep, call.range.end());
            const double a = places[static_cast<std::size_t>(first - call.range.first)], b = places[static_cast<std::size_t>(end - 1 - call.range.first)];
            // By its control points, not by the range that was asked.
            const double speed = constant ? factor : std::abs(call.realAt("time", start + controlStep) - call.realAt("time", start)) * rate / controlStep;
            reels.push_back({first, end - first, std::min(a, b), std::max(a, b), speed});
        }
    }
};

bool hearsTape(const Call& call)
{
    return call.input("sound") >= 0 && call.args.choice("sound") == Resampled;
}

void soundNeeds(const SoundCall& call, std::vector<SoundNeed>& out)
{
    if (call.input("sound") < 0)
        return;
    if (call.args.choice("sound") == Passed)
        out.push_back({call.input("sound"), call.range});
    if (!hearsTape(call))
        return;
    for (const Reel& reel : Tape(call).reels)
        if (reel.isHeard())
            out.push_back({call.input("sound"), tapeNeeds(reel.low, reel.high, reel.speed)});
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    if (call.input("sound") >= 0 && call.args.choice("sound") == Passed)
        for (int channel = 0; channel < soundChannels; ++channel)
            std::copy_n(inputs[0].channel(channel), out.range().count, out.channel(channel));
    if (!hearsTape(call))
        return {};
    const Tape tape(call);
    std::size_t next = 0;
    for (const Reel& reel : tape.reels) {
        if (!reel.isHeard())
            continue;
        const std::int64_t shift = reel.first - out.range().first;
        float* const to[soundChannels] = {out.channel(0) + shift, out.channel(1) + shift};
        readTape(inputs[next++], tape.places.data() + shift, reel.count, reel.speed, to);
    }
    return {};
}

} // namespace

extern const Effect effect_speed;
const Effect effect_speed{
    .name = "speed",
    .title = "Speed",
    .help = "Plays a film and its sound faster or slower by a constant factor, or, with remap, shows the second of the film that `time` names: animate that to speed up, stop and turn back.",
    .tags = {"time"},
    .synonyms = {"slow motion", "fast forward", "time stretch", "time remap", "time warp", "retime", "setpts", "atempo", "timelapse"},
    .inputs = piecesInputs(),
    .outputs = piecesOutputs(),
    .params = {
        {.name = "mode", .kind = ParamKind::Choice, .initial = std::int64_t{Constant}, .title = "Mode", .choices = {"constant", "remap"}, .animatable = false},
        {.name = "factor", .initial = 1.0, .least = 0.01, .most = 100.0, .title = "Factor", .help = "2 is twice as fast and half as long; constant, for the length follows from it", .animatable = false},
        {.name = "time", .initial = 0.0, .least = 0.0, .most = 86400.0, .unit = "s", .title = "Time", .help = "With remap: the second of the input that is shown and heard; animate it"},
        {.name = "frames", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Frames", .help = "Blend mixes neighbours when slow, and all frames that pass when fast (16 of them at most)", .choices = {"nearest", "blend"}, .animatable = false},
        {.name = "sound", .kind = ParamKind::Choice, .initial = std::int64_t{Resampled}, .title = "Sound", .help = "Resampled, its pitch follows the speed as on a tape, up to 32 times; passed, it goes on as it is", .choices = {"resampled", "passed", "silent"}, .animatable = false},
        {.name = "duration", .kind = ParamKind::Time, .initial = Moment{}, .least = 0.0, .most = 86400.0, .unit = "s", .title = "Duration", .help = "Of the result; 0: what the factor gives, or with remap the input's own", .animatable = false},
    },
    .neutralAtDefault = true,
    .facts = facts,
    .needs = needs,
    .moment = moment,
    .passes = passes,
    .render = render,
    .soundNeeds = soundNeeds,
    .sound = sound,
};

} // namespace artdag
