// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/read_fields.h"

#include "core/base/similar_names.h"
#include "core/recipe/edit_recipe.h"
#include "core/recipe/json_text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace artdag {

void FieldReader::wrong(const std::string& pointer, const std::string& owner, std::string_view member, const std::string& expected, const Json& got)
{
    const std::string subject = member.empty() ? owner + ": " : owner + ": " + std::string(member) + " ";
    m_problems.error(pointer, subject + "must be " + expected + ", got " + shortText(got));
}

void FieldReader::object(const Json& value, const std::string& pointer, const std::string& owner, Fields fields, Json& unknown)
{
    if (!value.is_object()) {
        wrong(pointer, owner, "", "an object", value);
        return;
    }
    for (const auto& [name, member] : value.get_ref<const Json::object_t&>()) {
        const auto field = std::ranges::find(fields, std::string_view(name), &Field::name);
        const std::string place = pointerTo(pointer, name);
        if (field != fields.end()) {
            field->read(member, place);
            continue;
        }
        std::vector<std::string_view> known;
        for (const Field& each : fields)
            known.push_back(each.name);
        const auto near = similarNames(name, known);
        m_problems.warning(place, owner + ": field '" + name + "' is not known and is kept as it is",
            near.empty() ? std::string() : didYouMean(name, near));
        appendMember(unknown, name, member);
    }
}

void FieldReader::named(const Json& value, const std::string& pointer, const std::string& owner, const std::string& kind, Names* names, const Each& each)
{
    if (!value.is_object()) {
        wrong(pointer, owner, kind + "s", "an object", value);
        return;
    }
    for (const auto& [name, member] : value.get_ref<const Json::object_t&>()) {
        const std::string place = pointerTo(pointer, name);
        const std::string subject = owner == "recipe" ? kind : owner + ": " + kind;
        if (!isName(name))
            m_problems.error(place, subject + " " + shortText(Json(name)) + ": a name begins with a–z and goes on with a–z, 0–9 and _, up to 64 letters");
        if (names != nullptr)
            if (const auto [found, fresh] = names->emplace(name, kind); !fresh)
                m_problems.error(place, subject + " '" + name + "': the name is already that of " + (found->second == "input" ? "an " : "a ") + found->second,
                    "inputs, params, nodes and groups share their names; rename one of them");
        each(name, member, place);
    }
}

Field FieldReader::text(std::string_view member, const std::string& owner, std::string& out)
{
    return {member, [this, member, &owner, &out](const Json& value, const std::string& pointer) {
                if (value.is_string())
                    out = value.get<std::string>();
                else
                    wrong(pointer, owner, member, "a text", value);
            }};
}

Field FieldReader::wire(std::string_view member, const std::string& owner, std::optional<Wire>& out)
{
    return {member, [this, member, &owner, &out](const Json& value, const std::string& pointer) { readWire(value, pointer, owner, member, out); }};
}

Field FieldReader::number(std::string_view member, const std::string& owner, std::optional<double>& out)
{
    return {member, [this, member, &owner, &out](const Json& value, const std::string& pointer) {
                if (value.is_number())
                    out = value.get<double>();
                else
                    wrong(pointer, owner, member, "a number", value);
            }};
}

Field FieldReader::boolean(std::string_view member, const std::string& owner, bool& out)
{
    return {member, [this, member, &owner, &out](const Json& value, const std::string& pointer) {
                if (value.is_boolean())
                    out = value.get<bool>();
                else
                    wrong(pointer, owner, member, "true or false", value);
            }};
}

Field FieldReader::texts(std::string_view member, const std::string& owner, std::vector<std::string>& out)
{
    return {member, [this, member, &owner, &out](const Json& value, const std::string& pointer) {
                if (!value.is_array()) {
                    wrong(pointer, owner, member, "a list of texts", value);
                    return;
                }
                for (std::size_t i = 0; i < value.size(); ++i) {
                    if (value[i].is_string())
                        out.push_back(value[i].get<std::string>());
                    else
                        wrong(pointer + "/" + std::to_string(i), owner, member, "a list of texts", value[i]);
                }
            }};
}

Field FieldReader::integer(std::string_view member, const std::string& owner, int least, int most, const std::string& unit, int& out)
{
    return {member, [this, member, &owner, least, most, unit, &out](const Json& value, const std::string& pointer) {
                const double number = value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
                if (number >= least && number <= most && std::floor(number) == number)
                    out = static_cast<int>(number);
                else
                    wrong(pointer, owner, member, "a whole number " + std::to_string(least) + "–" + std::to_string(most) + " " + unit, value);
            }};
}

Field FieldReader::arguments(const std::string& owner, std::vector<std::pair<std::string, Json>>& out)
{
    return {"args", [this, &owner, &out](const Json& value, const std::string& pointer) {
                if (!value.is_object()) {
                    wrong(pointer, owner, "args", "an object", value);
                    return;
                }
                for (const auto& [name, argument] : value.get_ref<const Json::object_t&>())
                    out.emplace_back(name, argument);
            }};
}

Field FieldReader::ui(const std::string& owner, Json& unknown)
{
    return {"ui", [this, &owner, &unknown](const Json& value, const std::string& pointer) {
                if (!value.is_object())
                    wrong(pointer, owner, "ui", "an object", value);
                appendMember(unknown, "ui", value);
            }};
}

Field FieldReader::layout(const std::string& owner, Layout& out, std::vector<std::string>& order)
{
    return {"layout", [this, &owner, &out, &order](const Json& value, const std::string& pointer) {
                if (!value.is_object()) {
                    wrong(pointer, owner, "layout", "an object", value);
                    return;
                }
                for (const auto& [name, place] : value.get_ref<const Json::object_t&>()) {
                    if (!place.is_array() || place.size() != 2 || !place[0].is_number() || !place[1].is_number())
                        wrong(pointerTo(pointer, name), "layout", "of '" + name + "'", "[x, y]", place);
                    else if (out.emplace(name, std::pair(place[0].get<double>(), place[1].get<double>())).second)
                        order.push_back(name);
                }
            }};
}

void FieldReader::readWire(const Json& value, const std::string& pointer, const std::string& owner, std::string_view member, std::optional<Wire>& out)
{
    if (!value.is_string()) {
        wrong(pointer, owner, member, "a wire, \"node\" or \"node.port\"", value);
        return;
    }
    auto wire = wireOfText(value.get_ref<const std::string&>());
    if (wire)
        out = std::move(*wire);
    else
        m_problems.error(pointer, owner + ": " + wire.error().message);
}

} // namespace artdag
