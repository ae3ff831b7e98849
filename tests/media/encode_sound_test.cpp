// SPDX-License-Identifier: GPL-3.0-or-later
// Encoded sound arrives at its sample and, where the profile says so, bit for bit.
#include "core/media/encode.h"
#include "tests/media/film_maker.h"

#include <QtTest>

#include <deque>
#include <utility>

using namespace artdag;
using namespace artdag::testing;

class EncodeSoundTest : public QObject {
    Q_OBJECT

    FilmMaker m_maker;

private Q_SLOTS:
    void anImpulseArrivesAtItsSample_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("sampleRate");
        QTest::addColumn<bool>("film");
        for (const char* name : {"share-h264", "share-h264-fast", "small-preview", "master-ffv1", "wav", "flac"}) {
            QTest::addRow("%s 48000", name) << name << 48000 << QString(name).contains('-');
            QTest::addRow("%s 44100", name) << name << 44100 << QString(name).contains('-');
        }
    }
    void anImpulseArrivesAtItsSample()
    {
        QFETCH(QString, name);
        QFETCH(int, sampleRate);
        QFETCH(bool, film);
        const EncodeProfile profile = profileOf(name.toUtf8().constData());
        const std::int64_t samples = sampleRate * 2 + 777; // no whole number of blocks
        const std::int64_t place = sampleRate;
        MuxInput input;
        input.profile = profile;
        if (film)
            input = patternFilm(profile, 64, 48, Rate{30, 1}, {30, 30}).value();
        input.sampleRate = sampleRate;
        const auto sound = encodeSound(profile, impulse(samples, place), sampleRate);
        QVERIFY2(sound, sound ? "" : sound.error().message.c_str());
        input.sound = *sound;
        const std::string file = "impulse." + profile.extension;
        const auto muxed = muxFile(input, m_maker.path(file.c_str()));
        QVERIFY2(muxed, muxed ? "" : muxed.error().message.c_str());
        const std::vector<float> theirs = m_maker.sound(file.c_str());
        QVERIFY(std::abs(loudest(theirs, static_cast<std::int64_t>(theirs.size())) - place) <= 1);
        QVERIFY(static_cast<std::int64_t>(theirs.size()) >= samples && static_cast<std::int64_t>(theirs.size()) < samples + 1024);
        const auto media = openMedia(m_maker.path(file.c_str()));
        QVERIFY(media);
        const auto ours = (*media)->decodeSound();
        QVERIFY(ours);
        QVERIFY(std::abs(loudest(ours->channel(0), ours->range().count) - place) <= 1);
        QCOMPARE(ours->range().count, samples);
        QVERIFY(std::abs(secondsOfFlicks((*media)->facts().audio->duration) - static_cast<double>(samples) / sampleRate) < (profile.container == "matroska" ? 0.0011 : 0.00003));
        if (!profile.lossless)
            return;
        const auto bytes = (*media)->decodeSoundBytes();
        QVERIFY(bytes);
        QVERIFY(*bytes == toS24(impulse(samples, place)));
    }

    void soundInPiecesMakesTheSameFile_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"share-h264", "share-webm", "master-ffv1", "wav", "flac", "mp3", "opus"})
            QTest::newRow(name) << name;
    }
    void soundInPiecesMakesTheSameFile()
    {
        QFETCH(QString, name);
        const EncodeProfile profile = profileOf(name.toUtf8().constData());
        MuxInput input;
        input.profile = profile;
        if (!profile.videoCodec.empty())
            input = patternFilm(profile, 64, 48, Rate{30, 1}, {30, 30}).value();
        const Sound sound = impulse(96777, 50000);
        const Bytes canonical = profile.losslessSound() ? toS24(sound) : toS16(sound);
        const EncodedSound whole = encodeSound(profile, canonical, 48000).value();
        for (const std::size_t samples : {std::size_t{1000}, std::size_t{4096}, std::size_t{50001}}) {
            const auto encoder = makeSoundEncoder(profile, 48000).value();
            std::deque<std::vector<Packet>> pieces;
            const std::size_t bytes = samples * soundChannels * (profile.losslessSound() ? 4 : 2);
            for (std::size_t at = 0; at < canonical.size(); at += bytes)
                pieces.push_back(encoder->add(ByteView(canonical).subspan(at, std::min(bytes, canonical.size() - at))).value());
            std::erase_if(pieces, [](const auto& piece) { return piece.empty(); });
            EncodedSound last = encoder->finish().value();
            pieces.push_back(std::exchange(last.packets, {}));
            QVERIFY(last.extradata == whole.extradata);
            QCOMPARE(last.samples, whole.samples);
            std::size_t count = 0;
            for (const auto& piece : pieces)
                for (const Packet& packet : piece) {
                    QVERIFY(count < whole.packets.size() && packet.data == whole.packets[count].data);
                    QCOMPARE(std::pair(packet.pts, packet.duration), std::pair(whole.packets[count].pts, whole.packets[count].duration));
                    ++count;
                }
            QCOMPARE(count, whole.packets.size());
            input.soundPackets = nullptr;
            input.sound = whole;
            QVERIFY(muxFile(input, m_maker.path("whole")));
            input.sound = last;
            input.soundPackets = [&]() -> Result<std::vector<Packet>> {
                if (pieces.empty())
                    return std::vector<Packet>();
                std::vector<Packet> piece = std::move(pieces.front());
                pieces.pop_front();
                return piece;
            };
            QVERIFY(muxFile(input, m_maker.path("pieces")));
            QVERIFY(m_maker.read("pieces") == m_maker.read("whole"));
        }
    }

    void losslessSoundComesBackBitForBit()
    {
        Sound noise(SampleRange{0, 30001});
        std::uint32_t state = 5;
        for (int channel = 0; channel < 2; ++channel)
            for (int i = 0; i < 30001; ++i) {
                state = state * 1664525U + 1013904223U;
                noise.channel(channel)[i] = static_cast<float>(static_cast<std::int32_t>(state)) / 2147483648.0F;
            }
        for (const char* name : {"flac", "wav"}) {
            MuxInput input;
            input.profile = profileOf(name);
            input.sound = encodeSound(input.profile, noise, 48000).value();
            QVERIFY(muxFile(input, m_maker.path(name)));
            QVERIFY((*openMedia(m_maker.path(name)))->decodeSoundBytes().value() == toS24(noise));
        }
    }
};

QTEST_GUILESS_MAIN(EncodeSoundTest)
#include "encode_sound_test.moc"
