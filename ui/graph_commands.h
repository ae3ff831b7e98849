// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done on the canvas, by name and key. GraphCanvas::run does it.
#pragma once

#include "ui/command.h"

#include <span>

namespace artdag {

std::span<const Command> graphCommands();

} // namespace artdag
