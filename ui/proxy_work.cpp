// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/proxy_work.h"

#include <algorithm>

namespace artdag {

void ProxyWork::want(const Graph& graph)
{
    std::deque<ContentId> films;
    for (const ContentId& film : filmsOf(graph)) {
        const auto facts = m_workspace->store->isProvisional(film) ? fail(Fault::Unavailable, "film: its content is not known yet") : m_workspace->sources->facts(film);
        if (facts && isDear(*facts) && m_shelf->find(film, *facts) == nullptr)
            films.push_back(film);
    }
    const std::lock_guard lock(m_mutex);
    std::erase_if(films, [&](const ContentId& film) { return m_refused.contains(film); });
    m_films = std::move(films);
}

ProxyState ProxyWork::state() const
{
    const std::lock_guard lock(m_mutex);
    return {static_cast<int>(m_films.size()), m_films.empty() ? 0 : m_progress};
}

/// The film in the making has its proxy, or gets none.
void ProxyWork::finish(bool refuse)
{
    m_maker.reset();
    m_shelf->forget(*m_making);
    const std::lock_guard lock(m_mutex);
    if (refuse)
        m_refused.insert(*m_making);
    std::erase(m_films, *m_making);
    m_progress = 0;
    m_making.reset();
}

bool ProxyWork::work(std::chrono::milliseconds time, const CancelToken& cancel)
{
    const std::unique_lock working(m_working, std::try_to_lock);
    if (!working.owns_lock())
        return false;
    {
        const std::lock_guard lock(m_mutex);
        if (m_films.empty())
            return false;
        if (!m_making || std::ranges::find(m_films, *m_making) == m_films.end()) {
            m_maker.reset();
            m_making = m_films.front();
            m_progress = 0;
        }
    }
    if (m_maker == nullptr) {
        const auto facts = m_workspace->sources->facts(*m_making);
        auto maker = facts ? ProxyMaker::open(*m_workspace->store, *m_making, *facts) : tl::unexpected<Error>(facts.error());
        if (!maker) {
            finish(true);
            return false;
        }
        m_maker = std::move(*maker);
    }
    const auto end = std::chrono::steady_clock::now() + time;
    while (!cancel.cancelled() && std::chrono::steady_clock::now() < end) {
        const auto done = m_maker->step();
        if (!done || *done) {
            finish(!done);
            return done.has_value();
        }
    }
    const std::lock_guard lock(m_mutex);
    m_progress = m_maker->progress();
    return false;
}

} // namespace artdag
