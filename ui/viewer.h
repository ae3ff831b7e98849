// SPDX-License-Identifier: GPL-3.0-or-later
// What the viewer shows: the picture of one target at the playhead. A draft at once, then the exact picture; while playing,
// frames in time, dropping what comes late. It asks the engine and never computes.
#pragma once

#include "ui/player.h"
#include "ui/preview_engine.h"

#include <QElapsedTimer>
#include <QImage>
#include <QSizeF>
#include <QVariant>

#include <map>

namespace artdag {

class Viewer : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(QVariant image READ imageValue NOTIFY imageChanged)
    Q_PROPERTY(QString title READ title NOTIFY targetChanged)
    Q_PROPERTY(QString scaleText READ scaleText NOTIFY imageChanged)
    Q_PROPERTY(QString rateText READ rateText NOTIFY rateTextChanged)
    Q_PROPERTY(QString message READ message NOTIFY messageChanged)
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged)
    Q_PROPERTY(bool exact READ isExact NOTIFY imageChanged)
    Q_PROPERTY(bool soundOnly READ isSoundOnly NOTIFY targetChanged)
    Q_PROPERTY(QList<double> peaks READ peaks NOTIFY peaksChanged)
    Q_PROPERTY(QSizeF viewSize READ viewSize WRITE setViewSize NOTIFY viewSizeChanged)

public:
    Viewer(Document& document, Player& player, QObject* parent = nullptr);

    void setEngine(PreviewEngine* engine);
    void setTarget(const PreviewTarget& target, const QString& title);
    [[nodiscard]] const PreviewTarget& target() const { return m_target; }

    [[nodiscard]] QImage image() const { return m_image; }
    [[nodiscard]] QVariant imageValue() const { return m_image; }
    [[nodiscard]] QString title() const { return m_title; }
    [[nodiscard]] QString scaleText() const;
    [[nodiscard]] QString rateText() const;
    [[nodiscard]] QString message() const { return m_message; }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    /// The picture shown is the one asked for: this recipe, this frame, full scale of the view.
    [[nodiscard]] bool isExact() const { return m_shownSerial == m_exactSerial && !m_busy; }
    [[nodiscard]] bool isSoundOnly() const { return !m_target.picture && m_target.sound; }
    [[nodiscard]] QList<double> peaks() const { return m_peaks; }
    [[nodiscard]] QSizeF viewSize() const { return m_viewSize; }
    void setViewSize(QSizeF size); ///< in device pixels
    [[nodiscard]] double scale() const;

    /// Asks again: the recipe has changed.
    void refresh();

Q_SIGNALS:
    void imageChanged();
    void targetChanged();
    void messageChanged();
    void busyChanged();
    void rateTextChanged();
    void peaksChanged();
    void viewSizeChanged();
    void pictureArrived();

private:
    void ask();
    PreviewMeanwhile meanwhile(double scale);
    void askAt(double scale, bool exact, PreviewMeanwhile meanwhile = {});
    void askPeaks();
    void show(const PreviewPicture& picture);
    void playFrame();
    void stopPlaying();
    void setBusy(bool busy);
    void setMessage(const QString& message);
    [[nodiscard]] double draftScale() const;

    Document* m_document;
    Player* m_player;
    PreviewEngine* m_engine = nullptr;
    PreviewTarget m_target;
    QString m_title, m_message;
    QImage m_image;
    double m_shownScale = 1;
    std::int64_t m_shownFrame = -1; ///< of this recipe and target; −1: the picture is of an earlier one
    QList<double> m_peaks;
    QSizeF m_viewSize{640, 360};
    bool m_busy = false;
    quint64 m_serial = 0, m_shownSerial = 0, m_exactSerial = 0;
    double m_costPerPixel = 0; ///< ms for a pixel, of the last picture of this target

    std::map<std::int64_t, PreviewPicture> m_ready; ///< frames that are not due yet
    int m_inFlight = 0;
    std::int64_t m_lastAsked = -1;
    quint64 m_run = 0; ///< a playing run; answers of earlier ones are dropped
    QElapsedTimer m_rateClock;
    int m_rateFrames = 0;
    double m_liveRate = 0;
};

} // namespace artdag
