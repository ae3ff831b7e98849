// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/why_run.h"

#include "core/recipe/flatten_groups.h"
#include "core/recipe/recipe_wires.h"

#include <algorithm>
#include <optional>
#include <set>

namespace artdag {

namespace {

std::string shortly(const Json* value)
{
    if (value == nullptr)
        return "its default";
    std::string text = value->is_string() ? value->get<std::string>() : value->dump();
    constexpr std::size_t most = 40;
    if (text.size() <= most)
        return text;
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) // not within a character
        --end;
    return text.substr(0, end) + "…";
}

const Json* memberOf(const Json& object, const std::string& name)
{
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

bool same(const Json* a, const Json* b)
{
    return a == nullptr || b == nullptr ? a == b : *a == *b;
}

/// The first member of either that differs.
std::optional<std::string> firstDifferent(const Json* before, const Json* now)
{
    static const Json nothing = Json::object();
    const Json& a = before != nullptr && before->is_object() ? *before : nothing;
    const Json& b = now != nullptr && now->is_object() ? *now : nothing;
    for (const auto& [name, value] : b.items())
        if (!same(memberOf(a, name), &value))
            return name;
    for (const auto& [name, value] : a.items())
        if (memberOf(b, name) == nullptr)
            return name;
    return std::nullopt;
}

std::string change(const Json* before, const Json* now)
{
    return shortly(before) + " → " + shortly(now);
}

Json canvasOf(const Recipe& recipe)
{
    const RecipeCanvas& canvas = recipe.canvas;
    return {{"width", canvas.width}, {"height", canvas.height}, {"rate", Json::array({canvas.rate.numerator, canvas.rate.denominator})}, {"duration", canvas.duration}};
}

class Comparison {
public:
    Comparison(const RecipeTrace& before, const RecipeTrace& now)
        : m_before(before),
          m_now(now)
    {
    }

    std::optional<std::string> difference(const std::string& name)
    {
        if (!m_seen.insert(name).second)
            return std::nullopt;
        const auto a = m_before.nodes.find(name);
        const auto b = m_now.nodes.find(name);
        if (b == m_now.nodes.end())
            return std::nullopt;
        if (a == m_before.nodes.end())
            return "'" + name + "' is new";
        if (a->second.hasKey && b->second.hasKey && a->second.key == b->second.key)
            return std::nullopt;
        if (auto own = ownDifference(name, a->second.written, b->second.written))
            return own;
        return inputDifference(a->second, b->second);
    }

private:
    std::optional<std::string> ownDifference(const std::string& name, const Json& before, const Json& now) const
    {
        for (const char* member : {"effect", "bypass", "default"})
            if (!same(memberOf(before, member), memberOf(now, member)))
                return "'" + name + "': " + (std::string_view(member) == "default" ? "its file" : member) + " changed, " + change(memberOf(before, member), memberOf(now, member));
        const Json* argsBefore = memberOf(before, "args");
        const Json* argsNow = memberOf(now, "args");
        if (const auto argument = firstDifferent(argsBefore, argsNow))
            return "'" + name + "': " + *argument + " changed, " + change(argsBefore == nullptr ? nullptr : memberOf(*argsBefore, *argument), argsNow == nullptr ? nullptr : memberOf(*argsNow, *argument));
        const Json* insBefore = memberOf(before, "in");
        const Json* insNow = memberOf(now, "in");
        if (const auto port = firstDifferent(insBefore, insNow))
            return "'" + name + "': its input " + *port + " is another, " + change(insBefore == nullptr ? nullptr : memberOf(*insBefore, *port), insNow == nullptr ? nullptr : memberOf(*insNow, *port));
        return paramDifference(name, now);
    }
    std::optional<std::string> paramDifference(const std::string& name, const Json& now) const
    {
        Node node;
        if (const Json* args = memberOf(now, "args"))
            for (const auto& [argument, value] : args->items())
                node.args.emplace_back(argument, value);
        for (const auto& [param, value] : m_now.params) {
            const auto before = m_before.params.find(param);
            if (usesParam(node, param) && (before == m_before.params.end() || before->second != value))
                return "'" + name + "': the parameter " + param + " changed, " + change(before == m_before.params.end() ? nullptr : &before->second, &value);
        }
        return std::nullopt;
    }
    std::optional<std::string> inputDifference(const NodeTrace& before, const NodeTrace& now)
    {
        if (before.inputs != now.inputs && before.inputs.size() != now.inputs.size())
            return "it has " + std::to_string(now.inputs.size()) + " inputs now, not " + std::to_string(before.inputs.size());
        for (const auto& [port, source] : now.inputs)
            if (const auto deeper = difference(source))
                return deeper;
        return std::nullopt;
    }

    const RecipeTrace& m_before;
    const RecipeTrace& m_now;
    std::set<std::string> m_seen;
};

Json writtenOf(const Recipe& flat, const GraphNode& node)
{
    if (const Node* written = flat.node(node.name))
        return jsonOfNode(*written);
    for (const RecipeInput& input : flat.inputs)
        if (input.name == node.name)
            return {{"default", input.fallback}};
    return Json::object();
}

} // namespace

RecipeTrace traceOf(const Inspection& inspection, double scale)
{
    RecipeTrace trace;
    trace.scale = scale;
    trace.canvas = canvasOf(*inspection.recipe);
    if (inspection.plan == nullptr || !inspection.plan->ready())
        return trace;
    const Plan& plan = *inspection.plan;
    for (const auto& [name, value] : plan.graph->params)
        trace.params[name] = value;
    const Recipe flat = hasGroups(*inspection.recipe) ? flattenGroups(*inspection.recipe).recipe : *inspection.recipe;
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        if (!plan.nodes[i].needed)
            continue;
        const GraphNode& node = plan.graph->nodes[i];
        NodeTrace& traced = trace.nodes[node.name];
        traced.written = writtenOf(flat, node);
        for (const GraphInput& input : node.inputs)
            traced.inputs.emplace_back(std::string(node.entry->effect->inputs[static_cast<std::size_t>(input.port)].name), plan.graph->nodes[static_cast<std::size_t>(input.node)].name);
        traced.hasKey = !plan.nodes[i].outputs.empty() && plan.nodes[i].outputs.front().type == PortType::Picture;
        if (traced.hasKey)
            traced.key = plan.stepKey(static_cast<int>(i));
    }
    return trace;
}

std::string whyRun(const std::string& name, const RecipeTrace* before, const RecipeTrace& now)
{
    const auto node = now.nodes.find(name);
    if (node == now.nodes.end())
        return "Nothing asks for it: the film is made without it.";
    if (before == nullptr || !before->nodes.contains(name))
        return "Its frames have not been made yet.";
    if (node->second.hasKey && before->nodes.at(name).key == node->second.key)
        return "Nothing differs: its frames were made before and have left the memory since.";
    if (before->scale != now.scale)
        return "It is shown at another size: " + ecmaNumber(before->scale) + " → " + ecmaNumber(now.scale) + " of the canvas.";
    if (const auto member = firstDifferent(&before->canvas, &now.canvas); member && *member != "duration")
        return "The canvas differs: " + *member + " " + change(memberOf(before->canvas, *member), memberOf(now.canvas, *member)) + ".";
    if (const auto difference = Comparison(*before, now).difference(name))
        return "First difference: " + *difference + ".";
    if (before->canvas != now.canvas)
        return "The film is longer or shorter than it was.";
    return "A file, an analysis or an effect that it is made from is another.";
}

} // namespace artdag
