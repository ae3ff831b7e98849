// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view_camera.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
constexpr double least = 1.0 / 32, most = 64;
}

void ViewCamera::setView(QSizeF view, double pixelRatio)
{
    if (view.isEmpty() || (view == m_view && pixelRatio == m_pixelRatio))
        return;
    m_view = view;
    m_pixelRatio = pixelRatio;
    Q_EMIT changed();
}

void ViewCamera::setPicture(QSize size)
{
    if (size.isEmpty() || size == m_picture)
        return;
    m_picture = size;
    Q_EMIT changed();
}

double ViewCamera::fittedZoom() const
{
    return std::min(m_view.width() / m_picture.width(), m_view.height() / m_picture.height()) * m_pixelRatio;
}

double ViewCamera::zoom() const
{
    return m_fitted ? fittedZoom() : m_zoom;
}

QRectF ViewCamera::rect() const
{
    const double scale = zoom() / m_pixelRatio;
    const double width = m_picture.width() * scale, height = m_picture.height() * scale;
    // On whole device pixels, so that one to one is sharp.
    const auto whole = [this](double at) { return std::floor(at * m_pixelRatio + 0.5) / m_pixelRatio; };
    if (m_fitted)
        return {std::floor((m_view.width() - std::round(width)) / 2), std::floor((m_view.height() - std::round(height)) / 2), std::round(width),
            std::round(height)};
    return {whole(m_view.width() / 2 - m_centre.x() * width), whole(m_view.height() / 2 - m_centre.y() * height), width, height};
}

QPointF ViewCamera::toPicture(QPointF inView) const
{
    const QRectF at = rect();
    return {(inView.x() - at.x()) / at.width(), (inView.y() - at.y()) / at.height()};
}

QPointF ViewCamera::toView(QPointF inPicture) const
{
    const QRectF at = rect();
    return {at.x() + inPicture.x() * at.width(), at.y() + inPicture.y() * at.height()};
}

QString ViewCamera::text() const
{
    const QString percent = tr("%1 %").arg(std::round(zoom() * 100));
    return m_fitted ? tr("Fit %1").arg(percent) : percent;
}

void ViewCamera::look(double zoom, QPointF centre)
{
    m_fitted = false;
    m_zoom = std::clamp(zoom, least, most);
    // The picture never leaves the view altogether.
    m_centre = {std::clamp(centre.x(), 0.0, 1.0), std::clamp(centre.y(), 0.0, 1.0)};
    Q_EMIT changed();
}

void ViewCamera::fit()
{
    m_fitted = true;
    m_centre = {0.5, 0.5};
    Q_EMIT changed();
}

void ViewCamera::oneToOne()
{
    look(1, toPicture({m_view.width() / 2, m_view.height() / 2}));
}

void ViewCamera::zoomBy(double factor, QPointF at)
{
    const QPointF fixed = toPicture(at);
    const double to = std::clamp(zoom() * factor, least, most);
    const QPointF half(m_view.width() / 2, m_view.height() / 2);
    const double scale = to / m_pixelRatio;
    look(to, {fixed.x() + (half.x() - at.x()) / (m_picture.width() * scale), fixed.y() + (half.y() - at.y()) / (m_picture.height() * scale)});
}

void ViewCamera::zoomStep(int steps)
{
    zoomBy(std::exp2(steps / 2.0), {m_view.width() / 2, m_view.height() / 2});
}

void ViewCamera::panBy(QPointF offset)
{
    const QRectF at = rect();
    const QPointF centre = toPicture({m_view.width() / 2, m_view.height() / 2});
    look(zoom(), {centre.x() - offset.x() / at.width(), centre.y() - offset.y() / at.height()});
}

void ViewCamera::wheel(QPointF at, QPointF angle, QPointF pixels, bool ctrl)
{
    const bool touchpad = !pixels.isNull();
    if (touchpad == ctrl)
        zoomBy(std::exp2((touchpad ? pixels.y() : angle.y()) / 240.0), at);
    else
        panBy(touchpad ? pixels : angle / 2);
}

} // namespace artdag
