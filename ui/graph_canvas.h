// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas: owns the camera, hit-testing and every gesture on cards, ports and wires. It draws nothing itself; layers
// (CanvasLayer) and cards (QML) stand on the plane that it moves. It edits through GraphModel only.
#pragma once

#include "ui/graph_model.h"

#include <QQuickItem>

namespace artdag {

class GraphCanvas : public QQuickItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(artdag::GraphModel* graph READ graph WRITE setGraph NOTIFY graphChanged REQUIRED)
    Q_PROPERTY(double panX READ panX NOTIFY cameraChanged)
    Q_PROPERTY(double panY READ panY NOTIFY cameraChanged)
    Q_PROPERTY(double zoom READ zoom NOTIFY cameraChanged)
    Q_PROPERTY(QRectF marquee READ marquee NOTIFY marqueeChanged)
    Q_PROPERTY(QString hint READ hint NOTIFY hoverChanged)
    Q_PROPERTY(QPointF hintPoint READ hintPoint NOTIFY hoverChanged)
    Q_PROPERTY(bool detailed READ isDetailed NOTIFY cameraChanged)
    Q_PROPERTY(QString wheel MEMBER m_wheel) // auto: a wheel zooms, a touchpad pans; zoom or pan: both do

public:
    explicit GraphCanvas(QQuickItem* parent = nullptr);

    [[nodiscard]] GraphModel* graph() const { return m_graph; }
    void setGraph(GraphModel* graph);
    [[nodiscard]] double panX() const { return m_pan.x(); }
    [[nodiscard]] double panY() const { return m_pan.y(); }
    [[nodiscard]] double zoom() const { return m_zoom; }
    [[nodiscard]] QRectF marquee() const { return m_marquee; }
    [[nodiscard]] QString hint() const;
    [[nodiscard]] QPointF hintPoint() const { return m_hover; }
    /// Near enough for cards with text and thumbnails.
    [[nodiscard]] bool isDetailed() const;
    [[nodiscard]] QPointF toWorld(QPointF point) const { return (point - m_pan) / m_zoom; }
    [[nodiscard]] QPointF toScreen(QPointF point) const { return point * m_zoom + m_pan; }

    /// The wire under the pointer while it is dragged: from an output (or to an input) to `rubberEnd`.
    struct Rubber {
        bool active = false;
        int card = -1;
        int port = -1;
        bool fromOutput = true;
        QPointF end; ///< world
        int targetCard = -1, targetPort = -1;
        bool refused = false; ///< over a port that does not fit
    };
    [[nodiscard]] const Rubber& rubber() const { return m_rubber; }
    [[nodiscard]] const SceneHit& hovered() const { return m_hit; }

    Q_INVOKABLE void fitAll();
    Q_INVOKABLE void fitSelection();
    Q_INVOKABLE void zoomBy(double factor, QPointF around);
    Q_INVOKABLE QPointF worldOf(double x, double y) const { return toWorld({x, y}); }

Q_SIGNALS:
    void graphChanged();
    void cameraChanged();
    void marqueeChanged();
    void hoverChanged();
    void rubberChanged();
    /// The palette is asked for at a point of this item; `source` is "card:port" of a wire dropped on nothing.
    void paletteRequested(QPointF at, const QString& source, const QString& type);
    void renameRequested(const QString& name);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseUngrabEvent() override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void hoverMoveEvent(QHoverEvent* event) override;
    void hoverLeaveEvent(QHoverEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;
    void geometryChange(const QRectF& now, const QRectF& before) override;

private:
    enum class Gesture {
        None,
        Pan,
        Marquee,
        Cards,
        Wire,
    };
    void pressPort(const SceneHit& hit);
    void pressCard(const SceneHit& hit, Qt::KeyboardModifiers modifiers);
    void moveRubber(QPointF world);
    void dropRubber(QPointF at);
    [[nodiscard]] int firstFitting(int card) const;
    void setCamera(QPointF pan, double zoom);
    void fit(const QRectF& rect);
    void setHover(QPointF point);
    void cancelGesture();
    [[nodiscard]] double reach() const { return 11 / m_zoom; }

    GraphModel* m_graph = nullptr;
    QPointF m_pan{40, 40};
    double m_zoom = 1;
    bool m_fitted = false; ///< the camera is where fitAll put it, so a new size fits again
    Gesture m_gesture = Gesture::None;
    QPointF m_press, m_last;
    QRectF m_marquee;
    bool m_extend = false;
    Rubber m_rubber;
    QPointF m_hover;
    SceneHit m_hit;
    QString m_wheel;
};

} // namespace artdag
