// SPDX-License-Identifier: GPL-3.0-or-later
// The sound of a file in pieces: the samples of the whole, whoever asks for what in which order, in little memory.
#include "core/render/source_sound.h"
#include "tests/media/film_maker.h"

#include <QtTest>

#include <random>

using namespace artdag;
using namespace artdag::testing;

namespace {

constexpr std::size_t window = std::size_t{1} << 20; // 2.7 s

/// The range of a whole, silence beyond its ends.
bool isPart(const Sound& part, const Sound& whole)
{
    for (int channel = 0; channel < soundChannels; ++channel)
        for (std::int64_t k = part.range().first; k < part.range().end(); ++k) {
            const bool inside = k >= 0 && k < whole.range().end();
            if (part.channel(channel)[k - part.range().first] != (inside ? whole.channel(channel)[k] : 0.0F))
                return false;
        }
    return true;
}

} // namespace

class SourceSoundTest : public QObject {
    Q_OBJECT

    FilmMaker m_maker;
    std::map<QString, std::unique_ptr<MediaFile>> m_files;

    MediaFile& file(const QString& name)
    {
        auto& opened = m_files[name];
        if (!opened)
            opened = openMedia(m_maker.path(name.toUtf8().constData())).value();
        return *opened;
    }
    SourceSound source(const QString& name)
    {
        MediaFile& media = file(name);
        return SourceSound([&media] { return media.openSound(); }, media.facts().audio->sampleRate, window);
    }
    void eachFile()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("seeks");
        QTest::newRow("WAV") << "s.wav" << true;
        QTest::newRow("WAV, floats") << "f.wav" << true;
        QTest::newRow("WAV, 24 bits, mono") << "m.wav" << true;
        QTest::newRow("FLAC") << "s.flac" << true;
        QTest::newRow("FLAC in Matroska") << "s.mka" << false;
        QTest::newRow("AAC") << "s.m4a" << false;
        QTest::newRow("MP3") << "s.mp3" << false;
        QTest::newRow("Vorbis") << "s.ogg" << false;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const std::string noise = "-f lavfi -i anoisesrc=d=40.01:r=48000:c=pink:seed=7 -f lavfi -i anoisesrc=d=40.01:r=48000:c=pink:seed=8 -filter_complex [0][1]join=inputs=2:channel_layout=stereo ";
        QVERIFY(m_maker.make("s.wav", (noise + "-c:a pcm_s16le").c_str()));
        QVERIFY(m_maker.make("f.wav", (noise + "-c:a pcm_f32le").c_str()));
        QVERIFY(m_maker.make("m.wav", "-i @s.wav -ac 1 -c:a pcm_s24le"));
        QVERIFY(m_maker.make("s.flac", "-i @s.wav -c:a flac"));
        QVERIFY(m_maker.make("s.mka", "-i @s.wav -c:a flac"));
        QVERIFY(m_maker.make("s.m4a", "-i @s.wav -c:a aac -b:a 160k"));
        QVERIFY(m_maker.make("s.mp3", "-i @s.wav -c:a libmp3lame -b:a 160k"));
        QVERIFY(m_maker.make("s.ogg", "-i @s.wav -c:a libvorbis -q:a 4"));
    }

    void everyWayToASampleGivesTheSame_data() { eachFile(); }
    void everyWayToASampleGivesTheSame()
    {
        QFETCH(QString, name);
        const Sound whole = file(name).decodeSound().value();
        const Sound slower = resample(whole, 48000, 44100);
        SourceSound sound = source(name);
        std::mt19937 random(5);
        for (int i = 0; i < 60; ++i) {
            const bool resampled = i % 3 == 0;
            const Sound& expected = resampled ? slower : whole;
            const SampleRange range{static_cast<std::int64_t>(random() % 2000000) - 20000, static_cast<std::int64_t>(random() % 20000)};
            QVERIFY2(isPart(sound.at(range, resampled ? 44100 : 48000).value(), expected), qPrintable(QString("samples %1 and %2 more").arg(range.first).arg(range.count)));
        }
        for (const std::int64_t end : {whole.range().end(), slower.range().end()})
            QVERIFY(isPart(sound.at({end - 500, 1000}, end == whole.range().end() ? 48000 : 44100).value(), end == whole.range().end() ? whole : slower));
    }

    void goingOnDecodesOnceAndKeepsLittle_data() { eachFile(); }
    void goingOnDecodesOnceAndKeepsLittle()
    {
        QFETCH(QString, name);
        SourceSound sound = source(name);
        std::size_t most = 0;
        for (std::int64_t at = 0; at < 44100 * 41; at += 4096) {
            QVERIFY(sound.at({at - 441, 4096 + 441}, 44100)); // as a compressor listens
            most = std::max(most, sound.bytes());
        }
        QCOMPARE(sound.decoded(), file(name).decodeSound()->range().count);
        QVERIFY2(most <= 2 * window + (std::size_t{1} << 20), qPrintable(QString::number(most)));
    }

    void aJumpBackIsASeekWhereDecodersAreExact_data() { eachFile(); }
    void aJumpBackIsASeekWhereDecodersAreExact()
    {
        QFETCH(QString, name);
        QFETCH(bool, seeks);
        QCOMPARE(file(name).openSound().value()->canSeek(), seeks);
        SourceSound sound = source(name);
        QVERIFY(sound.at({48000 * 39, 4096}, 48000));
        const std::int64_t before = sound.decoded();
        QCOMPARE(before < 48000 * 5, seeks); // forwards, too
        for (const int second : {30, 20, 10})
            QVERIFY(sound.at({48000 * second, 4096}, 48000));
        const std::int64_t again = sound.decoded() - before;
        // Where it must begin again, it does so once.
        QVERIFY2(seeks ? again < 48000 * 3 : again >= 48000 * 30 && again < 48000 * 32, qPrintable(QString::number(again)));
        QCOMPARE(sound.bytes() <= 2 * window, seeks);
    }

    void aSourceThatBreaksIsHeardUntilThere()
    {
        QByteArray bytes = m_maker.read("s.flac");
        m_maker.write("torn.flac", bytes.left(bytes.size() * 3 / 4));
        const Sound whole = file("s.flac").decodeSound().value();
        SourceSound sound = source("torn.flac");
        QVERIFY(isPart(sound.at({48000 * 20, 48000}, 48000).value(), whole));
        for (int i = 0; i < 2; ++i) {
            const auto behind = sound.at({48000 * 35, 4096}, 48000);
            QVERIFY(!behind);
            QCOMPARE(behind.error().fault, Fault::Corrupt);
        }
        QVERIFY(isPart(sound.at({0, 48000}, 48000).value(), whole));
    }
};

QTEST_GUILESS_MAIN(SourceSoundTest)
#include "source_sound_test.moc"
