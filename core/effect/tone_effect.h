// SPDX-License-Identifier: GPL-3.0-or-later
// What the descriptions of tone effects have in common: the parameters `space` and `amount`, and colours in that space.
#pragma once

#include "core/effect/effect.h"
#include "core/picture/tone.h"

namespace artdag {

/// For Effect::works of an effect with the parameter `space`.
inline Works worksInItsSpace(const FrameCall& call)
{
    if (call.effect.passes != nullptr && call.effect.passes(call) == 0)
        return Works::Either;
    return call.args.choice("space") == 1 ? Works::Linear : Works::Display;
}

/// For Effect::passes of an effect that does nothing at amount 0.
inline int passesWithoutAmount(const FrameCall& call)
{
    return call.args.real("amount") == 0.0 ? 0 : -1;
}

inline Param spaceParam(std::string_view help, bool linear = false)
{
    return {.name = "space", .kind = ParamKind::Choice, .initial = std::int64_t{linear ? 1 : 0}, .title = "Space", .help = help, .choices = {"display", "linear"}, .animatable = false};
}

/// How much of the change is mixed into the picture.
inline Param amountParam(double initial = 1.0)
{
    return {.name = "amount", .initial = initial, .least = 0.0, .most = 1.0, .title = "Amount", .help = "How far it goes; 0 changes nothing"};
}

/// An artist's colour in the space of the pixels, its alpha as cover.
inline StraightPaint paintOf(const Colour& colour, Space space)
{
    StraightPaint paint{{static_cast<float>(colour.r), static_cast<float>(colour.g), static_cast<float>(colour.b)}, static_cast<float>(colour.a)};
    if (space == Space::Linear)
        displayToLinearRow(paint.rgb, paint.rgb, 3);
    return paint;
}

} // namespace artdag
