// SPDX-License-Identifier: GPL-3.0-or-later
// Particles side by side: see flight.h.
#include "core/picture/kernel_sine.h"

namespace artdag::ARTDAG_KERNELS {

namespace {

ARTDAG_INLINE float chosen(bool first, float a, float b)
{
    const unsigned mask = 0U - static_cast<unsigned>(first);
    return __builtin_bit_cast(float, (__builtin_bit_cast(unsigned, a) & mask) | (__builtin_bit_cast(unsigned, b) & ~mask));
}

ARTDAG_INLINE float cosineOfTurns(float turns)
{
    return sineOfTurns(fromNearest(turns) + 0.25F);
}

/// The same polynomial as exp2Of in row_math.h.
ARTDAG_INLINE float exp2Of(float value)
{
    const float above = value < -126.0F ? -126.0F : value;
    const float held = above > 126.0F ? 126.0F : above;
    const float rest = fromNearest(held);
    float power = 0.00015403531F;
    power = power * rest + 0.0013333558F;
    power = power * rest + 0.0096181291F;
    power = power * rest + 0.0555041087F;
    power = power * rest + 0.2402265070F;
    power = power * rest + 0.6931471806F;
    power = power * rest + 1.0F;
    const int exponent = static_cast<int>(held - rest);
    return power * __builtin_bit_cast(float, static_cast<unsigned>(exponent + 127) << 23);
}

} // namespace

void lives(const LifeRule& rule, const LifeRow& row, long n)
{
    const double time = rule.time, wrap = rule.wrap, longest = rule.lifetime, spread = rule.spread;
    const double *shorter = row.shorter, *begun = row.begun;
    double* number = row.number;
    float *share = row.share, *age = row.age;
    const bool wraps = wrap > 0.0;
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i) {
        const double own = longest * (1.0 - spread * shorter[i]);
        const double lifetime = own < 1e-3 ? 1e-3 : own;
        const double fitting = __builtin_floor(wrap / lifetime + 0.5);
        const double lives = fitting < 1.0 ? 1.0 : fitting;
        const double length = wraps ? wrap / lives : lifetime;
        const double place = time / length + begun[i];
        const double whole = __builtin_floor(place);
        const double again = whole - lives * __builtin_floor(whole / lives); // whole numbers, exactly
        number[i] = wraps ? again : whole;
        share[i] = static_cast<float>(place - whole);
        age[i] = share[i] * static_cast<float>(length);
    }
}

namespace {

/// Thrown with a speed, held back by drag, pulled by gravity and wind: the solution of v' = g − drag · v.
template <int form>
ARTDAG_INLINE void flyFrom(const FlightRule& rule, const FlightRow& row, long n)
{
    const FlightRule r = rule;
    const float *age = row.age, *across = row.across, *down = row.down, *way = row.way, *pace = row.pace;
    float *x = row.x, *y = row.y, *vx = row.vx, *vy = row.vy;
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i) {
        const float t = age[i], u = across[i], v = down[i];
        const float speed = r.velocity * (1.0F - r.velocitySpread * pace[i]);
        const float turns = r.direction + r.spread * (way[i] - 0.5F);
        const float braked = r.drag * t;
        const float left = exp2Of(braked * -1.44269504F);
        const bool slippery = braked < 0.01F; // there the differences below would lose their digits
        const float thrown = chosen(slippery, t * (1.0F - 0.5F * braked), (1.0F - left) / r.drag);
        const float pulled = chosen(slippery, t * t * 0.5F, (t - thrown) / r.drag);
        float startX, startY;
        if constexpr (form == 2) {
            startX = (2.0F * u - 1.0F) * r.halfWidth;
            startY = (2.0F * v - 1.0F) * r.halfHeight;
        } else {
            const float radius = form == 1 ? 1.0F : __builtin_sqrtf(v);
            startX = cosineOfTurns(u) * radius * r.halfWidth;
            startY = sineOfTurns(u) * radius * r.halfHeight;
        }
        const float throwX = speed * cosineOfTurns(turns), throwY = speed * sineOfTurns(turns);
        x[i] = r.x + startX + throwX * thrown + r.wind * pulled;
        y[i] = r.y + startY + throwY * thrown + r.fall * pulled;
        vx[i] = throwX * left + r.wind * thrown;
        vy[i] = throwY * left + r.fall * thrown;
    }
}

} // namespace

void fly(const FlightRule& rule, const FlightRow& row, long n)
{
    if (rule.form == 2)
        flyFrom<2>(rule, row, n);
    else if (rule.form == 1)
        flyFrom<1>(rule, row, n);
    else
        flyFrom<0>(rule, row, n);
}

void drift(const CurrentField& field, float* x, float* y, float* u, float* v, const float* stride, long n)
{
    const float *nodes = field.nodes, scale = field.scale;
    const float lastColumn = static_cast<float>(field.columns - 1), lastRow = static_cast<float>(field.rows - 1);
    const int mostColumn = field.columns - 2, mostRow = field.rows - 2, across = field.columns * 2;
    ARTDAG_ELEMENTWISE
    for (long i = 0; i < n; ++i) {
        const float a = x[i] * scale, b = y[i] * scale;
        const float aboveX = a < 0.0F ? 0.0F : a, aboveY = b < 0.0F ? 0.0F : b;
        const float placeX = lastColumn < aboveX ? lastColumn : aboveX, placeY = lastRow < aboveY ? lastRow : aboveY;
        const int wholeX = static_cast<int>(placeX), wholeY = static_cast<int>(placeY);
        const int column = wholeX < mostColumn ? wholeX : mostColumn, row = wholeY < mostRow ? wholeY : mostRow;
        const float fx = placeX - static_cast<float>(column), fy = placeY - static_cast<float>(row);
        const float w00 = (1.0F - fx) * (1.0F - fy), w10 = fx * (1.0F - fy), w01 = (1.0F - fx) * fy, w11 = fx * fy;
        const int at = row * across + column * 2, below = at + across;
        const float currentX = nodes[at] * w00 + nodes[at + 2] * w10 + nodes[below] * w01 + nodes[below + 2] * w11;
        const float currentY = nodes[at + 1] * w00 + nodes[at + 3] * w10 + nodes[below + 1] * w01 + nodes[below + 3] * w11;
        u[i] = currentX;
        v[i] = currentY;
        x[i] = x[i] + currentX * stride[i];
        y[i] = y[i] + currentY * stride[i];
    }
}

} // namespace artdag::ARTDAG_KERNELS
