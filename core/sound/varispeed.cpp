// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/varispeed.h"

#include "core/base/exact_math.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

constexpr int zeroCrossings = 24; ///< of the sinc to each side
constexpr int phases = 1024;      ///< table entries between two of them
constexpr double kaiserBeta = 9.0;
constexpr double passBand = 0.95; ///< of what the speed leaves, where it is above 1

/// Modified Bessel function of the first kind, order 0.
double bessel(double x)
{
    double sum = 1.0, term = 1.0;
    for (int k = 1; k < 200 && term > sum * 1e-18; ++k) {
        term *= x * x / 4.0 / (static_cast<double>(k) * k);
        sum += term;
    }
    return sum;
}

std::vector<double> makeTable()
{
    std::vector<double> table;
    for (int i = 0; i <= zeroCrossings * phases + 1; ++i) {
        const double x = static_cast<double>(i) / phases, edge = x / zeroCrossings;
        const double window = edge < 1.0 ? bessel(kaiserBeta * std::sqrt(1.0 - edge * edge)) / bessel(kaiserBeta) : 0.0;
        const double sinc = i == 0 ? 1.0 : i % phases == 0 ? 0.0
                                                           : exact::sin(exact::pi * x) / (exact::pi * x);
        table.push_back(sinc * window);
    }
    return table;
}

double weightAt(const std::vector<double>& table, double distance)
{
    const double place = (distance < 0 ? -distance : distance) * phases;
    if (place >= zeroCrossings * phases)
        return 0.0;
    const auto index = static_cast<std::size_t>(place);
    return table[index] + (table[index + 1] - table[index]) * (place - static_cast<double>(index));
}

/// How much the sinc widens.
double widthAt(double speed)
{
    return speed <= 1.0 ? 1.0 : std::min(speed, fastestTape) / passBand;
}

} // namespace

SampleRange tapeNeeds(double low, double high, double speed)
{
    const double reach = zeroCrossings * widthAt(speed) + 1.0;
    const auto first = static_cast<std::int64_t>(exact::floor(low - reach));
    return {first, static_cast<std::int64_t>(exact::floor(high + reach)) + 2 - first};
}

void readTape(const Sound& in, const double* places, std::int64_t count, double speed, float* const out[soundChannels])
{
    static const std::vector<double> table = makeTable();
    const double width = widthAt(speed), reach = zeroCrossings * width, narrow = 1.0 / width;
    const std::int64_t begin = in.range().first, end = in.range().end();
    for (std::int64_t i = 0; i < count; ++i) {
        const auto first = static_cast<std::int64_t>(exact::floor(places[i] - reach)) + 1;
        const auto last = static_cast<std::int64_t>(exact::floor(places[i] + reach));
        double sums[soundChannels] = {}, all = 0.0;
        for (std::int64_t k = first; k <= last; ++k) {
            const double weight = weightAt(table, (static_cast<double>(k) - places[i]) * narrow);
            all += weight;
            if (k < begin || k >= end)
                continue;
            for (int channel = 0; channel < soundChannels; ++channel)
                sums[channel] += weight * in.channel(channel)[k - begin];
        }
        for (int channel = 0; channel < soundChannels; ++channel)
            out[channel][i] = static_cast<float>(sums[channel] / all);
    }
}

} // namespace artdag
