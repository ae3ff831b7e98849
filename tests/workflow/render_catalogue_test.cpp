// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/render_catalogue.h"

#include "core/base/files.h"

#include <QtTest>

using namespace artdag;

namespace {
constexpr const char* earlierList = R"([
  {"id": "b", "title": "Newer", "film": "/f/b.mp4", "provenance": "/f/b.json", "poster": "/p/b.png", "content_hash": "sha3-256:01", "frames_hash": "sha3-256:02",
   "encode": "share-h264", "width": 320, "height": 180, "seconds": 1.5, "when": "2026-03-02T10:00:00Z", "mark": "starred", "page": "a page", "recipe": "the recipe"},
  {"id": "a", "title": "Older", "film": "/f/a.mp4", "when": "2026-03-01T10:00:00Z", "mark": "", "recipe": "the recipe"},
  {"id": "a", "title": "The same id", "when": "2026-02-01T10:00:00Z"},
  {"title": "No id", "when": "2026-01-01T10:00:00Z"}
])";
}

class RenderCatalogueTest : public QObject {
    Q_OBJECT

    std::unique_ptr<TemporaryDirectory> m_folder;

    RenderCatalogue open()
    {
        auto catalogue = RenderCatalogue::open(m_folder->path());
        Q_ASSERT(catalogue.has_value());
        return std::move(*catalogue);
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<TemporaryDirectory>(std::move(*TemporaryDirectory::make())); }

    void whatAnEarlierVersionListedIsTakenOverOnceWithNothingLost()
    {
        const auto list = m_folder->path() / "gallery.json";
        QVERIFY(writeFileAtomically(list, bytesOf(std::string_view(earlierList))).has_value());
        {
            RenderCatalogue catalogue = open();
            const std::vector<RenderRecord> records = *catalogue.all();
            QCOMPARE(records.size(), std::size_t{4});
            const RenderRecord& newest = records.front();
            QCOMPARE(newest.title, std::string("Newer"));
            QCOMPARE(newest.film, std::string("/f/b.mp4"));
            QCOMPARE(newest.provenance, std::string("/f/b.json"));
            QCOMPARE(newest.poster, std::string("/p/b.png"));
            QCOMPARE(newest.contentHash, std::string("sha3-256:01"));
            QCOMPARE(newest.framesHash, std::string("sha3-256:02"));
            QCOMPARE(newest.encode, std::string("share-h264"));
            QCOMPARE(newest.width, 320);
            QCOMPARE(newest.seconds, 1.5);
            QCOMPARE(newest.made, std::int64_t{1772445600000});
            QCOMPARE(newest.mark, std::string("starred"));
            QCOMPARE(newest.page, std::string("a page"));
            QCOMPARE(*catalogue.recipeText(newest.recipe), std::string("the recipe"));
            RenderRecord changed = newest;
            changed.mark = "kept";
            QVERIFY(catalogue.update({changed}).has_value());
        }
        QVERIFY(!std::filesystem::exists(list));
        QCOMPARE(*readTextFile(list.string() + ".taken-over"), std::string(earlierList));
        // The old file comes back (a backup, a sync): what was marked since stays.
        QVERIFY(writeFileAtomically(list, bytesOf(std::string_view(earlierList))).has_value());
        RenderCatalogue again = open();
        QCOMPARE(again.all()->size(), std::size_t{4});
        QCOMPARE(again.all()->front().mark, std::string("kept"));
    }

    void theFileOfAnEarlierVersionLearnsWhoRendered()
    {
        RenderRecord here{.id = "1", .title = "Here", .made = 10}, there{.id = "2", .title = "There", .made = 20, .renderer = "https://render.example"};
        {
            RenderCatalogue catalogue = open();
            QVERIFY(catalogue.put(here, "recipe").has_value() && catalogue.put(there, "recipe").has_value());
            QCOMPARE(catalogue.all()->front().renderer, there.renderer);
        }
        auto file = sqlite::Connection::open(m_folder->path() / "gallery.sqlite");
        QVERIFY(file && file->run("ALTER TABLE renders DROP COLUMN renderer").has_value() && file->run("PRAGMA user_version = 1").has_value());
        RenderCatalogue again = open();
        QCOMPARE(again.all()->size(), std::size_t{2});
        QVERIFY(again.all()->front().title == "There" && again.all()->front().renderer.empty());
        QVERIFY(again.put(there, "recipe").has_value());
        QCOMPARE(open().all()->front().renderer, there.renderer);
    }

    void aListThatIsNoneIsLeftAsItIsAndSaid()
    {
        const auto list = m_folder->path() / "gallery.json";
        QVERIFY(writeFileAtomically(list, bytesOf(std::string_view("[{"))).has_value());
        const auto catalogue = RenderCatalogue::open(m_folder->path());
        QVERIFY(!catalogue.has_value());
        QVERIFY(catalogue.error().fault == Fault::Corrupt && catalogue.error().message.starts_with("gallery.json"));
        QVERIFY(std::filesystem::exists(list));
    }

    void whatIsMarkedNotedAndRemovedIsSoAtTheNextStart()
    {
        RenderRecord one{.id = "1", .title = "One", .made = 10};
        RenderRecord two{.id = "2", .look = true, .title = "Two", .made = 20, .parent = "1"};
        {
            RenderCatalogue catalogue = open();
            QVERIFY(catalogue.put(one, "recipe one").has_value());
            QVERIFY(catalogue.put(two, "recipe two").has_value());
            one.mark = "discarded";
            one.notes = "too ‘loud’; DROP TABLE renders";
            one.tags = "blue, calm";
            QVERIFY(catalogue.update({one}).has_value());
        }
        {
            RenderCatalogue catalogue = open();
            QVERIFY(*catalogue.all() == (std::vector<RenderRecord>{two, one}));
            QVERIFY(catalogue.remove({"2"}).has_value());
        }
        RenderCatalogue catalogue = open();
        QVERIFY(*catalogue.all() == std::vector<RenderRecord>{one});
        QVERIFY(catalogue.recipeText(two.recipe).error().fault == Fault::NotFound);
        QCOMPARE(*catalogue.recipeText(one.recipe), std::string("recipe one"));
    }
};

QTEST_GUILESS_MAIN(RenderCatalogueTest)
#include "render_catalogue_test.moc"
