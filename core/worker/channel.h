// SPDX-License-Identifier: GPL-3.0-or-later
// What engine and worker say to each other: one JSON object a message over a socket pair, with at most one descriptor.
// Neither side believes what the other says beyond its form.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/media/decode.h"

#include <chrono>
#include <utility>

namespace artdag {

/// A descriptor that is closed with this.
class Descriptor {
public:
    explicit Descriptor(int number = -1)
        : m_number(number) {}
    ~Descriptor();
    Descriptor(Descriptor&& other) noexcept;
    Descriptor& operator=(Descriptor&& other) noexcept;
    [[nodiscard]] int number() const { return m_number; }
    [[nodiscard]] int release() { return std::exchange(m_number, -1); }
    [[nodiscard]] bool isOpen() const { return m_number >= 0; }

private:
    int m_number;
};

struct Message {
    Json json;
    Descriptor descriptor;
};

Result<void> sendMessage(int socket, const Json& json, int descriptor = -1);
/// NotFound when the other side is gone; Unavailable after `patience` (0: without end); Corrupt for what is no message.
Result<Message> receiveMessage(int socket, std::chrono::milliseconds patience);

/// Memory that both sides see. The maker fixes its size for good, so that no other can pull it away from under a reader.
class SharedMemory {
public:
    static Result<SharedMemory> make(std::size_t bytes);
    static Result<SharedMemory> map(Descriptor descriptor, std::size_t bytes);
    ~SharedMemory();
    SharedMemory(SharedMemory&& other) noexcept;
    SharedMemory& operator=(SharedMemory&&) = delete;
    [[nodiscard]] std::uint8_t* bytes() const { return m_bytes; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] int descriptor() const { return m_descriptor.number(); }

private:
    SharedMemory(Descriptor descriptor, std::uint8_t* bytes, std::size_t size)
        : m_descriptor(std::move(descriptor)),
          m_bytes(bytes),
          m_size(size) {}
    Descriptor m_descriptor;
    std::uint8_t* m_bytes;
    std::size_t m_size;
};

Json jsonOfFacts(const FileFacts& facts);
Result<FileFacts> factsOfJson(const Json& json); ///< Corrupt for sizes, rates or layouts that cannot be
Json jsonOfCoding(const Coding& coding);
Result<Coding> codingOfJson(const Json& json);
Json jsonOfError(const Error& error);
Error errorOfJson(const Json& json);

} // namespace artdag
