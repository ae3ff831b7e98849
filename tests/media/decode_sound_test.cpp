// SPDX-License-Identifier: GPL-3.0-or-later
// Sound arrives at its sample, in step with the picture, mixed to stereo.
#include "core/media/decode.h"
#include "tests/media/film_maker.h"

#include <QtTest>

using namespace artdag;
using namespace artdag::testing;

class DecodeSoundTest : public QObject {
    Q_OBJECT

    FilmMaker m_maker;

private Q_SLOTS:
    void anImpulseArrivesAtItsSample_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<bool>("exact");
        const auto row = [](const char* name, const char* arguments, bool exact) { QTest::newRow(name) << name << arguments << exact; };
        row("i.wav", "-c:a pcm_s16le", true);
        row("i24.wav", "-c:a pcm_s24le", true);
        row("i32.wav", "-c:a pcm_f32le", true);
        row("i.flac", "-c:a flac", true);
        row("i.mp3", "-c:a libmp3lame -b:a 192k", true);
        row("i.ogg", "-c:a libvorbis -q:a 6", true);
        row("i.opus", "-c:a libopus -b:a 128k", false);
        row("i.m4a", "-c:a aac -b:a 192k", true);
        row("alac.m4a", "-c:a alac", true);
        row("i.mka", "-c:a flac", true);
        row("opus.webm", "-c:a libopus -b:a 128k", false);
        row("film.mp4", "-f lavfi -i testsrc2=s=64x64:r=25:d=2 -map 0 -map 1 -c:v libx264 -bf 3 -pix_fmt yuv420p -c:a aac -b:a 192k", true);
        row("film.mkv", "-f lavfi -i testsrc2=s=64x64:r=25:d=2 -map 0 -map 1 -c:v libx264 -bf 3 -pix_fmt yuv420p -c:a flac", true);
    }
    void anImpulseArrivesAtItsSample()
    {
        QFETCH(QString, name);
        QFETCH(QString, arguments);
        QFETCH(bool, exact);
        constexpr std::int64_t place = 48000;
        // aevalsrc gives one full sample in silence.
        const QString source = "-f lavfi -i aevalsrc=if(eq(n\\,48000)\\,0.9\\,0):s=48000:d=2:c=stereo ";
        QVERIFY(m_maker.make(name.toUtf8().constData(), (source + arguments).toUtf8().constData()));
        const auto file = opened(m_maker, name.toUtf8().constData());
        QVERIFY(file);
        const auto sound = (*file)->decodeSound();
        QVERIFY2(sound, sound ? "" : sound.error().message.c_str());
        const std::int64_t found = loudest(sound->channel(0), sound->range().count);
        QVERIFY2(std::abs(found - place) <= 1, qPrintable(QString("at %1").arg(found)));
        QVERIFY2(std::abs(sound->range().count - 96000) <= 1152, qPrintable(QString("%1 samples").arg(sound->range().count)));
        QVERIFY(std::abs(secondsOfFlicks((*file)->facts().audio->duration) - 2.0) < 0.05);
        QVERIFY2(((*file)->facts().audio->decoder.ends_with(" inexact")) == !exact, (*file)->facts().audio->decoder.c_str());
        QCOMPARE((*file)->facts().audio->sampleRate, 48000);
    }

    void soundThatStartsLateStaysInStepWithThePicture_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("mp4") << "late.mp4";
        QTest::newRow("mkv") << "late.mkv";
        QTest::newRow("ts") << "late.ts";
    }
    void soundThatStartsLateStaysInStepWithThePicture()
    {
        QFETCH(QString, name);
        QVERIFY(m_maker.make(name.toUtf8().constData(), "-f lavfi -i testsrc2=s=64x64:r=25:d=3 -itsoffset 0.5 -f lavfi -i aevalsrc=if(eq(n\\,48000)\\,0.9\\,0):s=48000:d=2:c=stereo -map 0 -map 1 -c:v libx264 -bf 2 -pix_fmt yuv420p -c:a ac3 -b:a 256k"));
        const auto file = opened(m_maker, name.toUtf8().constData());
        QVERIFY(file);
        const auto sound = (*file)->decodeSound();
        QVERIFY(sound);
        // AC-3 has 256 samples of lead-in that no container writes down.
        const std::int64_t found = loudest(sound->channel(0), sound->range().count);
        QVERIFY2(std::abs(found - 72000) <= 256 + 48, qPrintable(QString("at %1").arg(found)));
    }

    void manyChannelsAreMixedToStereo()
    {
        QVERIFY(m_maker.make("surround.wav", "-f lavfi -i aevalsrc=0.5|0|0|0|0|0:c=5.1:s=48000:d=0.2 -c:a pcm_s16le"));
        QVERIFY(m_maker.make("mono.wav", "-f lavfi -i aevalsrc=0.5:c=mono:s=48000:d=0.2 -c:a pcm_s16le"));
        const auto surround = opened(m_maker, "surround.wav");
        QVERIFY(surround);
        const auto mixed = (*surround)->decodeSound();
        QVERIFY(mixed);
        QVERIFY(mixed->channel(0)[100] > 0.15F && mixed->channel(0)[100] < 0.5F);
        QCOMPARE(mixed->channel(1)[100], 0.0F);
        QCOMPARE((*surround)->facts().audio->channels, 6);
        const auto mono = opened(m_maker, "mono.wav");
        QVERIFY(mono);
        const auto doubled = (*mono)->decodeSound();
        QVERIFY(doubled);
        QCOMPARE(doubled->channel(0)[100], 0.5F);
        QCOMPARE(doubled->channel(1)[100], 0.5F);
    }

    void soundBytesAreThoseOfTheCodec()
    {
        QVERIFY(m_maker.make("noise.flac", "-f lavfi -i anoisesrc=d=0.5:r=44100:seed=7 -ac 2 -c:a flac -sample_fmt s16"));
        const auto file = opened(m_maker, "noise.flac");
        QVERIFY(file);
        const auto bytes = (*file)->decodeSoundBytes();
        QVERIFY(bytes);
        const QByteArray theirs = FilmMaker::run("ffmpeg", {"-v", "error", "-i", m_maker.text("noise.flac"), "-f", "s16le", "-"}).value_or("");
        QCOMPARE(QByteArray(reinterpret_cast<const char*>(bytes->data()), static_cast<qsizetype>(bytes->size())), theirs);
    }

    void coverArtIsNoPictureStream()
    {
        QVERIFY(m_maker.make("cover.png", "-f lavfi -i testsrc2=s=64x64:d=0.04 -frames:v 1"));
        QVERIFY(m_maker.make("song.mp3", "-f lavfi -i sine=d=1 -i @cover.png -map 0 -map 1 -c:v copy -disposition:v attached_pic -c:a libmp3lame"));
        const auto file = opened(m_maker, "song.mp3");
        QVERIFY(file);
        QVERIFY(!(*file)->facts().video);
        QVERIFY((*file)->facts().audio);
        QVERIFY(!(*file)->pictureAt(0));
    }
};

QTEST_GUILESS_MAIN(DecodeSoundTest)
#include "decode_sound_test.moc"
