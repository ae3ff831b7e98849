// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/pieces.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

const StreamFacts& streamOf(const Call& call, int input)
{
    return call.inputs[static_cast<std::size_t>(input)].stream;
}

/// A stretch of the input's sound that is added to the output, with the ramps at its ends.
struct Stretch {
    SampleRange out;
    std::int64_t source = 0; ///< of the first sample
    bool backwards = false;
    std::int64_t upFrom = 0, up = 0;      ///< a ramp from 0 that begins there and takes so long
    std::int64_t downUntil = 0, down = 0; ///< one to 0 that ends there
    bool evenPower = false;

    [[nodiscard]] SampleRange needed() const { return {backwards ? source - out.count + 1 : source, out.count}; }
    [[nodiscard]] float gain(std::int64_t sample) const
    {
        double gain = 1.0;
        if (up > 0 && sample < upFrom + up)
            gain *= (static_cast<double>(sample - upFrom) + 0.5) / static_cast<double>(up);
        if (down > 0 && sample >= downUntil - down)
            gain *= (static_cast<double>(downUntil - sample) - 0.5) / static_cast<double>(down);
        return static_cast<float>(evenPower ? std::sqrt(gain) : gain);
    }
};

std::int64_t sourceSample(const Played& played, const Piece& piece, std::int64_t sample)
{
    const std::int64_t into = sample - played.sampleOf(piece.first);
    return piece.step < 0 ? played.sampleOf(piece.from + 1) - 1 - into : played.sampleOf(piece.from) + into;
}

/// Whether `after` goes on where `before` ends: also where it turns round. Frames do not hold whole samples, hence the slack.
bool areJoined(const Played& played, const Piece& before, const Piece& after)
{
    if (before.step == 0 || after.step == 0)
        return before.step == after.step;
    const std::int64_t at = played.sampleOf(after.first);
    return std::abs(sourceSample(played, before, at) - sourceSample(played, after, at)) <= 2;
}

struct Joins {
    const SoundCall& call;
    const Played& played;
    PieceAt pieceAt;
    std::int64_t overlap; ///< units
    std::vector<Stretch> stretches;

    void add(const Piece& piece, std::int64_t first, std::int64_t end)
    {
        const std::int64_t begins = played.sampleOf(piece.first), ends = played.sampleOf(piece.end);
        const std::int64_t duck = std::min<std::int64_t>(played.sampleRate / 500, (ends - begins) / 2);
        Stretch stretch{{first, end - first}, sourceSample(played, piece, first), piece.step < 0};
        if (overlap > 0) {
            const std::int64_t over = played.sampleOf(piece.first + overlap) - begins;
            stretch.evenPower = true;
            stretch.upFrom = begins, stretch.up = over;
            if (first < begins + over) { // the piece before goes on
                const Piece before = pieceAt(call, played, piece.first - 1);
                Stretch last{{first, std::min(end, begins + over) - first}, sourceSample(played, before, first), before.step < 0};
                last.evenPower = true;
                last.downUntil = begins + over, last.down = over;
                stretches.push_back(last);
            }
        } else {
            if (piece.first > 0 && !areJoined(played, pieceAt(call, played, piece.first - 1), piece))
                stretch.upFrom = begins, stretch.up = duck;
            if (piece.end < noEnd && !areJoined(played, piece, pieceAt(call, played, piece.end)))
                stretch.downUntil = ends, stretch.down = duck;
        }
        stretches.push_back(stretch);
    }
};

std::vector<Stretch> stretchesOf(const SoundCall& call, const Played& played, PieceAt pieceAt, std::int64_t length, std::int64_t overlap)
{
    Joins joins{call, played, pieceAt, overlap, {}};
    const std::int64_t end = length == StreamFacts::endless ? call.range.end() : std::min(call.range.end(), played.sampleOf(length));
    for (std::int64_t at = std::max<std::int64_t>(call.range.first, 0); at < end;) {
        const Piece piece = pieceAt(call, played, played.unitAt(at));
        const std::int64_t until = std::min(end, piece.end >= noEnd ? end : played.sampleOf(piece.end));
        if (piece.step != 0)
            joins.add(piece, at, until);
        at = until;
    }
    return joins.stretches;
}

} // namespace

Played::Played(const Call& call)
    : picture(call.input("picture")),
      sound(call.input("sound")),
      rate(call.canvas.rate),
      sampleRate(call.canvas.sampleRate)
{
    if (picture >= 0)
        length = streamOf(call, picture).frames;
    else
        rate = {sampleRate, 1};
    if (isEndless() && sound >= 0 && streamOf(call, sound).samples > 0) { // what never ends keeps to what does
        const std::int64_t samples = streamOf(call, sound).samples;
        length = picture >= 0 ? unitAt(samples - 1) + 1 : samples;
    }
}

std::int64_t Played::unitsOf(Flicks time) const
{
    const Flicks half = timeOfFrame(1, {rate.numerator * 2, rate.denominator});
    return frameAt(time + half, rate);
}

std::int64_t Played::sampleOf(std::int64_t unit) const
{
    return sampleOfFrame(unit, rate, sampleRate);
}

std::int64_t Played::unitAt(std::int64_t sample) const
{
    return time_detail::scaleDown(sample, rate.numerator, static_cast<std::int64_t>(sampleRate) * rate.denominator);
}

Result<void> piecesFacts(const Call& call, std::string_view effect, std::int64_t length, std::span<StreamFacts> outputs)
{
    const Played played(call);
    if (played.picture < 0 && played.sound < 0)
        return fail(Fault::BadInput, fmt::format("{}: connect a picture, a sound, or both", effect));
    outputs[0] = {PortType::Picture, call.canvas.width, call.canvas.height, 1};
    outputs[1] = {.type = PortType::Sound, .samples = 0};
    if (played.picture >= 0) {
        outputs[0] = streamOf(call, played.picture);
        outputs[0].frames = length;
    }
    if (played.sound >= 0 && streamOf(call, played.sound).samples != 0) {
        outputs[1] = streamOf(call, played.sound);
        outputs[1].samples = length == StreamFacts::endless ? length : played.sampleOf(length);
    }
    return {};
}

Result<void> mustEnd(const Call& call, std::string_view effect)
{
    const Played played(call);
    if (played.isEndless() && (played.picture >= 0 || played.sound >= 0))
        return fail(Fault::BadInput, fmt::format("{}: {} never ends; put a segment with a duration before it", effect, played.picture >= 0 ? "picture" : "sound"));
    return {};
}

void piecesNeeds(const FrameCall& call, PieceAt pieceAt, std::vector<FrameNeed>& out)
{
    const Played played(call);
    if (played.picture >= 0)
        out.push_back({played.picture, pieceAt(call, played, call.frame).unitAt(call.frame)});
}

int piecesPasses(const FrameCall& call)
{
    return call.input("picture") >= 0 ? 0 : -1;
}

Result<void> piecesRender(const FrameCall&, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (inputs.empty())
        clear(out);
    else
        copy(inputs[0], out);
    return {};
}

void piecesSoundNeeds(const SoundCall& call, PieceAt pieceAt, std::int64_t length, std::int64_t overlap, std::vector<SoundNeed>& out)
{
    const Played played(call);
    if (played.sound < 0)
        return;
    for (const Stretch& stretch : stretchesOf(call, played, pieceAt, length, overlap))
        out.push_back({played.sound, stretch.needed()});
}

void piecesSound(const SoundCall& call, PieceAt pieceAt, std::int64_t length, std::int64_t overlap, std::span<const Sound> inputs, Sound& out)
{
    const Played played(call);
    if (played.sound < 0)
        return;
    const std::vector<Stretch> stretches = stretchesOf(call, played, pieceAt, length, overlap);
    // Nothing from beyond what is played, though the source may have it: sound keeps to the picture.
    const std::int64_t last = played.isEndless() ? INT64_MAX : played.sampleOf(played.length);
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        const Stretch& stretch = stretches[i];
        for (int channel = 0; channel < soundChannels; ++channel) {
            const float* from = inputs[i].channel(channel);
            float* to = out.channel(channel) + (stretch.out.first - out.range().first);
            for (std::int64_t k = 0; k < stretch.out.count; ++k) {
                const std::int64_t source = stretch.backwards ? stretch.source - k : stretch.source + k;
                if (source >= 0 && source < last)
                    to[k] += from[stretch.backwards ? stretch.out.count - 1 - k : k] * stretch.gain(stretch.out.first + k);
            }
        }
    }
}

std::vector<Port> piecesInputs()
{
    return {{.name = "picture", .title = "Picture", .optional = true}, {.name = "sound", .type = PortType::Sound, .title = "Sound", .optional = true}};
}

std::vector<Port> piecesOutputs()
{
    return {{.name = "picture", .title = "Picture"}, {.name = "sound", .type = PortType::Sound, .title = "Sound"}};
}

} // namespace artdag
