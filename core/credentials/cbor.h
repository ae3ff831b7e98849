// SPDX-License-Identifier: GPL-3.0-or-later
// CBOR (RFC 8949) as values, as far as Content Credentials need it: written with the shortest lengths, so that the same value gives the
// same bytes; read from strangers with a limit on everything.
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace artdag {

struct Cbor {
    enum class Kind {
        Unsigned, ///< `number`
        Negative, ///< −1 − `number`
        Bytes,    ///< `text`
        Text,     ///< `text`
        Array,    ///< `items`
        Map,      ///< `items`: key, value, key, value …
        Tag,      ///< `number` and one of `items`
        Boolean,  ///< `number` is 0 or 1
        Null,     ///< and undefined, and simple values that have no meaning here
        Real,     ///< `real`
    };
    Kind kind = Kind::Null;
    std::uint64_t number = 0;
    double real = 0;
    std::string text;
    std::vector<Cbor> items;

    static Cbor ofText(std::string_view text) { return {Kind::Text, 0, 0, std::string(text), {}}; }
    static Cbor ofBytes(ByteView bytes) { return {Kind::Bytes, 0, 0, std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()), {}}; }
    static Cbor ofNumber(std::int64_t value);
    static Cbor ofBoolean(bool value) { return {Kind::Boolean, value ? 1U : 0U, 0, {}, {}}; }
    static Cbor ofArray(std::vector<Cbor> items) { return {Kind::Array, 0, 0, {}, std::move(items)}; }
    static Cbor ofMap(std::vector<std::pair<std::string_view, Cbor>> members); ///< in this order
    static Cbor ofTag(std::uint64_t tag, Cbor value);

    [[nodiscard]] bool isText() const { return kind == Kind::Text; }
    [[nodiscard]] ByteView bytes() const { return bytesOf(text); }
    /// The value of a map's member; null for none, and for what is no map.
    [[nodiscard]] const Cbor* find(std::string_view name) const;
    [[nodiscard]] const Cbor* find(std::int64_t name) const;
    /// The text of a map's member, also within a tag (a date); empty for none.
    [[nodiscard]] std::string textOf(std::string_view name) const;
};

Bytes writeCbor(const Cbor& value);
/// Exactly one value of at most 100,000 parts and 32 levels. BadInput for anything else. Texts are not
/// checked to be UTF-8.
Result<Cbor> readCbor(ByteView bytes);

} // namespace artdag
