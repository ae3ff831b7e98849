// SPDX-License-Identifier: GPL-3.0-or-later
// How the older project's names and numbers are ours: one table for each kind of node.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace artdag {

/// One entry of TRANSFORM's `effects`: the effect and parameter that it is here, value × factor + offset.
struct OldAdjustment {
    std::string_view name;
    std::string_view effect;
    std::string_view param;
    double factor = 1.0;
    double offset = 0.0;
};
std::span<const OldAdjustment> oldAdjustments();

/// A member of a node's `config` that is a parameter here under another name.
struct OldMember {
    std::string_view effect; ///< ours
    std::string_view name;   ///< theirs
    std::string_view param;  ///< ours
};
std::span<const OldMember> oldMembers();

/// Our effect for one of theirs; the same name where nothing else is known.
std::string_view effectOfOld(std::string_view name);
/// Our blend mode, or nothing.
std::optional<std::string_view> blendModeOfOld(std::string_view name);
/// A gain factor in dB, rounded to hundredths; −96 for silence.
double decibelsOfFactor(double factor);

} // namespace artdag
