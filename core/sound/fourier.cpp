// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sound/fourier.h"

#include "core/base/exact_math.h"
#include "core/base/result.h"

#include <utility>

namespace artdag {

Fourier::Fourier(int size)
    : m_size(size)
{
    CHECK(size >= 2 && (size & (size - 1)) == 0);
    for (int k = 0; k < size / 2; ++k) {
        const double angle = -2.0 * exact::pi * k / size;
        m_turns.push_back({exact::cos(angle), exact::sin(angle)});
    }
    m_order.resize(static_cast<std::size_t>(size));
    for (int i = 1; i < size; ++i)
        m_order[static_cast<std::size_t>(i)] = m_order[static_cast<std::size_t>(i / 2)] / 2 + (i % 2 == 1 ? size / 2 : 0);
}

void Fourier::forward(std::span<Complex> values) const
{
    CHECK(values.size() == static_cast<std::size_t>(m_size));
    for (std::size_t i = 0; i < values.size(); ++i)
        if (const auto j = static_cast<std::size_t>(m_order[i]); j > i)
            std::swap(values[i], values[j]);
    for (std::size_t half = 1; half < values.size(); half *= 2) {
        const std::size_t stride = values.size() / (2 * half);
        for (std::size_t first = 0; first < values.size(); first += 2 * half)
            for (std::size_t k = 0; k < half; ++k) {
                Complex& a = values[first + k];
                Complex& b = values[first + k + half];
                const Complex turned = m_turns[k * stride] * b;
                b = a - turned;
                a = a + turned;
            }
    }
}

void Fourier::backward(std::span<Complex> values) const
{
    for (Complex& value : values)
        value = value.conjugate();
    forward(values);
    const double scale = 1.0 / m_size;
    for (Complex& value : values)
        value = scale * value.conjugate();
}

TwoSpectra separated(std::span<const Complex> both, int k)
{
    const int size = static_cast<int>(both.size());
    const Complex here = both[static_cast<std::size_t>(k)], mirrored = both[static_cast<std::size_t>((size - k) % size)].conjugate();
    const Complex sum = 0.5 * (here + mirrored), difference = 0.5 * (here - mirrored);
    return {sum, {difference.im, -difference.re}}; // divided by i
}

} // namespace artdag
