// SPDX-License-Identifier: GPL-3.0-or-later
// The values of a JSON text in document order, one entry each, without copies of its texts: what a reader of documents looks
// at before it takes what it wants. Made by scanJson (json_text.h).
#pragma once

#include "core/base/json.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace artdag {

struct JsonEntry {
    enum class Kind : std::uint8_t {
        Null,
        False,
        True,
        Negative, ///< a whole number below 0
        Natural,
        Real,
        Text,
        List,
        Object,
    };
    union {
        const char* text = nullptr;
        std::int64_t negative;
        std::uint64_t natural;
        double real;
    };
    const char* name = nullptr; ///< of a member
    std::uint32_t nameLength = 0;
    std::uint32_t size = 0; ///< bytes of a text; values of a list or an object
    std::uint32_t next = 1; ///< entries from this one to the value that follows it
    Kind kind = Kind::Null;
};

/// One value. Valid as long as the scan and its text.
class JsonView {
public:
    using Kind = JsonEntry::Kind;
    explicit JsonView(const JsonEntry* entry)
        : m_entry(entry) {}

    [[nodiscard]] bool isObject() const { return m_entry->kind == Kind::Object; }
    [[nodiscard]] bool isList() const { return m_entry->kind == Kind::List; }
    [[nodiscard]] bool isText() const { return m_entry->kind == Kind::Text; }
    [[nodiscard]] bool isBoolean() const { return m_entry->kind == Kind::False || m_entry->kind == Kind::True; }
    [[nodiscard]] bool isNumber() const { return m_entry->kind >= Kind::Negative && m_entry->kind <= Kind::Real; }

    [[nodiscard]] std::string_view name() const { return {m_entry->name, m_entry->nameLength}; } ///< of a member
    [[nodiscard]] std::string_view text() const { return {m_entry->text, m_entry->size}; }       ///< of a text
    [[nodiscard]] bool boolean() const { return m_entry->kind == Kind::True; }
    [[nodiscard]] double number() const; ///< of a number
    /// Values of a list or an object.
    [[nodiscard]] std::size_t size() const { return isObject() || isList() ? m_entry->size : 0; }

    class Iterator {
    public:
        explicit Iterator(const JsonEntry* entry)
            : m_entry(entry) {}
        JsonView operator*() const { return JsonView(m_entry); }
        Iterator& operator++()
        {
            m_entry += m_entry->next;
            return *this;
        }
        bool operator==(const Iterator&) const = default;

    private:
        const JsonEntry* m_entry;
    };
    /// The values of a list or an object; none of anything else.
    [[nodiscard]] Iterator begin() const { return Iterator(m_entry + 1); }
    [[nodiscard]] Iterator end() const { return Iterator(m_entry + m_entry->next); }

    [[nodiscard]] Json json() const;

private:
    const JsonEntry* m_entry;
};

/// A value in at most 40 characters, for messages.
std::string shortText(JsonView value);

} // namespace artdag
