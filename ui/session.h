// SPDX-License-Identifier: GPL-3.0-or-later
// The one root object of the views: owns the document, the models made from it, and the engine behind them, and says in
// words what went wrong. It wires rooms together and computes nothing itself.
#pragma once

#include "core/workflow/workspace.h"
#include "ui/command_search.h"
#include "ui/document_lock.h"
#include "ui/explore.h"
#include "ui/field_model.h"
#include "ui/film_check.h"
#include "ui/flash_watch.h"
#include "ui/gallery.h"
#include "ui/graph_canvas.h"
#include "ui/graph_model.h"
#include "ui/journal.h"
#include "ui/key_holder.h"
#include "ui/languages.h"
#include "ui/node_report.h"
#include "ui/palette_model.h"
#include "ui/player.h"
#include "ui/preferences.h"
#include "ui/presets.h"
#include "ui/preview_engine.h"
#include "ui/problems_model.h"
#include "ui/publisher.h"
#include "ui/recent_files.h"
#include "ui/render_queue.h"
#include "ui/renderers.h"
#include "ui/studio_commands.h"
#include "ui/system_theme.h"
#include "ui/templates.h"
#include "ui/timeline.h"
#include "ui/versions.h"
#include "ui/viewer.h"

#include <QObject>
#include <QSettings>
#include <QTimer>
#include <QUrl>

#include <filesystem>
#include <memory>

namespace artdag {

class StudioSession : public QObject {
    Q_OBJECT
    QML_NAMED_ELEMENT(Session)
    QML_UNCREATABLE("given to the root by main")
    Q_PROPERTY(artdag::Document* document READ document CONSTANT)
    Q_PROPERTY(artdag::GraphModel* graph READ graph CONSTANT)
    Q_PROPERTY(artdag::NodeReport* report READ report CONSTANT)
    Q_PROPERTY(artdag::FieldModel* form READ form CONSTANT)
    Q_PROPERTY(artdag::FieldModel* handles READ handles CONSTANT)
    Q_PROPERTY(artdag::FieldModel* canvasForm READ canvasForm CONSTANT)
    Q_PROPERTY(artdag::Presets* presets READ presets CONSTANT)
    Q_PROPERTY(artdag::PaletteModel* palette READ palette CONSTANT)
    Q_PROPERTY(artdag::ProblemsModel* problems READ problems CONSTANT)
    Q_PROPERTY(artdag::Player* player READ player CONSTANT)
    Q_PROPERTY(artdag::Viewer* viewer READ viewer CONSTANT)
    Q_PROPERTY(artdag::Timeline* timeline READ timeline CONSTANT)
    Q_PROPERTY(artdag::RenderQueue* queue READ queue CONSTANT)
    Q_PROPERTY(artdag::Renderers* renderers READ renderers CONSTANT)
    Q_PROPERTY(artdag::Gallery* gallery READ gallery CONSTANT)
    Q_PROPERTY(artdag::Explore* explore READ explore CONSTANT)
    Q_PROPERTY(artdag::FilmCheck* check READ check CONSTANT)
    Q_PROPERTY(artdag::KeyHolder* keys READ keys CONSTANT)
    Q_PROPERTY(artdag::Publisher* publisher READ publisher CONSTANT)
    // The window around the panels.
    Q_PROPERTY(artdag::Commands* commands READ commands CONSTANT)
    Q_PROPERTY(artdag::CommandSearch* commandSearch READ commandSearch CONSTANT)
    Q_PROPERTY(artdag::StudioCommands* studio READ studio CONSTANT)
    Q_PROPERTY(artdag::Preferences* preferences READ preferences CONSTANT)
    Q_PROPERTY(artdag::Languages* languages READ languages CONSTANT)
    Q_PROPERTY(artdag::Journal* journal READ journal CONSTANT)
    Q_PROPERTY(artdag::Versions* versions READ versions CONSTANT)
    Q_PROPERTY(artdag::RecentFiles* recent READ recent CONSTANT)
    Q_PROPERTY(artdag::Templates* templates READ templates CONSTANT)
    Q_PROPERTY(bool welcome READ isWelcome NOTIFY placeChanged)
    Q_PROPERTY(QString homePath READ homePath CONSTANT)
    Q_PROPERTY(QString place READ place WRITE setPlace NOTIFY placeChanged)
    Q_PROPERTY(int placeIndex READ placeIndex NOTIFY placeChanged)
    Q_PROPERTY(bool dark READ isDark WRITE setDark NOTIFY darkChanged)
    Q_PROPERTY(bool ready READ isReady NOTIFY readyChanged)
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged)
    Q_PROPERTY(bool noticeSevere READ isNoticeSevere NOTIFY noticeChanged)
    Q_PROPERTY(QVariantList samples READ samples CONSTANT)
    Q_PROPERTY(QStringList licenses READ licenses NOTIFY recipeWordsChanged)
    Q_PROPERTY(QString tags READ tags NOTIFY recipeWordsChanged)

public:
    /// `home` is where store, keys and gallery are; opened on a thread of its own.
    explicit StudioSession(std::filesystem::path home, QObject* parent = nullptr);
    ~StudioSession() override;

    [[nodiscard]] Document* document() { return &m_document; }
    [[nodiscard]] GraphModel* graph() { return &m_graph; }
    [[nodiscard]] NodeReport* report() { return &m_report; }
    [[nodiscard]] FieldModel* form() { return &m_form; }
    [[nodiscard]] FieldModel* handles() { return &m_handles; }
    [[nodiscard]] FieldModel* canvasForm() { return &m_canvasForm; }
    [[nodiscard]] Presets* presets() { return &m_presets; }
    [[nodiscard]] PaletteModel* palette() { return &m_palette; }
    [[nodiscard]] ProblemsModel* problems() { return &m_problems; }
    [[nodiscard]] Player* player() { return &m_player; }
    [[nodiscard]] Viewer* viewer() { return &m_viewer; }
    [[nodiscard]] Timeline* timeline() { return &m_timeline; }
    [[nodiscard]] RenderQueue* queue() { return &m_queue; }
    [[nodiscard]] Renderers* renderers() { return &m_renderers; }
    [[nodiscard]] Gallery* gallery() { return &m_gallery; }
    [[nodiscard]] Explore* explore() { return &m_explore; }
    [[nodiscard]] FilmCheck* check() { return &m_check; }
    [[nodiscard]] KeyHolder* keys() { return &m_keys; }
    [[nodiscard]] Publisher* publisher() { return &m_publisher; }
    [[nodiscard]] PreviewEngine* engine() { return m_engine.get(); }
    [[nodiscard]] Commands* commands() { return &m_commands; }
    [[nodiscard]] CommandSearch* commandSearch() { return &m_commandSearch; }
    [[nodiscard]] StudioCommands* studio() { return &m_studio; }
    [[nodiscard]] Preferences* preferences() { return &m_preferences; }
    [[nodiscard]] Languages* languages() { return &m_languages; }
    [[nodiscard]] Journal* journal() { return &m_journal; }
    [[nodiscard]] Versions* versions() { return &m_versions; }
    [[nodiscard]] RecentFiles* recent() { return &m_recent; }
    [[nodiscard]] Templates* templates() { return &m_templates; }
    [[nodiscard]] QString homePath() const;
    [[nodiscard]] bool isWelcome() const { return m_place == QLatin1String("welcome"); }

    [[nodiscard]] QString place() const { return m_place; } ///< make, explore, share, welcome
    [[nodiscard]] int placeIndex() const { return m_place == QLatin1String("share") ? 2 : (m_place == QLatin1String("explore") ? 1 : (isWelcome() ? 3 : 0)); }
    void setPlace(const QString& place);
    [[nodiscard]] bool isDark() const { return m_dark; }
    void setDark(bool dark);
    /// For this run only.
    void showDark(bool dark);
    [[nodiscard]] bool isReady() const { return m_workspace != nullptr; }
    [[nodiscard]] QString notice() const { return m_notice; }
    [[nodiscard]] bool isNoticeSevere() const { return m_noticeSevere; }
    [[nodiscard]] QVariantList samples() const; ///< {title, path}
    [[nodiscard]] QStringList licenses() const; ///< the recipe's own first
    [[nodiscard]] QString tags() const;
    /// Everything that was asked has arrived: for screenshots.
    [[nodiscard]] bool isSettled() const;

    /// A recipe file, or a sample (`:/recipes/…`), which opens as a new document. False when it cannot be read. The
    /// document that was open is gone: views go through the wishes below, which ask first.
    bool open(const QString& path);
    void newDocument();
    void openRecipeOfCurrentFilm();
    /// The gallery's entry of that id; asks first when edits would be lost.
    void wishForRecipeOf(const QString& id, bool variant);

    Q_INVOKABLE void wishToOpen(const QString& path);
    /// A template, which plays when it is there.
    Q_INVOKABLE void wishToPlay(const QString& path);
    /// A document that a crash left, or a kept version of this one (one undo step), or that version beside it.
    Q_INVOKABLE void wishToRecover(int row);
    /// Ends this process and starts another with the same document.
    Q_INVOKABLE void wishToRestart();
    Q_INVOKABLE void restoreVersion(int row);
    Q_INVOKABLE void openVersion(int row);
    Q_INVOKABLE void wishToOpenUrl(const QUrl& url);
    Q_INVOKABLE void wishForNew();
    Q_INVOKABLE void wishForRecipeOfCurrentFilm();
    /// Whether the window may close now; otherwise it asks, and quits when the answer is yes.
    Q_INVOKABLE bool mayClose();
    /// The answers to `unsavedAsked`: save first, lose the edits, or stay.
    Q_INVOKABLE void goOnAfterSaving();
    Q_INVOKABLE void goOnWithoutSaving();
    Q_INVOKABLE void stay();

    /// Saves to the document's file, or asks for one.
    Q_INVOKABLE void save();
    Q_INVOKABLE void saveAs(const QUrl& url);
    /// `first`: before all that wait.
    Q_INVOKABLE void render(bool first = false);
    /// On an attached renderer, by its URL.
    Q_INVOKABLE void renderOn(const QString& renderer);
    Q_INVOKABLE void cancelRendering();
    /// The recipe with all its media in a folder that is made there, to be given away.
    Q_INVOKABLE void pack(const QUrl& folder);
    /// Dropped or chosen files: recipes open, media become inputs near a point of the canvas.
    /// Films that were rendered here are asked about first, by `filmDropped`.
    Q_INVOKABLE void takeFile(const QUrl& url, QPointF at = {});
    /// The answers to `filmDropped`.
    Q_INVOKABLE void openDroppedRecipe();
    Q_INVOKABLE void useDroppedFilm();
    /// A media file for the input whose form is shown.
    Q_INVOKABLE void chooseInputFile(int row, const QUrl& url);
    Q_INVOKABLE void say(const QString& words, bool severe = false);
    Q_INVOKABLE void clearNotice();

Q_SIGNALS:
    void placeChanged();
    void darkChanged();
    void readyChanged();
    void noticeChanged();
    void saveAsWanted();
    /// Edits would be lost: the view asks what to do.
    void unsavedAsked();
    void filmDropped(const QString& name);
    void recipeWordsChanged();

private:
    void openWorkspaceSoon();
    void takeWorkspace(std::unique_ptr<Workspace> workspace);
    void connectModels();
    void connectExplore();
    void onRecipeChanged();
    void followCurrent();
    void inspect();
    void takeInspection(const Inspection& inspection);
    void showStatus();
    void askThumbnails();
    void askThumbnail(const SceneCard& card);
    void connectWindow();
    void applyLanguage();
    void limitDisk(int gigabytes);
    bool begin(Recipe recipe, const QString& path, bool saved = true);
    void keepVersion(const RecipePointer& recipe, const QString& path);
    void takeMedia(const QString& path, QPointF at);
    void renderNow();
    void writeTo(const QString& path);
    void whenSure(std::function<void()> wish);
    struct ImportedFile {
        ContentId id;
        bool still = false;
        QString facts; ///< `720 × 1280, 2.0 s, with sound`
    };
    void importFile(const QString& path, std::function<void(const ImportedFile&)> then);
    void showFirstHint();
    void takeMediaOf(const QString& path);

    std::filesystem::path m_home;
    QSettings m_settings;
    std::unique_ptr<Workspace> m_workspace;
    std::shared_ptr<const BridgeEffects> m_bridges;
    Catalogue m_effects; ///< the built-in ones, and m_bridges
    Document m_document;
    GraphModel m_graph;
    NodeReport m_report;
    FieldModel m_form, m_handles, m_canvasForm;
    Presets m_presets;
    PaletteModel m_palette;
    ProblemsModel m_problems;
    Player m_player;
    Viewer m_viewer;
    FlashWatch m_flashes;
    Timeline m_timeline;
    Renderers m_renderers; ///< outlives the queue, which asks for tokens
    RenderQueue m_queue;
    Gallery m_gallery;
    Explore m_explore;
    FilmCheck m_check;
    QString m_lastFilm;        ///< that was rendered
    int m_framesOfTheLast = 0; ///< that are rendered again as soon as nothing waits
    KeyHolder m_keys;
    PublishForm m_publishForm;
    Publisher m_publisher;
    SystemTheme m_systemTheme;
    Preferences m_preferences;
    Languages m_languages;
    StudioCommands m_studio;
    Commands m_commands;
    CommandSearch m_commandSearch;
    Journal m_journal;
    DocumentLock m_lock;
    Versions m_versions;
    RecentFiles m_recent;
    Templates m_templates;
    struct DroppedFilm {
        QString path;
        QPointF at;
        Recipe recipe;
    } m_dropped;
    std::unique_ptr<PreviewEngine> m_engine;
    std::unique_ptr<WorkQueue> m_disk;

    QString m_place = QStringLiteral("make");
    bool m_dark = true;
    QString m_notice;
    bool m_noticeSevere = false;
    std::vector<Problem> m_readProblems;
    std::map<std::string, CardStatus> m_inspected;
    QString m_viewed;
    std::function<void()> m_wish; ///< waits for an answer, or for the file to be written
    bool m_wishAfterSaving = false;
    QTimer m_inspectSoon, m_thumbnailsSoon;
    bool m_inspecting = false;
};

} // namespace artdag
