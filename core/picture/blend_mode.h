// SPDX-License-Identifier: GPL-3.0-or-later
// The blend modes' numbers, shared by effects and kernels. Includes nothing, so that kernel files may have it.
#pragma once

namespace artdag {

/// In the order of blendModeNames(); the numbers enter keys as choices, so new modes go last.
enum class BlendMode : int {
    Normal,
    Multiply,
    Screen,
    Overlay,
    Darken,
    Lighten,
    ColourDodge,
    ColourBurn,
    HardLight,
    SoftLight,
    Difference,
    Exclusion,
    Hue,
    Saturation,
    Colour,
    Luminosity, // W3C Compositing and Blending Level 1, §10
    Add,
    Subtract,
    Average,
    LinearLight,
    VividLight,
    PinLight,
};
inline constexpr int blendModes = 22;

} // namespace artdag
