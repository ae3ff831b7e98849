// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/late_names.h"

#include "core/recipe/json_text.h"

namespace artdag {

std::string Place::pointer() const
{
    if (m_within == nullptr)
        return std::string(m_name);
    return m_isItem ? m_within->pointer() + "/" + std::to_string(m_index) : pointerTo(m_within->pointer(), m_name);
}

std::string Subject::text() const
{
    std::string text = within != nullptr ? within->text() : std::string();
    text.append(before).append(name).append(after);
    return number != 0 ? text + std::to_string(number) : text;
}

} // namespace artdag
