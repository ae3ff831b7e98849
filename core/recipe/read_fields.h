// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the members of a document's objects into values, names what is wrong with them, and keeps what it does not know.
// Knows JSON and wires; what the members are is said by those who call it.
#pragma once

#include "core/recipe/json_view.h"
#include "core/recipe/late_names.h"
#include "core/recipe/name_index.h"
#include "core/recipe/problem_list.h"
#include "core/recipe/recipe.h"

#include <array>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace artdag {

/// A member that an object may have; `read` is called with its value and its Place.
template <class Read>
struct Field {
    std::string_view name;
    Read read;
};
template <class Read>
Field(std::string_view, Read) -> Field<Read>;

class FieldReader {
public:
    /// What has each name.
    struct Names {
        NameIndex kindOf;
        std::vector<std::string_view> kinds; ///< "node", "input" …
    };

    explicit FieldReader(ProblemList& problems)
        : m_problems(problems) {}

    ProblemList& problems() { return m_problems; }
    /// `owner: member must be …, got …`
    void wrong(const Place& place, const Subject& owner, std::string_view member, const std::string& expected, JsonView got);

    /// Reads the members of an object; those without a field are kept in `unknown` and warned about.
    template <class... Reads>
    void object(JsonView value, const Place& place, const Subject& owner, Json& unknown, const Field<Reads>&... fields)
    {
        if (!value.isObject())
            return wrong(place, owner, "", "an object", value);
        for (const JsonView member : value) {
            const std::string_view name = member.name();
            const Place inner(place, name);
            if (!((name == fields.name && (static_cast<void>(fields.read(member, inner)), true)) || ...))
                keep(member, inner, owner, std::array{fields.name...}, unknown);
        }
    }
    /// Calls `each` with name, value and place of every member of an object of named things, after checking the names. `names` are
    /// those already taken; null: the things have a name space of their own.
    template <class Each>
    void named(JsonView value, const Place& place, const Subject& owner, std::string_view kind, Names* names, const Each& each)
    {
        if (!value.isObject())
            return wrong(place, owner, std::string(kind) + "s", "an object", value);
        if (names != nullptr)
            expectNames(kind, value.size(), *names);
        for (const JsonView member : value) {
            const Place inner(place, member.name());
            checkName(member.name(), inner, owner, kind, names);
            each(member.name(), member, inner);
        }
    }

    // Fields refer to their owner: they are made in the call of `object` that reads them.
    auto text(std::string_view member, const Subject& owner, std::string& out)
    {
        return Field{member, [this, member, &owner, &out](JsonView value, const Place& place) {
                         value.isText() ? void(out = value.text()) : wrong(place, owner, member, "a text", value);
                     }};
    }
    auto texts(std::string_view member, const Subject& owner, std::vector<std::string>& out)
    {
        return Field{member, [this, member, &owner, &out](JsonView value, const Place& place) { readTexts(value, place, owner, member, out); }};
    }
    auto wire(std::string_view member, const Subject& owner, std::optional<Wire>& out)
    {
        return Field{member, [this, member, &owner, &out](JsonView value, const Place& place) { readWire(value, place, owner, member, out); }};
    }
    auto number(std::string_view member, const Subject& owner, std::optional<double>& out)
    {
        return Field{member, [this, member, &owner, &out](JsonView value, const Place& place) {
                         value.isNumber() ? void(out = value.number()) : wrong(place, owner, member, "a number", value);
                     }};
    }
    auto boolean(std::string_view member, const Subject& owner, bool& out)
    {
        return Field{member, [this, member, &owner, &out](JsonView value, const Place& place) {
                         value.isBoolean() ? void(out = value.boolean()) : wrong(place, owner, member, "true or false", value);
                     }};
    }
    auto integer(std::string_view member, const Subject& owner, int least, int most, std::string_view unit, int& out)
    {
        return Field{member, [this, member, &owner, least, most, unit, &out](JsonView value, const Place& place) { readInteger(value, place, owner, member, least, most, unit, out); }};
    }
    auto arguments(const Subject& owner, std::vector<std::pair<std::string, Json>>& out)
    {
        return Field{"args", [this, &owner, &out](JsonView value, const Place& place) { readArguments(value, place, owner, out); }};
    }
    auto layout(const Subject& owner, Layout& out, std::vector<std::string>& order)
    {
        return Field{"layout", [this, &owner, &out, &order](JsonView value, const Place& place) { readLayout(value, place, owner, out, order); }};
    }
    /// What an editor draws beside the nodes (docs/formats/recipe.md, `ui`): kept as it is, read by nobody else.
    auto ui(const Subject& owner, Json& unknown)
    {
        return Field{"ui", [this, &owner, &unknown](JsonView value, const Place& place) { readUi(value, place, owner, unknown); }};
    }

    void readWire(JsonView value, const Place& place, const Subject& owner, std::string_view member, std::optional<Wire>& out);

private:
    void keep(JsonView member, const Place& place, const Subject& owner, std::span<const std::string_view> known, Json& unknown);
    static void expectNames(std::string_view kind, std::size_t count, Names& names);
    void checkName(std::string_view name, const Place& place, const Subject& owner, std::string_view kind, Names* names);
    void readTexts(JsonView value, const Place& place, const Subject& owner, std::string_view member, std::vector<std::string>& out);
    void readInteger(JsonView value, const Place& place, const Subject& owner, std::string_view member, int least, int most, std::string_view unit, int& out);
    void readArguments(JsonView value, const Place& place, const Subject& owner, std::vector<std::pair<std::string, Json>>& out);
    void readLayout(JsonView value, const Place& place, const Subject& owner, Layout& out, std::vector<std::string>& order);
    void readUi(JsonView value, const Place& place, const Subject& owner, Json& unknown);

    ProblemList& m_problems;
};

} // namespace artdag
