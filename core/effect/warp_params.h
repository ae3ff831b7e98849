// SPDX-License-Identifier: GPL-3.0-or-later
// What all warps ask alike: how a picture is read between its pixels, and what lies beyond its border.
#pragma once

#include "core/effect/effect.h"
#include "core/picture/warp.h"

namespace artdag {

inline Param warpFilterParam()
{
    return {.name = "filter", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(Filter::Bilinear), .title = "Filter", .help = "Bicubic is crisper where the picture is enlarged", .choices = warpFilterNames(), .animatable = false};
}
inline Param warpEdgesParam(Edge initial)
{
    return {.name = "edges", .kind = ParamKind::Choice, .initial = static_cast<std::int64_t>(initial), .title = "Edges", .help = "What lies beyond the border", .choices = edgeNames(), .animatable = false};
}
/// For the picture of need 0, an input of the output's size.
inline WarpRules warpRulesOf(const FrameCall& call)
{
    const auto edges = static_cast<Edge>(call.args.choice("edges"));
    return {.width = call.out.width, .height = call.out.height, .filter = static_cast<Filter>(call.args.choice("filter")), .edgeX = edges, .edgeY = edges};
}

} // namespace artdag
