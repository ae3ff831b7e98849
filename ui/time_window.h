// SPDX-License-Identifier: GPL-3.0-or-later
// Which part of the film the timeline shows, and where an instant lies in it: 0 is its left end, 1 its right one. It follows the
// playhead while playing and never moves it but by request.
#pragma once

#include "ui/player.h"

#include <QVariantList>

namespace artdag {

class TimeWindow : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Timeline")
    Q_PROPERTY(double playhead READ playhead NOTIFY playheadChanged)
    Q_PROPERTY(double inAt READ inAt NOTIFY rangeChanged)
    Q_PROPERTY(double outAt READ outAt NOTIFY rangeChanged)
    Q_PROPERTY(QVariantList marks READ marks NOTIFY changed)
    Q_PROPERTY(double width READ width WRITE setWidth NOTIFY widthChanged)
    Q_PROPERTY(double scrollAt READ scrollAt NOTIFY changed)
    Q_PROPERTY(double scrollPart READ scrollPart NOTIFY changed)

public:
    explicit TimeWindow(Player& player, QObject* parent = nullptr);

    [[nodiscard]] double first() const { return m_first; } ///< frames, may lie between two
    [[nodiscard]] double span() const { return m_span; }   ///< frames
    [[nodiscard]] double positionOf(double frame) const { return (frame - m_first) / m_span; }
    [[nodiscard]] double frameOf(double position) const { return m_first + position * m_span; }
    [[nodiscard]] double playhead() const { return positionOf(static_cast<double>(m_player->frame())); }
    [[nodiscard]] double inAt() const { return positionOf(static_cast<double>(m_player->inFrame())); }
    [[nodiscard]] double outAt() const { return positionOf(static_cast<double>(m_player->outFrame() + 1)); }
    [[nodiscard]] QVariantList marks() const; ///< {position, text}
    [[nodiscard]] double width() const { return m_width; }
    void setWidth(double width);
    [[nodiscard]] double scrollAt() const { return m_first / whole(); } ///< of a scroll bar
    [[nodiscard]] double scrollPart() const { return m_span / whole(); }
    /// Frames for a number of pixels.
    [[nodiscard]] double framesOf(double pixels) const { return pixels / m_width * m_span; }

    Q_INVOKABLE void zoomBy(double factor, double at);
    Q_INVOKABLE void scrollBy(double part);
    Q_INVOKABLE void scrollTo(double scrollAt);
    Q_INVOKABLE void fit();
    Q_INVOKABLE void seek(double position);
    Q_INVOKABLE void setIn(double position);
    Q_INVOKABLE void setOut(double position);
    /// A wheel over the timeline: Ctrl zooms at the cursor, sideways (or Shift) scrolls. True when it was used.
    Q_INVOKABLE bool wheel(double at, QPointF angle, QPointF pixels, int modifiers, bool plainZooms);

Q_SIGNALS:
    void changed();
    void playheadChanged();
    void rangeChanged();
    void widthChanged();

private:
    [[nodiscard]] double whole() const { return static_cast<double>(m_player->frames()); }
    void show(double first, double span);

    Player* m_player;
    double m_first = 0, m_span = 1;
    double m_width = 800;
};

} // namespace artdag
