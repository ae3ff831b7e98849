// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sound_feed.h"

#include <algorithm>
#include <cstring>

namespace artdag {

namespace {
constexpr std::int64_t bytesPerFrame = 2 * soundChannels;
}

SoundFeed::SoundFeed(QObject* parent)
    : QIODevice(parent)
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

void SoundFeed::clear()
{
    const std::lock_guard lock(m_mutex);
    m_blocks.clear();
    m_offset = 0;
}

void SoundFeed::put(const Sound& sound)
{
    const std::lock_guard lock(m_mutex);
    m_blocks.push_back(toS16(sound));
}

std::int64_t SoundFeed::waiting() const
{
    const std::lock_guard lock(m_mutex);
    std::size_t bytes = 0;
    for (const auto& block : m_blocks)
        bytes += block.size();
    return static_cast<std::int64_t>(bytes - m_offset) / bytesPerFrame;
}

qint64 SoundFeed::bytesAvailable() const
{
    return std::max<qint64>(waiting() * bytesPerFrame, 16384) + QIODevice::bytesAvailable();
}

qint64 SoundFeed::readData(char* data, qint64 size)
{
    const std::lock_guard lock(m_mutex);
    qint64 done = 0;
    while (done < size && !m_blocks.empty()) {
        const auto& block = m_blocks.front();
        const qint64 part = std::min<qint64>(size - done, static_cast<qint64>(block.size() - m_offset));
        std::memcpy(data + done, block.data() + m_offset, static_cast<std::size_t>(part));
        done += part;
        m_offset += static_cast<std::size_t>(part);
        if (m_offset == block.size()) {
            m_blocks.pop_front();
            m_offset = 0;
        }
    }
    std::memset(data + done, 0, static_cast<std::size_t>(size - done));
    return size;
}

} // namespace artdag
