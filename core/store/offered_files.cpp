// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/offered_files.h"

#include "core/base/files.h"

#include <algorithm>
#include <utility>

namespace artdag {

OfferedFiles::~OfferedFiles()
{
    for (auto& [id, offer] : m_offers)
        offer.thread.request_stop();
}

ContentId OfferedFiles::add(const std::string& path, const disk::FileMark& mark, Hashing hash)
{
    const std::scoped_lock lock(m_mutex);
    for (const auto& [id, offer] : m_offers)
        if (offer.path == path && offer.mark == mark)
            return id;
    ContentId id;
    std::ranges::copy(secureRandom(sizeof(Digest)), id.digest.begin());
    std::promise<Result<ContentId>> done;
    Offer offer{path, mark, done.get_future().share(), {}};
    offer.thread = std::jthread([hash = std::move(hash), done = std::move(done)](const std::stop_token& stop) mutable { done.set_value(hash(stop)); });
    m_offers.emplace(id, std::move(offer));
    return id;
}

std::optional<disk::FileMark> OfferedFiles::markOf(const ContentId& id)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_offers.find(id);
    return found == m_offers.end() ? std::nullopt : std::optional(found->second.mark);
}

std::optional<std::string> OfferedFiles::pathOf(const ContentId& id)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_offers.find(id);
    if (found == m_offers.end())
        return std::nullopt;
    const auto opened = disk::openToRead(found->second.path, true);
    return opened && opened->mark == found->second.mark ? std::optional(found->second.path) : std::nullopt;
}

Result<ContentId> OfferedFiles::settle(const ContentId& id)
{
    std::shared_future<Result<ContentId>> hash;
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = m_offers.find(id);
        if (found == m_offers.end())
            return id;
        hash = found->second.hash;
    }
    return hash.get();
}

} // namespace artdag
