// SPDX-License-Identifier: GPL-3.0-or-later
// What the viewer can do by name, and the keys that do it unless the artist chose others.
#pragma once

#include "ui/command.h"

#include <span>

namespace artdag {

std::span<const Command> viewerCommands();

} // namespace artdag
