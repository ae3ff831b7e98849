// SPDX-License-Identifier: GPL-3.0-or-later
// The Explore workspace: which of its views is shown, what a render came from and how it differs, and the way from a
// render back to a recipe. Its commands come here by their ids. Lists have models of their own.
#pragma once

#include "ui/commands.h"
#include "ui/contact_sheet.h"
#include "ui/library.h"
#include "ui/render_queue.h"

#include <QObject>
#include <QVariant>

#include <memory>

namespace artdag {

class KeyHolder;

class Explore : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(artdag::ContactSheet* sheet READ sheet CONSTANT)
    Q_PROPERTY(artdag::Library* library READ library CONSTANT)
    Q_PROPERTY(QString view READ view WRITE setView NOTIFY viewChanged)
    Q_PROPERTY(bool libraryShown READ isLibraryShown WRITE setLibraryShown NOTIFY libraryShownChanged)
    Q_PROPERTY(QVariantList lineage READ lineage NOTIFY lineageChanged)
    Q_PROPERTY(QStringList changes READ changes NOTIFY changesChanged)
    Q_PROPERTY(QVariantList compared READ compared NOTIFY comparedChanged)
    Q_PROPERTY(QStringList comparedChanges READ comparedChanges NOTIFY comparedChanged)
    Q_PROPERTY(QStringList outputs READ outputs NOTIFY outputsChanged)
    Q_PROPERTY(QStringList profileTitles READ profileTitles CONSTANT)
    Q_PROPERTY(QString folder READ folder CONSTANT)
    Q_PROPERTY(artdag::Commands* commands READ commands NOTIFY keysChanged) ///< for tooltips with the keys of the moment

public:
    Explore(Document& document, Player& player, Gallery& gallery, RenderQueue& queue, const Catalogue& effects, QObject* parent = nullptr);
    ~Explore() override;

    void setWorkspace(Workspace* workspace, PreviewEngine* engine);
    void setKeys(KeyHolder* keys) { m_keys = keys; }
    void setCommands(Commands* commands);
    [[nodiscard]] Commands* commands() const { return m_commands; }
    /// Whether the window shows Explore: variations are made only then.
    void setShown(bool shown);

    [[nodiscard]] ContactSheet* sheet() { return &m_sheet; }
    [[nodiscard]] Library* library() { return &m_library; }
    [[nodiscard]] QString view() const { return m_view; } ///< renders, sheet, compare
    void setView(const QString& view);
    [[nodiscard]] bool isLibraryShown() const { return m_libraryShown; }
    void setLibraryShown(bool shown);
    [[nodiscard]] QVariantList lineage() const { return m_lineage; }   ///< of the current render: {role, name, detail}
    [[nodiscard]] QStringList changes() const { return m_changes; }    ///< from the current render's recipe to the open one
    [[nodiscard]] QVariantList compared() const { return m_compared; } ///< two: {id, title, poster, film, facts}
    [[nodiscard]] QStringList comparedChanges() const { return m_comparedChanges; }
    [[nodiscard]] QStringList outputs() const;
    [[nodiscard]] QStringList profileTitles() const; ///< the first: each output's own
    [[nodiscard]] QString folder() const;
    /// The render whose recipe the open document was made from; empty for none.
    [[nodiscard]] QString parentOfDocument() const { return m_parent; }
    [[nodiscard]] bool isSettled() const { return (m_view != QLatin1String("sheet") || m_sheet.isSettled()) && m_gallery->isLoaded() && m_asked == 0; }

    /// A command of exploreCommands(). False for an id that is none of them.
    Q_INVOKABLE bool run(const QString& id);

    /// Variations of one place, written as a handle is: for an inspector row.
    Q_INVOKABLE void vary(const QString& place);
    /// The recipe of a render as the document, exactly or as a variant that names its origin.
    void openRecipeOf(const QString& id, bool variant);
    /// Orders outputs of the open recipe. `profile` is an index of profileTitles; an empty list means all outputs; `renderer` the URL of
    /// one, or empty: here.
    Q_INVOKABLE void order(const QStringList& outputs, int profile, const QUrl& folder, const QString& renderer = {});

Q_SIGNALS:
    void keysChanged();
    void viewChanged();
    void libraryShownChanged();
    void lineageChanged();
    void changesChanged();
    void comparedChanged();
    void outputsChanged();
    void placeWanted(const QString& place);
    void said(const QString& words, bool severe);
    /// Edits of the open document would be lost: the session asks first, then calls openRecipeOf.
    void recipeWanted(const QString& id, bool variant);
    void orderWanted();
    void sheetFileWanted();
    void findWanted();
    void emptyWanted();
    /// All frames of the current film, or a few.
    void checkWanted(bool whole);

private:
    bool runSheet(const QString& what);
    bool runGallery(const QString& what);
    bool runQueue(const QString& what);
    bool runLibrary(const QString& what);
    void showVariations();
    void compareTwo();
    void look();
    void lookAtLineage();
    void lookAtChanges();
    [[nodiscard]] QVariantMap comparedEntry(const GalleryEntry& entry) const;

    Document* m_document;
    Gallery* m_gallery;
    RenderQueue* m_queue;
    KeyHolder* m_keys = nullptr;
    Commands* m_commands = nullptr;
    ContactSheet m_sheet;
    Library m_library;
    QString m_view = QStringLiteral("renders");
    QString m_parent, m_comparedLeft, m_comparedRight;
    bool m_libraryShown = false;
    bool m_shown = false;
    int m_asked = 0;
    QVariantList m_lineage, m_compared;
    QStringList m_changes, m_comparedChanges;
    QTimer m_lookSoon;
    std::unique_ptr<WorkQueue> m_thread = std::make_unique<WorkQueue>(1); ///< last: it ends first
};

} // namespace artdag
