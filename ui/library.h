// SPDX-License-Identifier: GPL-3.0-or-later
// What a recipe can be made of: media by content with where they are used, effects, recipes of a folder, templates. It looks
// at files and the store on a thread of its own, tells what is missing or has changed, and changes the document only when asked.
#pragma once

#include "core/workflow/media_uses.h"
#include "core/workflow/workspace.h"
#include "ui/gallery.h"
#include "ui/preview_engine.h"

#include <QAbstractListModel>
#include <QFileSystemWatcher>
#include <QPointF>
#include <QTimer>
#include <QUrl>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace artdag {

class Library : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Explore")
    Q_PROPERTY(QString section READ section WRITE setSection NOTIFY sectionChanged)
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY sectionChanged)
    Q_PROPERTY(int count READ rowTotal NOTIFY countChanged)
    Q_PROPERTY(int missing READ missing NOTIFY countChanged)
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged)
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged)
    Q_PROPERTY(QString folder READ folder NOTIFY sectionChanged)

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        DetailRole,
        StateRole, ///< ready, missing, changed; sound for what has no picture
        ImageRole,
        KeyRole, ///< what use and drops are told: an id, an effect, a path
    };

    Library(Document& document, Gallery& gallery, const Catalogue& effects, QObject* parent = nullptr);
    ~Library() override;

    void setWorkspace(Workspace* workspace, PreviewEngine* engine);
    void setTemplates(const QVariantList& samples) { m_templates = samples; } ///< {title, words, path}
    /// Looks at the disk when it is shown; a hidden one only watches the open recipe's files.
    void setShown(bool shown);
    /// A file that was taken in, so that a change of it is noticed.
    void remember(const QString& path, const ContentId& id);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : rowTotal(); }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int rowTotal() const { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] int missing() const;
    [[nodiscard]] QString section() const { return m_section; } ///< media, effects, recipes, templates
    void setSection(const QString& section);
    [[nodiscard]] QString search() const { return m_search; }
    void setSearch(const QString& search);
    [[nodiscard]] int current() const { return m_current; }
    void setCurrent(int row);
    [[nodiscard]] bool isBusy() const { return m_looking > 0; }
    [[nodiscard]] QString folder() const;
    Q_INVOKABLE void setFolder(const QUrl& folder);

    /// Into the recipe (media, effects), or opened (recipes, templates).
    Q_INVOKABLE void use(int row);
    Q_INVOKABLE void useAt(const QString& section, const QString& key, QPointF at);
    /// Reads every byte of the files that are known, whatever their dates say.
    Q_INVOKABLE void rescan();
    /// Looks for what is missing in a folder and below, by content.
    Q_INVOKABLE void findIn(const QUrl& folder);
    /// The file's new content takes the place of the old one everywhere in the open recipe.
    Q_INVOKABLE void takeNew(int row);

Q_SIGNALS:
    void sectionChanged();
    void countChanged();
    void currentChanged();
    void busyChanged();
    void said(const QString& words, bool severe);
    void folderWanted();
    void effectWanted(const QString& effect, QPointF at);
    void recipeFileWanted(const QString& path);

private:
    struct Row {
        QString name, detail, state, key;
        QImage image;
        QString path;
        ContentId id;
    };
    struct Media { ///< as the thread found it
        ContentId id;
        QString name, state;
        qint64 size = 0;
        bool here = false; ///< used by the open recipe
        int others = 0;
        QStringList places;
        QString path;
    };
    using Files = std::map<QString, ContentId>; ///< path → content when it was taken in
    void refreshSoon() { m_refreshSoon.start(); }
    void refresh();
    void lookAtMedia(bool wholeFiles);
    void takeMedia(std::vector<Media> media);
    void rebuild();
    void show(std::vector<Row> rows);
    void lookAtRecipes();
    void askThumbnail(const Row& row);
    void watch();
    void fileChanged(const QString& path);
    void saveFiles();
    void work(std::string slot, std::function<void(const CancelToken&)> job);
    void ended();
    [[nodiscard]] bool passes(const QString& words) const;
    [[nodiscard]] bool valid(int row) const { return row >= 0 && row < rowTotal(); }

    Document* m_document;
    Gallery* m_gallery;
    const Catalogue* m_effects;
    Workspace* m_workspace = nullptr;
    PreviewEngine* m_engine = nullptr;
    QVariantList m_templates;
    std::vector<Row> m_rows;
    std::vector<Media> m_media;
    std::vector<Row> m_recipes; ///< of the folder
    std::map<ContentId, QImage> m_thumbnails;
    std::map<QString, ContentId> m_changed; ///< files whose content is another now
    Files m_files;
    std::shared_ptr<const std::vector<std::string>> m_otherTexts;
    QString m_section = QStringLiteral("media"), m_search, m_folder;
    int m_current = -1, m_looking = 0;
    bool m_shown = false;
    quint64 m_order = 0;
    QFileSystemWatcher m_watcher;
    QTimer m_refreshSoon;
    std::unique_ptr<WorkQueue> m_thread = std::make_unique<WorkQueue>(1); ///< last: it ends first
};

} // namespace artdag
