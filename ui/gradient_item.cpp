// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gradient_item.h"

namespace artdag {

GradientItem::GradientItem(QQuickItem* parent)
    : VectorItem(parent)
{
    connect(this, &GradientItem::changed, this, &QQuickItem::update);
}

void GradientItem::geometryChange(const QRectF& now, const QRectF& before)
{
    VectorItem::geometryChange(now, before);
    update();
}

Drawing GradientItem::drawing() const
{
    Drawing result;
    double x = 0;
    QColor colour;
    auto band = [&](double to, const QColor& next) {
        if (to > x)
            result.strokes.push_back({{{x, height() / 2}, {to, height() / 2}}, height(), colour, next});
        x = std::max(x, to);
        colour = next;
    };
    for (qsizetype i = 0; i < m_stops.size(); ++i) {
        const QVariantMap stop = m_stops[i].toMap();
        const auto next = stop.value(QStringLiteral("colour")).value<QColor>();
        if (i == 0)
            colour = next;
        band(stop.value(QStringLiteral("position")).toDouble() * width(), next);
    }
    band(width(), colour);
    return result;
}

} // namespace artdag
