// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/json_view.h"

#include "core/recipe/json_text.h"

namespace artdag {

double JsonView::number() const
{
    if (m_entry->kind == Kind::Real)
        return m_entry->real;
    return m_entry->kind == Kind::Negative ? static_cast<double>(m_entry->negative) : static_cast<double>(m_entry->natural);
}

Json JsonView::json() const
{
    switch (m_entry->kind) {
    case Kind::Null: return nullptr;
    case Kind::False: return false;
    case Kind::True: return true;
    case Kind::Negative: return m_entry->negative;
    case Kind::Natural: return m_entry->natural;
    case Kind::Real: return m_entry->real;
    case Kind::Text: return std::string(text());
    case Kind::List: {
        Json::array_t list;
        list.reserve(size());
        for (const JsonView item : *this)
            list.push_back(item.json());
        return list;
    }
    case Kind::Object: break;
    }
    Json object = Json::object();
    object.get_ref<Json::object_t&>().reserve(size());
    for (const JsonView member : *this)
        appendMember(object, std::string(member.name()), member.json());
    return object;
}

std::string shortText(JsonView value)
{
    return shortText(value.json());
}

} // namespace artdag
