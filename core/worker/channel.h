// SPDX-License-Identifier: GPL-3.0-or-later
// How engine and worker speak: one JSON object a message over a socket pair, with at most one descriptor. Each message has a
// largest size. Neither side believes what the other says beyond this form.
#pragma once

#include "core/base/cancel.h"
#include "core/base/json.h"
#include "core/base/result.h"

#include <chrono>
#include <utility>

namespace artdag {

inline constexpr std::size_t longestMessage = std::size_t{64} << 10; ///< bytes

/// A descriptor that is closed with this.
class Descriptor {
public:
    explicit Descriptor(int number = -1)
        : m_number(number) {}
    ~Descriptor();
    Descriptor(Descriptor&& other) noexcept
        : m_number(other.release()) {}
    Descriptor& operator=(Descriptor&& other) noexcept
    {
        std::swap(m_number, other.m_number);
        return *this;
    }
    [[nodiscard]] int number() const { return m_number; }
    [[nodiscard]] int release() { return std::exchange(m_number, -1); }
    [[nodiscard]] bool isOpen() const { return m_number >= 0; }

private:
    int m_number;
};

struct Message {
    Json json; ///< an object
    Descriptor descriptor;
};

/// Both ends of a new channel, closed when a program is executed.
Result<std::pair<Descriptor, Descriptor>> makeChannel();
/// NotFound when the other side is gone.
Result<void> sendMessage(int socket, const Json& json, int descriptor = -1);
/// NotFound when the other side is gone; Unavailable when nothing came within `patience` (0: waits without end, whatever is
/// cancelled); Cancelled soon after the token; Corrupt for what is no message: longer than the largest, not JSON, no object,
/// too deep, or with more than one descriptor.
Result<Message> receiveMessage(int socket, std::chrono::milliseconds patience, const CancelToken& cancel = {});

} // namespace artdag
