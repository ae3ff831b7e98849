// SPDX-License-Identifier: GPL-3.0-or-later
// Encoded sound as the store holds it: a magic word with the version, packets one after another, then what is known only when
// all are there, and a sum of all bytes before (XXH3-64). All integers little-endian.
#pragma once

#include "core/media/encode.h"
#include "core/media/file_source.h"

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace artdag {

/// Makes the stored form piece by piece.
class SoundBytes {
public:
    SoundBytes();
    ~SoundBytes();
    SoundBytes(const SoundBytes&) = delete;
    SoundBytes& operator=(const SoundBytes&) = delete;
    /// What these packets add.
    Bytes add(std::span<const Packet> packets);
    /// The rest: `last` are the facts of the sound with the packets that were not added yet.
    Bytes finish(const EncodedSound& last);

private:
    struct Sum;
    std::unique_ptr<Sum> m_sum;
    std::uint64_t m_packets = 0, m_length = 0;
};

/// Reads the stored form packet by packet. Not thread-safe.
class StoredSound {
public:
    /// Corrupt for a file that SoundBytes did not write.
    static Result<StoredSound> open(const std::filesystem::path& path);
    ~StoredSound();
    StoredSound(StoredSound&&) noexcept;
    StoredSound& operator=(StoredSound&&) noexcept;

    [[nodiscard]] const EncodedSound& facts() const { return m_facts; } ///< without its packets
    /// About a mebibyte of packets, in order; none at the end. Corrupt, at the latest at the end, when any byte is wrong.
    Result<std::vector<Packet>> next();

private:
    struct Reading;
    explicit StoredSound(std::unique_ptr<Reading> reading);
    std::unique_ptr<Reading> m_reading;
    EncodedSound m_facts;
};

} // namespace artdag
