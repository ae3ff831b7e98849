// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/curve_item.h"

#include <algorithm>

namespace artdag {

CurveItem::CurveItem(QQuickItem* parent)
    : VectorItem(parent)
{
    connect(this, &CurveItem::changed, this, &QQuickItem::update);
}

void CurveItem::geometryChange(const QRectF& now, const QRectF& before)
{
    VectorItem::geometryChange(now, before);
    update();
}

Drawing CurveItem::drawing() const
{
    Drawing result;
    for (qsizetype i = 0; i < m_curves.size(); ++i) {
        const auto ys = m_curves[i].value<QList<double>>();
        if (ys.size() < 2)
            continue;
        const QColor colour = i == 0 ? m_colour : m_second;
        Stroke stroke{{}, 1.5, colour, colour};
        for (qsizetype at = 0; at < ys.size(); ++at)
            stroke.points.emplace_back(
                width() * static_cast<double>(at) / static_cast<double>(ys.size() - 1), height() * (1 - std::clamp(ys[at], -0.5, 1.5)));
        result.strokes.push_back(std::move(stroke));
    }
    return result;
}

} // namespace artdag
