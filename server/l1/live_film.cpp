// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l1/live_film.h"

#include "core/base/files.h"
#include "core/media/file_source.h"
#include "core/workflow/live_pieces.h"
#include "server/db/objects.h"
#include "server/l2/make_renditions.h"
#include "server/operation/log.h"

#include <algorithm>
#include <utility>

namespace artdag::server {

LiveFilm::LiveFilm(Site& site, std::filesystem::path folder, std::int64_t total)
    : m_site(site),
      m_folder(std::move(folder)),
      m_total(total)
{
}

LiveFilm::~LiveFilm()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopped = true;
        m_changed.notify_all();
    }
    if (m_thread.joinable())
        m_thread.join();
    std::error_code ignored;
    std::filesystem::remove_all(m_folder, ignored);
}

void LiveFilm::hear(const Json& progress)
{
    const std::lock_guard lock(m_mutex);
    std::vector<std::int64_t> pieces;
    for (const Json& frames : progress.value("pieces", Json::array()))
        pieces.push_back(frames.is_number_integer() ? frames.get<std::int64_t>() : 0);
    if (pieces.size() < m_pieces.size() || !std::equal(m_pieces.begin(), m_pieces.end(), pieces.begin()))
        m_isStopped = true; // the render was begun again, and cut otherwise this time
    m_pieces = std::move(pieces);
    m_hasSound = progress.value("sound", false);
    m_extension = progress.value("extension", "");
    m_changed.notify_all();
}

void LiveFilm::want()
{
    const std::lock_guard lock(m_mutex);
    if (m_isOver || std::exchange(m_isWanted, true))
        return;
    (void)writeFileAtomically(m_folder / watchedName, {}); // the render writes pieces from now on
    m_thread = std::thread([this] { make(); });
}

void LiveFilm::end(const std::optional<ContentId>& film)
{
    const std::lock_guard lock(m_mutex);
    m_isOver = true;
    m_film = film;
    m_isStopped = m_isStopped || !film;
    m_changed.notify_all();
}

bool LiveFilm::isDone()
{
    const std::lock_guard lock(m_mutex);
    return m_isOver && (!m_isWanted || m_isMade);
}

void LiveFilm::make()
{
    const auto made = makeStream();
    if (!made && made.error().fault != Fault::Cancelled)
        LogLine(LogLevel::Warning, "live").text("what", made.error().message).write(); // the film's own stream is made when it is asked for
    const std::lock_guard lock(m_mutex);
    m_isMade = true;
}

Result<void> LiveFilm::makeStream()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_isStopped || m_isOver || !m_pieces.empty(); });
    if (m_isStopped || m_pieces.empty())
        return fail(Fault::Cancelled, "live: stopped");
    const auto pieceAt = [&](std::size_t index) { return Json{{"source", (m_folder / ("piece-" + std::to_string(index) + "." + m_extension)).string()}, {"frames", m_pieces[index]}}; };
    Json question = pieceAt(0);
    question.update(Json{{"ask", "live"}, {"sound", m_hasSound ? (m_folder / ("sound." + m_extension)).string() : ""}, {"total", m_total}, {"folder", (m_folder / "live").string()}});
    const std::string first = question["source"].get<std::string>();
    std::size_t told = 1;
    lock.unlock();
    std::error_code error;
    std::filesystem::create_directories(m_folder / "live" / "hls", error);
    const SourcePointer bytes = TRY(FileSource::open(first));
    RenditionMaker maker = TRY(RenditionMaker::startFilms(*bytes));
    const auto ask = [&](const Json& words) -> Result<Json> {
        auto said = maker.ask(words);
        return said ? Result<Json>(std::move(*said)) : fail(Fault::Corrupt, said.error());
    };
    Json answer = TRY(ask(question));
    while (!answer.value("done", false)) {
        lock.lock();
        if (answer.value("waits", false))
            m_changed.wait(lock, [&] { return m_isStopped || m_pieces.size() > told || m_isOver; });
        const bool isMore = m_pieces.size() > told;
        // The last pieces may be written when nobody says so any more: the film has them, and its own stream is made of it.
        if (m_isStopped || (answer.value("waits", false) && !isMore))
            return fail(Fault::Cancelled, "live: stopped");
        question = Json{{"ask", "step"}};
        if (isMore) {
            question = pieceAt(told++);
            question["ask"] = "piece";
        }
        lock.unlock();
        answer = TRY(ask(question));
    }
    lock.lock();
    m_changed.wait(lock, [&] { return m_isStopped || m_isOver; });
    if (!m_film)
        return fail(Fault::Cancelled, "live: there is no film");
    const ContentId film = *m_film;
    lock.unlock();
    const auto turn = TRY(m_site.database->turn("publish")); // not between the film's being given up and its end
    if (!findObject(*m_site.database, film))
        return fail(Fault::Cancelled, "live: the film is gone");
    return takeFilmRenditions(m_site, film, m_folder / "live", answer);
}

} // namespace artdag::server
