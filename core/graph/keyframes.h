// SPDX-License-Identifier: GPL-3.0-or-later
// Arguments that change over time, as values with an `at`: keyframes, and expressions for each component.
#pragma once

#include "core/effect/effect.h"
#include "core/effect/expression.h"
#include "core/graph/graph.h"

#include <array>
#include <memory>
#include <vector>

namespace artdag {

/// Shapes the span after a key.
struct Ease {
    enum class Kind {
        Hold,
        Linear,
        Smooth,
        Bezier,
    };
    Kind kind = Kind::Linear;
    std::array<double, 4> curve{0, 0, 1, 1}; ///< x1, y1, x2, y2 of a cubic Bézier from (0, 0) to (1, 1); x in 0–1

    /// How far along the span's values are when `u` (0–1) of its time has passed.
    [[nodiscard]] double at(double u) const;
};

struct Keyframe {
    double time = 0; ///< seconds
    Value value;
    Ease ease;
};

/// Times rise strictly; before the first key its value holds, after the last its own.
std::shared_ptr<const Animation> animationOfKeys(std::vector<Keyframe> keys, const Param& param);

/// One expression for each component of `pattern`; results are moved into the parameter's range.
std::shared_ptr<const Animation> animationOfExpressions(std::vector<Expression> components, const Value& pattern, const Param& param);

} // namespace artdag
