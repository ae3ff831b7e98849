// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/waveform_item.h"

#include <algorithm>
#include <cmath>

namespace artdag {

WaveformItem::WaveformItem(QQuickItem* parent)
    : VectorItem(parent)
{
    connect(this, &WaveformItem::changed, this, &QQuickItem::update);
}

void WaveformItem::geometryChange(const QRectF& now, const QRectF& before)
{
    VectorItem::geometryChange(now, before);
    update();
}

Drawing WaveformItem::drawing() const
{
    Drawing result;
    const double middle = std::floor(height() / 2);
    for (qsizetype i = 0; i < m_peaks.size(); ++i) {
        const double x0 = std::round(width() * static_cast<double>(i) / static_cast<double>(m_peaks.size()));
        const double x1 = std::round(width() * static_cast<double>(i + 1) / static_cast<double>(m_peaks.size()));
        const double reach = std::max(0.5, std::min(1.0, m_peaks[i]) * (middle - 1));
        const double right = std::max(x0 + 1, x1 - 1); // a pixel of air between columns
        result.fills.push_back({{{x0, middle - reach}, {right, middle - reach}, {right, middle + reach}, {x0, middle + reach}}, m_colour});
    }
    return result;
}

} // namespace artdag
