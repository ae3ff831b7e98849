// SPDX-License-Identifier: GPL-3.0-or-later
// Elementary functions for hot loops over pixels and points: short polynomials in single precision that a compiler can
// vectorise, as exact as a picture needs and the same bits everywhere. Where a number lasts (a position, a key), use exact_math.
#pragma once

#include <bit>
#include <cstdint>

namespace artdag {

/// One of two numbers, without a branch that would keep a loop from being vectorised.
inline float chosen(bool first, float a, float b)
{
    const auto mask = static_cast<std::uint32_t>(-static_cast<std::int32_t>(first));
    return std::bit_cast<float>((std::bit_cast<std::uint32_t>(a) & mask) | (std::bit_cast<std::uint32_t>(b) & ~mask));
}

/// The largest whole number ≤ value; |value| < 2^31.
inline float wholeBelow(float value)
{
    const auto whole = static_cast<float>(static_cast<int>(value));
    return whole > value ? whole - 1.0F : whole;
}

/// What is left to the nearest whole number, −½ … ½; |value| < 2^21.
inline float fromNearest(float value)
{
    constexpr float bias = 12582912.0F; // 1.5 · 2^23
    return value - ((value + bias) - bias);
}

/// 0 at whole numbers, 1 half-way: a scale that is walked up and down again, so that it has no seam.
inline float upAndDown(float value)
{
    const float rest = fromNearest(value);
    return (rest < 0.0F ? -rest : rest) * 2.0F;
}

/// sin(2π · turns) within 1e-6; |turns| < 2^21.
inline float sineOfTurns(float turns)
{
    const float rest = fromNearest(turns);
    const float size = rest < 0.0F ? -rest : rest;
    const float x = size < 0.5F - size ? size : 0.5F - size; // ≤ ¼
    const float z = x * x;
    float sine = -15.0946426F;
    sine = sine * z + 42.0586940F;
    sine = sine * z - 76.7058598F;
    sine = sine * z + 81.6052493F;
    sine = sine * z - 41.3417022F;
    sine = (sine * z + 6.28318531F) * x;
    return rest < 0.0F ? -sine : sine;
}

inline float cosineOfTurns(float turns)
{
    return sineOfTurns(fromNearest(turns) + 0.25F);
}

/// The angle of a direction in turns, −½ … ½, within 2e-6; 0 for no direction.
inline float turnsOf(float y, float x)
{
    const float up = y < 0.0F ? -y : y, along = x < 0.0F ? -x : x;
    const float most = up > along ? up : along, least = up > along ? along : up;
    const float ratio = least / (most > 1e-30F ? most : 1e-30F);
    const float z = ratio * ratio;
    float angle = -0.0117212F;
    angle = angle * z + 0.05265332F;
    angle = angle * z - 0.11643287F;
    angle = angle * z + 0.19354346F;
    angle = angle * z - 0.33262347F;
    angle = (angle * z + 0.99997726F) * ratio * 0.15915494F;
    angle = up > along ? 0.25F - angle : angle;
    angle = x < 0.0F ? 0.5F - angle : angle;
    return y < 0.0F ? -angle : angle;
}

/// log2 within 1e-6; value ≥ 2^-100.
inline float log2Of(float value)
{
    const std::uint32_t shifted = std::bit_cast<std::uint32_t>(value) - 0x3F3504F3U;
    const int exponent = static_cast<int>(shifted) >> 23;
    const float f = std::bit_cast<float>((shifted & 0x007FFFFFU) + 0x3F3504F3U) - 1.0F;
    float log = -0.146552423F;
    log = log * f + 0.238381404F;
    log = log * f - 0.250401873F;
    log = log * f + 0.286524147F;
    log = log * f - 0.360043043F;
    log = log * f + 0.480945860F;
    log = log * f - 0.721358244F;
    log = log * f + 1.442694717F;
    return static_cast<float>(exponent) + log * f;
}

/// 2^value within 1e-6 of itself; held beyond ±126.
inline float exp2Of(float value)
{
    const float held = value < -126.0F ? -126.0F : value > 126.0F ? 126.0F
                                                                  : value;
    const float rest = fromNearest(held);
    float power = 0.00015403531F;
    power = power * rest + 0.0013333558F;
    power = power * rest + 0.0096181291F;
    power = power * rest + 0.0555041087F;
    power = power * rest + 0.2402265070F;
    power = power * rest + 0.6931471806F;
    power = power * rest + 1.0F;
    const int exponent = static_cast<int>(held - rest);
    return power * std::bit_cast<float>(static_cast<std::uint32_t>(exponent + 127) << 23);
}

/// A step that begins and ends gently: 0 below 0, 1 above 1.
inline float gentle(float t)
{
    const float held = t < 0.0F ? 0.0F : t > 1.0F ? 1.0F
                                                  : t;
    return held * held * (3.0F - 2.0F * held);
}

/// How much of a pixel lies within an edge whose signed distance from the pixel's centre is `inside` px.
inline float coverOf(float inside)
{
    const float cover = inside + 0.5F;
    return cover < 0.0F ? 0.0F : cover > 1.0F ? 1.0F
                                              : cover;
}

} // namespace artdag
