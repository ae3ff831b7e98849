// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"

namespace artdag {
namespace {

int passes(const FrameCall&)
{
    return 0;
}

Result<void> render(const FrameCall&, std::span<const ConstPictureView> inputs, PictureView out)
{
    copy(inputs[0], out);
    return {};
}

} // namespace

extern const Effect effect_identity;
const Effect effect_identity{
    .name = "identity",
    .title = "Identity",
    .help = "Passes a picture on unchanged: a named point in a recipe, or a place to plug something in later.",
    .tags = {"combine"},
    .synonyms = {"pass", "through", "dot", "reroute", "noop", "null"},
    .inputs = {{.name = "picture", .title = "Picture"}},
    .neutralAtDefault = true,
    .passes = passes,
    .render = render,
};

} // namespace artdag
