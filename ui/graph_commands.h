// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done on the canvas, by name and key. GraphCanvas::run does it.
#pragma once

#include "ui/command.h"

#include <QKeySequence>

#include <span>
#include <string_view>

namespace artdag {

std::span<const Command> graphCommands();
/// The command whose default keys these are; empty for none.
std::string_view graphCommandOf(const QKeySequence& keys);

} // namespace artdag
