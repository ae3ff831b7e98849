// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/studio_commands.h"

#include "ui/session.h"

#include <algorithm>
#include <array>

namespace artdag {

namespace {
template <class Room>
struct Verb {
    Command command;
    void (*run)(Room&);
};

constexpr Verb<StudioCommands> verbs[] = {
    {{"studio.new", QT_TRANSLATE_NOOP("Command", "New"), "Ctrl+N"}, [](StudioCommands& s) { s.session().wishForNew(); }},
    {{"studio.open", QT_TRANSLATE_NOOP("Command", "Open…"), "Ctrl+O"}, [](StudioCommands& s) { Q_EMIT s.openWanted(); }},
    {{"studio.welcome", QT_TRANSLATE_NOOP("Command", "Templates and recent files"), ""}, [](StudioCommands& s) { s.session().setPlace(QStringLiteral("welcome")); }},
    {{"studio.save", QT_TRANSLATE_NOOP("Command", "Save"), "Ctrl+S"}, [](StudioCommands& s) { s.session().save(); }},
    {{"studio.save_as", QT_TRANSLATE_NOOP("Command", "Save as…"), "Ctrl+Shift+S"}, [](StudioCommands& s) { Q_EMIT s.saveAsWanted(); }},
    {{"studio.pack", QT_TRANSLATE_NOOP("Command", "Pack with all media…"), ""}, [](StudioCommands& s) { Q_EMIT s.packWanted(); }},
    {{"studio.versions", QT_TRANSLATE_NOOP("Command", "Kept versions…"), "Ctrl+Alt+S"}, [](StudioCommands& s) { Q_EMIT s.versionsWanted(); }},
    {{"studio.undo", QT_TRANSLATE_NOOP("Command", "Undo"), "Ctrl+Z"}, [](StudioCommands& s) { s.session().document()->undo(); }},
    {{"studio.redo", QT_TRANSLATE_NOOP("Command", "Redo"), "Ctrl+Shift+Z; Ctrl+Y"}, [](StudioCommands& s) { s.session().document()->redo(); }},
    {{"studio.render", QT_TRANSLATE_NOOP("Command", "Render"), "Ctrl+E; Ctrl+Return"}, [](StudioCommands& s) { s.session().render(); }},
    {{"studio.render_first", QT_TRANSLATE_NOOP("Command", "Render before what waits"), "Ctrl+Shift+Return"}, [](StudioCommands& s) { s.session().render(true); }},
    {{"studio.render_on", QT_TRANSLATE_NOOP("Command", "Render on…"), ""}, [](StudioCommands& s) { Q_EMIT s.renderOnWanted(); }},
    {{"studio.attach", QT_TRANSLATE_NOOP("Command", "Attach a renderer…"), ""}, [](StudioCommands& s) { Q_EMIT s.attachWanted(); }},
    {{"studio.publish", QT_TRANSLATE_NOOP("Command", "Publish with the last choices"), "Ctrl+Shift+U"}, [](StudioCommands& s) { s.session().publisher()->publishNow(); }},
    {{"studio.cancel_rendering", QT_TRANSLATE_NOOP("Command", "Cancel rendering"), "Ctrl+Alt+Return"}, [](StudioCommands& s) { s.session().cancelRendering(); }},
    {{"studio.make", QT_TRANSLATE_NOOP("Command", "Workspace: Make"), "Ctrl+F1"}, [](StudioCommands& s) { s.session().setPlace(QStringLiteral("make")); }},
    {{"studio.explore", QT_TRANSLATE_NOOP("Command", "Workspace: Explore"), "Ctrl+F2"}, [](StudioCommands& s) { s.session().setPlace(QStringLiteral("explore")); }},
    {{"studio.share", QT_TRANSLATE_NOOP("Command", "Workspace: Share"), "Ctrl+F3"}, [](StudioCommands& s) { s.session().setPlace(QStringLiteral("share")); }},
    {{"studio.next_panel", QT_TRANSLATE_NOOP("Command", "Next panel"), "F6"}, [](StudioCommands& s) { s.session().commands()->focus()->step(1); }},
    {{"studio.previous_panel", QT_TRANSLATE_NOOP("Command", "Previous panel"), "Shift+F6"}, [](StudioCommands& s) { s.session().commands()->focus()->step(-1); }},
    {{"studio.full_screen", QT_TRANSLATE_NOOP("Command", "Viewer on the full screen"), "F11"}, [](StudioCommands& s) { Q_EMIT s.fullScreenWanted(); }},
    {{"studio.other_screen", QT_TRANSLATE_NOOP("Command", "Viewer on another screen"), "Shift+F11"}, [](StudioCommands& s) { Q_EMIT s.otherScreenWanted(); }},
    {{"studio.theme", QT_TRANSLATE_NOOP("Command", "Light or dark theme"), ""}, [](StudioCommands& s) { s.session().setDark(!s.session().isDark()); }},
    {{"studio.palette", QT_TRANSLATE_NOOP("Command", "Command palette"), "Ctrl+Shift+P"}, [](StudioCommands& s) { Q_EMIT s.paletteWanted(); }},
    {{"studio.preferences", QT_TRANSLATE_NOOP("Command", "Preferences…"), "Ctrl+,"}, [](StudioCommands& s) { Q_EMIT s.preferencesWanted(); }},
    {{"studio.quit", QT_TRANSLATE_NOOP("Command", "Quit"), "Ctrl+Q"}, [](StudioCommands& s) { Q_EMIT s.quitWanted(); }},
};

template <class Room, std::size_t n>
constexpr std::array<Command, n> commandsOf(const Verb<Room> (&table)[n])
{
    std::array<Command, n> commands{};
    std::ranges::transform(table, commands.begin(), &Verb<Room>::command);
    return commands;
}
constexpr auto studioTable = commandsOf(verbs);

template <class Room, std::size_t n>
void runOne(const Verb<Room> (&table)[n], const QString& id, Room& room)
{
    const auto* verb = std::ranges::find_if(table, [&](const Verb<Room>& one) { return id == QLatin1String(one.command.id); });
    if (verb != std::end(table))
        verb->run(room);
}
} // namespace

std::span<const Command> studioCommands()
{
    return studioTable;
}

StudioCommands::StudioCommands(StudioSession& session)
    : m_session(&session)
{
}

void StudioCommands::run(const QString& id)
{
    runOne(verbs, id, *this);
}

} // namespace artdag
