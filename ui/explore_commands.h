// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done in Explore by name and key: variations, renders, queue, library. Explore::run knows all of them.
#pragma once

#include "ui/command.h"

#include <span>

namespace artdag {

std::span<const Command> exploreCommands();

} // namespace artdag
