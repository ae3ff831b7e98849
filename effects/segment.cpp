// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"

#include <algorithm>

namespace artdag {
namespace {

/// `start` and `duration` in units of one stream of `length` units (StreamFacts::endless: no end).
struct Span {
    std::int64_t first, length;
};
Span spanOf(Flicks start, Flicks duration, Rate rate, std::int64_t length)
{
    // Nearest frame or sample, ties up, as times in documents are read.
    const Flicks half = timeOfFrame(1, {rate.numerator * 2, rate.denominator});
    Span span{frameAt(start + half, rate), StreamFacts::endless};
    if (length != StreamFacts::endless) {
        span.first = std::min(span.first, std::max<std::int64_t>(length - 1, 0));
        span.length = length - span.first;
    }
    if (duration > 0) {
        const std::int64_t asked = std::max<std::int64_t>(1, frameAt(duration + half, rate));
        span.length = span.length == StreamFacts::endless ? asked : std::min(asked, span.length);
    }
    return span;
}

Span pictureSpan(const Call& call, std::int64_t length)
{
    return spanOf(call.args.time("start"), call.args.time("duration"), call.canvas.rate, length);
}

Span soundSpan(const Call& call, std::int64_t length)
{
    return spanOf(call.args.time("start"), call.args.time("duration"), {call.canvas.sampleRate, 1}, length);
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    const int picture = call.input("picture");
    const int sound = call.input("sound");
    if (picture < 0 && sound < 0)
        return fail(Fault::BadInput, "segment: connect a picture, a sound, or both");
    outputs[0] = picture < 0 ? StreamFacts{PortType::Picture, call.canvas.width, call.canvas.height, 1} : call.inputs[static_cast<std::size_t>(picture)].stream;
    outputs[1] = sound < 0 ? StreamFacts{.type = PortType::Sound, .samples = 0} : call.inputs[static_cast<std::size_t>(sound)].stream;
    if (picture >= 0)
        outputs[0].frames = pictureSpan(call, outputs[0].frames).length;
    if (sound >= 0 && outputs[1].samples != 0)
        outputs[1].samples = soundSpan(call, outputs[1].samples).length;
    return {};
}

void needs(const FrameCall& call, std::vector<FrameNeed>& out)
{
    if (const int picture = call.input("picture"); picture >= 0)
        out.push_back({picture, call.frame + pictureSpan(call, call.inputs[static_cast<std::size_t>(picture)].stream.frames).first});
}

int passes(const FrameCall& call)
{
    return call.input("picture") >= 0 ? 0 : -1;
}

Result<void> render(const FrameCall&, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (inputs.empty())
        clear(out);
    else
        copy(inputs[0], out);
    return {};
}

void soundNeeds(const SoundCall& call, std::vector<SoundNeed>& out)
{
    const int sound = call.input("sound");
    if (sound < 0)
        return;
    const Span span = soundSpan(call, call.inputs[static_cast<std::size_t>(sound)].stream.samples);
    SampleRange range = call.range;
    // Nothing from before the segment or after it, though the source has it.
    const std::int64_t first = std::max<std::int64_t>(range.first, 0);
    const std::int64_t end = span.length == StreamFacts::endless ? range.end() : std::min(range.end(), span.length);
    if (end > first)
        out.push_back({sound, {first + span.first, end - first}});
}

Result<void> sound(const SoundCall& call, std::span<const Sound> inputs, Sound& out)
{
    if (inputs.empty())
        return {};
    const std::int64_t first = std::max<std::int64_t>(call.range.first, 0);
    for (int channel = 0; channel < soundChannels; ++channel)
        std::copy_n(inputs[0].channel(channel), inputs[0].range().count, out.channel(channel) + (first - call.range.first));
    return {};
}

/// A part of a picture that stands is that picture.
bool still(const Call&)
{
    return true;
}

} // namespace

extern const Effect effect_segment;
const Effect effect_segment{
    .name = "segment",
    .title = "Segment",
    .help = "A part of a film, a sound, or both: from a start, for a duration. Duration 0 goes to the end.",
    .tags = {"time"},
    .synonyms = {"trim", "cut", "in out", "clip", "excerpt", "subclip", "slice"},
    .inputs = {{.name = "picture", .title = "Picture", .optional = true}, {.name = "sound", .type = PortType::Sound, .title = "Sound", .optional = true}},
    .outputs = {{.name = "picture", .title = "Picture"}, {.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {
        {.name = "start", .kind = ParamKind::Time, .initial = Moment{}, .least = 0.0, .most = 86400.0, .unit = "s", .title = "Start", .animatable = false},
        {.name = "duration", .kind = ParamKind::Time, .initial = Moment{}, .least = 0.0, .most = 86400.0, .unit = "s", .title = "Duration", .help = "0 goes to the end", .animatable = false},
    },
    .neutralAtDefault = true,
    .facts = facts,
    .needs = needs,
    .still = still,
    .passes = passes,
    .render = render,
    .soundNeeds = soundNeeds,
    .sound = sound,
};

} // namespace artdag
