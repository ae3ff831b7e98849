// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/copy_nodes.h"

#include "core/recipe/canvas_marks.h"
#include "core/recipe/edit_rules.h"
#include "core/recipe/recipe_wires.h"

#include <functional>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace artdag {

namespace {

void takeGroup(const Recipe& from, const std::string& name, Recipe& to)
{
    const Group* group = from.group(name);
    if (group == nullptr || to.group(name) != nullptr)
        return;
    to.groups.push_back(*group);
    for (const Node& node : group->nodes)
        if (!node.group.empty())
            takeGroup(from, node.group, to);
}

/// Puts the things of a pasted recipe into another one.
class Pasting {
public:
    Pasting(const Recipe& into, Recipe pasted)
        : m_next(into),
          m_pasted(std::move(pasted))
    {
        for (const auto& input : m_next.inputs)
            m_taken.insert(input.name);
        for (const auto& param : m_next.params)
            m_taken.insert(param.name);
        for (const auto& node : m_next.nodes)
            m_taken.insert(node.name);
        for (const auto& group : m_next.groups)
            m_taken.insert(group.name);
    }

    PastedNodes paste(LayoutPoint at)
    {
        takeParams();
        takeGroups();
        nameAll();
        takeNodes();
        takePlaces(at);
        m_result.recipe = std::move(m_next);
        return std::move(m_result);
    }

private:
    std::string fresh(const std::string& stem)
    {
        const std::string name = freshNameWhere(stem, [this](const std::string& each) { return m_taken.contains(each); });
        m_taken.insert(name);
        return name;
    }
    /// Expressions name parameters in their text, so a parameter keeps its name, and one that is there already is used.
    void takeParams()
    {
        for (RecipeParam& param : m_pasted.params)
            if (m_taken.insert(param.name).second)
                m_next.params.push_back(std::move(param));
    }
    void takeGroups()
    {
        const Json theirs = jsonOfGroups(m_pasted), ours = jsonOfGroups(m_next);
        for (const Group& group : m_pasted.groups) {
            const auto same = ours.find(group.name);
            m_groups[group.name] = same != ours.end() && *same == theirs.at(group.name) ? group.name : fresh(group.name);
        }
        for (Group& group : m_pasted.groups) {
            if (m_next.group(m_groups.at(group.name)) != nullptr)
                continue;
            for (Node& node : group.nodes)
                useGroup(node);
            group.name = m_groups.at(group.name);
            m_next.groups.push_back(std::move(group));
        }
    }
    void useGroup(Node& node) const
    {
        if (const auto group = m_groups.find(node.group); group != m_groups.end())
            node.group = group->second;
    }
    void nameAll()
    {
        for (const RecipeInput& input : m_pasted.inputs)
            m_names[input.name] = fresh(input.name);
        for (const Node& node : m_pasted.nodes)
            m_names[node.name] = fresh(node.name);
    }
    void takeNodes()
    {
        for (RecipeInput& input : m_pasted.inputs) {
            input.name = m_names.at(input.name);
            m_result.names.push_back(input.name);
            m_next.inputs.push_back(std::move(input));
        }
        for (Node& node : m_pasted.nodes) {
            node.name = m_names.at(node.name);
            useGroup(node);
            visitWires(node, [this](Wire& wire) {
                const auto name = m_names.find(wire.node);
                if (name == m_names.end())
                    return WireChange::Remove;
                wire.node = name->second;
                return WireChange::Keep;
            });
            m_result.names.push_back(node.name);
            m_next.nodes.push_back(std::move(node));
        }
    }
    void takePlaces(LayoutPoint at)
    {
        CanvasMarks theirs = marksOf(m_pasted);
        LayoutPoint corner{1e300, 1e300};
        const auto see = [&](double x, double y) { corner = {std::min(corner.first, x), std::min(corner.second, y)}; };
        for (const auto& [name, point] : m_pasted.layout)
            if (m_names.contains(name))
                see(point.first, point.second);
        for (const CanvasFrame& frame : theirs.frames)
            see(frame.x, frame.y);
        const LayoutPoint shift{at.first - corner.first, at.second - corner.second};
        for (const std::string& name : m_pasted.layoutOrder)
            if (m_names.contains(name)) {
                const LayoutPoint point = m_pasted.layout.at(name);
                place(m_next, m_names.at(name), {point.first + shift.first, point.second + shift.second});
            }
        takeMarks(theirs, shift);
    }
    void takeMarks(CanvasMarks& theirs, LayoutPoint shift)
    {
        if (theirs.frames.empty() && theirs.dots.empty())
            return;
        CanvasMarks marks = marksOf(m_next);
        std::map<std::string, std::string> frames;
        for (CanvasFrame& frame : theirs.frames) {
            frames["#" + frame.name] = freshFrameName(marks);
            frame.name = frames.at("#" + frame.name);
            frame.x += shift.first;
            frame.y += shift.second;
            m_result.frames.push_back(frame.name);
            marks.frames.push_back(frame);
        }
        for (CanvasFrame& frame : marks.frames)
            if (std::ranges::find(m_result.frames, frame.name) != m_result.frames.end())
                for (std::string& held : frame.holds)
                    held = held.starts_with("#") ? "#" + frames[held] : (m_names.contains(held) ? m_names.at(held) : held);
        for (const auto& [mark, points] : theirs.dots)
            takeDots(mark, points, shift, marks);
        m_next = withTidyMarks(withMarks(m_next, marks));
    }
    void takeDots(const std::string& mark, const std::vector<LayoutPoint>& points, LayoutPoint shift, CanvasMarks& marks) const
    {
        const auto arrow = mark.find('>');
        if (arrow == std::string::npos)
            return;
        const auto renamed = [&](const std::string& end) {
            const auto dot = std::min(end.find('.'), end.size());
            const auto name = m_names.find(end.substr(0, dot));
            return name == m_names.end() ? end : name->second + end.substr(dot);
        };
        auto& mine = marks.dots[renamed(mark.substr(0, arrow)) + ">" + renamed(mark.substr(arrow + 1))];
        for (const LayoutPoint& point : points)
            mine.emplace_back(point.first + shift.first, point.second + shift.second);
    }

    Recipe m_next, m_pasted;
    std::unordered_set<std::string> m_taken;
    std::unordered_map<std::string, std::string> m_names, m_groups;
    PastedNodes m_result;
};

} // namespace

std::string copyNodes(const Recipe& recipe, const std::vector<std::string>& names, const std::vector<std::string>& frames)
{
    const std::unordered_set<std::string> wanted(names.begin(), names.end());
    Recipe copy;
    copy.title = recipe.title;
    copy.license = recipe.license;
    copy.author = recipe.author;
    copy.canvas = recipe.canvas;
    for (const RecipeInput& input : recipe.inputs)
        if (wanted.contains(input.name))
            copy.inputs.push_back(input);
    for (const Node& node : recipe.nodes) {
        if (!wanted.contains(node.name))
            continue;
        Node& mine = copy.nodes.emplace_back(node);
        visitWires(mine, [&](Wire& wire) { return wanted.contains(wire.node) ? WireChange::Keep : WireChange::Remove; });
        if (!node.group.empty())
            takeGroup(recipe, node.group, copy);
    }
    for (const RecipeParam& param : recipe.params)
        if (std::ranges::any_of(copy.nodes, [&](const Node& node) { return usesParam(node, param.name); }))
            copy.params.push_back(param);
    for (const std::string& name : recipe.layoutOrder)
        if (wanted.contains(name))
            place(copy, name, recipe.layout.at(name));
    CanvasMarks marks = marksOf(recipe);
    std::erase_if(marks.frames, [&](const CanvasFrame& frame) { return std::ranges::find(frames, frame.name) == frames.end(); });
    marks.bookmarks.clear();
    marks.unknown = Json::object();
    return writeRecipe(withTidyMarks(withMarks(copy, marks)));
}

Result<PastedNodes> pasteNodes(const Recipe& recipe, std::string_view text, LayoutPoint at)
{
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return fail(Fault::BadInput, "clipboard: it holds no text; copy some nodes first");
    ReadRecipe read = readRecipe(text);
    for (const Problem& problem : read.problems)
        if (problem.severity == Problem::Severity::Error)
            return fail(Fault::BadInput, "clipboard: its text is no nodes: " + problem.message);
    if (read.recipe.nodes.empty() && read.recipe.inputs.empty() && marksOf(read.recipe).frames.empty())
        return fail(Fault::BadInput, "clipboard: the recipe in it has no nodes");
    return Pasting(recipe, std::move(read.recipe)).paste(at);
}

} // namespace artdag
