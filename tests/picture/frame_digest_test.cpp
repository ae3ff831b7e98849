// SPDX-License-Identifier: GPL-3.0-or-later
// The frames hash against values that a Python script (hashlib, json) computed from the words of docs/formats.md.
#include "core/picture/frame_digest.h"

#include <QtTest>

#include <algorithm>

using namespace artdag;

namespace {

Bytes frame()
{
    Bytes bytes(36);
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(i * 7);
    return bytes;
}

FramesFacts facts()
{
    FramesFacts facts;
    facts.width = 6;
    facts.height = 4;
    facts.format = "yuv420p";
    facts.colour = "bt709 srgb limited";
    facts.rate = {30000, 1001};
    facts.frames = 2;
    facts.sampleRate = 48000;
    facts.channels = 2;
    facts.sampleFormat = "s16";
    return facts;
}

} // namespace

class FrameDigestTest : public QObject {
    Q_OBJECT

private slots:
    void digestsOfBlocksAreDigested()
    {
        QCOMPARE(hexOf(pixelsDigest(frame())), std::string("78abadaecc8a92cbf77cb17696febe488525e8f179b7b32e54b035f8d86f5658"));
        Bytes big(65536 * 2 + 5);
        for (std::size_t i = 0; i < big.size(); ++i)
            big[i] = static_cast<std::uint8_t>(i * 31 + (i >> 8));
        QCOMPARE(hexOf(pixelsDigest(big)), std::string("75200035e624a44f0c8d8a847bda094ca7aed9c5a700da6dbea8ffd38dee6b13"));
        Bytes sound(400);
        for (std::size_t i = 0; i < sound.size(); ++i)
            sound[i] = static_cast<std::uint8_t>(i * 13);
        QCOMPARE(hexOf(soundDigest(sound)), std::string("d650ae98eeb38bbea51d7d093e3a21c983c4040009371a210e69332bdc2ade93"));
    }

    void theHashCoversFactsPicturesAndSound()
    {
        Bytes reversed = frame();
        std::reverse(reversed.begin(), reversed.end());
        Bytes sound(400);
        for (std::size_t i = 0; i < sound.size(); ++i)
            sound[i] = static_cast<std::uint8_t>(i * 13);
        const Digest pictures[] = {pixelsDigest(frame()), pixelsDigest(reversed)};
        const Digest sounds[] = {soundDigest(sound)};
        QCOMPARE(canonicalJson(jsonOfFacts(facts())),
            std::string(R"({"channels":2,"colour":"bt709 srgb limited","format":"yuv420p","frames":2,"height":4,"rate":"30000/1001","sampleFormat":"s16","sampleRate":48000,"width":6})"));
        QCOMPARE(framesHash(facts(), pictures, sounds).hex(), std::string("8bd9c4e82554f737fdd98d5f4448d3ec0517c2732f9da8a949f98b7722f76914"));

        FramesFacts silent = facts();
        silent.channels = 0;
        QCOMPARE(framesHash(silent, pictures, {}).hex(), std::string("9a1708452dddce6ab9eadb2d5a588a81ebfcb9b43722400764d4b612a581d3f3"));
    }

    void anyDifferenceShows()
    {
        const Digest pictures[] = {pixelsDigest(frame()), sha3({})};
        const Digest swapped[] = {pictures[1], pictures[0]};
        const FramesHash hash = framesHash(facts(), pictures, {});
        QVERIFY(framesHash(facts(), swapped, {}) != hash);
        FramesFacts other = facts();
        other.colour = "bt709 srgb full";
        QVERIFY(framesHash(other, pictures, {}) != hash);
        other = facts();
        other.rate = {30, 1};
        QVERIFY(framesHash(other, pictures, {}) != hash);
        Bytes longer = frame();
        longer.push_back(0);
        QVERIFY(pixelsDigest(longer) != pixelsDigest(frame()));
    }
};

QTEST_APPLESS_MAIN(FrameDigestTest)
#include "frame_digest_test.moc"
