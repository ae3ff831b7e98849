// SPDX-License-Identifier: GPL-3.0-or-later
// How Explore, the queue and the library are joined to the rest of a session.
#include "ui/qt_std.h"
#include "ui/session.h"

#include <QDir>
#include <QFileInfo>

namespace artdag {

namespace {
constexpr int framesOfOurs = 3, framesOfOthers = 5; // of a film that was made, rendered again
} // namespace

void StudioSession::connectExplore()
{
    connect(&m_explore, &Explore::placeWanted, this, &StudioSession::setPlace);
    connect(&m_explore, &Explore::said, this, &StudioSession::say);
    connect(&m_explore, &Explore::recipeWanted, this, &StudioSession::wishForRecipeOf);
    m_explore.setKeys(&m_keys);
    Library* library = m_explore.library();
    library->setTemplates(samples());
    connect(library, &Library::recipeFileWanted, this, &StudioSession::wishToOpen);
    connect(library, &Library::effectWanted, this, [this](const QString& effect, QPointF at) { m_graph.addNode(effect, at); });

    connect(&m_queue, &RenderQueue::finished, this, [this](const GalleryEntry& entry) {
        m_gallery.add(entry);
        say(tr("Rendered %1: %2").arg(entry.title, QDir::toNativeSeparators(entry.film)));
        m_lastFilm = entry.film;
        m_framesOfTheLast = entry.renderer.isEmpty() ? framesOfOurs : framesOfOthers;
    });
    connect(&m_queue, &RenderQueue::allDone, this, [this](int films) {
        if (films > 0)
            m_check.check(m_lastFilm, m_framesOfTheLast);
    });
    connect(&m_check, &FilmCheck::done, this, [this](const QString& film, bool same, const QString& summary) {
        if (!same || m_place != QLatin1String("explore")) // there it is read beside the film
            say(tr("%1: %2", "a film: what was found").arg(QFileInfo(film).fileName(), summary), !same);
    });
    connect(&m_explore, &Explore::checkWanted, this, [this](bool whole) { m_check.check(m_gallery.currentPath(), whole ? 0 : framesOfOthers); });
    connect(&m_queue, &RenderQueue::failed, this, [this](const QString& words) { say(words, true); });
    connect(&m_queue, &RenderQueue::cacheFull, this, [this](const QString& words) { say(words); });
    connect(&m_queue, &RenderQueue::parallelChosen, this, [this](int runs) { m_settings.setValue(QStringLiteral("parallelRuns"), runs); });
    connect(&m_keys, &KeyHolder::changed, &m_queue, &RenderQueue::tryAgain);
    m_queue.setTokens([this](const std::string& renderer) { return m_renderers.token(renderer); });
    m_queue.setKeys([this] { return m_keys.key(); });
    m_queue.setParallel(m_settings.value(QStringLiteral("parallelRuns"), 1).toInt());
    m_queue.keepIn(m_home / "studio" / "queue.json");
}

} // namespace artdag
