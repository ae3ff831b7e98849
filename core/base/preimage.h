// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of a preimage as they are put together, for hashing many of them at once; the same forms as Hasher's.
#pragma once

#include "core/base/digest.h"

#include <algorithm>
#include <cstring>

namespace artdag {

class Preimage {
public:
    Preimage& add(ByteView more)
    {
        if (m_bytes.size() - m_used < more.size())
            m_bytes.resize(std::max({std::size_t{512}, 2 * m_bytes.size(), m_used + more.size()}));
        if (!more.empty())
            std::memcpy(m_bytes.data() + m_used, more.data(), more.size());
        m_used += more.size();
        return *this;
    }
    Preimage& add(std::string_view text) { return add(bytesOf(text)); }
    Preimage& addU16(std::uint16_t value) { return addLittleEndian(value); }
    Preimage& addU32(std::uint32_t value) { return addLittleEndian(value); }
    Preimage& addU64(std::uint64_t value) { return addLittleEndian(value); }
    Preimage& addF64(double value) { return addLittleEndian(std::bit_cast<std::uint64_t>(value == 0.0 ? 0.0 : value)); }
    Preimage& addText(std::string_view text) { return addU32(static_cast<std::uint32_t>(text.size())).add(text); }

    [[nodiscard]] std::size_t size() const { return m_used; }
    [[nodiscard]] ByteView view() const { return ByteView(m_bytes).first(m_used); }
    /// Writes over bytes that are there.
    void put(std::size_t place, ByteView bytes) { std::ranges::copy(bytes, m_bytes.begin() + static_cast<std::ptrdiff_t>(place)); }
    /// Forgets the bytes and keeps their memory.
    void clear() { m_used = 0; }

private:
    template <class Number>
    Preimage& addLittleEndian(Number value)
    {
        return add(ByteView(reinterpret_cast<const std::uint8_t*>(&value), sizeof value));
    }

    Bytes m_bytes; ///< as long as it ever was
    std::size_t m_used = 0;
};

} // namespace artdag
