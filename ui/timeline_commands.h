// SPDX-License-Identifier: GPL-3.0-or-later
// What the timeline can do by name, and the keys that do it.
#pragma once

#include "ui/command.h"

#include <span>

namespace artdag {

std::span<const Command> timelineCommands();

} // namespace artdag
