// SPDX-License-Identifier: GPL-3.0-or-later
// Samples on their way to the loudspeaker: blocks are put in order by the player, and pulled by the sound device's thread.
// Silence where nothing has come yet. It knows no recipes.
#pragma once

#include "core/sound/sound.h"

#include <QIODevice>

#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

namespace artdag {

class SoundFeed : public QIODevice {
    Q_OBJECT

public:
    explicit SoundFeed(QObject* parent = nullptr);

    void clear();
    void put(const Sound& sound); ///< interleaved as s16
    /// Samples that wait.
    [[nodiscard]] std::int64_t waiting() const;

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] qint64 bytesAvailable() const override;

protected:
    qint64 readData(char* data, qint64 size) override;
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    mutable std::mutex m_mutex;
    std::deque<std::vector<std::uint8_t>> m_blocks;
    std::size_t m_offset = 0; ///< into the first block
};

} // namespace artdag
