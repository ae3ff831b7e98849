// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/old_names.h"

#include "core/base/exact_math.h"
#include "core/picture/blend.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace artdag {

namespace {

/// There 1 is as it is for saturation and contrast, here 0 is.
constexpr OldAdjustment adjustments[] = {
    {"brightness", "brightness", "amount"},
    {"contrast", "contrast", "amount", 1.0, -1.0},
    {"saturation", "saturation", "amount", 1.0, -1.0},
    {"gamma", "gamma", "gamma"},
    {"hue", "hue_shift", "angle"},
    {"blur", "blur", "radius"},
    {"sharpen", "sharpen", "amount"},
    {"speed", "speed", "speed"},
};

constexpr OldMember members[] = {
    {"segment", "offset", "start"},
    {"sequence", "target_size", "size"},
    {"rotate", "degrees", "angle"},
    {"rotate", "rotation", "angle"},
    {"hue_shift", "degrees", "angle"},
    {"hue_shift", "shift", "angle"},
    {"brightness", "brightness", "amount"},
    {"brightness", "factor", "amount"},
    {"contrast", "contrast", "amount"},
    {"blur", "blur", "radius"},
    {"blur", "sigma", "radius"},
    {"bloom", "intensity", "amount"},
    {"bloom", "strength", "amount"},
    {"vignette", "strength", "amount"},
    {"vignette", "intensity", "amount"},
    {"rgb_split", "amount", "offset"},
    {"rgb_split", "shift", "offset"},
    {"fade", "fade_in", "in"},
    {"fade", "fade_out", "out"},
};

constexpr std::pair<std::string_view, std::string_view> effectNames[] = {
    {"glow", "bloom"},
    {"hue", "hue_shift"},
    {"color_grade", "grade"},
    {"chromatic_aberration", "rgb_split"},
    {"zoom", "transform"},
    {"passthrough", "identity"},
};

constexpr std::pair<std::string_view, std::string_view> modeNames[] = {{"addition", "add"}, {"dodge", "colour_dodge"}, {"burn", "colour_burn"}, {"color_dodge", "colour_dodge"}, {"color_burn", "colour_burn"}, {"alpha", "normal"}, {"color", "colour"}};

template <class Table>
std::string_view lookUp(const Table& table, std::string_view name)
{
    const auto found = std::ranges::find(table, name, [](const auto& row) { return row.first; });
    return found == std::end(table) ? name : found->second;
}

} // namespace

std::span<const OldAdjustment> oldAdjustments()
{
    return adjustments;
}

std::span<const OldMember> oldMembers()
{
    return members;
}

std::string_view effectOfOld(std::string_view name)
{
    return lookUp(effectNames, name);
}

std::optional<std::string_view> blendModeOfOld(std::string_view name)
{
    const std::string_view ours = lookUp(modeNames, name);
    for (const std::string_view mode : blendModeNames())
        if (mode == ours)
            return mode;
    return std::nullopt;
}

double decibelsOfFactor(double factor)
{
    if (!(factor > 0.0))
        return -96.0;
    // our own logarithm: the value enters the graph's hash
    return std::floor(20.0 * exact::log(factor) / exact::log(10.0) * 100.0 + 0.5) / 100.0;
}

} // namespace artdag
