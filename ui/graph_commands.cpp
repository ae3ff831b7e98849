// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph_commands.h"

#include <QCoreApplication>

namespace artdag {

namespace {
constexpr Command commands[] = {
    {"graph.add", QT_TRANSLATE_NOOP("Command", "Add a node"), "Tab; Shift+A"},
    {"graph.find", QT_TRANSLATE_NOOP("Command", "Find a node"), "Ctrl+F"},
    {"graph.outline", QT_TRANSLATE_NOOP("Command", "Show the outline"), "Ctrl+Shift+L"},
    {"graph.copy", QT_TRANSLATE_NOOP("Command", "Copy"), "Ctrl+C"},
    {"graph.cut", QT_TRANSLATE_NOOP("Command", "Cut"), "Ctrl+X"},
    {"graph.paste", QT_TRANSLATE_NOOP("Command", "Paste at the pointer"), "Ctrl+V"},
    {"graph.duplicate", QT_TRANSLATE_NOOP("Command", "Duplicate"), "Ctrl+D"},
    {"graph.duplicateFed", QT_TRANSLATE_NOOP("Command", "Duplicate with inputs"), "Ctrl+Shift+D"},
    {"graph.delete", QT_TRANSLATE_NOOP("Command", "Delete, the chain holds"), "Del; Backspace"},
    {"graph.deleteHard", QT_TRANSLATE_NOOP("Command", "Delete with its wires"), "Shift+Del; Shift+Backspace"},
    {"graph.extract", QT_TRANSLATE_NOOP("Command", "Take out of the chain"), "Ctrl+Shift+X"},
    {"graph.bypass", QT_TRANSLATE_NOOP("Command", "Bypass"), "D; Ctrl+M"},
    {"graph.rename", QT_TRANSLATE_NOOP("Command", "Rename"), "F2"},
    {"graph.connect", QT_TRANSLATE_NOOP("Command", "Connect to …"), "C"},
    {"graph.dot", QT_TRANSLATE_NOOP("Command", "Dot on the wire"), "."},
    {"graph.frame", QT_TRANSLATE_NOOP("Command", "Frame"), "Shift+B"},
    {"graph.fold", QT_TRANSLATE_NOOP("Command", "Fold the frame"), "Shift+F"},
    {"graph.fitFrame", QT_TRANSLATE_NOOP("Command", "Fit the frame to its nodes"), "Shift+R"},
    {"graph.group", QT_TRANSLATE_NOOP("Command", "Group"), "Ctrl+G"},
    {"graph.ungroup", QT_TRANSLATE_NOOP("Command", "Flatten the group"), "Ctrl+Shift+G"},
    {"graph.open", QT_TRANSLATE_NOOP("Command", "Open the group"), "Return; Enter"},
    {"graph.up", QT_TRANSLATE_NOOP("Command", "Leave the group"), "Alt+Up; Ctrl+Backspace"},
    {"graph.back", QT_TRANSLATE_NOOP("Command", "Back"), "Alt+Left"},
    {"graph.forward", QT_TRANSLATE_NOOP("Command", "Forward"), "Alt+Right"},
    {"graph.promote", QT_TRANSLATE_NOOP("Command", "Promote …"), "P"},
    {"graph.information", QT_TRANSLATE_NOOP("Command", "About the node, and why it would run"), "I"},
    {"graph.fit", QT_TRANSLATE_NOOP("Command", "Fit the selection"), "F"},
    {"graph.fitAll", QT_TRANSLATE_NOOP("Command", "Fit everything"), "Home"},
    {"graph.layOut", QT_TRANSLATE_NOOP("Command", "Lay out"), "L"},
    {"graph.alignLeft", QT_TRANSLATE_NOOP("Command", "Align left edges"), "Ctrl+Alt+L"},
    {"graph.alignTop", QT_TRANSLATE_NOOP("Command", "Align top edges"), "Ctrl+Alt+T"},
    {"graph.distributeAcross", QT_TRANSLATE_NOOP("Command", "Distribute across"), "Ctrl+Alt+H"},
    {"graph.distributeDown", QT_TRANSLATE_NOOP("Command", "Distribute down"), "Ctrl+Alt+V"},
    {"graph.selectAll", QT_TRANSLATE_NOOP("Command", "Select all"), "Ctrl+A"},
    {"graph.selectUpstream", QT_TRANSLATE_NOOP("Command", "Select what it is made from"), "Ctrl+Left"},
    {"graph.selectDownstream", QT_TRANSLATE_NOOP("Command", "Select what is made from it"), "Ctrl+Right"},
    {"graph.escape", QT_TRANSLATE_NOOP("Command", "Let go, or leave the group"), "Esc"},
    {"graph.zoomIn", QT_TRANSLATE_NOOP("Command", "Zoom in"), "+; ="},
    {"graph.zoomOut", QT_TRANSLATE_NOOP("Command", "Zoom out"), "-"},
    {"graph.bookmark1", QT_TRANSLATE_NOOP("Command", "Set bookmark 1"), "Ctrl+1"},
    {"graph.bookmark2", QT_TRANSLATE_NOOP("Command", "Set bookmark 2"), "Ctrl+2"},
    {"graph.bookmark3", QT_TRANSLATE_NOOP("Command", "Set bookmark 3"), "Ctrl+3"},
    {"graph.bookmark4", QT_TRANSLATE_NOOP("Command", "Set bookmark 4"), "Ctrl+4"},
    {"graph.bookmark5", QT_TRANSLATE_NOOP("Command", "Set bookmark 5"), "Ctrl+5"},
    {"graph.bookmark6", QT_TRANSLATE_NOOP("Command", "Set bookmark 6"), "Ctrl+6"},
    {"graph.bookmark7", QT_TRANSLATE_NOOP("Command", "Set bookmark 7"), "Ctrl+7"},
    {"graph.bookmark8", QT_TRANSLATE_NOOP("Command", "Set bookmark 8"), "Ctrl+8"},
    {"graph.bookmark9", QT_TRANSLATE_NOOP("Command", "Set bookmark 9"), "Ctrl+9"},
    {"graph.jump1", QT_TRANSLATE_NOOP("Command", "Go to bookmark 1"), "Shift+1"},
    {"graph.jump2", QT_TRANSLATE_NOOP("Command", "Go to bookmark 2"), "Shift+2"},
    {"graph.jump3", QT_TRANSLATE_NOOP("Command", "Go to bookmark 3"), "Shift+3"},
    {"graph.jump4", QT_TRANSLATE_NOOP("Command", "Go to bookmark 4"), "Shift+4"},
    {"graph.jump5", QT_TRANSLATE_NOOP("Command", "Go to bookmark 5"), "Shift+5"},
    {"graph.jump6", QT_TRANSLATE_NOOP("Command", "Go to bookmark 6"), "Shift+6"},
    {"graph.jump7", QT_TRANSLATE_NOOP("Command", "Go to bookmark 7"), "Shift+7"},
    {"graph.jump8", QT_TRANSLATE_NOOP("Command", "Go to bookmark 8"), "Shift+8"},
    {"graph.jump9", QT_TRANSLATE_NOOP("Command", "Go to bookmark 9"), "Shift+9"},
};
} // namespace

std::span<const Command> graphCommands()
{
    return commands;
}

} // namespace artdag
