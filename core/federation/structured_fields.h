// SPDX-License-Identifier: GPL-3.0-or-later
// Structured field values (RFC 8941): the dictionaries that Signature-Input, Signature and Content-Digest are made of. Reading
// never repairs; and two members or parameters of one name are refused, where the RFC lets the last one win, because a
// signature must not depend on which of them somebody looks at.
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace artdag {

struct FieldToken {
    std::string text;
    bool operator==(const FieldToken&) const = default;
};
struct FieldDecimal {
    std::int64_t thousandths = 0;
    bool operator==(const FieldDecimal&) const = default;
};
using FieldValue = std::variant<std::int64_t, FieldDecimal, std::string, FieldToken, Bytes, bool>;
using FieldParameters = std::vector<std::pair<std::string, FieldValue>>;

struct FieldItem {
    FieldValue value;
    FieldParameters parameters;
    bool operator==(const FieldItem&) const = default;
};
struct FieldList { ///< an inner list
    std::vector<FieldItem> items;
    FieldParameters parameters;
    bool operator==(const FieldList&) const = default;
};
using FieldMember = std::variant<FieldItem, FieldList>;
using FieldDictionary = std::vector<std::pair<std::string, FieldMember>>;

/// A dictionary (RFC 8941 §4.2.2). BadInput says at which character it is wrong.
Result<FieldDictionary> readFieldDictionary(std::string_view text);

/// As RFC 8941 §4.1 writes them: the same value always the same text.
std::string fieldText(const FieldItem& item);
std::string fieldText(const FieldList& list);
std::string fieldText(const FieldDictionary& dictionary);

/// The parameter or member of a name, or nullptr.
template <class T>
const T* memberOf(const std::vector<std::pair<std::string, T>>& members, std::string_view name)
{
    for (const auto& [key, value] : members)
        if (key == name)
            return &value;
    return nullptr;
}

} // namespace artdag
