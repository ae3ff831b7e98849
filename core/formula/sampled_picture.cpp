// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formula/sampled_picture.h"

#include <algorithm>

namespace artdag {

namespace {

/// The pixel before a place, the one behind it, and how far it is to that.
struct Between {
    int before = 0, behind = 0;
    float weight = 0;
};

Between between(double share, int size)
{
    // What is no number is the first pixel's place.
    const double place = share * size - 0.5, held = place > 0.0 ? std::min(place, size - 1.0) : 0.0;
    const int before = static_cast<int>(held);
    return {before, std::min(before + 1, size - 1), static_cast<float>(held - before)};
}

} // namespace

void SampledPicture::sample(int plane, const double* u, const double* v, double* out, std::size_t n) const
{
    for (std::size_t i = 0; i < n; ++i) {
        const Between x = between(u[i], m_picture.rect.width()), y = between(v[i], m_picture.rect.height());
        const float *above = m_picture.planes[plane] + y.before * m_picture.stride, *below = m_picture.planes[plane] + y.behind * m_picture.stride;
        const float a = above[x.before] + (above[x.behind] - above[x.before]) * x.weight;
        const float b = below[x.before] + (below[x.behind] - below[x.before]) * x.weight;
        out[i] = a + (b - a) * y.weight;
    }
}

} // namespace artdag
