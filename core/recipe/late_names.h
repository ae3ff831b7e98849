// SPDX-License-Identifier: GPL-3.0-or-later
// Where something stands in a document and what it is called in messages, kept as chains of parts: texts are made of them only
// when there is a mistake to tell. A link refers to the one before it and to its names, which must outlive it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace artdag {

/// A place in a document, for an RFC 6901 pointer.
class Place {
public:
    /// A pointer that is made already: empty for the whole document.
    explicit Place(std::string_view pointer = {})
        : m_name(pointer) {}
    Place(const Place& within, std::string_view member)
        : m_within(&within),
          m_name(member) {}
    Place(const Place& within, std::size_t index)
        : m_within(&within),
          m_index(index),
          m_isItem(true) {}

    [[nodiscard]] std::string pointer() const;

private:
    const Place* m_within = nullptr; ///< null: m_name is the pointer
    std::string_view m_name;
    std::size_t m_index = 0;
    bool m_isItem = false;
};

/// What a message begins with: `node 'glow': picture, item 2`.
struct Subject {
    const Subject* within = nullptr; ///< whose text comes first
    std::string_view before = {}, name = {}, after = {};
    std::size_t number = 0; ///< comes last; 0: none

    [[nodiscard]] std::string text() const;
};

} // namespace artdag
