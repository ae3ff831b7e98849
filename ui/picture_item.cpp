// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture_item.h"

#include <QQuickWindow>
#include <QSGImageNode>
#include <QSGTexture>

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
constexpr int mostShared = 256;
}

PictureItem::PictureItem(QQuickItem* parent)
    : QQuickItem(parent)
{
    setFlag(ItemHasContents);
    connect(this, &PictureItem::imageChanged, this, &QQuickItem::update);
    connect(this, &PictureItem::placeChanged, this, &QQuickItem::update);
    connect(this, &PictureItem::placeChanged, this, &PictureItem::paintedChanged);
}

void PictureItem::setImage(const QVariant& value)
{
    const auto image = value.value<QImage>();
    if (m_image.cacheKey() == image.cacheKey())
        return;
    const bool sized = m_image.size() != image.size();
    m_image = image;
    m_fresh = true;
    Q_EMIT imageChanged();
    if (sized)
        Q_EMIT paintedChanged();
}

QRectF PictureItem::painted() const
{
    if (m_image.isNull() || width() <= 0 || height() <= 0)
        return {};
    if (!m_place.isEmpty())
        return m_place;
    if (m_crop)
        return boundingRect();
    const double scale = std::min(width() / m_image.width(), height() / m_image.height());
    const double w = std::round(m_image.width() * scale);
    const double h = std::round(m_image.height() * scale);
    return {std::floor((width() - w) / 2), std::floor((height() - h) / 2), w, h};
}

void PictureItem::geometryChange(const QRectF& now, const QRectF& before)
{
    QQuickItem::geometryChange(now, before);
    if (now.size() != before.size()) {
        Q_EMIT paintedChanged();
        update();
    }
}

QSGNode* PictureItem::updatePaintNode(QSGNode* old, UpdatePaintNodeData*)
{
    auto* node = static_cast<QSGImageNode*>(old);
    if (m_image.isNull() || painted().isEmpty()) {
        delete node;
        return nullptr;
    }
    if (node == nullptr) {
        node = window()->createImageNode();
        node->setOwnsTexture(true);
        node->setFiltering(QSGTexture::Linear);
        node->setMipmapFiltering(QSGTexture::None);
        m_fresh = true;
    }
    if (m_fresh) {
        QQuickWindow::CreateTextureOptions options = m_image.hasAlphaChannel() ? QQuickWindow::TextureHasAlphaChannel : QQuickWindow::TextureIsOpaque;
        // Many small ones share a texture and are drawn at once; each texture of its own is a batch of its own.
        options.setFlag(QQuickWindow::TextureCanUseAtlas, m_place.isEmpty() && std::max(m_image.width(), m_image.height()) <= mostShared);
        node->setTexture(window()->createTextureFromImage(m_image, options));
        m_fresh = false;
    }
    node->setFiltering(m_nearest ? QSGTexture::Nearest : QSGTexture::Linear);
    node->setRect(painted());
    QRectF source(QPointF(0, 0), QSizeF(m_image.size()));
    if (m_crop) {
        const double scale = std::max(width() / m_image.width(), height() / m_image.height());
        const QSizeF part(width() / scale, height() / scale);
        source = QRectF((source.width() - part.width()) / 2, (source.height() - part.height()) / 2, part.width(), part.height());
    }
    node->setSourceRect(source);
    return node;
}

} // namespace artdag
