// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the members of a document's objects into values, names what is wrong with them, and keeps what it does not know.
// Knows JSON and wires; what the members are is said by those who call it.
#pragma once

#include "core/recipe/problem_list.h"
#include "core/recipe/recipe.h"

#include <functional>
#include <initializer_list>
#include <unordered_map>

namespace artdag {

struct Field {
    std::string_view name;
    std::function<void(const Json&, const std::string& pointer)> read;
};
using Fields = std::initializer_list<Field>;

class FieldReader {
public:
    using Each = std::function<void(const std::string& name, const Json&, const std::string& pointer)>;
    using Names = std::unordered_map<std::string, std::string>; ///< name → what has it: "node", "input" …

    explicit FieldReader(ProblemList& problems)
        : m_problems(problems) {}

    ProblemList& problems() { return m_problems; }
    /// `owner: member must be …, got …`
    void wrong(const std::string& pointer, const std::string& owner, std::string_view member, const std::string& expected, const Json& got);
    /// Reads the members of an object; those without a field are kept in `unknown` and warned about.
    void object(const Json& value, const std::string& pointer, const std::string& owner, Fields fields, Json& unknown);
    /// Calls `each` for every member of an object of named things, after checking the names. `names` are those already taken;
    /// null: the things have a name space of their own.
    void named(const Json& value, const std::string& pointer, const std::string& owner, const std::string& kind, Names* names, const Each& each);

    // Fields refer to their owner's name: they are made in the call of `object` that reads them.
    Field text(std::string_view member, const std::string& owner, std::string& out);
    Field texts(std::string_view member, const std::string& owner, std::vector<std::string>& out);
    Field wire(std::string_view member, const std::string& owner, std::optional<Wire>& out);
    Field number(std::string_view member, const std::string& owner, std::optional<double>& out);
    Field boolean(std::string_view member, const std::string& owner, bool& out);
    Field integer(std::string_view member, const std::string& owner, int least, int most, const std::string& unit, int& out);
    Field arguments(const std::string& owner, std::vector<std::pair<std::string, Json>>& out);
    Field layout(const std::string& owner, Layout& out, std::vector<std::string>& order);
    /// What an editor draws beside the nodes (docs/formats/recipe.md, `ui`): kept as it is, read by nobody else.
    Field ui(const std::string& owner, Json& unknown);

    void readWire(const Json& value, const std::string& pointer, const std::string& owner, std::string_view member, std::optional<Wire>& out);

private:
    ProblemList& m_problems;
};

} // namespace artdag
