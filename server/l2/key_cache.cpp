// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/key_cache.h"

#include <optional>
#include <utility>

namespace artdag::server {

namespace {

constexpr std::size_t mostRecent = 500;

} // namespace

std::optional<VerifyingKey> KeyCache::find(const std::string& pem)
{
    const std::lock_guard lock(m_mutex);
    if (const auto known = m_recent.find(pem); known != m_recent.end())
        return known->second;
    auto known = m_before.extract(pem);
    if (known.empty())
        return {};
    const VerifyingKey key = known.mapped();
    keep(pem, key);
    return key;
}

void KeyCache::keep(const std::string& pem, const VerifyingKey& key)
{
    if (m_recent.size() >= mostRecent)
        m_before = std::exchange(m_recent, {});
    m_recent.emplace(pem, key);
}

Result<VerifyingKey> KeyCache::read(const std::string& pem)
{
    if (auto known = find(pem))
        return std::move(*known);
    VerifyingKey key = TRY(VerifyingKey::fromPem(pem, KeyOwner::Stranger)); // by two threads at once at worst
    const std::lock_guard lock(m_mutex);
    keep(pem, key);
    return key;
}

std::size_t KeyCache::size()
{
    const std::lock_guard lock(m_mutex);
    return m_recent.size() + m_before.size();
}

} // namespace artdag::server
