// SPDX-License-Identifier: GPL-3.0-or-later
// The little that tests of all effects cannot read from a description: which settings let a parameter show.
#pragma once

#include "tests/support/run_effect.h"

#include <QMetaType>

#include <string>
#include <vector>

Q_DECLARE_METATYPE(const artdag::Effect*)

namespace artdag {

inline constexpr int inputWidth = 120, inputHeight = 90; ///< of the pictures that tests of all effects give them
/// Test data of QTest: a row for each effect, in a column `effect`.
void addEveryEffect();
/// The effect with all its inputs connected; `stated`: its parameters moved by applyStated.
EffectRun connectedRun(const Effect& effect, bool stated = false, int width = inputWidth, int height = inputHeight, Canvas canvas = EffectRun::smallCanvas());
/// Every parameter, and those of every list item, somewhere between default and an end.
void applyStated(EffectRun& run);
/// Settings without which `param` does nothing (an outline's colour wants an outline), from the table in the .cpp:
/// a new effect needs a row only where a parameter depends on another.
void applyContext(EffectRun& run, std::string_view param);
/// The item of a list whose arguments matter: neither the lowest nor the last.
inline constexpr std::size_t itemThatShows = 1;
/// Light may lie where alpha is 0.
bool addsLight(const Effect& effect);
/// SHA3-256 of shapes and of some frames or a range of sound of all outputs, as floats.
std::string digestOf(const EffectRun& run);

} // namespace artdag
