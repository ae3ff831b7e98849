// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of a preimage as they are put together, for hashing many of them at once; the same forms as Hasher's.
#pragma once

#include "core/base/digest.h"

namespace artdag {

class Preimage {
public:
    Bytes bytes;

    Preimage& add(ByteView more)
    {
        bytes.insert(bytes.end(), more.begin(), more.end());
        return *this;
    }
    Preimage& add(std::string_view text) { return add(bytesOf(text)); }
    Preimage& addU16(std::uint16_t value) { return addLittleEndian(value); }
    Preimage& addU32(std::uint32_t value) { return addLittleEndian(value); }
    Preimage& addU64(std::uint64_t value) { return addLittleEndian(value); }
    Preimage& addF64(double value) { return addLittleEndian(std::bit_cast<std::uint64_t>(value == 0.0 ? 0.0 : value)); }
    Preimage& addText(std::string_view text) { return addU32(static_cast<std::uint32_t>(text.size())).add(text); }

private:
    template <class Number>
    Preimage& addLittleEndian(Number value)
    {
        return add(ByteView(reinterpret_cast<const std::uint8_t*>(&value), sizeof value));
    }
};

} // namespace artdag
