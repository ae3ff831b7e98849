// SPDX-License-Identifier: GPL-3.0-or-later
// All films and looks that were made here, newest first, with what the artist thinks of them. The list is in the
// catalogue of core/workflow, which a thread of its own reads and writes; films lie where they were written. It deletes films
// only when the discarded ones are emptied.
#pragma once

#include "core/workflow/render_catalogue.h"
#include "ui/work_queue.h"

#include <QAbstractListModel>
#include <QDateTime>
#include <QImage>
#include <QSet>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace artdag {

struct GalleryEntry {
    QString id;        ///< of the run
    bool look = false; ///< settings without a film
    QString title;
    QString film, provenance, poster; ///< paths
    QString contentHash, framesHash;
    QString encode;
    int width = 0, height = 0;
    double seconds = 0;
    QDateTime when;
    QString mark; ///< empty, kept, starred, discarded
    QString notes, tags;
    QString page;     ///< where it was published
    QString parent;   ///< the entry whose recipe this one's was made from
    QString renderer; ///< the base URL of the one that rendered it; empty: here
    ContentId recipeId;
    bool missing = false;      ///< the film is not where it was
    QString searched;          ///< title, notes and tags in lower case
    std::string recipe;        ///< only of one that is being added: its text
    QImage image;              ///< the same: what its poster is to be
    bool posterComing = false; ///< being written: a view that reads it now would not read it again
};

class Gallery : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY filterChanged)
    Q_PROPERTY(QString recipeTitle READ recipeTitle WRITE setRecipeTitle NOTIFY filterChanged)
    Q_PROPERTY(QStringList recipeTitles READ recipeTitles NOTIFY countChanged)
    Q_PROPERTY(int count READ rowTotal NOTIFY countChanged)
    Q_PROPERTY(int total READ total NOTIFY countChanged)
    Q_PROPERTY(int discarded READ discarded NOTIFY countChanged)
    Q_PROPERTY(int selectedCount READ selectedCount NOTIFY selectionChanged)
    Q_PROPERTY(bool loaded READ isLoaded NOTIFY countChanged)
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY undoChanged)
    Q_PROPERTY(QString undoText READ undoText NOTIFY undoChanged)
    Q_PROPERTY(QString emptying READ emptying NOTIFY emptyingChanged)
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged)
    Q_PROPERTY(QString currentId READ currentId NOTIFY currentChanged)
    Q_PROPERTY(QString currentTitle READ currentTitle NOTIFY currentChanged)
    Q_PROPERTY(QString currentFacts READ currentFacts NOTIFY currentChanged)
    Q_PROPERTY(QString currentHash READ currentHash NOTIFY currentChanged)
    Q_PROPERTY(QString currentPath READ currentPath NOTIFY currentChanged)
    Q_PROPERTY(QUrl currentFilm READ currentFilm NOTIFY currentChanged)
    Q_PROPERTY(QString currentRenderer READ currentRenderer NOTIFY currentChanged)
    Q_PROPERTY(QString currentPage READ currentPage NOTIFY currentChanged)
    Q_PROPERTY(QString currentNotes READ currentNotes NOTIFY currentChanged)
    Q_PROPERTY(QString currentTags READ currentTags NOTIFY currentChanged)
    Q_PROPERTY(QString currentMark READ currentMark NOTIFY currentChanged)
    Q_PROPERTY(QVariant currentImage READ currentImage NOTIFY currentImageChanged)

public:
    enum Role {
        TitleRole = Qt::UserRole + 1,
        PosterRole,
        FilmRole,
        WhenRole,
        LengthRole,
        MarkRole,
        SizeRole,
        PageRole,
        MissingRole,
        SelectedRole,
        LookRole,
        NotedRole,
    };

    explicit Gallery(std::filesystem::path directory, QObject* parent = nullptr);
    ~Gallery() override;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : rowTotal(); }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int rowTotal() const { return static_cast<int>(m_shown.size()); }
    [[nodiscard]] int total() const { return static_cast<int>(m_entries.size()); }
    [[nodiscard]] int discarded() const;
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    /// all (but the discarded), kept, starred, published, looks, discarded
    [[nodiscard]] QString filter() const { return m_filter; }
    void setFilter(const QString& filter);
    [[nodiscard]] QString search() const { return m_search; } ///< every word must be in title, notes or tags
    void setSearch(const QString& search);
    [[nodiscard]] QString recipeTitle() const { return m_recipeTitle; } ///< empty: of any recipe
    void setRecipeTitle(const QString& title);
    [[nodiscard]] QStringList recipeTitles() const;
    [[nodiscard]] int current() const { return m_current; }
    void setCurrent(int row);
    [[nodiscard]] const GalleryEntry* currentEntry() const;
    [[nodiscard]] const GalleryEntry* entryAt(int row) const { return row >= 0 && row < rowTotal() ? &at(row) : nullptr; }
    [[nodiscard]] const GalleryEntry* entryOf(const QString& id) const;
    [[nodiscard]] const GalleryEntry* entryOfRecipe(const ContentId& recipe) const;
    [[nodiscard]] QString currentId() const { return currentEntry() == nullptr ? QString() : currentEntry()->id; }
    [[nodiscard]] QString currentTitle() const;
    [[nodiscard]] QString currentFacts() const;
    [[nodiscard]] QString currentHash() const;
    [[nodiscard]] QString currentPath() const;
    [[nodiscard]] QUrl currentFilm() const;
    [[nodiscard]] QString currentRenderer() const; ///< its name; empty: it was rendered here
    [[nodiscard]] QString currentPage() const;
    [[nodiscard]] QString currentNotes() const;
    [[nodiscard]] QString currentTags() const;
    [[nodiscard]] QString currentMark() const;
    [[nodiscard]] QVariant currentImage() const { return m_currentImage; }

    // Several at once: what is chosen, or only the current one.
    [[nodiscard]] int selectedCount() const { return static_cast<int>(m_selected.size()); }
    [[nodiscard]] QList<int> selectedRows() const;
    /// A click: alone, one more or less (Ctrl), all from the current one (Shift).
    Q_INVOKABLE void choose(int row, bool toggle, bool range);
    Q_INVOKABLE void selectAll();
    Q_INVOKABLE void clearSelection();

    /// Adds a film, with its text and picture. One in the same file takes the place of the earlier entry.
    void add(GalleryEntry entry);
    void removeLook(const QString& id);
    void setPage(const QString& id, const QString& page);
    /// The text of an entry's recipe, later and on this thread; empty words when it cannot be read.
    void askRecipe(const QString& id, std::function<void(const std::string& text)> done);
    /// The texts of all recipes here that name media by content.
    void askRecipesWithMedia(std::function<void(std::shared_ptr<const std::vector<std::string>> texts)> done);
    /// kept, starred or discarded, for the row or, when it is one of the selected, for all of them; the same again takes it back.
    Q_INVOKABLE void mark(int row, const QString& mark);
    /// Of the entry that was being written about, which need not be the current one any more.
    Q_INVOKABLE void setNotes(const QString& id, const QString& notes);
    Q_INVOKABLE void setTags(const QString& id, const QString& tags);
    [[nodiscard]] bool canUndo() const { return !m_undo.empty(); }
    [[nodiscard]] QString undoText() const;
    Q_INVOKABLE void undo();
    Q_INVOKABLE void redo();

    /// What emptying would free, in words; asks the disk first (`emptyingChanged`).
    [[nodiscard]] QString emptying() const { return m_emptying; }
    Q_INVOKABLE void weighDiscarded();
    /// Deletes the discarded films with their provenance and posters, and forgets them.
    Q_INVOKABLE void emptyDiscarded();

Q_SIGNALS:
    void filterChanged();
    void countChanged();
    void currentChanged();
    void currentImageChanged();
    void selectionChanged();
    void undoChanged();
    void emptyingChanged();
    void said(const QString& words, bool severe);

private:
    struct Feelings { ///< what undo brings back
        QString id, mark, notes, tags;
    };
    struct UndoStep {
        QString words;
        std::vector<Feelings> before, after;
    };
    using Write = std::function<Result<void>(RenderCatalogue&)>;
    void load();
    void post(Write write);
    void show();
    void showChanges();
    void showAfterLoss(const QString& current);
    void countEntries();
    void change(const QString& words, const std::vector<int>& entries, const std::function<void(GalleryEntry&)>& edit);
    void apply(const std::vector<Feelings>& feelings);
    void store(const std::vector<int>& entries);
    void askImage();
    [[nodiscard]] std::vector<int> discardedEntries() const;
    [[nodiscard]] bool passes(const GalleryEntry& entry, const QStringList& words) const;
    [[nodiscard]] int indexOf(const QString& id) const { return m_byId.value(id, -1); }
    [[nodiscard]] std::vector<int> passing() const;
    [[nodiscard]] int rowOf(int entry) const;
    [[nodiscard]] const GalleryEntry& at(int row) const { return m_entries[static_cast<std::size_t>(m_shown[static_cast<std::size_t>(row)])]; }

    std::filesystem::path m_directory;
    std::vector<GalleryEntry> m_entries;
    QHash<QString, int> m_byId;
    std::vector<int> m_shown; ///< indices of entries, in order
    QString m_filter = QStringLiteral("all"), m_search, m_recipeTitle, m_emptying;
    QSet<QString> m_selected;
    std::vector<UndoStep> m_undo, m_redo;
    int m_current = -1;
    bool m_loaded = false;
    QVariant m_currentImage;
    QString m_imageOf;
    std::shared_ptr<std::optional<RenderCatalogue>> m_catalogue = std::make_shared<std::optional<RenderCatalogue>>(); ///< of the thread
    std::unique_ptr<WorkQueue> m_disk = std::make_unique<WorkQueue>(1);
    quint64 m_order = 0;
};

} // namespace artdag
