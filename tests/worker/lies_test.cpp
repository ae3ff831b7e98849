// SPDX-License-Identifier: GPL-3.0-or-later
// A worker that was taken over says what it likes: every lie becomes an error that names the file, and none harms the one
// who asked. The lies are written in the file itself; lying_worker.cpp tells them.
#include "core/worker/media_words.h"
#include "core/worker/probe_media.h"
#include "core/worker/shared_memory.h"
#include "core/worker/worker_media.h"
#include "tests/media/film_maker.h"

#include <QtTest>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <random>

using namespace artdag;
using namespace artdag::testing;

namespace {

/// JSON with ' for ": moc loses its way in raw strings.
QByteArray quoted(const char* text)
{
    return QByteArray(text).replace('\'', '"');
}

const QByteArray openAnswer = quoted("{'facts':{'format':'mov','warnings':['w'],'video':{'width':4,'height':2,'rotation':0,'mirrored':false,'aspect':{'n':1,'d':1},'rate':{'n':25,'d':1},'frames':3,'duration':84672000,'still':false,'numbered':false,'coding':{'format':7,'matrix':3,'transfer':0,'primaries':0,'site':0,'full':true},'decoder':'x'},'audio':{'rate':48000,'channels':2,'duration':1,'decoder':'y'}}}");
const QByteArray pictureAnswer = quoted("{'width':4,'height':2,'coding':{'format':7,'matrix':3,'transfer':0,'primaries':0,'site':0,'full':true},'bytes':24,'filled':true}");
const QByteArray soundAnswer = quoted("{'bytes':800}");

WorkerOptions liar()
{
    WorkerOptions options;
    options.program = std::filesystem::path(ARTDAG_TESTS_DIR) / "lying_worker";
    options.patience = std::chrono::seconds(20);
    return options;
}

template <class T>
std::string messageOf(const Result<T>& result)
{
    return result ? std::string("no error") : result.error().message;
}

/// Every place of a document where a value stands.
void eachPlace(const Json& json, const Json::json_pointer& at, std::vector<Json::json_pointer>& places)
{
    places.push_back(at);
    for (const auto& [key, value] : json.items())
        if (json.is_structured())
            eachPlace(value, json.is_object() ? at / key : at / static_cast<std::size_t>(std::stoul(key)), places);
}

} // namespace

class LiesTest : public QObject {
    Q_OBJECT

    FilmMaker m_maker;

    Result<std::unique_ptr<MediaFile>> open(const QByteArray& lines, WorkerOptions options = liar()) const
    {
        m_maker.write("lies.mp4", "lies\n" + lines + "\n");
        return openMediaInWorker(m_maker.path("lies.mp4"), options);
    }
    Result<CodedPointer> picture(const QByteArray& lines, WorkerOptions options = liar()) const
    {
        const auto media = open(openAnswer + "\n" + lines, options);
        return media ? (*media)->pictureAt(0) : Result<CodedPointer>(tl::unexpected<Error>(media.error()));
    }

private Q_SLOTS:
    void anHonestStandInIsBelieved()
    {
        const auto given = picture(pictureAnswer);
        QVERIFY2(given, messageOf(given).c_str());
        QCOMPARE(packedBytes(**given), QByteArray(24, 0x55));
        const auto media = open(openAnswer + "\n" + soundAnswer + "\n{}\n{}\n").value();
        QCOMPARE(media->decodeSound().value().range().count, 100);
    }

    void aLieAboutAPictureIsAnError_data()
    {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<QString>("words");
        const auto changed = [](const QByteArray& from, const QByteArray& to) { return QByteArray(pictureAnswer).replace(from, to); };
        const QString lie = "its decoder gave an answer that cannot be true; ";
        QTest::newRow("wider") << changed(quoted("'width':4"), quoted("'width':40000")) << lie;
        QTest::newRow("narrower") << changed(quoted("'width':4"), quoted("'width':1")) << lie;
        QTest::newRow("no height") << changed(quoted("'height':2,"), "") << lie;
        QTest::newRow("negative") << changed(quoted("'height':2"), quoted("'height':-2")) << lie;
        QTest::newRow("more bytes than the memory") << changed(quoted("'bytes':24"), quoted("'bytes':99999999")) << lie;
        QTest::newRow("bytes beyond all numbers") << changed(quoted("'bytes':24"), quoted("'bytes':18446744073709551615")) << lie;
        QTest::newRow("a layout that needs more, said to be filled") << changed(quoted("'format':7"), quoted("'format':20")).replace(quoted("'bytes':24"), quoted("'bytes':128")) << lie;
        QTest::newRow("a layout that is none") << changed(quoted("'format':7"), quoted("'format':21")) << lie;
        QTest::newRow("no layout") << changed(quoted("'coding'"), quoted("'codin'")) << lie;
        QTest::newRow("not filled though it fits") << changed("true}", "false}").replace(quoted("'filled':true"), quoted("'filled':false")) << lie;
        QTest::newRow("the same as none before") << (quoted("{'same':true}")) << lie;
        QTest::newRow("an answer to another question") << (quoted("!raw {'n':7,'none':true}")) << lie;
        QTest::newRow("an answer without number") << (quoted("!raw {'none':true}")) << lie;
        QTest::newRow("no JSON") << QByteArray("!raw {") << lie;
        QTest::newRow("a list") << QByteArray("!raw [1]") << lie;
        QTest::newRow("deep") << "!raw {\"n\":" + QByteArray(3000, '[') + QByteArray(3000, ']') + "}" << lie;
        QTest::newRow("twice a member") << (quoted("!raw {'n':2,'n':2}")) << lie;
        QTest::newRow("no UTF-8") << QByteArray("!raw {\"n\":2,\"fault\":1,\"message\":\"\xFF\xFE\"}") << lie;
        QTest::newRow("longer than a message") << QByteArray("!bytes 65537") << lie;
        QTest::newRow("as long as a message") << QByteArray("!bytes 65536") << lie;
        QTest::newRow("descriptors") << QByteArray("!gift 40") << lie;
        QTest::newRow("nothing") << QByteArray("!bytes 0") << QString("its decoder ");
        QTest::newRow("an error in its own words") << (quoted("{'fault':0,'message':'disk full\\u001b[2J\\u0007'}")) << QString("disk full");
        QTest::newRow("an error without words") << (quoted("{'fault':99}")) << QString("cannot be read");
        QTest::newRow("segmentation fault") << QByteArray("!signal 11") << QString("its decoder was ended by signal 11 (Segmentation fault); the file is damaged or made to do harm");
        QTest::newRow("abort") << QByteArray("!signal 6") << QString("its decoder was ended by signal 6 (Aborted); the file is damaged or made to do harm");
        QTest::newRow("exit") << QByteArray("!exit 3") << QString("its decoder ended with code 3; ");
        QTest::newRow("out of memory") << QByteArray("!exit 12") << QString("its decoder needed more memory than its 4096 MiB; ");
        QTest::newRow("closed, and lives on") << QByteArray("!close") << QString("its decoder was ended by signal 9");
    }
    void aLieAboutAPictureIsAnError()
    {
        QFETCH(QByteArray, lines);
        QFETCH(QString, words);
        const auto given = picture(lines);
        QVERIFY2(messageOf(given).starts_with("file 'lies.mp4': " + words.toStdString()), messageOf(given).c_str());
        for (const char c : messageOf(given))
            QVERIFY(static_cast<unsigned char>(c) >= 0x20);
    }

    void descriptorsThatNobodyAskedForAreClosed()
    {
        const auto openCount = [] { return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator()); };
        static_cast<void>(picture("!gift 40"));
        const auto before = openCount();
        for (const char* gift : {"!gift 1", "!gift 2", "!gift 40"})
            static_cast<void>(picture(gift));
        QCOMPARE(openCount(), before);
    }

    void aSecondAnswerIsNotTakenForTheNext()
    {
        const auto media = open(openAnswer + "\n!twice " + pictureAnswer + "\n!hang").value();
        QVERIFY(media->pictureAt(0));
        const auto next = media->pictureAt(1);
        QVERIFY2(messageOf(next).starts_with("file 'lies.mp4': its decoder gave an answer that cannot be true"), messageOf(next).c_str());
    }

    void aHangIsEndedAtTheDeadline()
    {
        WorkerOptions hurried = liar();
        hurried.patience = std::chrono::milliseconds(300);
        const auto given = picture("!hang", hurried);
        QVERIFY2(messageOf(given).starts_with("file 'lies.mp4': its decoder did not answer within 0.3s"), messageOf(given).c_str());
    }

    void soundIsNoLongerThanTheWorkersMemory()
    {
        for (const char* bytes : {"-8", "7", "1e3", "\"8\"", "4294967304", "9223372036854775808", "null"}) {
            const auto media = open(openAnswer + "\n{\"bytes\":" + bytes + "}\n{}\n{}").value();
            const auto sound = media->decodeSound();
            QVERIFY2(messageOf(sound).starts_with("file 'lies.mp4': its decoder gave an answer that cannot be true"), bytes);
        }
    }

    void piecesOfSoundGoOnWhereTheLastOneEnded()
    {
        const auto said = [this](const std::string& second) {
            const auto media = open(openAnswer + "\n{\"seeks\":false}\n{\"first\":0,\"samples\":100}\n" + second.c_str()).value();
            const auto stream = media->openSound().value();
            if (stream->next().value().range().count != 100)
                return std::string("the first piece is another");
            return messageOf(stream->next());
        };
        QCOMPARE(said("{\"first\":100,\"samples\":32768}"), std::string("no error"));
        for (const char* lie : {"{\"first\":99,\"samples\":10}", "{\"first\":101,\"samples\":10}", "{\"first\":100,\"samples\":32769}", "{\"first\":100,\"samples\":-1}", "{\"first\":100}", "{\"samples\":5}"})
            QVERIFY2(said(lie).starts_with("file 'lies.mp4': its decoder gave an answer that cannot be true"), lie);
    }

    void picturesThatNeedMoreThanTheWorkersMemoryAreRefusedBeforeAnyIsTaken()
    {
        WorkerOptions narrow = liar();
        narrow.limits.memoryBytes = 20;
        const auto given = picture(pictureAnswer, narrow);
        QVERIFY2(messageOf(given).find("export it smaller") != std::string::npos, messageOf(given).c_str());
    }

    void factsThatNoFileHasAreNotBelieved()
    {
        const Json honest = readJson(openAnswer.toStdString()).value()["facts"];
        QVERIFY(factsOfJson(honest));
        QCOMPARE(jsonOfFacts(factsOfJson(honest).value()).dump(), honest.dump());
        std::vector<Json::json_pointer> places;
        eachPlace(honest, Json::json_pointer(), places);
        const Json others[] = {nullptr, -1, 0, 3, INT32_MAX, std::int64_t{INT32_MAX} + 1, INT64_MIN, INT64_MAX, UINT64_MAX, 1e300, 0.5, true, "", std::string(5000, 'a'), "\x1b[2J", Json::array(), Json::array({1}), Json::object(), Json{{"n", 1}}};
        int refused = 0;
        for (const auto& place : places)
            for (const Json& other : others) {
                Json lie = honest;
                lie[place] = other;
                const auto facts = factsOfJson(lie);
                refused += facts ? 0 : 1;
                if (!facts || !facts->video)
                    continue;
                const VideoFacts& video = *facts->video;
                QVERIFY(video.width > 0 && video.height > 0 && static_cast<std::int64_t>(video.width) * video.height <= maximumPixels);
                QVERIFY(video.rate.numerator > 0 && video.rate.denominator > 0 && video.aspect.denominator > 0);
                QVERIFY(video.rotation % 90 == 0 && video.duration >= 0 && video.frames >= 0 && video.decoder.find('\x1b') == std::string::npos);
                QVERIFY(!planesOf(video.coding.format, video.width, video.height).empty());
            }
        QVERIFY(refused > 300);
    }

    void answersTornAtRandomHarmNobody()
    {
        std::mt19937 random(7);
        int errors = 0;
        constexpr int rounds = 200;
        for (int round = 0; round < rounds; ++round) {
            QByteArray script;
            int number = 0;
            for (QByteArray line : {openAnswer, pictureAnswer, soundAnswer, QByteArray("{}"), QByteArray("{}")}) {
                line.insert(1, QByteArray("\"n\":") + QByteArray::number(++number) + (line.size() > 2 ? "," : ""));
                for (int times = static_cast<int>(random() % 3); times > 0 && !line.isEmpty(); --times) {
                    const auto at = static_cast<qsizetype>(random() % static_cast<unsigned>(line.size()));
                    const int how = static_cast<int>(random() % 3);
                    if (how == 0)
                        line[at] = static_cast<char>(random());
                    else if (how == 1)
                        line.remove(at, static_cast<int>(random() % 9));
                    else
                        line.insert(at, "9");
                }
                script += "!raw " + line.replace('\n', ' ') + "\n";
            }
            const auto media = open(script + "!exit 1");
            std::vector<std::string> messages{messageOf(media)};
            if (media) {
                messages.push_back(messageOf((*media)->nextPicture()));
                messages.push_back(messageOf((*media)->decodeSound()));
            }
            for (const std::string& message : messages) {
                errors += message == "no error" ? 0 : 1;
                QVERIFY2(message == "no error" || message.starts_with("file 'lies.mp4': "), message.c_str());
            }
        }
        QVERIFY2(errors > rounds / 4, qPrintable(QString::number(errors)));
    }

    void aProbeTellsHarmFromMisfortune()
    {
        const auto probe = [&](const QByteArray& lines) {
            m_maker.write("upload", "fLaC\n" + lines + "\n");
            return probeInWorker({FileSource::open(m_maker.path("upload")).value()}, liar()).value();
        };
        QVERIFY(probe(openAnswer).facts);
        QVERIFY(probe("!signal 11").harmful);
        QVERIFY(probe(quoted("{'facts':{'format':'mov'}}")).harmful);
        QVERIFY(!probe("!signal 9").harmful);
        QVERIFY(!probe(quoted("{'fault':0,'message':'is a drawing'}")).harmful);
        QCOMPARE(probe(quoted("{'fault':0,'message':'is a drawing'}")).problem, std::string("file 'upload': is a drawing"));
    }

    void sharedMemoryKeepsItsSize()
    {
        const auto shared = SharedMemory::make(4096);
        QVERIFY(shared);
        QVERIFY(::ftruncate(shared->descriptor(), 0) != 0);
        QVERIFY(::ftruncate(shared->descriptor(), 8192) != 0);
        QVERIFY(::fcntl(shared->descriptor(), F_ADD_SEALS, F_SEAL_WRITE) != 0);
    }
};

QTEST_APPLESS_MAIN(LiesTest)
#include "lies_test.moc"
