// SPDX-License-Identifier: GPL-3.0-or-later
// Random numbers by counter (no state, no order): the same for every thread count. Keyed by seed, then by what they
// belong to: a lattice cell, a pixel, a particle, a frame.
#pragma once

#include <cstdint>

namespace artdag {

/// A 64-bit mix of a seed and up to three counters (SplitMix64 finaliser, Steele et al. 2014, applied once per word).
constexpr std::uint64_t randomBits(std::uint64_t seed, std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0)
{
    auto mix = [](std::uint64_t x) {
        x += 0x9E3779B97F4A7C15U;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
        return x ^ (x >> 31);
    };
    return mix(mix(mix(mix(seed) ^ a) ^ b) ^ c);
}

/// Uniform in [0, 1), 53 bits.
constexpr double randomUnit(std::uint64_t seed, std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0)
{
    return static_cast<double>(randomBits(seed, a, b, c) >> 11) * 0x1.0p-53;
}

} // namespace artdag
