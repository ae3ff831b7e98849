// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/base/sqlite.h"
#include "server/db/database.h"
#include "server/l2/object_files.h"
#include "server/web/provenance_graph.h"

#include <QTest>

using namespace artdag;
using namespace artdag::server;

class ServerPartsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bytesDecideTheMediaType_data();
    void bytesDecideTheMediaType();
    void aNewerSchemaIsRefused();
    void aCircleIsDrawnWithoutEnd();
    void theGraphShowsWhatTheOutputNeeds();
};

void ServerPartsTest::bytesDecideTheMediaType_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QString>("declared");
    QTest::addColumn<QString>("type");
    QTest::newRow("png") << QByteArray("\x89PNG\r\n\x1a\nxxxx") << "text/html"
                         << "image/png";
    QTest::newRow("mp4") << QByteArray("\0\0\0 ftypisom", 12) << "image/png"
                         << "video/mp4";
    QTest::newRow("webm") << QByteArray("\x1A\x45\xDF\xA3....webm") << ""
                          << "video/webm";
    QTest::newRow("html is bytes") << QByteArray("<script>alert(1)</script>") << "text/html"
                                   << "application/octet-stream";
    QTest::newRow("svg is bytes") << QByteArray("<svg xmlns='…'>") << "image/svg+xml"
                                  << "application/octet-stream";
    QTest::newRow("activity is bytes") << QByteArray("{\"type\":\"Create\"}") << "application/activity+json"
                                       << "application/octet-stream";
    QTest::newRow("recipe") << QByteArray(" {\"artdag\":1}") << "application/vnd.artdag.recipe+json"
                            << "application/vnd.artdag.recipe+json";
    QTest::newRow("not a recipe") << QByteArray("<html>") << "application/vnd.artdag.recipe+json"
                                  << "application/octet-stream";
    QTest::newRow("blanks are no recipe") << QByteArray("   ") << "application/vnd.artdag.recipe+json"
                                          << "application/octet-stream";
    QTest::newRow("digests") << QByteArray("\xFF\xFB\x00\x00", 4) << "application/vnd.artdag.frames"
                             << "application/vnd.artdag.frames";
    QTest::newRow("empty") << QByteArray() << ""
                           << "application/octet-stream";
}

void ServerPartsTest::bytesDecideTheMediaType()
{
    QFETCH(QByteArray, head);
    QFETCH(QString, declared);
    QFETCH(QString, type);
    QCOMPARE(QString::fromStdString(mediaTypeOf(bytesOf(head.toStdString()), declared.toStdString())), type);
}

void ServerPartsTest::aNewerSchemaIsRefused()
{
    const auto directory = TemporaryDirectory::make();
    const auto file = directory->path() / "db";
    QVERIFY(Database::open(file).has_value());
    QVERIFY(Database::open(file).has_value()); // twice is fine
    {
        auto connection = sqlite::Connection::open(file);
        QVERIFY(connection->run("PRAGMA user_version = 1000").has_value());
    }
    const auto newer = Database::open(file);
    QVERIFY(!newer.has_value());
    QCOMPARE(newer.error().fault, Fault::Corrupt);
}

void ServerPartsTest::aCircleIsDrawnWithoutEnd()
{
    const ReadRecipe read = readRecipe(R"({"artdag":1,"nodes":{"a":{"effect":"blur","in":{"picture":"b"}},"b":{"effect":"blur","in":{"picture":"a"}}},"outputs":{"main":{"picture":"a"}}})");
    QCOMPARE(drawProvenance(read.recipe, "main", "this film", "").nodes, 2);
    QVERIFY(drawProvenance(Recipe{}, "main", "this film", "").svg.empty());
}

void ServerPartsTest::theGraphShowsWhatTheOutputNeeds()
{
    const ReadRecipe read = readRecipe(R"({"artdag":1,"inputs":{"footage":{"media":"media","title":"Foot<age>"}},
        "nodes":{"turn":{"effect":"rotate","in":{"picture":"footage"},"args":{"angle":{"keys":[[0,0],[1,90]]}}},
                 "glow":{"effect":"no_such_effect","in":{"picture":"turn"},"args":{"amount":{"bind":"beat.events"}}},
                 "beat":{"effect":"beats","in":{"sound":"footage.sound"}},"unused":{"effect":"solid"}},
        "outputs":{"main":{"picture":"glow","sound":"footage.sound"}}})");
    const ProvenanceGraph graph = drawProvenance(read.recipe, "main", "this film", "300 frames");
    const QString svg = QString::fromStdString(graph.svg);
    QCOMPARE(graph.nodes, 4); // footage, turn, beat, glow
    QVERIFY(!svg.contains("solid"));
    QVERIFY(svg.contains("Foot&lt;age&gt;"));
    QVERIFY(!svg.contains("<age>"));
    QVERIFY(svg.contains("angle 0 → 90"));
    QVERIFY(svg.contains("amount ← beat"));
    QVERIFY(svg.contains("300 frames"));
    QCOMPARE(svg.count("class=\"wire picture\""), 3);
    QCOMPARE(svg.count("class=\"wire sound\""), 2);
    QCOMPARE(svg.count("class=\"wire signal\""), 1);
}

QTEST_APPLESS_MAIN(ServerPartsTest)
#include "server_parts_test.moc"
