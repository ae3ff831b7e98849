// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/check_group_values.h"

#include "core/graph/literal.h"
#include "core/graph/recipe_params.h"
#include "core/recipe/check_groups.h"
#include "core/recipe/json_text.h"

#include <algorithm>
#include <unordered_map>

namespace artdag {

namespace {

using NamedArguments = std::vector<std::pair<std::string, Json>>;

class ValueChecker {
public:
    ValueChecker(const Recipe& recipe, const RecipeBindings& bindings)
        : m_recipe(recipe),
          m_groups(groupsByName(recipe)),
          m_bindings(bindings)
    {
    }

    std::vector<Problem> check()
    {
        ArgumentScope outer{.rate = m_recipe.canvas.rate};
        ProblemList said; // by those who check the recipe itself
        readParams(m_recipe.params, "", "/params", m_bindings, outer, said);
        for (const Node& node : m_recipe.nodes)
            instance(node, "node " + inQuotes(node.name), pointerTo("/nodes", node.name), outer);
        for (const Group& group : m_recipe.groups) {
            const std::string within = "group " + inQuotes(group.name) + ": ", pointer = pointerTo("/groups", group.name);
            ArgumentScope inner{.rate = m_recipe.canvas.rate};
            readParams(group.params, within, pointer + "/params", {}, inner, m_problems);
            for (const Node& node : group.nodes)
                this->node(node, within + "node " + inQuotes(node.name), pointerTo(pointer + "/nodes", node.name), inner);
        }
        return m_problems.take();
    }

private:
    void node(const Node& node, const std::string& owner, const std::string& pointer, const ArgumentScope& scope)
    {
        instance(node, owner, pointer, scope);
        if (node.group.empty())
            for (const auto& [name, argument] : node.args)
                expressions(argument, owner + ": " + name, pointerTo(pointer + "/args", name), scope);
        for (const auto& [port, value] : node.in)
            if (const auto* items = std::get_if<std::vector<Item>>(&value.value))
                for (std::size_t i = 0; i < items->size(); ++i)
                    for (const auto& [name, argument] : (*items)[i].args)
                        expressions(argument, owner + ": " + port + ", item " + std::to_string(i + 1) + ": " + name, pointerTo(pointerTo(pointer + "/in", port) + "/" + std::to_string(i) + "/args", name), scope);
    }
    void instance(const Node& node, const std::string& owner, const std::string& pointer, const ArgumentScope& scope)
    {
        const auto group = m_groups.find(node.group);
        if (group == m_groups.end() || node.args.empty())
            return;
        auto& params = m_params[group->second];
        if (params.empty())
            for (const RecipeParam& each : group->second->params)
                params.emplace(each.name, &each);
        for (const auto& [name, argument] : node.args) {
            const auto found = params.find(name);
            if (found == params.end() || !kindOfName(found->second->type))
                continue;
            const RecipeParam* param = found->second;
            const std::string place = pointerTo(pointer + "/args", name);
            expressions(argument, owner + ": " + name, place, scope);
            if (argument.is_object())
                continue;
            if (const auto read = valueOfJson(argument, describeParam(*param), m_recipe.canvas.rate); !read)
                m_problems.error(place, owner + ": " + name + " " + read.error().message);
        }
    }
    void expressions(const Json& argument, const std::string& subject, const std::string& pointer, const ArgumentScope& scope)
    {
        if (!argument.is_object() || !argument.contains("expr"))
            return;
        const Json& expr = argument["expr"];
        const std::string place = pointer + "/expr";
        if (expr.is_array())
            for (std::size_t i = 0; i < expr.size(); ++i)
                static_cast<void>(readExpression(expr[i], subject, place + "/" + std::to_string(i), scope, m_problems));
        else
            static_cast<void>(readExpression(expr, subject, place, scope, m_problems));
    }

    const Recipe& m_recipe;
    const GroupTable m_groups;
    const RecipeBindings& m_bindings;
    std::unordered_map<const Group*, std::unordered_map<std::string_view, const RecipeParam*>> m_params;
    ProblemList m_problems;
};

} // namespace

void checkGroupValues(const Recipe& recipe, const RecipeBindings& bindings, std::vector<Problem>& problems)
{
    std::ranges::move(ValueChecker(recipe, bindings).check(), std::back_inserter(problems));
}

} // namespace artdag
