// SPDX-License-Identifier: GPL-3.0-or-later
// The Studio: wiring only. `artdag-studio --help` says what it takes.
#include "core/base/allocator.h"
#include "core/base/files.h"
#include "ui/preferences.h"
#include "ui/qt_std.h"
#include "ui/screenshot.h"
#include "ui/session.h"

#include <QCommandLineParser>
#include <QFile>
#include <QFont>
#include <QGuiApplication>
#include <QIcon>
#include <QQmlApplicationEngine>
#include <QQmlExtensionPlugin>
#include <QQuickStyle>

Q_IMPORT_QML_PLUGIN(ArtDagPlugin)

namespace {
struct Flags {
    QString recipe, theme, shot, place, select, size, position, commands, language;
    bool render = false;
};

Flags readFlags(const QGuiApplication& application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Art DAG Studio: build recipes as node graphs, see them live, render and publish them."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("dark or light."), QStringLiteral("THEME"));
    const QCommandLineOption shot(QStringLiteral("screenshot"), QStringLiteral("Save a picture of the window when everything has arrived, then quit."), QStringLiteral("FILE.png"));
    const QCommandLineOption place(QStringLiteral("workspace"), QStringLiteral("make, explore, share or welcome."), QStringLiteral("NAME"));
    const QCommandLineOption select(QStringLiteral("select"), QStringLiteral("The card to select for the picture."), QStringLiteral("NODE"));
    const QCommandLineOption size(QStringLiteral("size"), QStringLiteral("Size of the window."), QStringLiteral("WxH"));
    const QCommandLineOption position(QStringLiteral("position"), QStringLiteral("Where the playhead is for the picture, 0 to 1."), QStringLiteral("P"), QStringLiteral("0.35"));
    const QCommandLineOption render(QStringLiteral("render"), QStringLiteral("Render the recipe before the picture is taken."));
    const QCommandLineOption commands(QStringLiteral("do"), QStringLiteral("Commands to do for the picture, separated by commas: graph.selectAll,viewer.wipe"), QStringLiteral("IDS"));
    const QCommandLineOption language(QStringLiteral("language"), QStringLiteral("Another language for this run: en, de, or en-XP, which shows what is not translated."), QStringLiteral("LANGUAGE"));
    parser.addOptions({render, theme, shot, place, select, size, position, commands, language});
    parser.addPositionalArgument(QStringLiteral("RECIPE"), QStringLiteral("A recipe to open (default: templates to choose from)."), QStringLiteral("[RECIPE]"));
    parser.process(application);
    return {parser.positionalArguments().value(0), parser.value(theme), parser.value(shot), parser.value(place), parser.value(select), parser.value(size), parser.value(position), parser.value(commands), parser.value(language), parser.isSet(render)};
}

void openFirst(artdag::StudioSession& session, const QString& recipe)
{
    if (!recipe.isEmpty() && session.open(recipe))
        return;
    const QString words = session.notice();
    session.newDocument();
    session.setPlace(QStringLiteral("welcome"));
    if (!words.isEmpty())
        session.say(words, true);
}

/// The artist's scale, on top of the desktop's. Qt reads it before there is an application.
void scaleInterface()
{
    constexpr const char* factor = "QT_SCALE_FACTOR";
    constexpr const char* ours = "ARTDAG_SCALED"; // a restarted Studio inherits what the first has set
    if (qEnvironmentVariableIsSet(factor) && !qEnvironmentVariableIsSet(ours))
        return;
    qputenv(factor, QByteArray::number(artdag::Preferences::scaleIn(artdag::pathToQt(artdag::artdagHome() / "studio" / "settings.ini"))));
    qputenv(ours, "1");
}
} // namespace

int main(int argc, char** argv)
{
    artdag::keepFreedMemory();
    // Debian's default backend crashes without its plugins.
    qputenv("QT_MEDIA_BACKEND", "ffmpeg");
    scaleInterface();
    QGuiApplication application(argc, argv);
    QGuiApplication::setApplicationName(QStringLiteral("artdag-studio"));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Art DAG"));
    QGuiApplication::setApplicationVersion(QStringLiteral(ARTDAG_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("artdag-studio"));
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/artdag.svg")));
    QQuickStyle::setStyle(QStringLiteral("Fusion")); // for the file and colour dialogs; our own controls bring their look
    QFont font(QStringLiteral("Inter"));
    font.setPixelSize(13);
    QGuiApplication::setFont(font);
    const Flags flags = readFlags(application);

    artdag::StudioSession session(artdag::artdagHome());
    if (!flags.theme.isEmpty())
        session.showDark(flags.theme != QLatin1String("light"));
    openFirst(session, flags.recipe);

    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    QObject::connect(session.languages(), &artdag::Languages::changed, &engine, &QQmlEngine::retranslate);
    if (!flags.language.isEmpty())
        session.languages()->choose(flags.language);
    engine.setInitialProperties({{QStringLiteral("session"), QVariant::fromValue(&session)}});
    QObject::connect(
        &engine, &QQmlApplicationEngine::objectCreationFailed, &application, [] { QCoreApplication::exit(70); }, Qt::QueuedConnection);
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/ArtDag/Main.qml")));
    if (engine.rootObjects().isEmpty())
        return 70;

    auto* window = qobject_cast<QQuickWindow*>(engine.rootObjects().constFirst());
    if (const QStringList size = flags.size.split(QLatin1Char('x')); window != nullptr && size.size() == 2)
        window->resize(size[0].toInt(), size[1].toInt());
    if (window != nullptr && !flags.shot.isEmpty())
        artdag::shootWhenSettled(session, *window, {.file = flags.shot, .place = flags.place, .select = flags.select, .commands = flags.commands.split(QLatin1Char(','), Qt::SkipEmptyParts), .render = flags.render, .position = flags.position.toDouble()});
    const int code = QGuiApplication::exec();
    session.player()->pause();
    return code;
}
