// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/kept_answers.h"

namespace artdag::server {

std::optional<Response> KeptAnswers::find(const std::string& key, std::uint64_t state, std::int64_t now)
{
    std::shared_ptr<const Response> response;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = state == m_state ? m_kept.find(key) : m_kept.end();
        if (found == m_kept.end() || now - found->second.since >= longest || now < found->second.since)
            return {};
        response = found->second.response;
    }
    return *response; // copied while nobody waits for it
}

void KeptAnswers::keep(const std::string& key, std::uint64_t state, std::int64_t now, const Response& response)
{
    auto kept = std::make_shared<const Response>(response);
    const std::lock_guard lock(m_mutex);
    if (state < m_state)
        return;
    if (state > m_state || m_bytes + response.body.size() > mostBytes) {
        m_kept.clear();
        m_bytes = 0;
        m_state = state;
    }
    m_bytes += response.body.size(); // of one that is replaced, twice: it only begins anew a little sooner
    m_kept.insert_or_assign(key, Kept{now, std::move(kept)});
}

} // namespace artdag::server
