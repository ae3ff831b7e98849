// SPDX-License-Identifier: GPL-3.0-or-later
// Files in and out of a session: recipes, media, films; and the small pictures on the cards.
#include "core/recipe/edit_recipe.h"
#include "core/workflow/pack_recipe.h"
#include "ui/film_folder.h"
#include "ui/qt_std.h"
#include "ui/scope_target.h"
#include "ui/session.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace artdag {

namespace {
constexpr qint64 largestRecipe = 64 << 20;
const QColor soundColour(0, 158, 115);

QImage waveformImage(const PreviewPeaks& peaks, QSize size)
{
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    const double step = static_cast<double>(size.width()) / static_cast<double>(peaks.peaks.size());
    for (std::size_t i = 0; i < peaks.peaks.size(); ++i) {
        const double reach = std::max(0.5, std::min(1.0F, peaks.peaks[i]) * (size.height() / 2.0 - 6));
        painter.fillRect(QRectF(static_cast<double>(i) * step, size.height() / 2.0 - reach, std::max(1.0, step - 1), 2 * reach), soundColour);
    }
    return image;
}

QString factsOf(const Sources::MediaFacts& facts)
{
    QStringList parts;
    if (facts.hasPicture)
        parts << QCoreApplication::translate("StudioSession", "%1 × %2", "size in pixels").arg(facts.width).arg(facts.height);
    if (!facts.still)
        parts << QCoreApplication::translate("StudioSession", "%1 s", "seconds").arg(QLocale().toString(secondsOfFlicks(facts.hasPicture ? facts.duration : facts.soundDuration), 'f', 1));
    if (facts.hasPicture && !facts.still)
        parts << (facts.hasSound ? QCoreApplication::translate("StudioSession", "with sound") : QCoreApplication::translate("StudioSession", "without sound"));
    return parts.join(QStringLiteral(", "));
}
} // namespace

bool StudioSession::open(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        m_recent.remove(path);
        say(tr("%1: %2").arg(QFileInfo(path).fileName(), file.errorString()), true);
        return false;
    }
    if (file.size() > largestRecipe) {
        say(tr("%1: it is too long for a recipe").arg(QFileInfo(path).fileName()), true);
        return false;
    }
    ReadRecipe read = readRecipe(file.readAll().toStdString());
    if (!read.ok() && read.recipe.nodes.empty() && read.recipe.inputs.empty()) {
        const std::string why = read.problems.empty() ? std::string() : read.problems.front().message;
        say(tr("%1 is no recipe: %2").arg(QFileInfo(path).fileName(), toQt(std::string_view(why))), true);
        return false;
    }
    const bool sample = path.startsWith(QLatin1Char(':'));
    m_readProblems = std::move(read.problems);
    clearNotice();
    begin(std::move(read.recipe), sample ? QString() : QFileInfo(path).absoluteFilePath());
    if (!sample)
        takeMediaOf(QFileInfo(path).absoluteFilePath());
    return true;
}

/// A packed recipe brings its media along, which are found by their content.
void StudioSession::takeMediaOf(const QString& path)
{
    if (!m_workspace) {
        connect(
            this, &StudioSession::readyChanged, this, [this, path] {
                if (m_workspace && m_document.path() == path)
                    takeMediaOf(path);
            },
            Qt::SingleShotConnection);
        return;
    }
    m_disk->post(Urgency::Viewer, "media beside:" + toStd(path), [this, path, recipe = m_document.recipe()](const CancelToken&) {
        auto found = std::make_shared<Result<std::vector<ContentId>>>(takeMediaBeside(*m_workspace, *recipe, toPath(path)));
        QMetaObject::invokeMethod(
            this, [this, path, found] {
                if (!*found)
                    return say(tr("The media beside %1 cannot be read: %2").arg(QFileInfo(path).fileName(), wordsOf(found->error())), true);
                if (!(*found)->empty() && m_document.path() == path)
                    onRecipeChanged(); // what was missing is there now
            },
            Qt::QueuedConnection);
    });
}

void StudioSession::pack(const QUrl& folder)
{
    if (!m_workspace)
        return;
    const QString name = m_document.path().isEmpty() ? m_document.title() : QFileInfo(m_document.path()).completeBaseName();
    const QString path = QDir(folder.toLocalFile()).filePath(QString(name).replace(QLatin1Char('/'), QLatin1Char('-')));
    say(tr("Packing %1 …").arg(m_document.title()));
    m_disk->post(Urgency::Viewer, "pack", [this, path, recipe = m_document.recipe()](const CancelToken&) {
        auto packed = std::make_shared<Result<PackedRecipe>>(packRecipe(*m_workspace, *recipe, toPath(path)));
        QMetaObject::invokeMethod(
            this, [this, path, packed] {
                if (!*packed)
                    return say(tr("It cannot be packed: %1").arg(wordsOf(packed->error())), true);
                const int files = static_cast<int>((*packed)->files.size());
                say(files == 1 ? tr("Packed with one file: %1").arg(QDir::toNativeSeparators(path)) : tr("Packed with %1 files: %2").arg(files).arg(QDir::toNativeSeparators(path)));
            },
            Qt::QueuedConnection);
    });
}

void StudioSession::whenSure(std::function<void()> wish)
{
    m_wishAfterSaving = false;
    if (!m_document.isModified()) {
        wish();
        return;
    }
    m_wish = std::move(wish);
    Q_EMIT unsavedAsked();
}

void StudioSession::wishToOpen(const QString& path)
{
    whenSure([this, path] { open(path); });
}

void StudioSession::wishToOpenUrl(const QUrl& url)
{
    wishToOpen(url.isLocalFile() ? url.toLocalFile() : url.toString());
}

void StudioSession::wishForNew()
{
    whenSure([this] { newDocument(); });
}

void StudioSession::wishForRecipeOfCurrentFilm()
{
    if (const GalleryEntry* entry = m_gallery.currentEntry())
        wishForRecipeOf(entry->id, false);
}

void StudioSession::wishForRecipeOf(const QString& id, bool variant)
{
    whenSure([this, id, variant] { m_explore.openRecipeOf(id, variant); });
}

bool StudioSession::mayClose()
{
    if (!m_document.isModified())
        return true;
    whenSure([] { QCoreApplication::quit(); });
    return false;
}

void StudioSession::goOnAfterSaving()
{
    m_wishAfterSaving = true;
    save();
}

void StudioSession::goOnWithoutSaving()
{
    if (const auto wish = std::exchange(m_wish, nullptr))
        wish();
}

void StudioSession::stay()
{
    m_wish = nullptr;
}

void StudioSession::newDocument()
{
    Recipe recipe;
    recipe.title = toStd(tr("Untitled"));
    recipe.canvas.width = 1280;
    recipe.canvas.height = 720;
    recipe.outputs.push_back({});
    recipe.outputs.front().name = "main";
    m_readProblems.clear();
    begin(std::move(recipe), {});
}

void StudioSession::writeTo(const QString& path)
{
    if (const Result<void> taken = m_lock.take(path); !taken) {
        m_wishAfterSaving = false;
        say(tr("%1: it is not overwritten from here. Save under another name.").arg(wordsOf(taken.error())), true);
        return;
    }
    m_disk->post(
        Urgency::Viewer, "save", [this, path, recipe = m_document.recipe()](const CancelToken&) {
            auto saved = std::make_shared<Result<void>>(saveRecipe(*recipe, toPath(path)));
            QMetaObject::invokeMethod(
                this, [this, path, recipe, saved] {
                    if (!*saved) {
                        m_wishAfterSaving = false;
                        say(tr("Not saved: %1. The file is as it was before.").arg(wordsOf(saved->error())), true);
                        return;
                    }
                    m_document.markSaved(recipe, path);
                    m_recent.add(path);
                    keepVersion(recipe, path);
                    if (std::exchange(m_wishAfterSaving, false))
                        goOnWithoutSaving();
                },
                Qt::QueuedConnection);
        },
        true);
}

void StudioSession::save()
{
    if (m_document.path().isEmpty())
        Q_EMIT saveAsWanted();
    else
        writeTo(m_document.path());
}

void StudioSession::saveAs(const QUrl& url)
{
    QString path = url.toLocalFile();
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += QStringLiteral(".artdag");
    writeTo(path);
}

void StudioSession::render(bool first)
{
    if (!m_workspace)
        return;
    if (m_document.recipe()->outputs.empty()) {
        say(tr("This recipe has no output: add one, then render."), true);
        return;
    }
    // The first export makes the key; one that cannot be opened now does not keep the film waiting.
    m_keys.ensure([this, first] {
        renderNow();
        if (first)
            m_queue.moveFirst(m_queue.rowTotal() - 1);
    });
}

void StudioSession::renderNow()
{
    m_queue.add(*m_document.recipe(), {}, filmFolder(), m_keys.key(), m_explore.parentOfDocument());
}

void StudioSession::renderOn(const QString& renderer)
{
    if (m_workspace)
        m_explore.order({m_explore.outputs().value(0)}, 0, {}, renderer);
}

void StudioSession::cancelRendering()
{
    for (int row = 0; row < m_queue.rowTotal(); ++row) {
        const QString state = m_queue.data(m_queue.index(row), RenderQueue::StateRole).toString();
        if (state == QLatin1String("running") || state == QLatin1String("waiting"))
            m_queue.cancel(row);
    }
}

void StudioSession::importFile(const QString& path, std::function<void(const ImportedFile&)> then)
{
    if (!m_workspace)
        return;
    say(tr("Reading %1 …").arg(QFileInfo(path).fileName()));
    m_disk->post(Urgency::Viewer, "import:" + toStd(path), [this, path, then = std::move(then)](const CancelToken&) {
        auto work = [&]() -> Result<ImportedFile> {
            const ContentId id = TRY(importMedia(*m_workspace, toPath(path)));
            const auto facts = TRY(m_workspace->sources->facts(id));
            return ImportedFile{id, facts.still, factsOf(facts)};
        };
        auto result = std::make_shared<Result<ImportedFile>>(work());
        QMetaObject::invokeMethod(
            this, [this, path, result, then] {
                if (!*result) {
                    say(tr("%1 cannot be used: %2").arg(QFileInfo(path).fileName(), wordsOf(result->error())), true);
                    return;
                }
                clearNotice();
                m_explore.library()->remember(QFileInfo(path).absoluteFilePath(), (*result)->id);
                then(**result);
            },
            Qt::QueuedConnection);
    });
}

void StudioSession::chooseInputFile(int row, const QUrl& url)
{
    importFile(url.toLocalFile(), [this, row](const ImportedFile& file) { m_form.setText(row, toQt(std::string_view(file.id.text()))); });
}

void StudioSession::openRecipeOfCurrentFilm()
{
    if (const GalleryEntry* entry = m_gallery.currentEntry())
        m_explore.openRecipeOf(entry->id, false);
}

void StudioSession::askThumbnails()
{
    if (!m_engine || m_document.inGesture() || m_player.isPlaying())
        return;
    m_engine->cancel("thumb:");
    for (const SceneCard& card : m_graph.scene().cards()) {
        if (card.kind != CardKind::Output && card.kind != CardKind::Missing && m_graph.isSeen(card))
            askThumbnail(card);
    }
}

void StudioSession::askThumbnail(const SceneCard& card)
{
    const RecipePointer recipe = m_document.recipe();
    const PreviewTarget target = targetInScope(*m_graph.scope(), *recipe, m_effects, card.name);
    const std::string flat = m_graph.scope()->flatName(card.name);
    const std::string slot = "thumb:" + flat;
    if (target.picture) {
        const double scale = previewScale(recipe->canvas.width, recipe->canvas.height, GraphScene::cardWidth, GraphScene::pictureHeight);
        m_engine->askPicture(Urgency::Thumbnail, slot, {target.picture, std::nullopt}, m_player.frame(), scale, [this, name = flat](Result<PreviewPicture> picture) {
            if (picture)
                m_report.setTime(name, picture->milliseconds, picture->scale);
            m_graph.setThumbnail(name, picture ? picture->image : QImage());
        });
    } else if (target.sound) {
        const SampleRange range{0, sampleOfFrame(m_player.frames(), m_player.rate(), recipe->canvas.sampleRate)};
        m_engine->askPeaks(Urgency::Thumbnail, slot, target, range, 80, [this, name = flat](Result<PreviewPeaks> peaks) {
            m_graph.setThumbnail(name, peaks ? waveformImage(*peaks, {static_cast<int>(GraphScene::cardWidth), static_cast<int>(GraphScene::pictureHeight)}) : QImage());
        });
    }
}

} // namespace artdag
