// SPDX-License-Identifier: GPL-3.0-or-later
// What is made of uploads to show them: by a process of its own, as jobs, thrown away and made again; seen by ffprobe, and
// by what pages and notes say.
#include "server/db/fingerprints.h"
#include "server/db/objects.h"
#include "server/db/renditions.h"
#include "server/l2/evict_renditions.h"
#include "server/l2/renditions.h"
#include "server/l2/site.h"
#include "server/l2/trash.h"
#include "tests/media/film_maker.h"
#include "tests/server/server_process.h"

#include <chrono>
#include <thread>

using namespace artdag;

namespace {

Json answerOf(const HttpAnswer& answer)
{
    return readJson(answer.body).value_or(Json());
}

} // namespace

class RenditionTest : public QObject {
    Q_OBJECT

    testing::FilmMaker m_maker;
    ServerProcess m_server;
    std::string m_token;

    ContentId upload(const char* name)
    {
        const HttpAnswer answer = m_server.call("POST", "/media", m_maker.read(name).toStdString(), m_token, {{"Content-Type", "application/octet-stream"}});
        m_uploaded = answerOf(answer);
        return nameOfText<ContentId>(m_uploaded.value("content_hash", "")).value_or(ContentId{});
    }
    Json m_uploaded;
    ContentId m_gone, m_poster;
    /// What there is when no job waits any more.
    Json renditionsOf(const ContentId& id)
    {
        Json answer;
        const auto settled = [&] {
            answer = answerOf(m_server.get("/media/" + id.hex() + "/renditions", "application/json", m_token));
            return answer.contains("waiting") && answer["waiting"] == false;
        };
        if (!QTest::qWaitFor(settled, 60'000))
            return {};
        return answer["renditions"];
    }
    void publish(const ContentId& id, const char* name, const char* type)
    {
        const HttpAnswer answer = m_server.post("/assets", Json{{"name", name}, {"content_hash", id.text()}, {"asset_type", type}}, m_token);
        QVERIFY2(answer.status == 201, answer.body.c_str());
    }
    std::string pathOf(const Json& url) { return url.get<std::string>().substr(m_server.url().size()); }
    /// What ffprobe says of bytes.
    static QString probe(const std::string& url, const char* entries)
    {
        const auto said = testing::FilmMaker::run("ffprobe", {"-v", "error", "-show_entries", entries, "-of", "csv=p=0", QString::fromStdString(url)});
        return said ? QString::fromUtf8(said->trimmed()).replace('\n', ' ') : QString();
    }
    Json attachmentOf(const ContentId& id)
    {
        return answerOf(m_server.get("/objects/" + id.hex(), "application/activity+json"))["attachment"][0];
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_server.start());
        m_token = m_server.tokenOf("giles");
    }

    void aFilmGetsPosterBlurStreamAndAnMp4ThatPlaysEverywhere()
    {
        QVERIFY(m_maker.make("film.mkv", "-f lavfi -i testsrc2=s=1280x720:r=10:d=3 -f lavfi -i sine=d=3:r=96000 -c:v ffv1 -pix_fmt yuv444p -c:a pcm_s16le"));
        const ContentId film = upload("film.mkv");
        publish(film, "film", "video");
        const Json note = attachmentOf(film);
        QCOMPARE(QString::fromStdString(note.value("blurhash", "")).size(), 28); // 4 × 3 terms
        QVERIFY(m_server.get(pathOf(note["icon"]["url"]), "*/*").status == 200);
        const Json made = renditionsOf(film);
        for (const char* kind : {"poster", "thumb-320", "thumb-640", "blurhash", "share", "hls"})
            QVERIFY2(made.contains(kind) && !made[kind].contains("problem"), (std::string(kind) + made.dump()).c_str());
        QCOMPARE(probe(made["poster"]["url"], "stream=codec_name,width,height"), "mjpeg,1280,720");
        QCOMPARE(probe(made["thumb-320"]["url"], "stream=codec_name,width,height"), "webp,320,180");
        QCOMPARE(probe(made["share"]["url"], "stream=codec_name,width,height,pix_fmt,r_frame_rate,sample_rate"), "h264,1280,720,yuv420p,10/1 aac,48000,0/0");
        const std::string head = m_server.call("GET", pathOf(made["share"]["url"]), {}, {}, {{"Range", "bytes=0-199"}}).body;
        QVERIFY(head.find("moov") != std::string::npos && head.find("mdat") == std::string::npos); // faststart
        QVERIFY(attachmentOf(film)["mediaType"] == "video/mp4");                                   // the note's film is the one that plays
        const std::string page = m_server.get("/asset/@giles/film", "text/html").body;
        QVERIFY(page.find("/hls/index.m3u8\" type=\"application/vnd.apple.mpegurl\"") != std::string::npos && page.find(" poster=\"/media/") != std::string::npos);
        QVERIFY(page.find("<script") == std::string::npos);
    }

    void aStreamIsReadByOtherPlayersAndServedAsOne()
    {
        const ContentId film = *contentIdOfFile(m_maker.path("film.mkv"));
        const std::string stream = "/media/" + film.hex() + "/hls/";
        const HttpAnswer list = m_server.get(stream + "index.m3u8", "*/*");
        QCOMPARE(list.header("content-type"), std::string_view("application/vnd.apple.mpegurl"));
        QCOMPARE(list.header("x-content-type-options"), std::string_view("nosniff"));
        QVERIFY(list.header("set-cookie").empty());
        QVERIFY(list.body.find("RESOLUTION=640x360\n360/index.m3u8") != std::string::npos && list.body.find("RESOLUTION=1280x720\n720/index.m3u8") != std::string::npos && list.body.find("1080") == std::string::npos);
        QVERIFY(probe(m_server.url() + stream + "720/index.m3u8", "stream=codec_name,width,height,sample_rate").startsWith("h264,1280,720 aac,48000")); // ffprobe tells it twice: by program and by stream
        const auto counted = testing::FilmMaker::run("ffprobe", {"-v", "error", "-count_frames", "-select_streams", "v", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", QString::fromStdString(m_server.url() + stream + "360/index.m3u8")});
        QVERIFY(counted && counted->trimmed().startsWith("30"));
        const HttpAnswer part = m_server.call("GET", stream + "720/segment0000.m4s", {}, {}, {{"Range", "bytes=4-7"}});
        QCOMPARE(part.status, 206);
        QCOMPARE(part.header("content-type"), std::string_view("video/iso.segment"));
        QVERIFY(!part.header("etag").empty());
        QCOMPARE(m_server.call("HEAD", stream + "720/init.mp4").status, 200);
    }

    void namesOfPartsAreNoPaths_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("status");
        for (const char* name : {"720/..%2findex.m3u8", "720/%2e%2e", "..%5cx/index.m3u8", "720/index.m3u8%00"})
            QTest::newRow(name) << name << 400;
        for (const char* name : {"index.m3u8.bak", "artdagd.sqlite", "720/segment.m4s", "720/segment00000000000000000.m4s", "abc/index.m3u8", "1/index.m3u8", "init.mp4", "720/poster.jpg"})
            QTest::newRow(name) << name << 404;
    }
    void namesOfPartsAreNoPaths()
    {
        QFETCH(QString, name);
        QFETCH(int, status);
        const ContentId film = *contentIdOfFile(m_maker.path("film.mkv"));
        QCOMPARE(m_server.get("/media/" + film.hex() + "/hls/" + name.toStdString(), "*/*").status, status);
    }

    void whatIsThrownAwayIsMadeAgainWhenSomebodyAsks()
    {
        const ContentId film = *contentIdOfFile(m_maker.path("film.mkv"));
        const Json before = renditionsOf(film);
        QVERIFY(QDir(m_server.data() + "/renditions/" + QString::fromStdString(film.hex())).removeRecursively());
        const std::string poster = before["poster"]["content_hash"].get<std::string>().substr(9);
        const std::string share = before["share"]["content_hash"].get<std::string>().substr(9);
        for (const std::string& name : {poster, share})
            QVERIFY(QFile::remove(m_server.data() + "/objects/" + QString::fromStdString(name.substr(0, 2) + "/" + name.substr(2))));
        for (const std::string& path : {"/media/" + film.hex() + "/hls/index.m3u8", "/media/" + poster + ".jpg", "/media/" + share + ".mp4"}) {
            const HttpAnswer answer = m_server.get(path, "*/*");
            if (path.find(share) == std::string::npos) { // that one comes with the stream
                QCOMPARE(answer.status, 503);
                QVERIFY(!answer.header("retry-after").empty());
            }
            QTRY_COMPARE_WITH_TIMEOUT(m_server.get(path, "*/*").status, 200, 60'000);
        }
        QCOMPARE(renditionsOf(film)["poster"].dump(), before["poster"].dump()); // the same bytes, so the same name
    }

    void aFilmThatPlaysEverywhereIsNotMadeAgain()
    {
        QVERIFY(m_maker.make("plain.mp4", "-f lavfi -i testsrc2=s=640x360:r=10:d=1 -f lavfi -i sine=d=1 -c:v libx264 -pix_fmt yuv420p -c:a aac -movflags +faststart"));
        const ContentId film = upload("plain.mp4");
        publish(film, "plain", "video");
        QVERIFY(renditionsOf(film)["share"]["content_hash"] == film.text());
        QVERIFY(attachmentOf(film)["url"] == m_server.url() + "/media/" + film.hex() + ".mp4");
    }

    void aFilmThatStandsIsUprightInAll()
    {
        QVERIFY(m_maker.make("lying.mp4", "-f lavfi -i testsrc2=s=640x360:r=10:d=1 -c:v libx264 -pix_fmt yuv420p"));
        QVERIFY(m_maker.make("standing.mp4", "-i @lying.mp4 -c copy -metadata:s:v:0 rotate=90"));
        const ContentId film = upload("standing.mp4");
        const Json made = renditionsOf(film);
        QCOMPARE(probe(made["poster"]["url"], "stream=width,height"), QString()); // nobody else may see what is not published
        publish(film, "standing", "video");
        const Json all = renditionsOf(film);
        QCOMPARE(probe(all["poster"]["url"], "stream=width,height"), "360,640");
        QVERIFY(probe(m_server.url() + "/media/" + film.hex() + "/hls/360/index.m3u8", "stream=width,height").startsWith("360,640"));
    }

    void aPhotographTellsNothingButItsPicture()
    {
        QVERIFY(m_maker.make("photo.jpg", "-f lavfi -i testsrc2=s=800x600 -frames:v 1"));
        QVERIFY(testing::FilmMaker::run("exiftool", {"-q", "-overwrite_original", "-GPSLatitude=48.1", "-GPSLatitudeRef=N", "-GPSLongitude=11.5", "-GPSLongitudeRef=E", "-SerialNumber=12345", m_maker.text("photo.jpg")}));
        const ContentId photo = upload("photo.jpg");
        QCOMPARE(photo.text(), contentIdOfFile(m_maker.path("photo.jpg"))->text()); // the bytes stay what they are
        QCOMPARE(m_uploaded["warnings"].size(), std::size_t{2});
        publish(photo, "photo", "image");
        const Json attachment = attachmentOf(photo);
        QVERIFY(attachment["url"].get<std::string>().find(photo.hex()) == std::string::npos);
        QVERIFY(writeFileAtomically(m_maker.path("clean.jpg"), bytesOf(m_server.get(pathOf(attachment["url"]), "*/*").body)));
        const auto said = testing::FilmMaker::run("exiftool", {"-GPSLatitude", "-SerialNumber", "-ImageWidth", "-s3", m_maker.text("clean.jpg")});
        QCOMPARE(said->trimmed(), "800");
        QVERIFY(m_maker.make("plain.png", "-f lavfi -i testsrc2=s=64x64 -frames:v 1"));
        upload("plain.png");
        QVERIFY(!m_uploaded.contains("warnings"));
    }

    void soundGetsAPreview()
    {
        QVERIFY(m_maker.make("sound.wav", "-f lavfi -i sine=d=3:r=44100"));
        const ContentId sound = upload("sound.wav");
        publish(sound, "sound", "audio");
        const Json made = renditionsOf(sound);
        QCOMPARE(probe(made["sound"]["url"], "stream=codec_name,sample_rate,channels"), "aac,44100,2");
    }

    void whatIsLikeAnEarlierWorkIsNoted()
    {
        const std::string eve = m_server.tokenOf("eve");
        const auto publishAs = [&](const char* file, const char* name, const char* type, const std::string& token) {
            const HttpAnswer sent = m_server.call("POST", "/media", m_maker.read(file).toStdString(), token, {{"Content-Type", "application/octet-stream"}});
            const ContentId id = *nameOfText<ContentId>(answerOf(sent).value("content_hash", ""));
            const HttpAnswer answer = m_server.post("/assets", Json{{"name", name}, {"content_hash", id.text()}, {"asset_type", type}}, token);
            CHECK(answer.status == 201);
            renditionsOf(id);
            return id;
        };
        // Another size, another codec, other sound settings: other bytes of the same film, and of the same song.
        QVERIFY(m_maker.make("song.wav", "-f lavfi -i aevalsrc=exprs='0.4*sin(2*PI*t*220*pow(2,mod(floor(t*3)*7,24)/12))+0.2*sin(2*PI*t*440*pow(2,mod(floor(t*2)*5,17)/12))':d=20:s=44100"));
        QVERIFY(m_maker.make("taken.mp4", "-i @film.mkv -vf scale=640:360 -c:v libx264 -crf 30 -pix_fmt yuv420p -c:a aac"));
        QVERIFY(m_maker.make("taken.mp3", "-i @song.wav -c:a libmp3lame -b:a 96k"));
        QVERIFY(m_maker.make("other.png", "-f lavfi -i mandelbrot=s=400x300 -frames:v 1"));
        const ContentId song = publishAs("song.wav", "song", "audio", m_token);
        const ContentId film = publishAs("taken.mp4", "mine", "video", eve);
        const ContentId mp3 = publishAs("taken.mp3", "my-song", "audio", eve);
        const ContentId other = publishAs("other.png", "other", "image", eve);
        // The section of the page is in e2e_work_pages_test, which logs in.
        const auto database = std::move(*server::Database::open((m_server.data() + "/artdagd.sqlite").toStdString()));
        const auto isLike = [&](const ContentId& id, const char* kind, const char* earlier) {
            return std::ranges::any_of(*server::earlierWorksLike(*database, id), [&](const server::AlikeWork& work) { return work.kind == kind && work.name == earlier; });
        };
        QVERIFY(isLike(film, "picture", "film"));
        QVERIFY(isLike(mp3, "sound", "song"));
        QVERIFY(server::earlierWorksLike(*database, other)->empty());
        QVERIFY(server::earlierWorksLike(*database, song)->empty()); // it was first
        for (const ContentId& id : {film, mp3})
            QVERIFY(m_server.get("/objects/" + id.hex(), "application/activity+json").body.find("alike") == std::string::npos && m_server.get("/assets/@eve/mine").body.find("alike") == std::string::npos);
    }

    void whatCannotBeMadeLeavesItsReason()
    {
        QVERIFY(m_maker.make("torn.mp4", "-f lavfi -i testsrc2=s=320x180:r=10:d=4 -c:v libx264 -pix_fmt yuv420p -movflags +faststart"));
        QFile file(m_maker.text("torn.mp4"));
        QVERIFY(file.open(QIODevice::ReadWrite) && file.resize(file.size() / 2));
        file.close();
        const ContentId film = upload("torn.mp4");
        publish(film, "torn", "video");
        const Json made = renditionsOf(film);
        QVERIFY2(made["hls"].contains("problem"), made.dump().c_str());
        QVERIFY2(made["hls"]["problem"].get<std::string>().find(m_server.data().toStdString()) == std::string::npos, made.dump().c_str());
        QCOMPARE(m_server.get("/media/" + film.hex() + "/hls/index.m3u8", "*/*").status, 404);
        QCOMPARE(m_server.get("/healthz").status, 200);
    }

    void whatWasMadeIsGoneWithItsSource()
    {
        QVERIFY(m_maker.make("gone.mp4", "-f lavfi -i testsrc2=s=320x180:r=10:d=2 -c:v libx264 -pix_fmt yuv420p -movflags +faststart"));
        m_gone = upload("gone.mp4");
        publish(m_gone, "gone", "video");
        const Json made = renditionsOf(m_gone);
        m_poster = *nameOfText<ContentId>(made["poster"]["content_hash"].get<std::string>());
        const std::string stream = "/media/" + m_gone.hex() + "/hls/index.m3u8";
        QCOMPARE(m_server.get(stream, "*/*").status, 200);
        QCOMPARE(m_server.call("DELETE", "/assets/gone", {}, m_token).status, 204);
        for (const std::string& path : {stream, "/media/" + m_gone.hex(), "/media/" + m_poster.hex()})
            QCOMPARE(m_server.get(path, "*/*").status, 404);
    }

    void theServerItselfStillHoldsNoCodec()
    {
        QFile maps(QString("/proc/%1/maps").arg(m_server.pid()));
        QVERIFY(maps.open(QIODevice::ReadOnly));
        QVERIFY(!maps.readAll().contains("libavcodec"));
        QCOMPARE(m_server.stop(), 0);
    }

    void andLeavesTheDiskWithItsSource() // the server has stopped
    {
        server::SiteOptions options;
        options.directory = m_server.data().toStdString();
        options.domain = m_server.domain();
        options.publicUrl = m_server.url();
        const auto site = *server::openSite(options);
        QVERIFY(site->objects.has(m_gone) && site->objects.has(m_poster) && std::filesystem::exists(site->renditions(m_gone)));
        const auto work = *server::findVersions(*site->database, m_gone, 1);
        QCOMPARE(work.size(), std::size_t{1});
        QVERIFY(server::emptyTrash(*site, work[0].id).has_value());
        QVERIFY(!site->objects.has(m_gone) && !site->objects.has(m_poster) && !std::filesystem::exists(site->renditions(m_gone)));
        QVERIFY(!server::findObject(*site->database, m_poster).has_value());
    }

    void whatNobodyAskedForLeavesAFullDiskFirst()
    {
        server::SiteOptions options;
        options.directory = m_server.data().toStdString();
        options.domain = m_server.domain();
        options.publicUrl = m_server.url();
        options.fullDisk = 100;
        const auto site = *server::openSite(options);
        QCOMPARE(server::bytesOverLimit(*site), std::uint64_t{0});
        site->options.fullDisk = 1;
        QVERIFY(server::bytesOverLimit(*site) > 0);
        const ContentId film = *contentIdOfFile(m_maker.path("film.mkv"));
        const ContentId plain = *contentIdOfFile(m_maker.path("plain.mp4"));
        const auto made = *server::renditionsOf(*site->database, film);
        const ContentId share = *made.at("share").object;
        const auto hour = std::chrono::hours(1);
        const auto now = std::filesystem::file_time_type::clock::now();
        std::filesystem::last_write_time(site->renditions(film), now - 30 * hour);
        std::filesystem::last_write_time(site->objects.path(share), now - 40 * hour);
        std::filesystem::last_write_time(site->renditions(plain), now - 50 * hour);
        server::noteUse(site->renditions(plain)); // now it was asked for
        const auto noted = std::filesystem::last_write_time(site->renditions(plain));
        QVERIFY(noted >= now - hour);
        server::noteUse(site->renditions(plain));
        QVERIFY(std::filesystem::last_write_time(site->renditions(plain)) == noted);

        QCOMPARE(*server::evictRenditions(*site, 0), std::uint64_t{0});
        for (const ContentId& source : {film, plain}) // what cannot be made again now, since its source is elsewhere, stays
            std::filesystem::rename(site->objects.path(source), site->objects.path(source).string() + ".elsewhere");
        QVERIFY(server::evictRenditions(*site, std::uint64_t{1} << 50));
        QVERIFY(site->objects.has(share) && std::filesystem::exists(site->renditions(film)) && std::filesystem::exists(site->renditions(plain)));
        for (const ContentId& source : {film, plain})
            std::filesystem::rename(site->objects.path(source).string() + ".elsewhere", site->objects.path(source));
        QVERIFY(*server::evictRenditions(*site, 1) > 1000);
        QVERIFY(!site->objects.has(share) && std::filesystem::exists(site->renditions(film)));
        QVERIFY(*server::evictRenditions(*site, 1) > 1000);
        QVERIFY(!std::filesystem::exists(site->renditions(film)) && std::filesystem::exists(site->renditions(plain)));
        QVERIFY(*server::evictRenditions(*site, std::uint64_t{1} << 50) > 1000);
        QVERIFY(!std::filesystem::exists(site->renditions(plain)));
        QCOMPARE(*server::evictRenditions(*site, std::uint64_t{1} << 50), std::uint64_t{0});
        QVERIFY(site->objects.has(film) && site->objects.has(plain) && site->objects.has(*made.at("poster").object)); // what people brought, and what is small
    }

    void filmsBeyondADaysShareWaitForAnotherDay()
    {
        server::SiteOptions options;
        options.directory = m_server.data().toStdString();
        options.domain = m_server.domain();
        options.publicUrl = m_server.url();
        options.transcodeMinutes = 2;
        const auto site = *server::openSite(options);
        constexpr std::int64_t day = 24LL * 3600 * 1'000'000, member = 1001, other = 1002;      // of whom nothing was made yet
        if (const std::int64_t left = day - server::nowMicroseconds() % day; left < 20'000'000) // no midnight comes in between
            std::this_thread::sleep_for(std::chrono::microseconds(left));
        const std::int64_t now = server::nowMicroseconds(), today = now - now % day;
        /// The day on which a film of so many seconds is made: 0 is today.
        const auto dayOfFilm = [&](const std::string& name, int seconds, std::int64_t account) {
            const ContentId id{sha3(bytesOf(name))};
            const Json media{{"type", "video/mp4"}, {"width", 320}, {"height", 180}, {"rate", "25/1"}, {"frames", 25 * seconds}};
            CHECK(server::addMadeObject(*site->database, {id, {}, 1, "video/mp4", media}).has_value());
            CHECK(server::planStreams(*site, id, account).has_value());
            auto lease = *site->database->lease();
            auto* query = *lease.statement("SELECT run_at FROM jobs WHERE kind = 'stream' AND ref = $1");
            query->bind(1, id.hex());
            CHECK(*query->step());
            return static_cast<int>((query->integer(0) - today) / day);
        };
        QCOMPARE(dayOfFilm("one minute", 60, member), 0);
        QCOMPARE(dayOfFilm("one minute", 60, member), 0); // planned already: counted once
        QCOMPARE(dayOfFilm("another", 60, member), 0);
        QCOMPARE(dayOfFilm("a third", 60, member), 1);
        QCOMPARE(dayOfFilm("of somebody else", 60, other), 0);
        QCOMPARE(dayOfFilm("longer than a day's share", 600, member), 2);
        QCOMPARE(dayOfFilm("what still fits", 50, member), 1);
        QCOMPARE(dayOfFilm("asked for by a reader", 600, 0), 0);
    }
};

QTEST_APPLESS_MAIN(RenditionTest)
#include "rendition_test.moc"
