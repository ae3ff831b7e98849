// SPDX-License-Identifier: GPL-3.0-or-later
// Variations of the open recipe side by side, as pictures that arrive one after the other. Which settings they have comes
// from core/workflow/wedge; which pixels, from the preview engine. It changes the document only when a cell is opened.
#pragma once

#include "core/workflow/wedge.h"
#include "ui/gallery.h"
#include "ui/player.h"
#include "ui/preview_engine.h"

#include <QAbstractListModel>
#include <QElapsedTimer>
#include <QPointer>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace artdag {

class ContactSheet : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Explore")
    Q_PROPERTY(int count READ rowTotal NOTIFY planned)
    Q_PROPERTY(int columns READ columns NOTIFY planned)
    Q_PROPERTY(QString title READ title NOTIFY titleChanged)
    Q_PROPERTY(QString progress READ progress NOTIFY progressChanged)
    Q_PROPERTY(QString message READ message NOTIFY planned)
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged)
    Q_PROPERTY(QStringList differences READ differences NOTIFY currentChanged)
    Q_PROPERTY(bool stale READ isStale NOTIFY staleChanged)
    Q_PROPERTY(QStringList knobTitles READ knobTitles NOTIFY knobsChanged)
    Q_PROPERTY(QString kind READ kind NOTIFY planned)

public:
    enum Role {
        LabelRole = Qt::UserRole + 1,
        ImageRole,
        StateRole, ///< waiting, ready, failed
        MessageRole,
        MarkRole, ///< empty, kept, discarded
    };

    ContactSheet(Document& document, Player& player, Gallery& gallery, const Catalogue& effects, QObject* parent = nullptr);
    ~ContactSheet() override;

    void setEngine(PreviewEngine* engine);
    /// While nobody looks, nothing is computed.
    void setShown(bool shown);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : rowTotal(); }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int rowTotal() const { return static_cast<int>(m_cells.size()); }
    [[nodiscard]] int columns() const { return m_wedge.columns; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString kind() const { return m_kind; } ///< twelve, one, two, seeds
    [[nodiscard]] QString progress() const;               ///< `12 variations · 9 there · first in 0.6 s`
    [[nodiscard]] QString message() const { return m_message; }
    [[nodiscard]] int current() const { return m_current; }
    void setCurrent(int row);
    [[nodiscard]] QStringList differences() const; ///< of the current cell from the recipe: `Windows: 12 → 6`
    [[nodiscard]] bool isStale() const;            ///< the document has changed since
    [[nodiscard]] QStringList knobTitles() const;
    [[nodiscard]] QString knobPlace(int knob) const;
    [[nodiscard]] const Recipe& recipeOf(int row) const { return *m_cells[static_cast<std::size_t>(row)].recipe; }
    [[nodiscard]] bool isSettled() const { return !m_planning && ready() + failed() == rowTotal(); }
    [[nodiscard]] double firstSeconds() const { return m_firstSeconds; }
    [[nodiscard]] double allSeconds() const { return m_allSeconds; }

    /// Each of these replaces the sheet. Seeds and handles together; `another` takes other values than before.
    Q_INVOKABLE void varyAll(bool another = false);
    Q_INVOKABLE void varySeeds(int count, bool another = false);
    /// Places as handles are written; says why when one cannot be varied. From and to only where they differ.
    Q_INVOKABLE void varyOne(const QString& place, int count, double from = 0, double to = 0);
    Q_INVOKABLE void varyTwo(const QString& across, int columns, const QString& down, int rows);
    Q_INVOKABLE int knobOf(const QString& place) const;
    Q_INVOKABLE void varyKnobs(int across, int columns, int down, int rows, double from = 0, double to = 0); ///< `down` −1: only one

    /// Again what it is already takes the mark back. Kept: the settings are in the gallery, with the picture.
    Q_INVOKABLE void keep(int row);
    Q_INVOKABLE void discard(int row);
    /// The document gets exactly the cell's recipe, as one undo step.
    Q_INVOKABLE bool open(int row);
    /// Computes the cell's picture anew and says whether it is the same.
    Q_INVOKABLE void renderAgain(int row);
    /// A PNG of the whole sheet with labels. Written on another thread.
    Q_INVOKABLE void exportTo(const QUrl& file);
    /// Numbers of the range of a knob, for the boxes: from, to.
    Q_INVOKABLE QVariantList rangeOf(int knob) const;

Q_SIGNALS:
    void planned();
    void titleChanged(); ///< another sheet, or another language
    void progressChanged();
    void currentChanged();
    void staleChanged();
    void knobsChanged();
    void opened();
    void said(const QString& words, bool severe);

private:
    struct Cell {
        WedgeCell wedge;
        RecipePointer recipe;
        QImage image;
        QString message, mark, keptId;
        bool failed = false;
        bool asked = false;
    };
    void plan(const QString& kind, std::function<Result<Wedge>(const Recipe&)> make);
    void take(const RecipePointer& base, Wedge wedge, std::vector<Cell> cells);
    void askCells();
    void ask(int row, bool afresh);
    void answer(int row, Result<PreviewPicture> picture, const QImage& before);
    void tell(int row);
    [[nodiscard]] int ready() const;
    [[nodiscard]] int failed() const;
    [[nodiscard]] bool valid(int row) const { return row >= 0 && row < rowTotal(); }
    [[nodiscard]] Cell& cell(int row) { return m_cells[static_cast<std::size_t>(row)]; }
    [[nodiscard]] QString slotOf(int row) const;
    void findKnobs();

    Document* m_document;
    Player* m_player;
    Gallery* m_gallery;
    const Catalogue* m_effects;
    PreviewEngine* m_engine = nullptr;
    RecipePointer m_base;
    Wedge m_wedge;
    std::vector<Cell> m_cells;
    std::vector<Knob> m_knobs;
    QString m_kind, m_message;
    std::uint64_t m_round = 0;
    quint64 m_serial = 0;
    int m_current = -1;
    bool m_shown = false;
    bool m_planning = false;
    QElapsedTimer m_clock;
    double m_firstSeconds = -1, m_allSeconds = -1;
    std::unique_ptr<WorkQueue> m_thread = std::make_unique<WorkQueue>(1); ///< last: it ends first
};

} // namespace artdag
