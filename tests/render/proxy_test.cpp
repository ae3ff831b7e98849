// SPDX-License-Identifier: GPL-3.0-or-later
// Proxies look like the film, are read by previews alone, and are made again when they are lost.
#include "core/render/proxy_sources.h"

#include "core/render/frame_server.h"
#include "core/render/make_proxy.h"
#include "core/render/media_sources.h"
#include "tests/media/film_maker.h"
#include "tests/store/place.h"
#include "tests/support/graph_of.h"

#include <cmath>

using namespace artdag;
using namespace artdag::test;
using artdag::testing::FilmMaker;

namespace {

constexpr const char* plainFilm = "-f lavfi -i testsrc2=s=320x180:r=25:d=2.8 -c:v libx264 -preset veryfast -g 250 -pix_fmt yuv420p -colorspace bt709 -color_trc bt709 -color_primaries bt709";

std::string clipOf(const ContentId& film, const std::string& arguments = {})
{
    return R"("clip": {"effect": "media", "args": {"file": ")" + film.text() + "\"" + arguments + "}}";
}

const std::string measured = R"(, "light": {"effect": "measure_brightness", "in": {"picture": "clip"}}, "seen": {"effect": "brightness", "in": {"picture": "clip"}, "args": {"amount": {"bind": "light"}}})";

/// The film fitted into a canvas.
std::string fittedInto(const ContentId& film, int width, int height)
{
    return R"({"artdag": 1, "canvas": {"width": )" + std::to_string(width) + R"(, "height": )" + std::to_string(height) + R"(, "rate": [25, 1], "sampleRate": 48000, "duration": 1}, "nodes": {)" + clipOf(film, R"(, "fit": "fit")") + R"(}, "outputs": {"main": {"picture": "clip"}}})";
}

/// A film in a store, as two processes see it: one that makes proxies, one that reads them.
struct Film {
    Place place;
    FilmMaker maker;
    ContentId id;
    std::unique_ptr<MediaSources> sources;
    std::unique_ptr<ProxyShelf> shelf;

    explicit Film(const char* name = "film.mp4", const char* arguments = plainFilm)
    {
        CHECK(maker.make(name, arguments));
        take(maker.path(name));
    }
    void take(const fs::path& file)
    {
        id = *place.store->putFile(file, ObjectClass::Asset, Intake::Copy);
        sources = std::make_unique<MediaSources>(*place.store);
        shelf = std::make_unique<ProxyShelf>(*place.store);
    }
    Sources::MediaFacts facts() { return *sources->facts(id); }
    std::unique_ptr<ProxyMaker> open() { return std::move(*ProxyMaker::open(*place.store, id, facts())); }
    /// Bytes that were added to the store.
    std::uint64_t make()
    {
        const auto proxy = open();
        for (;;) {
            const auto done = proxy->step();
            if (!done)
                qFatal("%s", done.error().message.c_str());
            if (*done)
                break;
        }
        shelf->forget(id);
        return proxy->bytes();
    }
    std::shared_ptr<const Proxy> proxy() { return Proxy::find(*place.store, id, facts()); }
    std::shared_ptr<const Graph> graph(const std::string& more = {}, const std::string& picture = "clip") { return graphOf(recipeText(clipOf(id) + more, picture)); }
};

std::shared_ptr<const Plan> planOf(const std::shared_ptr<const Graph>& graph, double scale, Sources& sources)
{
    auto plan = makePlan(graph, {}, sources, {.scale = scale});
    if (!plan)
        qFatal("%s", plan.error().message.c_str());
    return *plan;
}

/// A frame as a screen shows it.
std::vector<std::uint8_t> shown(const std::shared_ptr<const Graph>& graph, double scale, Sources& sources, std::int64_t frame)
{
    const auto plan = planOf(graph, scale, sources);
    FrameServer server(plan, sources);
    const auto picture = server.picture(*plan->output.picture, frame);
    if (!picture)
        qFatal("%s", picture.error().message.c_str());
    const Rect& rect = (*picture)->rect();
    std::vector<std::uint8_t> rgba(static_cast<std::size_t>(rect.width() * rect.height() * 4));
    toDisplayRgba((*picture)->view(), rgba.data(), std::ptrdiff_t{4} * rect.width());
    return rgba;
}

} // namespace

class ProxyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { useMemory(); }

    void aPreviewFromAProxyLooksLikeTheFilm_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("arguments");
        QTest::newRow("BT.709") << "a.mp4" << plainFilm;
        QTest::newRow("BT.601, full range") << "a.mp4"
                                            << "-f lavfi -i testsrc2=s=320x180:r=25:d=0.4 -vf scale=out_range=pc -c:v libx264 -pix_fmt yuv420p -colorspace smpte170m -color_range pc";
        QTest::newRow("odd size, whole chroma") << "a.mp4"
                                                << "-f lavfi -i testsrc2=s=321x179:r=25:d=0.4 -c:v libx264 -pix_fmt yuv444p";
        QTest::newRow("ten bits") << "a.mkv"
                                  << "-f lavfi -i testsrc2=s=320x180:r=25:d=0.4 -c:v libx264 -pix_fmt yuv420p10le -colorspace bt709";
        QTest::newRow("PQ") << "pq.mkv"
                            << "-f lavfi -i testsrc2=s=320x180:r=25:d=0.4 -c:v libx264 -pix_fmt yuv420p10le -colorspace bt2020nc -color_trc smpte2084 -color_primaries bt2020";
        QTest::newRow("RGB") << "a.mkv"
                             << "-f lavfi -i testsrc2=s=320x180:r=25:d=0.4 -c:v ffv1 -pix_fmt gbrp";
        QTest::newRow("grey") << "a.mkv"
                              << "-f lavfi -i testsrc2=s=320x180:r=25:d=0.4 -c:v ffv1 -pix_fmt gray";
        QTest::newRow("turned") << "a.mov"
                                << "-f lavfi -i testsrc2=s=320x180:r=25:d=0.4 -c:v libx264 -pix_fmt yuv422p -metadata:s:v rotate=90";
        QTest::newRow("wide pixels") << "a.mp4"
                                     << "-f lavfi -i testsrc2=s=320x180:r=25:d=0.4 -vf setsar=4/3 -c:v libx264 -pix_fmt yuv420p";
    }
    void aPreviewFromAProxyLooksLikeTheFilm()
    {
        QFETCH(QString, name);
        QFETCH(QString, arguments);
        Film film(name.toUtf8().constData(), arguments.toUtf8().constData());
        film.make();
        const auto graph = film.graph();
        const auto proxies = previewSources(*graph, 0.5, *film.sources, *film.shelf);
        QCOMPARE(proxies->proxies().size(), std::size_t{1});
        for (const std::int64_t frame : {7, 0, 3}) {
            const auto quick = shown(graph, 0.5, *proxies, frame), real = shown(graph, 0.5, *film.sources, frame);
            QCOMPARE(quick.size(), real.size());
            double squares = 0;
            std::int64_t sum = 0;
            for (std::size_t i = 0; i < real.size(); ++i) {
                const int difference = int{quick[i]} - int{real[i]};
                squares += difference * difference;
                sum += difference;
            }
            const double psnr = 10 * std::log10(255.0 * 255 * static_cast<double>(real.size()) / std::max(squares, 1.0));
            const double mean = static_cast<double>(sum) / static_cast<double>(real.size());
            qInfo("%s: %.1f dB, mean difference %.2f codes", qPrintable(name), psnr, mean);
            const double least = name.contains("pq") ? 32 : 42; // eight bits are few for a curve made for twelve
            QVERIFY2(psnr > least && std::abs(mean) < 0.2, qPrintable(QString("%1 dB, %2 codes").arg(psnr).arg(mean)));
        }
        QCOMPARE(proxies->proxies().begin()->second->picturesRead(), std::int64_t{3});
    }

    void everyPictureIsShownFromTheSameTimeOnAsInTheFilm()
    {
        // Of uneven lengths, and beginning late.
        Film film("uneven.mkv", "-f lavfi -i color=c=black:s=64x48:r=50:d=2 -vf geq=lum='16+2*N':cb=128:cr=128,select='not(mod(n\\,3))+not(mod(n\\,7))' -fps_mode vfr -c:v libx264 -g 250 -qp 4 -pix_fmt yuv420p");
        film.make();
        const auto proxy = film.proxy();
        QVERIFY(proxy != nullptr);
        const auto never = [](Flicks) -> Result<CodedPointer> { return fail(Fault::Unavailable, "the film is not asked"); };
        const auto level = [](const CodedPointer& picture) { return int{picture->planes[0][picture->strides[0] * (picture->height / 2) + picture->width / 2]}; };
        const auto file = *openMedia(film.maker.path("uneven.mkv"));
        QVERIFY(proxy->sheet().pictures.size() > 40);
        for (const ProxySheet::Picture& picture : proxy->sheet().pictures)
            for (const Flicks time : {picture.from - 1, picture.from, picture.from + 1}) {
                const int expected = level(*file->pictureAt(time)), got = level(*proxy->picture(time, never));
                QVERIFY2(std::abs(expected - got) <= 1, qPrintable(QString("at %1: %2, not %3").arg(time).arg(got).arg(expected)));
            }
    }

    void previewsHaveOtherKeysWithProxiesAndFullSizeReadsNone()
    {
        Film film;
        const auto graph = film.graph();
        const auto key = [&](double scale, Sources& sources) { return planOf(graph, scale, sources)->outputFrameKey(5); };
        const FrameKey full = key(1, *film.sources), half = key(0.5, *film.sources);
        QCOMPARE(key(0.5, *previewSources(*graph, 0.5, *film.sources, *film.shelf)), half); // there is none yet
        film.make();
        QVERIFY(key(0.5, *previewSources(*graph, 0.5, *film.sources, *film.shelf)) != half);
        QCOMPARE(key(0.5, *film.sources), half);
        const auto whole = previewSources(*graph, 1, *film.sources, *film.shelf);
        QVERIFY(whole->proxies().empty());
        QCOMPARE(key(1, *whole), full);
        QCOMPARE(shown(graph, 1, *whole, 5), shown(graph, 1, *film.sources, 5));
        QVERIFY(shown(graph, 0.5, *previewSources(*graph, 0.5, *film.sources, *film.shelf), 5) != shown(graph, 0.5, *film.sources, 5));
    }

    void aPlanKeepsToWhatItsKeysName()
    {
        Film film;
        const auto graph = film.graph();
        const auto before = previewSources(*graph, 0.5, *film.sources, *film.shelf);
        const auto picture = shown(graph, 0.5, *before, 5);
        film.make();
        QVERIFY(before->proxies().empty());
        QCOMPARE(shown(graph, 0.5, *before, 5), picture);
    }

    void whatIsAnalysedAndWhatIsHeardIsTheFilmItself()
    {
        Film film("film.mp4", "-f lavfi -i testsrc2=s=320x180:r=25:d=1 -f lavfi -i sine=d=1 -c:v libx264 -pix_fmt yuv420p -c:a aac");
        film.make();
        const auto looking = film.graph(measured, "seen");
        QVERIFY(previewSources(*looking, 0.5, *film.sources, *film.shelf)->proxies().empty());
        const auto heard = graphOf(recipeText(clipOf(film.id), "clip", 1.0, "clip.sound"));
        const auto proxies = previewSources(*heard, 0.5, *film.sources, *film.shelf);
        QCOMPARE(proxies->proxies().size(), std::size_t{1});
        const auto key = [&](Sources& sources) { const auto plan = planOf(heard, 0.5, sources); return plan->soundKey(*plan->output.sound, {0, 4800}); };
        QCOMPARE(key(*proxies), key(*film.sources));
    }

    void aFilmThatIsMadeLargerIsReadItself()
    {
        Film film; // 320 × 180
        film.make();
        const auto proxies = [&](int width, int height, double scale) {
            const auto graph = graphOf(fittedInto(film.id, width, height));
            return previewSources(*graph, scale, *film.sources, *film.shelf)->proxies().size();
        };
        QCOMPARE(proxies(320, 180, 0.5), std::size_t{1});
        QCOMPARE(proxies(640, 360, 0.5), std::size_t{0});
        QCOMPARE(proxies(640, 360, 0.25), std::size_t{1});
    }

    void aLostOrDamagedPieceGivesTheSamePictureAndIsMadeAgainAlone_data()
    {
        QTest::addColumn<bool>("damaged");
        QTest::newRow("evicted") << false;
        QTest::newRow("damaged") << true;
    }
    void aLostOrDamagedPieceGivesTheSamePictureAndIsMadeAgainAlone()
    {
        QFETCH(bool, damaged);
        Film film;
        film.make();
        const auto graph = film.graph();
        const auto whole = shown(graph, 0.5, *previewSources(*graph, 0.5, *film.sources, *film.shelf), 40);
        const ContentId piece = film.proxy()->sheet().pieces[1];
        const std::uint64_t size = film.place.store->facts(piece)->size;
        const auto key = film.proxy()->id();
        film.shelf->forget(film.id);
        const auto proxies = previewSources(*graph, 0.5, *film.sources, *film.shelf); // found while all was there
        if (damaged) {
            film.place.reopen(); // it was verified by the process before
            film.take(film.maker.path("film.mp4"));
            const auto reopened = previewSources(*graph, 0.5, *film.sources, *film.shelf);
            writeOver(film.place.file(piece), "damaged");
            QCOMPARE(shown(graph, 0.5, *reopened, 40), whole);
            QVERIFY(reopened->proxies().begin()->second->isLost());
        } else {
            QVERIFY(film.place.store->remove(piece));
            QCOMPARE(shown(graph, 0.5, *proxies, 40), whole);
            QVERIFY(proxies->proxies().begin()->second->isLost());
        }
        QVERIFY(film.proxy() == nullptr);
        const std::uint64_t again = film.make();
        QCOMPARE(again, size + film.place.store->facts(film.proxy()->sheet().pieces[2])->size); // the short last one is always made
        QCOMPARE(film.proxy()->id(), key);
    }

    void whatWasMadeBeforeAStopIsNotMadeAgain()
    {
        Film film;
        const auto first = film.open();
        for (int i = 0; i < 40; ++i)
            QVERIFY(!*first->step());
        QVERIFY(first->progress() > 0.4 && first->progress() < 0.7);
        QVERIFY(film.proxy() == nullptr);
        const std::uint64_t before = first->bytes(), after = film.make();
        QCOMPARE(film.proxy()->sheet().pictures.size(), std::size_t{70});
        Film other;
        other.take(film.maker.path("film.mp4")); // the same one: x264 with threads makes another film once in a while
        QCOMPARE(before + after, other.make());
        QCOMPARE(film.proxy()->id(), other.proxy()->id());
    }

    void proxiesAreRendersThatMayBeEvicted()
    {
        Film film;
        film.make();
        const auto statistics = *film.place.store->statistics();
        QCOMPARE(statistics.renders, std::uint64_t{4}); // a sheet and three pieces
        QCOMPARE(statistics.assets, std::uint64_t{1});
        QVERIFY(*film.place.store->collect(0) > 0);
        QVERIFY(film.proxy() == nullptr);
    }

    void aFilmThatBreaksHasNoProxy()
    {
        Film film("film.mkv", "-f lavfi -i testsrc2=s=320x180:r=25:d=2.8 -c:v libx264 -g 250 -pix_fmt yuv420p");
        const QByteArray bytes = film.maker.read("film.mkv");
        film.maker.write("broken.mkv", bytes.left(bytes.size() * 2 / 3));
        film.take(film.maker.path("broken.mkv"));
        const auto maker = film.open();
        Result<bool> done = false;
        while (done && !*done)
            done = maker->step();
        QVERIFY(!done && done.error().fault == Fault::Corrupt);
        QVERIFY(film.proxy() == nullptr);
    }

    void picturesAndTransparentFilmsHaveNone()
    {
        Film picture("picture.png", "-f lavfi -i testsrc2=s=320x180 -frames:v 1");
        QVERIFY(!whyNoProxy(picture.facts()).empty());
        QVERIFY(!ProxyMaker::open(*picture.place.store, picture.id, picture.facts()));
        Film loop("loop.gif", "-f lavfi -i testsrc2=s=320x180:d=0.4");
        QVERIFY(!whyNoProxy(loop.facts()).empty());
    }

    void dearFilmsAreLongGroupsAndLargePictures()
    {
        const auto facts = [](int width, int height, const char* decoder) {
            Sources::MediaFacts facts;
            facts.hasPicture = true;
            facts.width = width;
            facts.height = height;
            facts.decoder = decoder;
            return facts;
        };
        QVERIFY(isDear(facts(1920, 1080, "h264 lavc 59.37, aac_fixed lavc 59.37")));
        QVERIFY(isDear(facts(1280, 720, "hevc lavc 59.37")));
        QVERIFY(!isDear(facts(320, 180, "h264 lavc 59.37")));
        QVERIFY(!isDear(facts(1920, 1080, "prores lavc 59.37")));
        QVERIFY(isDear(facts(3840, 2160, "prores lavc 59.37")));
    }

    void aDamagedSheetIsRefused()
    {
        Film film;
        film.make();
        const ProxySheet sheet = film.proxy()->sheet();
        const Bytes bytes = bytesOfSheet(sheet);
        const auto read = sheetOfBytes(bytes);
        QVERIFY(read && read->pictures.size() == 70 && read->pieces == sheet.pieces && read->shape == sheet.shape);
        for (const std::size_t length : {std::size_t{0}, std::size_t{7}, std::size_t{20}, bytes.size() - 1})
            QVERIFY(!sheetOfBytes(ByteView(bytes).first(length)));
    }
};

QTEST_GUILESS_MAIN(ProxyTest)
#include "proxy_test.moc"
