// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explore_commands.h"

#include <QtGlobal>

namespace artdag {

namespace {
constexpr Command commands[] = {
    {"studio.vary", QT_TRANSLATE_NOOP("Command", "Explore variations"), "E"},
    {"studio.order", QT_TRANSLATE_NOOP("Command", "Render outputs with other profiles…"), "Ctrl+Shift+E"},
    {"studio.library", QT_TRANSLATE_NOOP("Command", "Show or hide the library"), "Ctrl+Shift+B"},
    {"studio.renders", QT_TRANSLATE_NOOP("Command", "Show all renders"), "Ctrl+Shift+R"},
    {"sheet.open", QT_TRANSLATE_NOOP("Command", "Open this variation"), "Return; Enter"},
    {"sheet.keep", QT_TRANSLATE_NOOP("Command", "Keep this variation"), "K"},
    {"sheet.discard", QT_TRANSLATE_NOOP("Command", "Discard this variation"), "X"},
    {"sheet.again", QT_TRANSLATE_NOOP("Command", "Make this variation again and compare the bytes"), "R"},
    {"sheet.others", QT_TRANSLATE_NOOP("Command", "Twelve other variations"), "N"},
    {"sheet.seeds", QT_TRANSLATE_NOOP("Command", "Vary only the seeds"), "Shift+N"},
    {"sheet.export", QT_TRANSLATE_NOOP("Command", "Save the contact sheet as a picture…"), "P"},
    {"sheet.leave", QT_TRANSLATE_NOOP("Command", "Back to the graph"), "Esc"},
    {"gallery.open", QT_TRANSLATE_NOOP("Command", "Open the recipe of this render"), "Return; Enter"},
    {"gallery.keep", QT_TRANSLATE_NOOP("Command", "Keep"), "K"},
    {"gallery.star", QT_TRANSLATE_NOOP("Command", "Star"), "S"},
    {"gallery.discard", QT_TRANSLATE_NOOP("Command", "Discard"), "X; Del"},
    {"gallery.compare", QT_TRANSLATE_NOOP("Command", "Compare two renders"), "C"},
    {"gallery.check", QT_TRANSLATE_NOOP("Command", "Check that this film can be made again"), "Shift+C"},
    {"gallery.check_here", QT_TRANSLATE_NOOP("Command", "Check a few frames of this film here"), "H"},
    {"gallery.variant", QT_TRANSLATE_NOOP("Command", "Make a variant of this render"), "V"},
    {"gallery.undo", QT_TRANSLATE_NOOP("Command", "Undo a mark"), "Ctrl+Z"},
    {"gallery.redo", QT_TRANSLATE_NOOP("Command", "Redo a mark"), "Ctrl+Shift+Z; Ctrl+Y"},
    {"gallery.select_all", QT_TRANSLATE_NOOP("Command", "Select all renders"), "Ctrl+A"},
    {"gallery.find", QT_TRANSLATE_NOOP("Command", "Find a render"), "Ctrl+F; /"},
    {"gallery.empty", QT_TRANSLATE_NOOP("Command", "Empty the discarded renders…"), "Ctrl+Del"},
    {"gallery.leave", QT_TRANSLATE_NOOP("Command", "Leave the comparison or the selection"), "Esc"},
    {"queue.up", QT_TRANSLATE_NOOP("Command", "Render earlier"), "Ctrl+Up"},
    {"queue.down", QT_TRANSLATE_NOOP("Command", "Render later"), "Ctrl+Down"},
    {"queue.pause", QT_TRANSLATE_NOOP("Command", "Pause or go on with a run"), "P; Space"},
    {"queue.cancel", QT_TRANSLATE_NOOP("Command", "Cancel a run"), "Del; X"},
    {"queue.retry", QT_TRANSLATE_NOOP("Command", "Render again what failed"), "R"},
    {"queue.hold", QT_TRANSLATE_NOOP("Command", "Pause or go on with the whole queue"), "Ctrl+P"},
    {"queue.clear", QT_TRANSLATE_NOOP("Command", "Clear finished runs"), "Ctrl+Del"},
    {"library.use", QT_TRANSLATE_NOOP("Command", "Use this in the recipe"), "Return; Enter"},
    {"library.rescan", QT_TRANSLATE_NOOP("Command", "Look at all files again"), "F5"},
    {"library.find_missing", QT_TRANSLATE_NOOP("Command", "Find missing media…"), ""},
};
} // namespace

std::span<const Command> exploreCommands()
{
    return commands;
}

} // namespace artdag
