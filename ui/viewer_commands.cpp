// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewer_commands.h"

#include <QCoreApplication>

namespace artdag {

namespace {
constexpr Command commands[] = {
    {"viewer.slot.1", QT_TRANSLATE_NOOP("Command", "Send the node to viewer slot 1"), "1"},
    {"viewer.slot.2", QT_TRANSLATE_NOOP("Command", "Send the node to viewer slot 2"), "2"},
    {"viewer.slot.3", QT_TRANSLATE_NOOP("Command", "Send the node to viewer slot 3"), "3"},
    {"viewer.slot.4", QT_TRANSLATE_NOOP("Command", "Send the node to viewer slot 4"), "4"},
    {"viewer.slot.5", QT_TRANSLATE_NOOP("Command", "Send the node to viewer slot 5"), "5"},
    {"viewer.slot.6", QT_TRANSLATE_NOOP("Command", "Send the node to viewer slot 6"), "6"},
    {"viewer.slot.7", QT_TRANSLATE_NOOP("Command", "Send the node to viewer slot 7"), "7"},
    {"viewer.slot.8", QT_TRANSLATE_NOOP("Command", "Send the node to viewer slot 8"), "8"},
    {"viewer.slot.9", QT_TRANSLATE_NOOP("Command", "Send the node to viewer slot 9"), "9"},
    {"viewer.toggle", QT_TRANSLATE_NOOP("Command", "Show the other side, A or B"), "Q"},
    {"viewer.wipe", QT_TRANSLATE_NOOP("Command", "Wipe between A and B"), "W"},
    {"viewer.wipe_left", QT_TRANSLATE_NOOP("Command", "Move the wipe to the left"), "Alt+Left"},
    {"viewer.wipe_right", QT_TRANSLATE_NOOP("Command", "Move the wipe to the right"), "Alt+Right"},
    {"viewer.side", QT_TRANSLATE_NOOP("Command", "A and B side by side"), "Shift+W"},
    {"viewer.difference", QT_TRANSLATE_NOOP("Command", "Difference of A and B"), "Shift+D"},
    {"viewer.gain_up", QT_TRANSLATE_NOOP("Command", "Double the gain of the difference"), "Alt+Up"},
    {"viewer.gain_down", QT_TRANSLATE_NOOP("Command", "Halve the gain of the difference"), "Alt+Down"},
    {"viewer.snapshot", QT_TRANSLATE_NOOP("Command", "Keep a snapshot as B"), "Shift+Q"},
    {"viewer.fit", QT_TRANSLATE_NOOP("Command", "Fit the picture"), "F"},
    {"viewer.one_to_one", QT_TRANSLATE_NOOP("Command", "One pixel to one"), "Shift+F"},
    {"viewer.zoom_in", QT_TRANSLATE_NOOP("Command", "Zoom in"), "+; ="},
    {"viewer.zoom_out", QT_TRANSLATE_NOOP("Command", "Zoom out"), "-"},
    {"viewer.pixel", QT_TRANSLATE_NOOP("Command", "Pixel inspector"), "P"},
    {"viewer.scopes", QT_TRANSLATE_NOOP("Command", "Next scope"), "H"},
    {"viewer.scope.histogram", QT_TRANSLATE_NOOP("Command", "Histogram"), ""},
    {"viewer.scope.waveform", QT_TRANSLATE_NOOP("Command", "Luma waveform"), ""},
    {"viewer.scope.parade", QT_TRANSLATE_NOOP("Command", "RGB parade"), ""},
    {"viewer.scope.vectorscope", QT_TRANSLATE_NOOP("Command", "Vectorscope"), ""},
    {"viewer.handles", QT_TRANSLATE_NOOP("Command", "Handles on the picture"), "Shift+H"},
    {"viewer.grid", QT_TRANSLATE_NOOP("Command", "Grid"), "Shift+G"},
    {"viewer.safe", QT_TRANSLATE_NOOP("Command", "Safe areas"), "Shift+S"},
    {"viewer.channel.red", QT_TRANSLATE_NOOP("Command", "Red alone"), "R"},
    {"viewer.channel.green", QT_TRANSLATE_NOOP("Command", "Green alone"), "G"},
    {"viewer.channel.blue", QT_TRANSLATE_NOOP("Command", "Blue alone"), "B"},
    {"viewer.channel.alpha", QT_TRANSLATE_NOOP("Command", "Alpha alone"), "A"},
    {"viewer.channel.checker", QT_TRANSLATE_NOOP("Command", "Over a checkerboard"), "Shift+A"},
    {"viewer.scale.auto", QT_TRANSLATE_NOOP("Command", "Picture scale: as the view needs"), ""},
    {"viewer.scale.full", QT_TRANSLATE_NOOP("Command", "Picture scale: full"), ""},
    {"viewer.scale.half", QT_TRANSLATE_NOOP("Command", "Picture scale: half"), ""},
    {"viewer.scale.quarter", QT_TRANSLATE_NOOP("Command", "Picture scale: a quarter"), ""},
    {"viewer.proxies", QT_TRANSLATE_NOOP("Command", "Make proxies of films that are slow to decode"), ""},
    {"viewer.play", QT_TRANSLATE_NOOP("Command", "Play"), "Space"},
    {"viewer.play_every", QT_TRANSLATE_NOOP("Command", "Cache from in to out, then play every frame"), "Shift+Space"},
    {"viewer.backwards", QT_TRANSLATE_NOOP("Command", "Play backwards, faster each time"), "J"},
    {"viewer.pause", QT_TRANSLATE_NOOP("Command", "Pause"), "K"},
    {"viewer.forwards", QT_TRANSLATE_NOOP("Command", "Play, faster each time"), "L"},
    {"viewer.back", QT_TRANSLATE_NOOP("Command", "A frame back"), "Left"},
    {"viewer.on", QT_TRANSLATE_NOOP("Command", "A frame on"), "Right"},
    {"viewer.second_back", QT_TRANSLATE_NOOP("Command", "A second back"), "Shift+Left"},
    {"viewer.second_on", QT_TRANSLATE_NOOP("Command", "A second on"), "Shift+Right"},
    {"viewer.start", QT_TRANSLATE_NOOP("Command", "To the start"), "Home"},
    {"viewer.end", QT_TRANSLATE_NOOP("Command", "To the end"), "End"},
    {"viewer.in", QT_TRANSLATE_NOOP("Command", "In point here"), "I"},
    {"viewer.out", QT_TRANSLATE_NOOP("Command", "Out point here"), "O"},
    {"viewer.clear_range", QT_TRANSLATE_NOOP("Command", "Forget in and out points"), "Shift+I"},
    {"viewer.loop", QT_TRANSLATE_NOOP("Command", "Loop"), "Ctrl+L"},
    {"viewer.marker", QT_TRANSLATE_NOOP("Command", "Marker here, or none"), "M"},
    {"viewer.time", QT_TRANSLATE_NOOP("Command", "Time as seconds, frames or timecode"), "Shift+T"},
};
} // namespace

std::span<const Command> viewerCommands()
{
    return commands;
}

} // namespace artdag
