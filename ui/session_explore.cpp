// SPDX-License-Identifier: GPL-3.0-or-later
// How Explore, the queue and the library are joined to the rest of a session.
#include "ui/qt_std.h"
#include "ui/session.h"

#include <QDir>
#include <QFileInfo>

namespace artdag {

namespace {
constexpr int framesOfTheLast = 3; // film that was made: rendered again as soon as nothing waits
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
    });
    connect(&m_queue, &RenderQueue::allDone, this, [this](int films) {
        if (films > 0)
            m_check.check(m_lastFilm, framesOfTheLast);
    });
    connect(&m_check, &FilmCheck::done, this, [this](const QString& film, bool same, const QString& summary) {
        if (!same || m_place != QLatin1String("explore")) // there it is read beside the film
            say(tr("%1: %2", "a film: what was found").arg(QFileInfo(film).fileName(), summary), !same);
    });
    connect(&m_explore, &Explore::checkWanted, this, [this] { m_check.check(m_gallery.currentPath(), 0); });
    connect(&m_queue, &RenderQueue::failed, this, [this](const QString& words) { say(words, true); });
    connect(&m_queue, &RenderQueue::parallelChosen, this, [this](int runs) { m_settings.setValue(QStringLiteral("parallelRuns"), runs); });
    connect(&m_keys, &KeyHolder::changed, &m_queue, &RenderQueue::tryAgain);
    m_queue.setKeys([this] { return m_keys.key(); });
    m_queue.setParallel(m_settings.value(QStringLiteral("parallelRuns"), 1).toInt());
    m_queue.keepIn(m_home / "studio" / "queue.json");
}

} // namespace artdag
