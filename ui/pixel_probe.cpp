// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pixel_probe.h"

#include "ui/display_image.h"

#include <algorithm>
#include <cmath>

namespace artdag {

QString ProbedPixel::hex() const
{
    return QColor(bytes[0], bytes[1], bytes[2]).name();
}

std::optional<ProbedPixel> pixelOf(const PicturePointer& pixels, QPointF at)
{
    if (pixels == nullptr || at.x() < 0 || at.y() < 0 || at.x() >= 1 || at.y() >= 1)
        return std::nullopt;
    const Rect whole = pixels->rect();
    const int x = whole.x0 + static_cast<int>(at.x() * whole.width());
    const int y = whole.y0 + static_cast<int>(at.y() * whole.height());
    const ConstPictureView one = pixels->view().sub({x, y, x + 1, y + 1});
    Picture copied(one.rect);
    copy(one, copied.view());
    const QColor shown = displayImage(copied).pixelColor(0, 0);
    ProbedPixel pixel;
    for (int plane = 0; plane < 4; ++plane)
        pixel.linear[plane] = static_cast<double>(one.at(plane, x, y));
    pixel.bytes[0] = shown.red();
    pixel.bytes[1] = shown.green();
    pixel.bytes[2] = shown.blue();
    pixel.bytes[3] = static_cast<int>(std::lround(std::clamp(pixel.linear[3], 0.0, 1.0) * 255));
    return pixel;
}

void PixelProbe::setOn(bool on)
{
    m_on = on;
    Q_EMIT changed();
}

QString PixelProbe::place() const
{
    return tr("%1, %2").arg(static_cast<int>(m_at.x() * m_size.width())).arg(static_cast<int>(m_at.y() * m_size.height()));
}

QVariantList PixelProbe::rows() const
{
    QVariantList rows;
    if (!m_inside || !m_on)
        return rows;
    auto add = [&](const QString& side, const PicturePointer& pixels) {
        const std::optional<ProbedPixel> pixel = pixelOf(pixels, m_at);
        if (!pixel)
            return;
        auto number = [&](int plane) { return QString::number(pixel->linear[plane], 'f', 4); };
        rows.append(QVariantMap{{QStringLiteral("side"), side}, {QStringLiteral("r"), number(0)}, {QStringLiteral("g"), number(1)},
            {QStringLiteral("b"), number(2)}, {QStringLiteral("a"), number(3)},
            {QStringLiteral("bytes"),
                QStringLiteral("%1 %2 %3 %4").arg(pixel->bytes[0]).arg(pixel->bytes[1]).arg(pixel->bytes[2]).arg(pixel->bytes[3])},
            {QStringLiteral("hex"), pixel->hex()}});
    };
    add(QStringLiteral("A"), m_a);
    add(QStringLiteral("B"), m_b);
    return rows;
}

void PixelProbe::setPictures(PicturePointer a, PicturePointer b, QSize size)
{
    m_a = std::move(a);
    m_b = std::move(b);
    m_size = size;
    if (m_on && m_inside)
        Q_EMIT changed();
}

void PixelProbe::moveTo(QPointF at)
{
    m_at = at;
    m_inside = at.x() >= 0 && at.y() >= 0 && at.x() < 1 && at.y() < 1;
    if (m_on)
        Q_EMIT changed();
}

void PixelProbe::leave()
{
    m_inside = false;
    if (m_on)
        Q_EMIT changed();
}

} // namespace artdag
