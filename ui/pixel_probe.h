// SPDX-License-Identifier: GPL-3.0-or-later
// The pixel under the pointer, of A and of B: where it is, its four numbers in linear light as the effects see them, its bytes on
// the screen and their hex. It reads pictures that are there and asks for none.
#pragma once

#include "core/picture/picture.h"

#include <QImage>
#include <QObject>
#include <QPointF>
#include <QSize>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

namespace artdag {

/// One side's pixel.
struct ProbedPixel {
    double linear[4] = {}; ///< R, G, B, A; premultiplied
    int bytes[4] = {};     ///< display sRGB over black, and alpha
    [[nodiscard]] QString hex() const;
};
/// At a part of the picture, 0–1; none outside it.
std::optional<ProbedPixel> pixelOf(const PicturePointer& pixels, QPointF at);

class PixelProbe : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Viewer")
    Q_PROPERTY(bool on READ isOn NOTIFY changed)
    Q_PROPERTY(bool inside READ isInside NOTIFY changed)
    Q_PROPERTY(QString place READ place NOTIFY changed)
    Q_PROPERTY(QVariantList rows READ rows NOTIFY changed)

public:
    using QObject::QObject;

    [[nodiscard]] bool isOn() const { return m_on; }
    void setOn(bool on);
    [[nodiscard]] bool isInside() const { return m_inside; }
    [[nodiscard]] QString place() const;     ///< `640, 360`: the pixel at full scale
    [[nodiscard]] QVariantList rows() const; ///< {side, r, g, b, a, bytes, hex}

    /// `size`: of the picture at full scale; `b` may be null.
    void setPictures(PicturePointer a, PicturePointer b, QSize size);
    /// The pointer as a part of the picture.
    Q_INVOKABLE void moveTo(QPointF at);
    Q_INVOKABLE void leave();

Q_SIGNALS:
    void changed();

private:
    bool m_on = false, m_inside = false;
    QPointF m_at;
    QSize m_size;
    PicturePointer m_a, m_b;
};

} // namespace artdag
