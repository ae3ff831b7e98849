// SPDX-License-Identifier: GPL-3.0-or-later
// How the viewer looks at a picture: fitted, or at a zoom around a point of it. Both sides of a comparison have one camera, so
// they move together. It knows sizes, never pixels.
#pragma once

#include <QObject>
#include <QPointF>
#include <QRectF>
#include <QSize>
#include <QString>
#include <QtQml/qqmlregistration.h>

namespace artdag {

class ViewCamera : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Viewer")
    Q_PROPERTY(QRectF rect READ rect NOTIFY changed)
    Q_PROPERTY(double zoom READ zoom NOTIFY changed)
    Q_PROPERTY(bool fitted READ isFitted NOTIFY changed)
    Q_PROPERTY(bool nearest READ isNearest NOTIFY changed)
    Q_PROPERTY(QString text READ text NOTIFY changed)

public:
    using QObject::QObject;

    /// The view in the window's units, and device pixels for one of them.
    Q_INVOKABLE void setView(QSizeF view, double pixelRatio);
    /// The picture's size at full scale; previews at fewer pixels lie in the same place.
    void setPicture(QSize size);

    /// Where the picture lies in the view.
    [[nodiscard]] QRectF rect() const;
    /// Device pixels for a pixel of the picture at full scale.
    [[nodiscard]] double zoom() const;
    [[nodiscard]] bool isFitted() const { return m_fitted; }
    /// Pixels are shown as squares: above 200 %.
    [[nodiscard]] bool isNearest() const { return zoom() > 2; }
    [[nodiscard]] QString text() const; ///< `Fit 47 %`, `100 %`
    [[nodiscard]] QSize picture() const { return m_picture; }
    /// A point of the view as a part of the picture, 0–1 within it.
    Q_INVOKABLE [[nodiscard]] QPointF toPicture(QPointF inView) const;
    [[nodiscard]] QPointF toView(QPointF inPicture) const;

    Q_INVOKABLE void fit();
    /// A pixel of the picture is one of the screen.
    Q_INVOKABLE void oneToOne();
    /// What is under `at` stays there.
    Q_INVOKABLE void zoomBy(double factor, QPointF at);
    Q_INVOKABLE void zoomStep(int steps);
    Q_INVOKABLE void panBy(QPointF offset);
    /// A wheel zooms at the cursor, a touchpad pans; Ctrl does it the other way round.
    Q_INVOKABLE void wheel(QPointF at, QPointF angle, QPointF pixels, bool ctrl);

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] double fittedZoom() const;
    void look(double zoom, QPointF centre);

    QSizeF m_view{1, 1};
    double m_pixelRatio = 1;
    QSize m_picture{16, 9};
    bool m_fitted = true;
    double m_zoom = 1;          ///< where it is not fitted
    QPointF m_centre{0.5, 0.5}; ///< the point of the picture in the middle of the view
};

} // namespace artdag
