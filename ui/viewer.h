// SPDX-License-Identifier: GPL-3.0-or-later
// What the viewer shows: the picture of one target at the playhead. A draft at once, then the exact picture; while playing,
// frames in time, dropping what comes late; while idle, the playhead's neighbours. It asks the engine and never computes.
#pragma once

#include "ui/comparison.h"
#include "ui/film_reel.h"
#include "ui/flash_meter.h"
#include "ui/overlay.h"
#include "ui/pixel_probe.h"
#include "ui/player.h"
#include "ui/preview_engine.h"
#include "ui/scope_board.h"
#include "ui/view_camera.h"

#include <QElapsedTimer>
#include <QImage>
#include <QSizeF>
#include <QVariant>

#include <set>

namespace artdag {

class Viewer : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(artdag::ViewCamera* camera READ camera CONSTANT)
    Q_PROPERTY(artdag::Comparison* compare READ compare CONSTANT)
    Q_PROPERTY(artdag::ScopeBoard* scope READ scope CONSTANT)
    Q_PROPERTY(artdag::PixelProbe* probe READ probe CONSTANT)
    Q_PROPERTY(artdag::Overlay* overlay READ overlay CONSTANT)
    Q_PROPERTY(QVariant image READ imageValue NOTIFY imageChanged)
    Q_PROPERTY(QVariant shown READ shownValue NOTIFY shownChanged)
    Q_PROPERTY(QString title READ title NOTIFY targetChanged)
    Q_PROPERTY(QString scaleText READ scaleText NOTIFY imageChanged)
    Q_PROPERTY(QString rateText READ rateText NOTIFY rateTextChanged)
    Q_PROPERTY(QString message READ message NOTIFY messageChanged)
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged)
    Q_PROPERTY(bool exact READ isExact NOTIFY imageChanged)
    Q_PROPERTY(bool soundOnly READ isSoundOnly NOTIFY targetChanged)
    Q_PROPERTY(QList<double> peaks READ peaks NOTIFY peaksChanged)
    Q_PROPERTY(QSizeF viewSize READ viewSize WRITE setViewSize NOTIFY viewSizeChanged)
    Q_PROPERTY(double scaleChoice READ scaleChoice NOTIFY looksChanged)
    Q_PROPERTY(QString channels READ channelsName NOTIFY looksChanged)
    Q_PROPERTY(bool grid MEMBER m_grid NOTIFY looksChanged)
    Q_PROPERTY(bool safeAreas MEMBER m_safe NOTIFY looksChanged)
    Q_PROPERTY(bool proxies READ makesProxies NOTIFY proxiesChanged)
    Q_PROPERTY(QString proxyText READ proxyText NOTIFY proxiesChanged)
    Q_PROPERTY(double proxyProgress READ proxyProgress NOTIFY proxiesChanged)
    Q_PROPERTY(bool caching READ isCaching NOTIFY cachingChanged)
    Q_PROPERTY(QString cachingText READ cachingText NOTIFY cachingChanged)

public:
    Viewer(Document& document, Player& player, QObject* parent = nullptr);

    void setEngine(PreviewEngine* engine);
    void setTarget(const PreviewTarget& target, const QString& title);
    [[nodiscard]] const PreviewTarget& target() const { return m_target; }
    /// The card that is looked at (`@name`): what a slot takes.
    void setCard(const QString& card) { m_card = card; }

    [[nodiscard]] ViewCamera* camera() { return &m_camera; }
    [[nodiscard]] Comparison* compare() { return &m_compare; }
    [[nodiscard]] ScopeBoard* scope() { return &m_scope; }
    [[nodiscard]] PixelProbe* probe() { return &m_probe; }
    [[nodiscard]] Overlay* overlay() { return &m_overlay; }
    [[nodiscard]] FlashMeter& flashes() { return m_flashes; }

    [[nodiscard]] QImage image() const { return m_image; }
    [[nodiscard]] QVariant imageValue() const { return m_image; }
    /// A, B or their difference: what scopes look at.
    [[nodiscard]] const QImage& shownImage() const;
    [[nodiscard]] QVariant shownValue() const { return shownImage(); }
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
    [[nodiscard]] double scaleChoice() const { return m_scaleChoice; } ///< 0: as the view needs
    [[nodiscard]] QString channelsName() const;
    [[nodiscard]] bool makesProxies() const { return m_proxies; }
    [[nodiscard]] QString proxyText() const;
    [[nodiscard]] double proxyProgress() const;
    [[nodiscard]] bool isCaching() const { return m_caching; }
    [[nodiscard]] QString cachingText() const;
    [[nodiscard]] const FilmReel& reel() const { return m_reel; }

    /// Asks again: the recipe has changed.
    void refresh();
    /// A command of viewerCommands().
    Q_INVOKABLE void run(const QString& id);
    Q_INVOKABLE void stopCaching(); ///< of what Shift+Space began
    /// Where the pointer is over the picture, for the pixel inspector; outside it leaves.
    Q_INVOKABLE void hover(QPointF inView);

Q_SIGNALS:
    void imageChanged();
    void shownChanged();
    void targetChanged();
    void messageChanged();
    void busyChanged();
    void rateTextChanged();
    void peaksChanged();
    void viewSizeChanged();
    void looksChanged();
    void proxiesChanged();
    void cachingChanged();
    void pictureArrived();
    void neighboursMade(); ///< frames around the playhead that were not asked for are at hand
    void flashesFound();

private:
    void ask();
    PreviewMeanwhile meanwhile(double scale);
    void askAt(double scale, bool exact, PreviewMeanwhile meanwhile = {});
    void askPeaks();
    void show(const PreviewPicture& picture);
    void showLook();
    void setBusy(bool busy);
    void setMessage(const QString& message);
    void setChannels(Channels channels);
    void setScaleChoice(double scale);
    void setProxies(bool makes);
    void learnCost(const PreviewPicture& picture);
    [[nodiscard]] double draftScale() const;
    [[nodiscard]] PreviewTarget lookedAt() const;
    [[nodiscard]] Comparison::Shown shownSide() const;
    void connectPlayer();
    void onPlayingChanged();

    // Playing: ui/viewer_play.cpp.
    void forgetPlayed();
    void playFrame();
    void showDue();
    void askAhead(double scale, std::int64_t lead);
    void askPlayed(std::int64_t frame, double scale);
    [[nodiscard]] std::optional<std::int64_t> wrapped(std::int64_t frame) const;
    void countRate();
    void askCostliest();
    void stopPlaying();
    void cacheThenPlay();
    void cacheMore();
    void askNeighbours();
    void askNeighbour();
    bool runSwitch(const QString& id);
    bool runTransport(const QString& id);
    bool runCompare(const QString& id);

    Document* m_document;
    Player* m_player;
    PreviewEngine* m_engine = nullptr;
    ViewCamera m_camera;
    Comparison m_compare;
    ScopeBoard m_scope;
    PixelProbe m_probe;
    Overlay m_overlay;
    FlashMeter m_flashes;
    PreviewTarget m_target;
    QString m_title, m_message, m_card;
    QImage m_image;
    PicturePointer m_pixels;
    double m_shownScale = 1;
    std::int64_t m_shownFrame = -1; ///< of this recipe and target; −1: the picture is of an earlier one
    QList<double> m_peaks;
    QSizeF m_viewSize{640, 360};
    bool m_busy = false;
    quint64 m_serial = 0, m_shownSerial = 0, m_exactSerial = 0;
    double m_costPerPixel = 0; ///< ms for a pixel, of the last picture of this target
    double m_scaleChoice = 0;
    Channels m_channels = Channels::Colour;
    bool m_grid = false, m_safe = false, m_proxies = true;

    FilmReel m_reel;
    std::set<std::int64_t> m_inFlight, m_failed;
    std::int64_t m_lastPlayed = -1, m_jumpedTo = 0;
    quint64 m_run = 0; ///< a playing run; answers of earlier ones are dropped
    QElapsedTimer m_rateClock;
    int m_rateFrames = 0;
    double m_liveRate = 0;
    QString m_costliest;
    bool m_caching = false;
    std::int64_t m_cachedFrames = 0, m_cacheEnd = 0;
    QTimer m_neighboursSoon;
    int m_neighbour = 0;
};

} // namespace artdag
