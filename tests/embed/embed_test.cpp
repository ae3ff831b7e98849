// SPDX-License-Identifier: GPL-3.0-or-later
// Files as ffmpeg makes them carry a recipe: exiftool or ffprobe reads it, pictures and sound are what they were, and taken out again
// the file is the first one, byte for byte.
#include "core/base/json.h"
#include "core/embed/embed.h"
#include "tests/media/film_maker.h"

#include <QtTest>

#include <random>

using namespace artdag;
using namespace artdag::testing;

namespace {

const std::string manifest = "sha3-256:" + std::string(64, 'a');

/// A recipe with everything that a wrapping could break, of about `size` bytes.
std::string recipeOf(std::size_t size)
{
    std::string text = R"({"artdag":1,"title":"Grün & <b>“blue”</b> ]]> \r\n \u0000 😀","note":"a	tab, -- and a
line"})";
    while (text.size() < size)
        text.insert(text.size() - 1, R"(,"more":"&lt; &amp;lt; 0123456789")");
    return text;
}

} // namespace

class EmbedTest : public QObject {
    Q_OBJECT
    const FilmMaker m_maker;

    [[nodiscard]] Bytes bytes(const char* name) const { return readFile(m_maker.path(name)).value(); }
    [[nodiscard]] std::filesystem::path fresh(const char* name) const
    {
        std::filesystem::remove(m_maker.path(name));
        return m_maker.path(name);
    }

private Q_SLOTS:
    void initTestCase()
    {
        const char* film = "-f lavfi -i testsrc2=s=64x36:r=10:d=1 -f lavfi -i sine=440:d=1 ";
        const auto make = [&](const char* name, const std::string& arguments) { QVERIFY2(m_maker.make(name, arguments.c_str()), name); };
        make("a.png", "-f lavfi -i testsrc=s=33x21 -frames:v 1");
        make("a.jpg", "-f lavfi -i testsrc=s=33x21 -frames:v 1");
        make("lossy.webp", "-f lavfi -i testsrc=s=33x21 -frames:v 1 -c:v libwebp");
        make("lossless.webp", "-f lavfi -i testsrc=s=33x21,format=rgba -frames:v 1 -c:v libwebp -lossless 1");
        make("alpha.webp", "-f lavfi -i testsrc=s=33x21,format=yuva420p,colorchannelmixer=aa=0.5 -frames:v 1 -c:v libwebp");
        make("moving.webp", "-f lavfi -i testsrc=s=33x21:d=1 -c:v libwebp_anim");
        make("a.mp4", std::string(film) + "-c:v libx264 -c:a aac");
        make("fast.mp4", std::string(film) + "-c:v libx264 -c:a aac -movflags +faststart");
        make("pieces.mp4", std::string(film) + "-c:v libx264 -c:a aac -movflags +frag_keyframe+empty_moov");
        make("a.mov", std::string(film) + "-c:v prores_ks -c:a pcm_s16le");
        make("a.mkv", std::string(film) + "-c:v ffv1 -c:a flac");
        make("a.webm", std::string(film) + "-c:v libvpx-vp9 -c:a libopus");
        make("a.wav", "-f lavfi -i sine=440:d=1");
        make("odd.wav", "-f lavfi -i sine=r=11025:d=1,atrim=end_sample=111 -c:a pcm_u8");
    }

    void whatIsPutInIsReadAndTakenOut_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char* name : {"a.png", "a.jpg", "lossy.webp", "lossless.webp", "alpha.webp", "moving.webp", "a.mp4", "fast.mp4", "pieces.mp4", "a.mov", "a.mkv", "a.webm", "a.wav", "odd.wav"})
            QTest::newRow(name) << QByteArray(name);
    }
    void whatIsPutInIsReadAndTakenOut()
    {
        QFETCH(QByteArray, name);
        const char* file = name.constData();
        const QString extension = QString(name).section('.', 1);
        QVERIFY(readEmbedded(m_maker.path(file)).value().empty());
        for (const Embedded& embedded : {Embedded{manifest, ""}, Embedded{manifest, recipeOf(65400)}, Embedded{"", recipeOf(300'000)}}) {
            const std::string carrier = "carrier." + extension.toStdString();
            const auto done = writeEmbedded(m_maker.path(file), fresh(carrier.c_str()), embedded);
            QVERIFY2(done, done ? "" : done.error().message.c_str());
            QCOMPARE(readEmbedded(m_maker.path(carrier.c_str())).value(), embedded);
            QVERIFY(!writeEmbedded(m_maker.path(carrier.c_str()), fresh("twice"), embedded));

            const QStringList digest{"-v", "error", "-i", "", "-map", "0", "-f", "md5", "-"};
            const auto played = [&](const char* what) { QStringList words = digest; words[3] = m_maker.text(what); return FilmMaker::run("ffmpeg", words); };
            if (name != "moving.webp") // which ffmpeg 5.1 does not read
                QCOMPARE(played(carrier.c_str()), played(file));

            if (const bool matroska = extension == "mkv" || extension == "webm"; matroska) {
                const auto said = FilmMaker::run("ffprobe", {"-v", "error", "-show_entries", "format_tags=ARTDAG_MANIFEST,ARTDAG_RECIPE", "-of", "json", m_maker.text(carrier.c_str())});
                const Json tags = Json::parse(said.value().toStdString()).at("format").at("tags");
                QCOMPARE(tags.value("ARTDAG_RECIPE", ""), embedded.recipe);
                QCOMPARE(tags.value("ARTDAG_MANIFEST", ""), embedded.manifest);
            } else {
                const auto said = FilmMaker::run("exiftool", {"-json", "-struct", "-a", "-G1", "-b", "-warning", "-error", "-*manifest*", "-*recipe*", m_maker.text(carrier.c_str())});
                QVERIFY(said.has_value());
                const Json tags = Json::parse(said->toStdString()).at(0);
                std::string read[2];
                for (const auto& [key, value] : tags.items()) {
                    QVERIFY2(!QByteArray(key.c_str()).contains("Warning") && !QByteArray(key.c_str()).contains("Error"), said->constData());
                    for (const int at : {0, 1})
                        if (QString::fromStdString(key).endsWith(at == 0 ? "anifest" : "ecipe", Qt::CaseInsensitive) && value.is_string())
                            read[at] = value.get<std::string>();
                }
                QCOMPARE(read[0], embedded.manifest);
                QCOMPARE(read[1], embedded.recipe);
            }

            QVERIFY(writeBare(m_maker.path(carrier.c_str()), fresh("bare")));
            QVERIFY2(bytes("bare") == bytes(file), "what was taken out left a trace");
            QCOMPARE(bareContentId(m_maker.path(carrier.c_str())).value(), contentIdOfFile(m_maker.path(file)).value());
        }
    }

    void otherKindsSaySo()
    {
        QVERIFY(m_maker.make("a.flac", "-f lavfi -i sine=440:d=0.1"));
        const auto done = writeEmbedded(m_maker.path("a.flac"), fresh("out"), {manifest, "{}"});
        QVERIFY(!done);
        QVERIFY(QByteArray(done.error().message.c_str()).contains("PNG, JPEG, WebP, MP4, Matroska and WAV only"));
        QVERIFY(readEmbedded(m_maker.path("a.flac")).value().empty());
        QVERIFY(!std::filesystem::exists(m_maker.path("out")));
        QCOMPARE(readEmbedded(m_maker.path("missing")).error().fault, Fault::NotFound);
    }

    void aFileThatIsThereStays()
    {
        QVERIFY(writeFileAtomically(m_maker.path("there"), bytesOf("mine")));
        QCOMPARE(writeEmbedded(m_maker.path("a.png"), m_maker.path("there"), {manifest, ""}).error().fault, Fault::Conflict);
        QVERIFY(bytes("there") == Bytes({'m', 'i', 'n', 'e'}));
    }

    void anotherProgramsXmpIsNotOurs()
    {
        for (const char* name : {"a.png", "a.jpg", "a.mp4"}) {
            const std::string copy = std::string("theirs.") + QString(name).section('.', 1).toStdString();
            std::filesystem::copy_file(m_maker.path(name), fresh(copy.c_str()));
            QVERIFY(FilmMaker::run("exiftool", {"-q", "-overwrite_original", "-XMP-dc:Title=Theirs", m_maker.text(copy.c_str())}));
            QVERIFY(readEmbedded(m_maker.path(copy.c_str())).value().empty());
            QVERIFY(writeEmbedded(m_maker.path(copy.c_str()), fresh("both"), {manifest, recipeOf(10)}));
            QCOMPARE(readEmbedded(m_maker.path("both")).value().recipe, recipeOf(10));
            QVERIFY(writeBare(m_maker.path("both"), fresh("bare")));
            QVERIFY(bytes("bare") == bytes(copy.c_str()));
        }
    }

    void aChangedLongRecipeInAJpegIsNoticed()
    {
        QVERIFY(writeEmbedded(m_maker.path("a.jpg"), fresh("long.jpg"), {manifest, recipeOf(300'000)}));
        Bytes changed = bytes("long.jpg");
        changed[150'000] ^= 1;
        QVERIFY(writeFileAtomically(m_maker.path("long.jpg"), changed));
        const auto read = readEmbedded(m_maker.path("long.jpg"));
        QVERIFY(!read && QByteArray(read.error().message.c_str()).contains("its recipe was changed or is cut"));
    }

    /// Every cut and many changed bytes: an answer or an error, never a crash; what is read is never more than what was written.
    void damagedFilesAreErrors_data() { whatIsPutInIsReadAndTakenOut_data(); }
    void damagedFilesAreErrors()
    {
        QFETCH(QByteArray, name);
        QVERIFY(writeEmbedded(m_maker.path(name.constData()), fresh("carrier"), {manifest, recipeOf(500)}));
        const Bytes whole = bytes("carrier");
        std::mt19937_64 bits(2026);
        const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(bits() % limit); };
        for (int round = 0; round < 80; ++round) {
            Bytes damaged = whole;
            if (round % 2 == 0)
                damaged.resize(round < 30 ? static_cast<std::size_t>(round) : below(whole.size()));
            else
                for (int change = 0; change < 4; ++change)
                    damaged[below(round < 50 ? std::min<std::size_t>(whole.size(), 200) : whole.size())] = static_cast<std::uint8_t>(below(256));
            QVERIFY(writeFileAtomically(m_maker.path("damaged"), damaged));
            const auto read = readEmbedded(m_maker.path("damaged"));
            QVERIFY(!read || read->recipe.size() <= recipeOf(500).size() + 64); // a damaged `&amp;` stays as it is;
            static_cast<void>(writeBare(m_maker.path("damaged"), fresh("bare")));
            static_cast<void>(writeEmbedded(m_maker.path("damaged"), fresh("out"), {manifest, "{}"}));
        }
    }
};

QTEST_GUILESS_MAIN(EmbedTest)
#include "embed_test.moc"
