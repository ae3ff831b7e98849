// SPDX-License-Identifier: GPL-3.0-or-later
// Names that were seen, looked through one by one while they are few and hashed when they are many.
#pragma once

#include "core/recipe/name_index.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace artdag {

/// Views only: the names must outlive it.
class NameSet {
public:
    /// False: it was there.
    bool insert(std::string_view name)
    {
        const auto end = m_first.begin() + static_cast<std::ptrdiff_t>(std::min(m_count, few));
        if (std::find(m_first.begin(), end, name) != end)
            return false;
        if (m_count >= few && m_others.add(name, 0) >= 0)
            return false;
        if (m_count < few)
            m_first[m_count] = name;
        ++m_count;
        return true;
    }

private:
    static constexpr std::size_t few = 8;
    std::array<std::string_view, few> m_first;
    NameIndex m_others;
    std::size_t m_count = 0;
};

} // namespace artdag
