// SPDX-License-Identifier: GPL-3.0-or-later
// The strip under the graph: ruler marks, small pictures along the film, its waveform, and which frames are at hand. It
// asks the engine when nothing more urgent is asked; it never moves the playhead.
#pragma once

#include "ui/player.h"
#include "ui/preview_engine.h"

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
    Q_PROPERTY(QVariantList marks READ marks NOTIFY marksChanged)
    Q_PROPERTY(QVariantList cached READ cached NOTIFY cachedChanged)
    Q_PROPERTY(QList<double> peaks READ peaks NOTIFY peaksChanged)
    Q_PROPERTY(bool hasSound READ hasSound NOTIFY targetChanged)
    Q_PROPERTY(bool hasPicture READ hasPicture NOTIFY targetChanged)
    Q_PROPERTY(QAbstractListModel* strip READ strip CONSTANT)
    Q_PROPERTY(double width READ width WRITE setWidth NOTIFY widthChanged)

public:
    Timeline(Document& document, Player& player, QObject* parent = nullptr);

    void setEngine(PreviewEngine* engine);
    [[nodiscard]] QVariantList marks() const;                      ///< {position 0–1, text}
    [[nodiscard]] QVariantList cached() const { return m_cached; } ///< {position, length} 0–1
    [[nodiscard]] QList<double> peaks() const { return m_peaks; }
    [[nodiscard]] bool hasSound() const { return m_target.sound.has_value(); }
    [[nodiscard]] bool hasPicture() const { return m_target.picture.has_value(); }
    [[nodiscard]] QAbstractListModel* strip() { return &m_strip; }
    [[nodiscard]] double width() const { return m_width; }
    void setWidth(double width);
    void setCached(const CachedFrames& cached);
    /// Nothing is about to be asked.
    [[nodiscard]] bool isSettled() const { return !m_soon.isActive(); }

Q_SIGNALS:
    void marksChanged();
    void cachedChanged();
    void peaksChanged();
    void targetChanged();
    void widthChanged();

private:
    void refreshSoon();
    void refresh();

    Document* m_document;
    Player* m_player;
    PreviewEngine* m_engine = nullptr;
    PreviewTarget m_target;
    FilmStrip m_strip;
    QList<double> m_peaks;
    QVariantList m_cached;
    double m_width = 800;
    QTimer m_soon;
};

} // namespace artdag
