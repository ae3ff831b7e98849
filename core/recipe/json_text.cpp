// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/json_text.h"

#include "core/recipe/utf8.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace artdag {

std::vector<TextPlace> placesOfOffsets(std::string_view text, const std::vector<std::size_t>& offsets)
{
    std::vector<std::size_t> order(offsets.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return offsets[i]; });
    std::vector<TextPlace> places(offsets.size());
    TextPlace place{1, 1};
    std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    for (const std::size_t index : order) {
        const std::size_t target = std::min(offsets[index], text.size());
        while (at < target) {
            if (text[at] == '\n') {
                ++place.line;
                place.column = 1;
                ++at;
            } else {
                ++place.column;
                at += std::max<std::size_t>(1, utf8Length(text, at));
            }
        }
        places[index] = place;
    }
    return places;
}

std::string pointerTo(std::string_view pointer, std::string_view name)
{
    std::string out(pointer);
    out.push_back('/');
    for (const char c : name) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out.push_back(c);
    }
    return out;
}

void appendMember(Json& object, std::string name, Json value)
{
    if (object.is_null())
        object = Json::object();
    // ordered_map::emplace looks through all members first; its vector does not.
    using Members = std::vector<Json::object_t::value_type, Json::object_t::allocator_type>;
    static_cast<Members&>(object.get_ref<Json::object_t&>()).emplace_back(std::move(name), std::move(value));
}

std::string shortText(const Json& value)
{
    if (value.is_number())
        return std::isfinite(value.get<double>()) ? ecmaNumber(value.get<double>()) : "a number that is not finite";
    if (value.is_object())
        return value.empty() ? "{}" : "an object";
    if (value.is_array())
        return value.empty() ? "[]" : "a list of " + std::to_string(value.size());
    if (value.is_string()) {
        std::string text = value.get<std::string>();
        if (text.size() > 40) {
            std::size_t cut = 37;
            while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U)
                --cut;
            text = text.substr(0, cut) + "…";
        }
        return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
    }
    return value.is_boolean() ? (value.get<bool>() ? "true" : "false") : "null";
}

} // namespace artdag
