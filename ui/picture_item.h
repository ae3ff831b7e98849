// SPDX-License-Identifier: GPL-3.0-or-later
// Shows a QImage fitted into the item, or where it is told to lie, under OpenGL and the software renderer alike. The old texture stays until the next
// picture is there. It never scales colours: what the engine made for the display is what is seen.
#pragma once

#include <QImage>
#include <QQuickItem>
#include <QVariant>

namespace artdag {

class PictureItem : public QQuickItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QVariant image READ image WRITE setImage NOTIFY imageChanged)
    Q_PROPERTY(bool crop MEMBER m_crop NOTIFY imageChanged)
    Q_PROPERTY(QRectF place MEMBER m_place NOTIFY placeChanged)
    Q_PROPERTY(bool nearest MEMBER m_nearest NOTIFY placeChanged)
    Q_PROPERTY(bool empty READ isEmpty NOTIFY imageChanged)
    Q_PROPERTY(QRectF painted READ painted NOTIFY paintedChanged)

public:
    explicit PictureItem(QQuickItem* parent = nullptr);
    /// A QImage; QML has no name for that type.
    [[nodiscard]] QVariant image() const { return m_image; }
    void setImage(const QVariant& image);
    [[nodiscard]] bool isEmpty() const { return m_image.isNull(); }
    /// Where the picture is within the item.
    [[nodiscard]] QRectF painted() const;

Q_SIGNALS:
    void imageChanged();
    void paintedChanged();
    void placeChanged();

protected:
    QSGNode* updatePaintNode(QSGNode* old, UpdatePaintNodeData*) override;
    void geometryChange(const QRectF& now, const QRectF& before) override;

private:
    QImage m_image;
    bool m_fresh = false;
    bool m_crop = false;
    QRectF m_place; ///< where the whole picture lies; empty: fitted
    bool m_nearest = false;
};

} // namespace artdag
