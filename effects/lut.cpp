// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/tone_effect.h"
#include "core/picture/cube_lut.h"

namespace artdag {
namespace {

int passes(const FrameCall& call)
{
    return call.args.real("amount") == 0.0 || call.args.file("file").isNull() ? 0 : -1;
}

Result<CubeLut> lutOf(const Call& call)
{
    const std::shared_ptr<const Bytes> bytes = TRY(call.sources->file(call.args.file("file")));
    auto lut = readCube(*bytes);
    if (!lut)
        return fail(lut.error().fault, "lut: file: " + lut.error().message);
    return lut;
}

/// A file that cannot be read is said before anything is rendered.
Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    outputs[0].baked = {}; // the picture that was baked is the input's; the file here is none
    if (!call.args.file("file").isNull())
        TRY(lutOf(call));
    return {};
}

Rect region(const FrameCall&, std::size_t, Rect out)
{
    return out;
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out)
{
    if (passes(call) == 0) {
        copy(inputs[0], out);
        return {};
    }
    const CubeLut lut = TRY(lutOf(call));
    const auto mix = static_cast<CubeMix>(call.args.choice("interpolation"));
    changeTones(inputs[0], out, call.space, call.args.real("amount"), [&](const ToneRow& row) { applyCube(lut, mix, row.to, row.n); });
    return {};
}

} // namespace

extern const Effect effect_lut;
const Effect effect_lut{
    .name = "lut",
    .title = "LUT",
    .help = "Gives the colours a look that another program saved as a .cube file, curves (1D) or a cube (3D). Without a file nothing changes.",
    .tags = {"colour"},
    .synonyms = {"cube", ".cube", "lut3d", "lut1d", "look", "film emulation", "vectorfield", "colour lookup", "OCIOFileTransform"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .params = {
        {.name = "file", .kind = ParamKind::File, .initial = ContentId{}, .title = "File", .help = "A .cube file of up to 65536 entries (1D) or 129 × 129 × 129 (3D)", .animatable = false},
        {.name = "interpolation", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .title = "Interpolation", .help = "Between the colours of a cube; tetrahedral keeps greys grey", .choices = {"tetrahedral", "trilinear"}, .animatable = false},
        amountParam(),
        spaceParam("What the file was made for; most looks are for display values"),
    },
    .access = Access::Region, // in one call for a frame: the file is read once
    .neutralAtDefault = true,
    .facts = facts,
    .passes = passes,
    .region = region,
    .works = worksInItsSpace,
    .render = render,
};

} // namespace artdag
