// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/dither_pattern.h"

#include "core/base/exact_math.h"
#include "core/base/random.h"

#include <algorithm>
#include <array>
#include <vector>

namespace artdag {

namespace {

constexpr int side = 64, places = side * side;

/// Which places are taken, and how crowded each one is: gaussians around all that are, on a torus.
class Crowd {
public:
    Crowd()
        : m_near(places),
          m_crowding(places),
          m_taken(places)
    {
        constexpr double sigma = 1.9;
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) {
                const int dx = std::min(x, side - x), dy = std::min(y, side - y);
                m_near[static_cast<std::size_t>(y * side + x)] = exact::exp(-(dx * dx + dy * dy) / (2.0 * sigma * sigma));
            }
    }
    void set(int place, bool taken)
    {
        m_taken[static_cast<std::size_t>(place)] = taken;
        const double sign = taken ? 1.0 : -1.0;
        for (int y = 0; y < side; ++y) {
            const double* from = m_near.data() + static_cast<std::ptrdiff_t>(((y - place / side) & (side - 1)) * side);
            double* to = m_crowding.data() + static_cast<std::ptrdiff_t>(y * side);
            for (int x = 0; x < side; ++x)
                to[x] += sign * from[(x - place) & (side - 1)];
        }
    }
    [[nodiscard]] bool taken(int place) const { return m_taken[static_cast<std::size_t>(place)]; }
    /// The most crowded taken place, or the emptiest free one; the first of equals.
    [[nodiscard]] int extreme(bool taken) const
    {
        int best = -1;
        for (int i = 0; i < places; ++i) {
            if (m_taken[static_cast<std::size_t>(i)] != taken)
                continue;
            const double here = m_crowding[static_cast<std::size_t>(i)];
            if (best < 0 || (taken ? here > m_crowding[static_cast<std::size_t>(best)] : here < m_crowding[static_cast<std::size_t>(best)]))
                best = i;
        }
        return best;
    }

private:
    std::vector<double> m_near, m_crowding;
    std::vector<bool> m_taken;
};

std::array<float, places> makeBlueNoise()
{
    Crowd crowd;
    int count = 0;
    for (int i = 0; i < places; ++i)
        if (randomUnit(1, static_cast<std::uint64_t>(i)) < 0.1) {
            crowd.set(i, true);
            ++count;
        }
    for (int turn = 0; turn < places; ++turn) { // spread evenly: out of the crowd, into the void
        const int from = crowd.extreme(true);
        crowd.set(from, false);
        const int to = crowd.extreme(false);
        crowd.set(to, true);
        if (from == to)
            break;
    }
    std::array<float, places> ranks{};
    const auto rank = [&](int place, int number) { ranks[static_cast<std::size_t>(place)] = (static_cast<float>(number) + 0.5F) / places; };
    Crowd thinned = crowd;
    for (int number = count - 1; number >= 0; --number) {
        const int place = thinned.extreme(true);
        thinned.set(place, false);
        rank(place, number);
    }
    for (int number = count; number < places; ++number) {
        const int place = crowd.extreme(false);
        crowd.set(place, true);
        rank(place, number);
    }
    return ranks;
}

} // namespace

float bayer(int x, int y, int size)
{
    int rank = 0;
    for (int bit = 1; bit < size; bit *= 2) // the finest bit weighs most
        rank = rank * 4 + (((x & bit) != 0) != ((y & bit) != 0) ? 2 : 0) + ((y & bit) != 0 ? 1 : 0);
    return (static_cast<float>(rank) + 0.5F) / static_cast<float>(size * size);
}

float blueNoise(int x, int y)
{
    static const std::array<float, places> ranks = makeBlueNoise();
    return ranks[static_cast<std::size_t>((y & (side - 1)) * side + (x & (side - 1)))];
}

} // namespace artdag
