// SPDX-License-Identifier: GPL-3.0-or-later
// The frames hash against values that a Python script (hashlib, json) computed from the words of docs/formats.md.
#include "core/base/random.h"
#include "core/picture/frame_digest.h"
#include "core/picture/rows.h"
#include "core/picture/simd.h"

#include <QtTest>

#include <algorithm>
#include <cstring>

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

private Q_SLOTS:
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

    void lanesAgreeWithOneByOneForAnyNumberOfBlocks()
    {
        for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{65535}, std::size_t{65536} * 2, std::size_t{65536} * 3, std::size_t{65536} * 7 + 1,
                 std::size_t{65536} * 8, std::size_t{65536} * 11 - 1, std::size_t{65536} * 19 + 700}) {
            Bytes bytes(size);
            for (std::size_t i = 0; i < size; ++i)
                bytes[i] = static_cast<std::uint8_t>(randomBits(size, i / 8) >> (i % 8 * 8));
            Hasher want;
            want.add("artdag.pixels.1\n");
            for (std::size_t at = 0; at < size; at += 65536)
                want.add(sha3(ByteView(bytes).subspan(at, std::min<std::size_t>(65536, size - at))));
            QVERIFY(pixelsDigest(bytes) == want.finish());
        }
    }

    void eachLevelsLanesAgreeWithOpenSsl()
    {
        for (const SimdLevel level : {SimdLevel::V2, SimdLevel::V3, SimdLevel::V4}) {
            if ((level == SimdLevel::V3 && !__builtin_cpu_supports("avx2")) || (level == SimdLevel::V4 && !__builtin_cpu_supports("avx512vl")))
                continue;
            for (const long size : {0L, 1L, 7L, 135L, 136L, 137L, 271L, 272L, 1000L, 65536L}) {
                Bytes bytes(static_cast<std::size_t>(size) * 8 + 1);
                for (std::size_t i = 0; i < bytes.size(); ++i)
                    bytes[i] = static_cast<std::uint8_t>(randomBits(3, i));
                const std::uint8_t* messages[8];
                for (std::size_t lane = 0; lane < 8; ++lane)
                    messages[lane] = bytes.data() + lane * static_cast<std::size_t>(size) + 1;
                std::uint8_t digests[8 * 32];
                rowKernelsOf(level).sha3Of8(messages, size, digests);
                for (std::size_t lane = 0; lane < 8; ++lane)
                    QVERIFY(std::memcmp(digests + lane * 32, sha3({messages[lane], static_cast<std::size_t>(size)}).data(), 32) == 0);
            }
        }
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
