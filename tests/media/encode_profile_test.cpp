// SPDX-License-Identifier: GPL-3.0-or-later
// Profiles are found by name, say what they are, and give the same bytes on every machine and thread.
#include "core/media/encode.h"
#include "core/picture/simd.h"
#include "tests/media/film_maker.h"

#include <QRegularExpression>
#include <QtTest>

#include <thread>

using namespace artdag;
using namespace artdag::testing;

namespace {

constexpr int width = 176;
constexpr int height = 144;

Bytes chunkBytes(const EncodeProfile& profile, int frames)
{
    const auto film = patternFilm(profile, width, height, Rate{30, 1}, {frames});
    return film ? bytesOfChunk(film->chunks.front()) : Bytes();
}

} // namespace

class EncodeProfileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyProfileIsFoundByItsName()
    {
        for (const EncodeProfile& profile : encodeProfiles()) {
            QCOMPARE(encodeProfile(profile.name)->name, profile.name);
            QVERIFY(!profile.identity().empty());
        }
        const auto unknown = encodeProfile("share-h263");
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().fault, Fault::NotFound);
        QVERIFY(unknown.error().message.find("share-h264") != std::string::npos);
    }

    void identityNamesSettingsAndTheBuildThatRuns()
    {
        const std::string medium = profileOf("share-h264").identity();
        QVERIFY2(QString::fromStdString(medium).contains(QRegularExpression("^libx264 core \\d+.* preset=medium crf=18 .*; aac lavc \\d+\\.\\d+")), medium.c_str());
        QVERIFY(medium != profileOf("share-h264-fast").identity());
        QVERIFY(profileOf("png").identity().ends_with(" pred=mixed"));
        QVERIFY(profileOf("exr-sequence").identity().ends_with(" compression=zip16 format=float"));
        EncodeProfile finer = profileOf("share-h264");
        finer.quality = 17;
        QVERIFY(finer.pictureIdentity() != profileOf("share-h264").pictureIdentity());
        QCOMPARE(finer.soundIdentity(), profileOf("share-h264").soundIdentity());
        // The build is what the encoder itself writes into a film.
        QVERIFY(patternFilm(profileOf("share-h264-fast"), width, height, Rate{30, 1}, {1}));
        const auto film = patternFilm(profileOf("share-h264-fast"), width, height, Rate{30, 1}, {1});
        const Bytes& data = film->chunks[0].packets[0].data;
        const std::string build = encoderBuild("libx264").substr(std::string("libx264 ").size());
        QVERIFY(std::string(data.begin(), data.end()).find("x264 - " + build + " - ") != std::string::npos);
    }

    void aChunkHasTheSameBytesEveryTime_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"share-h264", "share-h264-fast", "small-preview", "master-ffv1", "png", "png16", "jpeg", "webp"})
            QTest::newRow(name) << name;
    }
    void aChunkHasTheSameBytesEveryTime()
    {
        QFETCH(QString, name);
        const EncodeProfile profile = profileOf(name.toUtf8().constData());
        const int frames = profile.still ? 1 : 20;
        const Bytes first = chunkBytes(profile, frames);
        QVERIFY(!first.empty());
        QVERIFY(first == chunkBytes(profile, frames));
        std::vector<Bytes> parallel(4);
        std::vector<std::thread> threads;
        for (Bytes& bytes : parallel)
            threads.emplace_back([&] { bytes = chunkBytes(profile, frames); });
        for (std::thread& thread : threads)
            thread.join();
        for (const Bytes& bytes : parallel)
            QVERIFY(bytes == first);
    }

    void aChunkHasTheSameBytesAtEverySimdLevel_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"share-h264", "share-h264-fast", "master-ffv1", "png", "jpeg"})
            QTest::newRow(name) << name;
    }
    void aChunkHasTheSameBytesAtEverySimdLevel()
    {
        QFETCH(QString, name);
        QStringList digests;
        for (const char* level : {"v2", "v3", "v4"}) {
            QProcess process;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert("ARTDAG_SIMD", level);
            process.setProcessEnvironment(environment);
            process.start(QCoreApplication::applicationFilePath(), {"--chunk-digest", name});
            QVERIFY(process.waitForFinished(60000));
            if (process.exitCode() == 4)
                continue; // this machine has no such level
            QCOMPARE(process.exitCode(), 0);
            digests << QString::fromUtf8(process.readAllStandardOutput());
        }
        QVERIFY(digests.size() >= 1);
        QCOMPARE(digests.count(digests.front()), digests.size());
    }
};

/// Started again with another ARTDAG_SIMD, this program only prints what it encodes.
int main(int argc, char** argv)
{
    if (argc == 3 && std::string_view(argv[1]) == "--chunk-digest") {
        if (!simdLevel())
            return 4;
        const EncodeProfile profile = encodeProfile(argv[2]).value();
        std::puts(hexOf(sha3(chunkBytes(profile, profile.still ? 1 : 20))).c_str());
        return 0;
    }
    QCoreApplication application(argc, argv);
    EncodeProfileTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "encode_profile_test.moc"
