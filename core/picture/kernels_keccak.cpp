// SPDX-License-Identifier: GPL-3.0-or-later
// SHA3-256 (FIPS 202) of eight messages of equal length side by side: one message in each lane of 64 bits. Checked against
// OpenSSL by tests/picture/frame_digest_test.
#include "core/picture/rows.h"

namespace artdag::ARTDAG_KERNELS {

namespace {

#if defined(__AVX512F__)
constexpr int lanes = 8;
#elif defined(__AVX2__)
constexpr int lanes = 4;
#else
constexpr int lanes = 2;
#endif
typedef unsigned long long Word;
typedef Word Words __attribute__((vector_size(lanes * sizeof(Word))));
typedef Word AnyWord __attribute__((aligned(1), may_alias));

constexpr long rate = 136; ///< bytes absorbed by one permutation
constexpr int rateWords = 17;

constexpr Word roundConstants[24] = {0x0000000000000001U, 0x0000000000008082U, 0x800000000000808AU, 0x8000000080008000U, 0x000000000000808BU, 0x0000000080000001U,
    0x8000000080008081U, 0x8000000000008009U, 0x000000000000008AU, 0x0000000000000088U, 0x0000000080008009U, 0x000000008000000AU, 0x000000008000808BU,
    0x800000000000008BU, 0x8000000000008089U, 0x8000000000008003U, 0x8000000000008002U, 0x8000000000000080U, 0x000000000000800AU, 0x800000008000000AU,
    0x8000000080008081U, 0x8000000000008080U, 0x0000000080000001U, 0x8000000080008008U};

template <int by>
__attribute__((always_inline)) inline Words turned(Words x)
{
    if constexpr (by == 0)
        return x;
    else
        return (x << by) | (x >> (64 - by));
}

/// One row of χ into five words of the next state.
__attribute__((always_inline)) inline void mixRow(Words* to, Words a, Words b, Words c, Words d, Words e)
{
    to[0] = a ^ (~b & c);
    to[1] = b ^ (~c & d);
    to[2] = c ^ (~d & e);
    to[3] = d ^ (~e & a);
    to[4] = e ^ (~a & b);
}

/// One round from s to t; [x + 5y]. ρ and π are written out: the word that lands at (y, 2x + 3y) comes from (x, y).
__attribute__((always_inline)) inline void mix(const Words s[25], Words t[25], Word constant)
{
    Words c[5], d[5];
    for (int x = 0; x < 5; ++x)
        c[x] = s[x] ^ s[x + 5] ^ s[x + 10] ^ s[x + 15] ^ s[x + 20];
    for (int x = 0; x < 5; ++x)
        d[x] = c[(x + 4) % 5] ^ turned<1>(c[(x + 1) % 5]);
    mixRow(t, s[0] ^ d[0], turned<44>(s[6] ^ d[1]), turned<43>(s[12] ^ d[2]), turned<21>(s[18] ^ d[3]), turned<14>(s[24] ^ d[4]));
    mixRow(t + 5, turned<28>(s[3] ^ d[3]), turned<20>(s[9] ^ d[4]), turned<3>(s[10] ^ d[0]), turned<45>(s[16] ^ d[1]), turned<61>(s[22] ^ d[2]));
    mixRow(t + 10, turned<1>(s[1] ^ d[1]), turned<6>(s[7] ^ d[2]), turned<25>(s[13] ^ d[3]), turned<8>(s[19] ^ d[4]), turned<18>(s[20] ^ d[0]));
    mixRow(t + 15, turned<27>(s[4] ^ d[4]), turned<36>(s[5] ^ d[0]), turned<10>(s[11] ^ d[1]), turned<15>(s[17] ^ d[2]), turned<56>(s[23] ^ d[3]));
    mixRow(t + 20, turned<62>(s[2] ^ d[2]), turned<55>(s[8] ^ d[3]), turned<39>(s[14] ^ d[4]), turned<41>(s[15] ^ d[0]), turned<2>(s[21] ^ d[1]));
    t[0] ^= constant;
}

/// Keccak-f[1600], two rounds at a time, so that no state is copied.
__attribute__((always_inline)) inline void permute(Words s[25])
{
    Words t[25];
    for (int round = 0; round < 24; round += 2) {
        mix(s, t, roundConstants[round]);
        mix(t, s, roundConstants[round + 1]);
    }
}

void sha3OfLanes(const unsigned char* const* messages, long bytes, unsigned char* digests)
{
    Words s[25] = {};
    long at = 0;
    for (; at + rate <= bytes; at += rate) {
        for (int i = 0; i < rateWords; ++i) {
            Words word;
            for (int lane = 0; lane < lanes; ++lane)
                word[lane] = *reinterpret_cast<const AnyWord*>(messages[lane] + at + i * 8);
            s[i] ^= word;
        }
        permute(s);
    }
    for (int lane = 0; lane < lanes; ++lane) {
        unsigned char last[rate] = {};
        for (long i = 0; i < bytes - at; ++i)
            last[i] = messages[lane][at + i];
        last[bytes - at] = 0x06;
        last[rate - 1] |= 0x80;
        for (int i = 0; i < rateWords; ++i)
            s[i][lane] ^= *reinterpret_cast<const AnyWord*>(last + i * 8);
    }
    permute(s);
    for (int lane = 0; lane < lanes; ++lane)
        for (int i = 0; i < 4; ++i)
            *reinterpret_cast<AnyWord*>(digests + lane * 32 + i * 8) = s[i][lane];
}

} // namespace

void sha3Of8(const unsigned char* const messages[8], long bytes, unsigned char* digests)
{
    for (int first = 0; first < 8; first += lanes)
        sha3OfLanes(messages + first, bytes, digests + first * 32);
}

} // namespace artdag::ARTDAG_KERNELS
