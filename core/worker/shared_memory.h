// SPDX-License-Identifier: GPL-3.0-or-later
// Memory that engine and worker both see (memfd). The engine makes it and fixes its size for good before anybody else has
// it, so that no other process can pull it away from under a reader. What is in it is never believed to stay as it is.
#pragma once

#include "core/worker/channel.h"

#include <cstdint>
#include <span>

namespace artdag {

class SharedMemory {
public:
    /// `bytes` > 0, all zero.
    static Result<SharedMemory> make(std::size_t bytes);
    /// Memory that the other side made: all of it.
    static Result<SharedMemory> map(Descriptor descriptor);
    ~SharedMemory();
    SharedMemory(SharedMemory&& other) noexcept;
    SharedMemory& operator=(SharedMemory&&) = delete;

    [[nodiscard]] std::span<std::uint8_t> bytes() const { return m_bytes; }
    [[nodiscard]] int descriptor() const { return m_descriptor.number(); }

private:
    SharedMemory(Descriptor descriptor, std::span<std::uint8_t> bytes)
        : m_descriptor(std::move(descriptor)),
          m_bytes(bytes) {}
    Descriptor m_descriptor;
    std::span<std::uint8_t> m_bytes;
};

} // namespace artdag
