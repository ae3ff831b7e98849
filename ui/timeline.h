// SPDX-License-Identifier: GPL-3.0-or-later
// The strip under the graph: small pictures along the film, its waveform, which frames are at hand, curves, marks and items, all
// through one window of time. It asks the engine when nothing more urgent is asked; it never moves the playhead by itself.
#pragma once

#include "ui/curve_model.h"
#include "ui/event_rows.h"
#include "ui/item_strip.h"
#include "ui/player.h"
#include "ui/preview_engine.h"
#include "ui/time_window.h"

#include <QAbstractListModel>
#include <QTimer>
#include <QVariantList>

namespace artdag {

class FilmStrip : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { ImageRole = Qt::UserRole + 1 };
    using QAbstractListModel::QAbstractListModel;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_images.size()); }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override { return {{ImageRole, "image"}}; }
    void resize(int count);
    void set(int cell, const QImage& image);

private:
    std::vector<QImage> m_images;
};

class Timeline : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(artdag::TimeWindow* window READ window CONSTANT)
    Q_PROPERTY(artdag::CurveModel* curves READ curves CONSTANT)
    Q_PROPERTY(artdag::ItemStrip* items READ items CONSTANT)
    Q_PROPERTY(QAbstractListModel* events READ events CONSTANT)
    Q_PROPERTY(QVariantList cached READ cached NOTIFY cachedChanged)
    Q_PROPERTY(QVariantList markers READ markers NOTIFY markersChanged)
    Q_PROPERTY(QList<double> peaks READ peaks NOTIFY peaksChanged)
    Q_PROPERTY(bool hasSound READ hasSound NOTIFY targetChanged)
    Q_PROPERTY(bool hasPicture READ hasPicture NOTIFY targetChanged)
    Q_PROPERTY(bool snaps READ snaps NOTIFY snapsChanged)
    Q_PROPERTY(QAbstractListModel* strip READ strip CONSTANT)

public:
    Timeline(Document& document, Player& player, QObject* parent = nullptr);

    void setEngine(PreviewEngine* engine);
    void setFields(FieldModel& card, FieldModel& handles, std::function<PreviewTarget(const QString& card)> targetOf);
    [[nodiscard]] TimeWindow* window() { return &m_window; }
    [[nodiscard]] CurveModel* curves() { return &m_curves; }
    [[nodiscard]] ItemStrip* items() { return &m_items; }
    [[nodiscard]] QAbstractListModel* events() { return &m_events; }
    [[nodiscard]] const EventRows& eventRows() const { return m_events; }
    [[nodiscard]] QVariantList cached() const;  ///< {position, length} of the window
    [[nodiscard]] QVariantList markers() const; ///< {at, title, frame}
    [[nodiscard]] QList<double> peaks() const { return m_peaks; }
    [[nodiscard]] bool hasSound() const { return m_target.sound.has_value(); }
    [[nodiscard]] bool hasPicture() const { return m_target.picture.has_value(); }
    [[nodiscard]] bool snaps() const { return m_snaps; }
    [[nodiscard]] QAbstractListModel* strip() { return &m_strip; }
    void setCached(const CachedFrames& cached);
    /// Nothing is about to be asked.
    [[nodiscard]] bool isSettled() const { return !m_soon.isActive(); }
    /// A command of timelineCommands().
    Q_INVOKABLE void run(const QString& id);
    Q_INVOKABLE void moveMarker(int marker, double at);

Q_SIGNALS:
    void cachedChanged();
    void markersChanged();
    void peaksChanged();
    void targetChanged();
    void snapsChanged();
    void refused(const QString& message);

private:
    void refreshSoon();
    void refresh();
    void askStrip();
    void askPeaks();
    void followCard();
    void toMarker(int direction);
    [[nodiscard]] double snapped(double frame) const;

    Document* m_document;
    Player* m_player;
    PreviewEngine* m_engine = nullptr;
    FieldModel* m_card = nullptr;
    std::function<PreviewTarget(const QString&)> m_targetOf;
    PreviewTarget m_target;
    TimeWindow m_window;
    EventRows m_events;
    CurveModel m_curves;
    ItemStrip m_items;
    FilmStrip m_strip;
    QList<double> m_peaks;
    CachedFrames m_cached;
    bool m_snaps = true;
    QTimer m_soon;
};

} // namespace artdag
