// SPDX-License-Identifier: GPL-3.0-or-later
// Numbered pictures as one input: found, packed to the same bytes whatever they are called, shown one a frame, gaps as asked.
#include "core/media/numbered_pictures.h"
#include "tests/media/film_maker.h"
#include "tests/media/shown_colours.h"

#include <QtTest>

using namespace artdag;
using namespace artdag::testing;

namespace fs = std::filesystem;

class NumberedPicturesTest : public QObject {
    Q_OBJECT

    FilmMaker m_maker;

    /// Pictures of the numbers given, each grey as its number × 10, in a fresh folder.
    fs::path folderOf(const char* name, const std::vector<int>& numbers, const char* prefix, const char* suffix = ".png") const
    {
        const fs::path folder = m_maker.path(name);
        fs::create_directories(folder);
        for (const int number : numbers) {
            const QString file = QString("%1/%2%3%4").arg(name, prefix).arg(number, 4, 10, QChar('0')).arg(suffix);
            const QString arguments = QString("-f lavfi -i color=black:s=32x16:d=0.04,format=gbrp,geq=r=%1:g=%1:b=%1 -frames:v 1").arg(number * 10);
            if (!m_maker.make(file.toUtf8().constData(), arguments.toUtf8().constData()))
                return {};
        }
        return folder;
    }
    static std::vector<int> greysOf(MediaFile& file)
    {
        return ofAllPictures(file, [](const CodedPicture& picture) -> int { return shownAt(picture, 16, 8).rgb[0]; });
    }
    Result<std::unique_ptr<MediaFile>> packed(const std::string& pattern) const
    {
        TRY(writeTar(TRY(numberedPictures(pattern)), m_maker.path("packed.tar")));
        return openMedia(m_maker.path("packed.tar"));
    }
    static bool says(const auto& result, Fault fault, const char* words)
    {
        if (!result && result.error().fault == fault && result.error().message.find(words) != std::string::npos)
            return true;
        qWarning("%s", result ? "no error" : result.error().message.c_str());
        return false;
    }

private Q_SLOTS:
    void picturesComeInTheOrderOfTheirNumbers_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::newRow("hashes") << "shot.####.png";
        QTest::newRow("one hash") << "shot.#.png";
        QTest::newRow("printf") << "shot.%04d.png";
        QTest::newRow("folder") << "";
    }
    void picturesComeInTheOrderOfTheirNumbers()
    {
        QFETCH(QString, pattern);
        const fs::path folder = folderOf("shots", {8, 9, 10, 11}, "shot.");
        QVERIFY(!folder.empty());
        const fs::path path = pattern.isEmpty() ? folder : folder / pattern.toStdString();
        QVERIFY(meansNumberedPictures(path));
        const auto file = packed(path.string());
        QVERIFY2(file, file ? "" : file.error().message.c_str());
        QCOMPARE(greysOf(**file), (std::vector<int>{80, 90, 100, 110}));
        const VideoFacts& facts = *(*file)->facts().video;
        QVERIFY(facts.numbered && !facts.still);
        QCOMPARE(facts.frames, 4);
        QCOMPARE(facts.width, 32);
        for (const int frame : {3, 0, 2})
            QCOMPARE(shownAt(**(*file)->pictureAt(timeOfFrame(frame, facts.rate)), 1, 1).rgb[0], 80 + frame * 10);
        QCOMPARE(shownAt(**(*file)->pictureAt(1000 * flicksPerSecond), 1, 1).rgb[0], 110);
        QVERIFY(!(*file)->decodeSound());
    }

    void equalPicturesAreEqualBytesWhateverTheyAreCalled()
    {
        const fs::path first = folderOf("first", {1, 2}, "take_a-");
        const fs::path second = folderOf("second", {1, 2}, "other.v2.");
        fs::last_write_time(first / "take_a-0001.png", fs::file_time_type::clock::now() - std::chrono::hours(99));
        const auto a = contentIdOfTar(numberedPictures((first / "take_a-####.png").string()).value());
        const auto b = contentIdOfTar(numberedPictures((second / "other.v2.####.png").string()).value());
        QVERIFY(a && b && *a == *b);
        const std::vector<TarFile> files = numberedPictures(first.string()).value();
        QVERIFY(writeTar(files, m_maker.path("a.tar")));
        QCOMPARE(contentIdOfFile(m_maker.path("a.tar")).value().text(), a->text());
        // Any tar reads it.
        const auto list = FilmMaker::run("tar", {"-tf", m_maker.text("a.tar")});
        QCOMPARE(QString::fromUtf8(list.value_or("")), QString("frame.0001.png\nframe.0002.png\n"));
    }

    void gapsAreRefusedHeldOrBlackAsAsked()
    {
        const fs::path folder = folderOf("gaps", {3, 4, 7, 9}, "g");
        const std::string pattern = (folder / "g####.png").string();
        QVERIFY(says(numberedPictures(pattern), Fault::BadInput, "5–6, 8 missing"));
        const auto held = packed(pattern + ":hold");
        QVERIFY(held);
        QCOMPARE(greysOf(**held), (std::vector<int>{30, 40, 40, 40, 70, 70, 90}));
        const auto black = packed(pattern + ":black");
        QVERIFY(black);
        QCOMPARE(greysOf(**black), (std::vector<int>{30, 40, 0, 0, 70, 0, 90}));
        QVERIFY(says(openMedia(folder), Fault::BadInput, "missing"));
    }

    void everyStillFormatCanBeNumbered_data()
    {
        QTest::addColumn<QString>("suffix");
        for (const char* suffix : {".png", ".jpg", ".tiff", ".bmp", ".webp", ".exr"})
            QTest::newRow(suffix) << suffix;
    }
    void everyStillFormatCanBeNumbered()
    {
        QFETCH(QString, suffix);
        const fs::path folder = folderOf(qPrintable("kind" + suffix), {1, 2, 3}, "k.", qPrintable(suffix));
        QVERIFY(!folder.empty());
        const auto file = packed((folder / ("k.###" + suffix.toStdString())).string());
        QVERIFY2(file, file ? "" : file.error().message.c_str());
        const std::vector<int> greys = greysOf(**file);
        QCOMPARE(static_cast<int>(greys.size()), 3);
        QVERIFY(greys[0] < greys[1] && greys[1] < greys[2]);
    }

    void whatDoesNotFitIsSaid()
    {
        QVERIFY(says(numberedPictures(m_maker.path("none.####.png").string()), Fault::NotFound, "there are none"));
        QVERIFY(says(numberedPictures(m_maker.path("no/such/none.####.png").string()), Fault::NotFound, "folder"));
        const fs::path mixed = folderOf("mixed", {1, 2}, "m");
        m_maker.write("mixed/notes.txt", "hello");
        QVERIFY(says(numberedPictures(mixed.string()), Fault::BadInput, "'notes.txt' is not one of its numbered pictures"));
        QVERIFY(numberedPictures((mixed / "m####.png").string()));
        fs::create_directories(m_maker.path("bare"));
        QVERIFY(says(openMedia(m_maker.path("bare")), Fault::NotFound, "no numbered pictures"));
        // A picture of another size, and one that is none.
        const fs::path sizes = folderOf("sizes", {1}, "s");
        QVERIFY(m_maker.make("sizes/s0002.png", "-f lavfi -i color=red:s=40x40:d=0.04 -frames:v 1"));
        const auto two = packed((sizes / "s####.png").string());
        QVERIFY(two && (*two)->nextPicture());
        QVERIFY(says((*two)->nextPicture(), Fault::Corrupt, "picture 2: is 40×40, the first is 32×16"));
        m_maker.write("sizes/s0002.png", "#EXTM3U\nfile:///etc/passwd\n");
        const auto lie = packed((sizes / "s####.png").string());
        QVERIFY(lie && (*lie)->nextPicture());
        QVERIFY(says((*lie)->nextPicture(), Fault::BadInput, "is no picture that is known"));
        QVERIFY(!meansNumberedPictures(m_maker.path("film.mp4")));
    }

    void noDamageToAPackCrashesOrLies()
    {
        const fs::path folder = folderOf("damage", {1, 2, 3}, "d");
        QVERIFY(packed((folder / "d####.png").string()));
        const QByteArray whole = m_maker.read("packed.tar");
        const auto tried = [&](const QByteArray& bytes) {
            m_maker.write("bad.tar", bytes);
            const auto file = openMedia(m_maker.path("bad.tar"));
            for (int i = 0; file && i < 4; ++i)
                if (const auto picture = (*file)->nextPicture(); !picture || !*picture)
                    break;
            return !file;
        };
        QVERIFY(!tried(whole));
        // Names, sizes and sums of the headers are covered by a sum.
        for (const qsizetype at : {0, 5, 124, 130, 148, 156}) {
            QByteArray flipped = whole;
            flipped[at] = static_cast<char>(flipped[at] ^ 1);
            QVERIFY2(tried(flipped), qPrintable(QString::number(at)));
        }
        QVERIFY(tried(whole.left(whole.size() - 1024)));
        QVERIFY(tried(whole.left(600)));
        QByteArray link = whole;
        link[156] = '2'; // a symbolic link, with its sum made right: 2 more
        link[153] = static_cast<char>(link[153] + 2 <= '7' ? link[153] + 2 : link[153]);
        tried(link);
        for (int i = 0; i < 60; ++i) {
            QByteArray noise = whole;
            for (int k = 0; k < 9; ++k)
                noise[(i * 7919 + k * 104729) % noise.size()] = static_cast<char>(i * 31 + k);
            tried(noise);
        }
    }
};

QTEST_GUILESS_MAIN(NumberedPicturesTest)
#include "numbered_pictures_test.moc"
