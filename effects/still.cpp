// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"
#include "core/picture/show_coded.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    const Sources::MediaFacts media = TRY(call.sources->facts(call.args.file("file"), call.args.text("layer")));
    if (!media.hasPicture)
        return fail(Fault::BadInput, "still: the file has no picture, only sound");
    outputs[0] = {.type = PortType::Picture, .width = call.canvas.width, .height = call.canvas.height, .baked = media.bakedPicture};
    if (static_cast<Fit>(call.args.choice("fit")) == Fit::Plain) {
        auto sized = [&](int size) { return std::max(1, static_cast<int>(std::floor(size * call.canvas.scale + 0.5))); };
        outputs[0].width = sized(media.width);
        outputs[0].height = sized(media.height);
    }
    return {};
}

Works works(const FrameCall&)
{
    return Works::Either;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    const ContentId& file = call.args.file("file");
    const std::string& layer = call.args.text("layer");
    const Sources::MediaFacts media = TRY(call.sources->facts(file, layer));
    const CodedPointer coded = TRY(call.sources->picture(file, call.args.time("time"), layer));
    const auto fit = static_cast<Fit>(call.args.choice("fit"));
    const Affine upright = scaled(static_cast<double>(media.width) / coded->width, static_cast<double>(media.height) / coded->height);
    const Affine place = fitted(media.width, media.height, call.out.width, call.out.height, fit == Fit::Plain ? Fit::Stretch : fit);
    showCoded(*coded, inverted(chained(upright, place)), fit == Fit::Plain ? Filter::Area : Filter::Lanczos3, out, call.space);
    return {};
}

} // namespace

extern const Effect effect_still;
const Effect effect_still{
    .name = "still",
    .title = "Still",
    .help = "One picture that stays: a photograph, or one moment of a film.",
    .tags = {"source"},
    .synonyms = {"image", "photo", "picture", "freeze", "jpeg", "png"},
    .params = {
        {.name = "file", .kind = ParamKind::File, .initial = ContentId{}, .title = "File", .animatable = false},
        {.name = "time", .kind = ParamKind::Time, .initial = Moment{}, .least = 0.0, .most = 86400.0, .unit = "s", .title = "Moment", .help = "Which picture of a film", .animatable = false},
        {.name = "fit", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Fit::Plain), .title = "Fit", .help = "none keeps the file's own size; the others make it as large as the canvas", .choices = fitNames(), .animatable = false},
        {.name = "layer", .kind = ParamKind::Text, .initial = std::string(), .title = "Layer", .help = "Of an OpenEXR picture: the name of one of its layers, as in diffuse.R; empty: its own picture", .animatable = false},
    },
    .access = Access::Region,
    .facts = facts,
    .works = works,
    .render = render,
};

} // namespace artdag
