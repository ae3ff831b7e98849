// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scope.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace artdag {

namespace {
constexpr int mostSamples = 480; ///< columns and rows that are looked at: more are not seen in a scope

const QColor redInk(0xff, 0x5c, 0x52), greenInk(0x4c, 0xd0, 0x6a), blueInk(0x5a, 0x9c, 0xff);

int lumaOf(const uchar* rgb)
{
    return (rgb[0] * 218 + rgb[1] * 732 + rgb[2] * 74 + 512) / 1024; // BT.709: 0.2126, 0.7152, 0.0722
}

/// Calls `each(x 0–1, rgb)` for an even choice of pixels.
template <class Each>
void forPixels(const QImage& given, Each each)
{
    const QImage picture = given.format() == QImage::Format_RGBX8888 ? given : given.convertToFormat(QImage::Format_RGBX8888);
    const int stepX = std::max(1, picture.width() / mostSamples), stepY = std::max(1, picture.height() / mostSamples);
    for (int y = stepY / 2; y < picture.height(); y += stepY) {
        const uchar* line = picture.constScanLine(y);
        for (int x = stepX / 2; x < picture.width(); x += stepX)
            each((x + 0.5) / picture.width(), line + static_cast<std::ptrdiff_t>(x) * 4);
    }
}

/// Counts as light: what is hit more often is brighter, and a single hit is still seen.
class Plot {
public:
    explicit Plot(QSize size)
        : m_size(size),
          m_counts(static_cast<std::size_t>(size.width()) * static_cast<std::size_t>(size.height())) {}
    void hit(double x, double y)
    {
        const int column = std::clamp(static_cast<int>(x * m_size.width()), 0, m_size.width() - 1);
        const int row = std::clamp(static_cast<int>(y * m_size.height()), 0, m_size.height() - 1);
        ++m_counts[static_cast<std::size_t>(row) * static_cast<std::size_t>(m_size.width()) + static_cast<std::size_t>(column)];
    }
    void addTo(QImage& image, QPoint at, const QColor& colour) const
    {
        const int most = std::max(1, *std::ranges::max_element(m_counts));
        for (int y = 0; y < m_size.height(); ++y) {
            for (int x = 0; x < m_size.width(); ++x) {
                const int count = m_counts[static_cast<std::size_t>(y) * static_cast<std::size_t>(m_size.width()) + static_cast<std::size_t>(x)];
                if (count == 0)
                    continue;
                const double light = std::min(1.0, 0.25 + 0.75 * std::sqrt(static_cast<double>(count) / most * 4));
                QColor one = colour;
                one.setAlphaF(static_cast<float>(light));
                image.setPixelColor(at + QPoint(x, y), one);
            }
        }
    }

private:
    QSize m_size;
    std::vector<int> m_counts;
};

void drawLevels(QPainter& painter, QSize size, QColor ink)
{
    ink.setAlphaF(0.18F);
    painter.setPen(ink);
    for (const double level : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        const double y = std::round((1 - level) * (size.height() - 1)) + 0.5;
        painter.drawLine(QPointF(0, y), QPointF(size.width(), y));
    }
}

QPainterPath pathOf(const std::array<int, 256>& counts, double most, QSize size)
{
    QPainterPath path(QPointF(0, size.height()));
    for (int i = 0; i < 256; ++i)
        path.lineTo((i + 0.5) / 256 * size.width(), size.height() * (1 - std::min(1.0, std::sqrt(counts[static_cast<std::size_t>(i)] / most))));
    path.lineTo(size.width(), size.height());
    path.closeSubpath();
    return path;
}

void drawHistogram(QPainter& painter, const QImage& picture, QSize size, const QColor& ink)
{
    std::array<std::array<int, 256>, 4> counts{};
    forPixels(picture, [&](double, const uchar* rgb) {
        for (std::size_t plane = 0; plane < 3; ++plane)
            ++counts[plane][rgb[plane]];
        ++counts[3][static_cast<std::size_t>(lumaOf(rgb))];
    });
    // The ends hold whole skies and night: they may reach beyond the top.
    int most = 1;
    for (const auto& plane : counts)
        most = std::max(most, *std::max_element(plane.begin() + 1, plane.end() - 1));
    drawLevels(painter, size, ink);
    const QColor colours[3] = {redInk, greenInk, blueInk};
    painter.setPen(Qt::NoPen);
    painter.setCompositionMode(QPainter::CompositionMode_Plus);
    for (std::size_t plane = 0; plane < 3; ++plane) {
        QColor colour = colours[plane];
        colour.setAlphaF(0.55F);
        painter.fillPath(pathOf(counts[plane], most, size), colour);
    }
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(ink, 1));
    painter.drawPath(pathOf(counts[3], most, size));
}

void drawWaveforms(QImage& image, const QImage& picture, QSize size, bool parade, const QColor& ink)
{
    if (!parade) {
        Plot plot(size);
        forPixels(picture, [&](double x, const uchar* rgb) { plot.hit(x, 1 - lumaOf(rgb) / 256.0 - 1 / 512.0); });
        plot.addTo(image, {}, ink);
        return;
    }
    const QSize third(std::max(1, size.width() / 3 - 2), size.height());
    const QColor colours[3] = {redInk, greenInk, blueInk};
    for (int plane = 0; plane < 3; ++plane) {
        Plot plot(third);
        forPixels(picture, [&](double x, const uchar* rgb) { plot.hit(x, 1 - rgb[plane] / 256.0 - 1 / 512.0); });
        plot.addTo(image, {plane * (size.width() / 3), 0}, colours[plane]);
    }
}

/// Cb and Cr of BT.709, −0.5 … 0.5, as a place in the unit square.
QPointF chromaOf(double r, double g, double b)
{
    const double luma = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    return {0.5 + (b - luma) / 1.8556, 0.5 - (r - luma) / 1.5748};
}

void drawVectorscope(QImage& image, QPainter& painter, const QImage& picture, QSize size, QColor ink)
{
    const int side = std::min(size.width(), size.height());
    const QPoint corner((size.width() - side) / 2, (size.height() - side) / 2);
    Plot plot({side, side});
    forPixels(picture, [&](double, const uchar* rgb) {
        const QPointF at = chromaOf(rgb[0] / 255.0, rgb[1] / 255.0, rgb[2] / 255.0);
        plot.hit(at.x(), at.y());
    });
    plot.addTo(image, corner, ink);
    ink.setAlphaF(0.3F);
    painter.setPen(ink);
    painter.translate(corner);
    painter.drawEllipse(QRectF(0.5, 0.5, side - 1, side - 1));
    painter.drawLine(QPointF(side / 2.0, 0), QPointF(side / 2.0, side));
    painter.drawLine(QPointF(0, side / 2.0), QPointF(side, side / 2.0));
    ink.setAlphaF(0.8F);
    for (int corner6 = 1; corner6 < 7; ++corner6) {
        const double r = (corner6 & 1) != 0 ? 0.75 : 0, g = (corner6 & 2) != 0 ? 0.75 : 0, b = (corner6 & 4) != 0 ? 0.75 : 0;
        const QPointF at = chromaOf(r, g, b) * side;
        painter.setPen(QPen(QColor::fromRgbF(static_cast<float>(r + 0.25), static_cast<float>(g + 0.25), static_cast<float>(b + 0.25)), 1.5));
        painter.drawRect(QRectF(at - QPointF(4, 4), QSizeF(8, 8)));
    }
}
} // namespace

std::vector<int> lumaCounts(const QImage& picture)
{
    std::vector<int> counts(256);
    forPixels(picture, [&](double, const uchar* rgb) { ++counts[static_cast<std::size_t>(lumaOf(rgb))]; });
    return counts;
}

QImage scopeImage(ScopeKind kind, const QImage& picture, QSize size, QColor ink)
{
    if (kind == ScopeKind::None || picture.isNull() || size.isEmpty())
        return {};
    QImage image(size, QImage::Format_RGBA8888);
    image.fill(Qt::transparent);
    if (kind == ScopeKind::Waveform || kind == ScopeKind::Parade)
        drawWaveforms(image, picture, size, kind == ScopeKind::Parade, ink);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    if (kind == ScopeKind::Histogram) {
        drawHistogram(painter, picture, size, ink);
    } else if (kind == ScopeKind::Vectorscope) {
        painter.end();
        QImage overlay(size, QImage::Format_RGBA8888_Premultiplied);
        overlay.fill(Qt::transparent);
        QPainter marks(&overlay);
        marks.setRenderHint(QPainter::Antialiasing);
        drawVectorscope(image, marks, picture, size, ink);
        marks.end();
        painter.begin(&image);
        painter.drawImage(0, 0, overlay);
    } else {
        drawLevels(painter, size, ink);
    }
    painter.end();
    return image.convertToFormat(QImage::Format_RGBA8888_Premultiplied);
}

} // namespace artdag
