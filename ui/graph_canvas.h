// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas: owns the camera, hit-testing and every gesture on cards, ports and wires. It draws nothing itself; layers
// (CanvasLayer) and cards (QML) stand on the plane that it moves. It edits through GraphModel only.
#pragma once

#include "ui/graph_model.h"

#include <QLineF>
#include <QQuickItem>
#include <QTimer>

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
    Q_PROPERTY(bool detailed READ isDetailed NOTIFY detailedChanged)
    Q_PROPERTY(bool connecting READ isConnecting NOTIFY rubberChanged)
    Q_PROPERTY(bool dragging READ isDragging NOTIFY gestureChanged)
    Q_PROPERTY(bool cutting READ isCutting NOTIFY gestureChanged)
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
        bool refused = false;      ///< over a port that does not fit
        std::vector<bool> circles; ///< by card: a wire from or to it would close a circle
    };
    [[nodiscard]] const Rubber& rubber() const { return m_rubber; }
    [[nodiscard]] bool isConnecting() const { return m_rubber.active; }
    [[nodiscard]] const SceneHit& hovered() const { return m_hit; }
    [[nodiscard]] int dropWire() const { return m_dropWire; } ///< that the dragged node would be put into; −1: none
    [[nodiscard]] bool isCutting() const { return m_gesture == Gesture::Cut; }
    [[nodiscard]] bool isDragging() const { return m_gesture == Gesture::Cards && m_graph->isMoving(); }
    [[nodiscard]] QLineF cutLine() const { return {m_press, m_last}; } ///< of this item
    [[nodiscard]] QRectF seen() const { return {toWorld({0, 0}), toWorld({width(), height()})}; }
    /// Why the pair of ports under the dragged wire is refused; empty when it is not.
    [[nodiscard]] QString refusal() const;

    /// Does a command of graphCommands().
    Q_INVOKABLE void run(const QString& id);
    Q_INVOKABLE void fitAll();
    Q_INVOKABLE void fitSelection();
    /// Brings a card into the middle without changing the zoom, unless it is too small to be read.
    Q_INVOKABLE void centreOn(const QString& card);
    Q_INVOKABLE void centreAt(QPointF world);
    Q_INVOKABLE void zoomBy(double factor, QPointF around);
    Q_INVOKABLE QPointF worldOf(double x, double y) const { return toWorld({x, y}); }

Q_SIGNALS:
    void graphChanged();
    void cameraChanged();
    void detailedChanged();
    void marqueeChanged();
    void hoverChanged();
    /// Another thing is under the pointer, or another wire would take what is dragged.
    void hitChanged();
    void rubberChanged();
    void gestureChanged();
    /// The palette is asked for at a point of this item; `source` is "card:port" of a wire dropped on nothing, "<card:port" of one
    /// that hangs from a socket.
    void paletteRequested(QPointF at, const QString& source, const QString& type);
    void renameRequested(const QString& name);
    void renameFrameRequested(const QString& name, const QString& title);
    void outlineRequested(bool search);
    void connectRequested(const QString& name);
    void promoteRequested(const QString& name);
    void informationRequested(const QString& name);

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
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;
    void geometryChange(const QRectF& now, const QRectF& before) override;

private:
    enum class Gesture {
        None,
        Pan,
        Marquee,
        Cards, ///< cards, a frame or a dot are dragged
        Resize,
        Wire,
        Cut,
    };
    void setGesture(Gesture gesture);
    void press(const SceneHit& hit, Qt::KeyboardModifiers modifiers);
    void pressPort(const SceneHit& hit);
    void pressCard(const SceneHit& hit, Qt::KeyboardModifiers modifiers);
    void beginDrag();
    void drag(QPointF at);
    void release(QPointF at);
    void moveRubber(QPointF world);
    void dropRubber(QPointF at);
    void cutAlong(const QLineF& line);
    void setDropWire(int wire);
    [[nodiscard]] QPointF workPlace() const; ///< where the pointer is, or where one looks, on this item
    bool runEditing(const QString& id);
    bool runGroups(const QString& id);
    bool runLooking(const QString& id);
    bool runBookmark(const QString& id);
    void runEscape();
    void copy();
    void addDotHere();
    [[nodiscard]] QString frameHere() const;
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
    SceneHit m_pressed; ///< what the mouse went down on
    int m_dropWire = -1;
    bool m_cutKey = false; ///< X is held
    bool m_wasDetailed = true;
    QTimer m_seenSoon; ///< tells the model when the camera rests
    QString m_wheel;
};

} // namespace artdag
