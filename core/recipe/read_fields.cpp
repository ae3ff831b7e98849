// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/read_fields.h"

#include "core/base/similar_names.h"
#include "core/recipe/edit_recipe.h"
#include "core/recipe/json_text.h"

#include <cmath>
#include <limits>

namespace artdag {

void FieldReader::wrong(const Place& place, const Subject& owner, std::string_view member, const std::string& expected, JsonView got)
{
    const std::string subject = owner.text() + ": " + (member.empty() ? "" : std::string(member) + " ");
    m_problems.error(place.pointer(), subject + "must be " + expected + ", got " + shortText(got));
}

void FieldReader::keep(JsonView member, const Place& place, const Subject& owner, std::span<const std::string_view> known, Json& unknown)
{
    const std::string name(member.name());
    const auto near = similarNames(name, known);
    m_problems.warning(place.pointer(), owner.text() + ": field '" + name + "' is not known and is kept as it is",
        near.empty() ? std::string() : didYouMean(name, near));
    appendMember(unknown, name, member.json());
}

void FieldReader::expectNames(std::string_view kind, std::size_t count, Names& names)
{
    names.kinds.push_back(kind);
    names.kindOf.reserve(count);
}

void FieldReader::checkName(std::string_view name, const Place& place, const Subject& owner, std::string_view kind, Names* names)
{
    const auto subject = [&] {
        const std::string text = owner.text();
        return text == "recipe" ? std::string(kind) : text + ": " + std::string(kind);
    };
    if (!isName(name))
        m_problems.error(place.pointer(), subject() + " " + shortText(Json(std::string(name))) + ": a name begins with a–z and goes on with a–z, 0–9 and _, up to 64 letters");
    if (names == nullptr)
        return;
    const int taken = names->kindOf.add(name, static_cast<int>(names->kinds.size()) - 1);
    if (taken < 0)
        return;
    const std::string other(names->kinds[static_cast<std::size_t>(taken)]);
    m_problems.error(place.pointer(), subject() + " '" + std::string(name) + "': the name is already that of " + (other == "input" ? "an " : "a ") + other,
        "inputs, params, nodes and groups share their names; rename one of them");
}

void FieldReader::readTexts(JsonView value, const Place& place, const Subject& owner, std::string_view member, std::vector<std::string>& out)
{
    if (!value.isList())
        return wrong(place, owner, member, "a list of texts", value);
    for (std::size_t i = 0; const JsonView each : value) {
        if (each.isText())
            out.emplace_back(each.text());
        else
            wrong(Place(place, i), owner, member, "a list of texts", each);
        ++i;
    }
}

void FieldReader::readInteger(JsonView value, const Place& place, const Subject& owner, std::string_view member, int least, int most, std::string_view unit, int& out)
{
    const double number = value.isNumber() ? value.number() : std::numeric_limits<double>::quiet_NaN();
    if (number >= least && number <= most && std::floor(number) == number)
        out = static_cast<int>(number);
    else
        wrong(place, owner, member, "a whole number " + std::to_string(least) + "–" + std::to_string(most) + " " + std::string(unit), value);
}

void FieldReader::readArguments(JsonView value, const Place& place, const Subject& owner, std::vector<std::pair<std::string, Json>>& out)
{
    if (!value.isObject())
        return wrong(place, owner, "args", "an object", value);
    out.reserve(out.size() + value.size());
    for (const JsonView argument : value)
        out.emplace_back(argument.name(), argument.json());
}

void FieldReader::readUi(JsonView value, const Place& place, const Subject& owner, Json& unknown)
{
    if (!value.isObject())
        wrong(place, owner, "ui", "an object", value);
    appendMember(unknown, "ui", value.json());
}

void FieldReader::readLayout(JsonView value, const Place& place, const Subject& owner, Layout& out, std::vector<std::string>& order)
{
    if (!value.isObject())
        return wrong(place, owner, "layout", "an object", value);
    for (const JsonView point : value) {
        const std::string name(point.name());
        const JsonView x = *point.begin();
        if (!point.isList() || point.size() != 2 || !x.isNumber() || !(*++point.begin()).isNumber())
            wrong(Place(place, name), Subject{.before = "layout"}, "of '" + name + "'", "[x, y]", point);
        else if (out.emplace(name, std::pair(x.number(), (*++point.begin()).number())).second)
            order.push_back(name);
    }
}

void FieldReader::readWire(JsonView value, const Place& place, const Subject& owner, std::string_view member, std::optional<Wire>& out)
{
    if (!value.isText())
        return wrong(place, owner, member, "a wire, \"node\" or \"node.port\"", value);
    auto wire = wireOfText(value.text());
    if (wire)
        out = std::move(*wire);
    else
        m_problems.error(place.pointer(), owner.text() + ": " + wire.error().message);
}

} // namespace artdag
