// SPDX-License-Identifier: GPL-3.0-or-later
// The registry of commands: tables in, keys, presets and conflicts out; and the search of the palette.
#include "ui/command_search.h"
#include "ui/explore_commands.h"
#include "ui/graph_commands.h"
#include "ui/studio_commands.h"
#include "ui/timeline_commands.h"
#include "ui/viewer_commands.h"

#include <QAbstractItemModelTester>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeySequence>
#include <QTemporaryDir>
#include <QtTest>

using namespace artdag;

namespace {
constexpr Command graphTable[] = {
    {"graph.fit", "Fit selection", "F"},
    {"graph.find", "Find a node", "Ctrl+F"},
    {"graph.save", "Save the selection", "Ctrl+S"},
};
constexpr Command viewerTable[] = {
    {"viewer.play", "Play", "Space"},
    {"viewer.fit", "Fit the picture", "F"},
};
} // namespace

class Room : public QObject {
    Q_OBJECT

public:
    QStringList m_ran;
    Q_INVOKABLE void run(const QString& id) { m_ran << id; }
};

class CommandsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Commands> m_commands;
    Room m_graph, m_viewer, m_studio;

    QStringList live(const QString& id) const
    {
        for (int row = 0; row < m_commands->total(); ++row) {
            if (m_commands->index(row).data(Commands::IdRole) == id)
                return m_commands->index(row).data(Commands::LiveRole).toStringList();
        }
        return {};
    }
    QString conflict(const QString& id) const
    {
        for (int row = 0; row < m_commands->total(); ++row) {
            if (m_commands->index(row).data(Commands::IdRole) == id)
                return m_commands->index(row).data(Commands::ConflictRole).toString();
        }
        return {};
    }
    void open()
    {
        m_commands = std::make_unique<Commands>(*m_settings);
        m_commands->add(studioCommands(), &m_studio);
        m_commands->add(graphTable, &m_graph);
        m_commands->add(viewerTable, &m_viewer);
    }

private Q_SLOTS:
    void init()
    {
        m_settings = std::make_unique<QSettings>(m_folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        m_settings->clear();
        open();
    }

    void everyCommandOfTheTablesIsThereOnceAndHasWordsAndAPanel()
    {
        QSet<QString> ids;
        for (int row = 0; row < m_commands->total(); ++row) {
            const QModelIndex cell = m_commands->index(row);
            ids << cell.data(Commands::IdRole).toString();
            QVERIFY(!cell.data(Commands::WordsRole).toString().isEmpty());
            QVERIFY(cell.data(Commands::IdRole).toString().startsWith(cell.data(Commands::PanelRole).toString() + QLatin1Char('.')));
        }
        QCOMPARE(ids.size(), m_commands->total());
        QCOMPARE(m_commands->total(), static_cast<int>(studioCommands().size() + std::size(graphTable) + std::size(viewerTable)));
    }

    void everyDefaultKeyIsAKey()
    {
        for (const auto table : {studioCommands(), graphCommands(), viewerCommands(), timelineCommands(), exploreCommands()}) {
            for (const Command& command : table) {
                for (const QString& key : QString::fromLatin1(command.keys).split(QStringLiteral("; "), Qt::SkipEmptyParts))
                    QVERIFY2(QKeySequence(key)[0].key() != Qt::Key_unknown && QKeySequence(key).toString() == key, qPrintable(key));
            }
        }
    }

    void aCommandRunsInItsRoomAndIsRecentThen()
    {
        QVERIFY(m_commands->run(QStringLiteral("graph.find")));
        QVERIFY(m_commands->run(QStringLiteral("studio.save")));
        QCOMPARE(m_graph.m_ran, QStringList{QStringLiteral("graph.find")});
        QCOMPARE(m_commands->recent(), (QStringList{QStringLiteral("studio.save"), QStringLiteral("graph.find")}));
        QVERIFY(!m_commands->run(QStringLiteral("graph.nothing")));
        CommandSearch search(*m_commands);
        QCOMPARE(search.idAt(0), QStringLiteral("studio.save"));
        QCOMPARE(search.idAt(1), QStringLiteral("graph.find"));
        QCOMPARE(search.total(), m_commands->total());
    }

    void withoutAPanelOnlyTheStudiosKeysAreLive()
    {
        QCOMPARE(live(QStringLiteral("studio.save")), QStringList{QStringLiteral("Ctrl+S")});
        QVERIFY(live(QStringLiteral("graph.fit")).isEmpty());
        QVERIFY(live(QStringLiteral("viewer.play")).isEmpty());
    }

    void anOwnKeyHoldsAfterARestartAndCanBeReset()
    {
        QVERIFY(m_commands->setKeys(QStringLiteral("studio.save"), QStringLiteral("Ctrl+Alt+K; F9")));
        QCOMPARE(m_commands->keysOf(QStringLiteral("studio.save")), QStringLiteral("Ctrl+Alt+K, F9"));
        QVERIFY(!m_commands->setKeys(QStringLiteral("studio.save"), QStringLiteral("no such key")));
        open();
        QCOMPARE(live(QStringLiteral("studio.save")), (QStringList{QStringLiteral("Ctrl+Alt+K"), QStringLiteral("F9")}));
        QVERIFY(m_commands->setKeys(QStringLiteral("studio.save"), {})); // none is a choice, too
        open();
        QVERIFY(m_commands->keysOf(QStringLiteral("studio.save")).isEmpty());
        m_commands->resetKeys(QStringLiteral("studio.save"));
        QCOMPARE(m_commands->keysOf(QStringLiteral("studio.save")), QStringLiteral("Ctrl+S"));
    }

    void aSharedKeyIsReportedOnBothSides()
    {
        QVERIFY(conflict(QStringLiteral("graph.fit")).isEmpty()); // F of the viewer is another panel's
        QVERIFY(conflict(QStringLiteral("graph.save")).contains(QStringLiteral("“Save”")));
        QVERIFY(conflict(QStringLiteral("studio.save")).contains(QStringLiteral("“Save the selection”")));
        QCOMPARE(m_commands->conflicts(), 2);
        m_commands->setKeys(QStringLiteral("graph.save"), QStringLiteral("F8"));
        QCOMPARE(m_commands->conflicts(), 0);
    }

    void everyPresetHasATitleAndOnlyKeysThatExist_data()
    {
        QTest::addColumn<QString>("name");
        for (const QVariant& preset : Commands(*m_settings).presets())
            QTest::newRow(qPrintable(preset.toMap().value(QStringLiteral("name")).toString())) << preset.toMap().value(QStringLiteral("name")).toString();
    }
    void everyPresetHasATitleAndOnlyKeysThatExist()
    {
        QFETCH(QString, name);
        QFile file(QStringLiteral(":/keys/%1.json").arg(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QJsonParseError error;
        const QJsonObject preset = QJsonDocument::fromJson(file.readAll(), &error).object();
        QCOMPARE(error.error, QJsonParseError::NoError);
        QVERIFY(!preset.value(QStringLiteral("title")).toString().isEmpty());
        const QJsonObject keys = preset.value(QStringLiteral("keys")).toObject();
        for (auto key = keys.begin(); key != keys.end(); ++key) {
            for (const QString& one : key.value().toString().split(QStringLiteral("; "), Qt::SkipEmptyParts))
                QVERIFY2(QKeySequence(one)[0].key() != Qt::Key_unknown && QKeySequence(one).toString() == one, qPrintable(key.key() + QLatin1Char(' ') + one));
        }
    }

    void aPresetChangesKeysButNotTheArtistsOwn()
    {
        QCOMPARE(m_commands->presets().size(), 4);
        m_commands->setKeys(QStringLiteral("studio.palette"), QStringLiteral("Ctrl+K"));
        m_commands->setPreset(QStringLiteral("blender"));
        QVERIFY(m_commands->keysOf(QStringLiteral("studio.render")).startsWith(QStringLiteral("F12")));
        QCOMPARE(m_commands->keysOf(QStringLiteral("studio.palette")), QStringLiteral("Ctrl+K"));
        open();
        QCOMPARE(m_commands->preset(), QStringLiteral("blender"));
        m_commands->setPreset(QStringLiteral("artdag"));
        QVERIFY(m_commands->keysOf(QStringLiteral("studio.render")).startsWith(QStringLiteral("Ctrl+E")));
    }

    void lettersFindWordsByTheirBeginnings()
    {
        QVERIFY(fuzzyFit(QStringLiteral("svas"), QStringLiteral("Save as…")));
        QVERIFY(!fuzzyFit(QStringLiteral("sz"), QStringLiteral("Save as…")));
        QVERIFY(*fuzzyFit(QStringLiteral("sa"), QStringLiteral("Save as…")) > *fuzzyFit(QStringLiteral("sa"), QStringLiteral("Fit the salad")));
        QVERIFY(*fuzzyFit(QStringLiteral("kv"), QStringLiteral("Kept versions…")) > fuzzyFit(QStringLiteral("kv"), QStringLiteral("Workversions")).value_or(0));
        CommandSearch search(*m_commands);
        QAbstractItemModelTester tester(&search);
        search.setQuery(QStringLiteral("kv"));
        QCOMPARE(search.idAt(0), QStringLiteral("studio.versions"));
        search.setQuery(QStringLiteral("pref"));
        QCOMPARE(search.idAt(0), QStringLiteral("studio.preferences"));
        search.setQuery(QStringLiteral("zzqx"));
        QCOMPARE(search.total(), 0);
    }
};

QTEST_MAIN(CommandsTest)
#include "commands_test.moc"
