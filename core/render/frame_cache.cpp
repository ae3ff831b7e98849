// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/frame_server.h"

#include <list>
#include <mutex>
#include <unordered_map>

namespace artdag {

struct FrameCache::State {
    struct Entry {
        std::pair<FrameKey, Space> key;
        PicturePointer picture;
    };
    struct KeyHash {
        std::size_t operator()(const std::pair<FrameKey, Space>& key) const { return NameHash()(key.first) + static_cast<std::size_t>(key.second); }
    };
    std::size_t limit = 0;
    std::size_t bytes = 0;
    mutable std::mutex mutex;
    std::list<Entry> entries; ///< most recently used first
    std::unordered_map<std::pair<FrameKey, Space>, std::list<Entry>::iterator, KeyHash> places;
};

FrameCache::FrameCache(std::size_t limitBytes)
    : m_state(std::make_unique<State>())
{
    m_state->limit = limitBytes;
}

FrameCache::~FrameCache() = default;

PicturePointer FrameCache::find(const FrameKey& key, Space space)
{
    const std::lock_guard lock(m_state->mutex);
    const auto place = m_state->places.find({key, space});
    if (place == m_state->places.end())
        return nullptr;
    m_state->entries.splice(m_state->entries.begin(), m_state->entries, place->second);
    return place->second->picture;
}

void FrameCache::put(const FrameKey& key, PicturePointer picture, Space space)
{
    const std::lock_guard lock(m_state->mutex);
    if (picture->bytes() > m_state->limit || m_state->places.contains({key, space}))
        return;
    m_state->bytes += picture->bytes();
    m_state->entries.push_front({{key, space}, std::move(picture)});
    m_state->places.emplace(std::pair{key, space}, m_state->entries.begin());
    while (m_state->bytes > m_state->limit) {
        const State::Entry& last = m_state->entries.back();
        m_state->bytes -= last.picture->bytes();
        m_state->places.erase(last.key);
        m_state->entries.pop_back();
    }
}

std::size_t FrameCache::bytes() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->bytes;
}

} // namespace artdag
