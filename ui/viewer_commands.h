// SPDX-License-Identifier: GPL-3.0-or-later
// What the viewer can do by name, and the keys that do it.
#pragma once

#include "ui/command.h"

#include <QString>

#include <span>

namespace artdag {

std::span<const Command> viewerCommands();
/// The viewer's commands that a key also gives while the graph has the keys, and has no use for that one itself.
bool worksFromGraph(std::string_view id);

/// The id of the command that a key gives; empty when none does. `modifiers` as Qt::KeyboardModifiers.
QString commandOfKey(std::span<const Command> commands, int key, int modifiers);

} // namespace artdag
