// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/picture/show_coded.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

int scaledSize(int size, double scale)
{
    return std::max(1, static_cast<int>(std::floor(size * scale + 0.5)));
}

/// How many of the file's pictures a second the canvas shows: of numbered pictures one a frame, whatever its rate.
Rate rateOf(const Sources::MediaFacts& media, const Canvas& canvas)
{
    return media.numbered.numerator > 0 ? media.numbered : canvas.rate;
}

/// Frames that begin before the end, samples likewise.
std::int64_t count(Flicks duration, Rate rate)
{
    return duration <= 0 ? 0 : frameAt(duration - 1, rate) + 1;
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    const Sources::MediaFacts media = TRY(call.sources->facts(call.args.file("file"), call.args.text("layer")));
    const bool own = static_cast<Fit>(call.args.choice("fit")) == Fit::Plain;
    StreamFacts& picture = outputs[0];
    picture = {.type = PortType::Picture, .width = call.canvas.width, .height = call.canvas.height, .baked = media.bakedPicture};
    if (media.hasPicture && own) {
        picture.width = scaledSize(media.width, call.canvas.scale);
        picture.height = scaledSize(media.height, call.canvas.scale);
    }
    picture.frames = !media.hasPicture ? 1 : media.still ? StreamFacts::endless
                                                         : std::max<std::int64_t>(1, count(media.duration, rateOf(media, call.canvas)));
    outputs[1] = {.type = PortType::Sound, .baked = media.bakedSound, .samples = media.hasSound ? count(media.soundDuration, {call.canvas.sampleRate, 1}) : 0};
    return {};
}

/// A photograph's frames are all one piece of work.
void moment(const FrameCall& call, std::vector<double>& out)
{
    out.push_back(call.out.frames == StreamFacts::endless ? 0.0 : static_cast<double>(call.frame));
}

Works works(const FrameCall&)
{
    return Works::Either;
}

/// Where the output shows the file's upright picture.
Affine placed(const Sources::MediaFacts& media, const FrameCall& call)
{
    const auto fit = static_cast<Fit>(call.args.choice("fit"));
    return fitted(media.width, media.height, call.out.width, call.out.height, fit == Fit::Plain ? Fit::Stretch : fit);
}

/// A picture of the file and where it is shown.
struct Shown {
    CodedPointer picture; ///< null: the file has none
    Affine toSource;
};

Result<Shown> shownBy(const FrameCall& call)
{
    const ContentId& file = call.args.file("file");
    const std::string& layer = call.args.text("layer");
    const Sources::MediaFacts media = TRY(call.sources->facts(file, layer));
    if (!media.hasPicture)
        return Shown{};
    const CodedPointer picture = TRY(call.sources->picture(file, timeOfFrame(call.frame, rateOf(media, call.canvas)), layer));
    // Pixels that are not square, a drawing that is drawn larger: the picture is first as it is shown, then fitted.
    const Affine upright = scaled(static_cast<double>(media.width) / picture->width, static_cast<double>(media.height) / picture->height);
    return Shown{picture, inverted(chained(upright, placed(media, call)))};
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    const Shown shown = TRY(shownBy(call));
    if (shown.picture == nullptr)
        clear(out);
    else
        showCoded(*shown.picture, shown.toSource, static_cast<Fit>(call.args.choice("fit")) == Fit::Plain ? Filter::Area : Filter::Lanczos3, out, call.space);
    return {};
}

Result<std::optional<FilePicture>> native(const FrameCall& call)
{
    const ContentId& file = call.args.file("file");
    const std::string& layer = call.args.text("layer");
    const Sources::MediaFacts media = TRY(call.sources->facts(file, layer));
    if (!media.hasPicture || placed(media, call) != Affine{})
        return std::nullopt;
    return FilePicture{file, timeOfFrame(call.frame, rateOf(media, call.canvas)), layer};
}

Result<void> sound(const SoundCall& call, std::span<const Sound>, Sound& out)
{
    out = TRY(call.sources->sound(call.args.file("file"), call.range, call.canvas.sampleRate));
    return {};
}

/// A photograph's frames are one.
bool still(const Call& call)
{
    return call.out.frames == StreamFacts::endless;
}

} // namespace

extern const Effect effect_media;
const Effect effect_media{
    .name = "media",
    .title = "Media",
    .help = "A film, picture or sound from a file. Each frame shows the last picture of the file that has begun by then, so that any frame rate plays at its right speed.",
    .tags = {"source"},
    .synonyms = {"video", "clip", "footage", "file", "import", "movie", "image", "input", "load"},
    .outputs = {{.name = "picture", .title = "Picture"}, {.name = "sound", .type = PortType::Sound, .title = "Sound"}},
    .params = {
        {.name = "file", .kind = ParamKind::File, .initial = ContentId{}, .title = "File", .animatable = false},
        {.name = "fit", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Fit::Plain), .title = "Fit", .help = "none keeps the file's own size; the others make it as large as the canvas", .choices = fitNames(), .animatable = false},
        {.name = "layer", .kind = ParamKind::Text, .initial = std::string(), .title = "Layer", .help = "Of an OpenEXR picture: the name of one of its layers, as in diffuse.R; empty: its own picture", .animatable = false},
    },
    .access = Access::Region,
    .facts = facts,
    .moment = moment,
    .still = still,
    .native = native,
    .works = works,
    .render = render,
    .sound = sound,
};

} // namespace artdag
