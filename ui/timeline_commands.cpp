// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline_commands.h"

#include <QCoreApplication>

namespace artdag {

namespace {
constexpr Command commands[] = {
    {"timeline.zoom_in", QT_TRANSLATE_NOOP("Command", "Zoom in on time"), "+; ="},
    {"timeline.zoom_out", QT_TRANSLATE_NOOP("Command", "Zoom out of time"), "-"},
    {"timeline.fit", QT_TRANSLATE_NOOP("Command", "The whole film"), "F; Ctrl+0"},
    {"timeline.split", QT_TRANSLATE_NOOP("Command", "Split the item at the playhead"), "Ctrl+K"},
    {"timeline.delete", QT_TRANSLATE_NOOP("Command", "Delete the selected keys"), "Del; Backspace"},
    {"timeline.copy", QT_TRANSLATE_NOOP("Command", "Copy keys"), "Ctrl+C"},
    {"timeline.paste", QT_TRANSLATE_NOOP("Command", "Paste keys at the playhead"), "Ctrl+V"},
    {"timeline.key", QT_TRANSLATE_NOOP("Command", "A key at the playhead"), "N"},
    {"timeline.ease", QT_TRANSLATE_NOOP("Command", "Next ease of the selected keys"), "T"},
    {"timeline.previous_marker", QT_TRANSLATE_NOOP("Command", "To the marker before"), "Ctrl+Left"},
    {"timeline.next_marker", QT_TRANSLATE_NOOP("Command", "To the next marker"), "Ctrl+Right"},
    {"timeline.snap", QT_TRANSLATE_NOOP("Command", "Snap to beats, cuts and markers"), "S"},
};
} // namespace

std::span<const Command> timelineCommands()
{
    return commands;
}

} // namespace artdag
