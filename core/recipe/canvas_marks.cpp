// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/canvas_marks.h"

#include "core/recipe/edit_rules.h"

#include <cmath>
#include <set>

namespace artdag {

namespace {

const Json* member(const Json& object, const char* name)
{
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

std::string textOf(const Json& object, const char* name, const std::string& otherwise)
{
    const Json* text = member(object, name);
    return text != nullptr && text->is_string() ? text->get<std::string>() : otherwise;
}

bool isFinite(const Json& value)
{
    return value.is_number() && std::isfinite(value.get<double>());
}

bool isPoint(const Json& value)
{
    return value.is_array() && value.size() == 2 && isFinite(value[0]) && isFinite(value[1]);
}

bool readFrame(const std::string& name, const Json& value, CanvasFrame& frame)
{
    const Json* rect = member(value, "rect");
    if (rect == nullptr || !rect->is_array() || rect->size() != 4 || !std::ranges::all_of(*rect, isFinite))
        return false;
    frame = {.name = name, .title = textOf(value, "title", name), .colour = textOf(value, "colour", "grey")};
    frame.x = (*rect)[0].get<double>();
    frame.y = (*rect)[1].get<double>();
    frame.width = (*rect)[2].get<double>();
    frame.height = (*rect)[3].get<double>();
    if (const Json* holds = member(value, "folded"); holds != nullptr && holds->is_array()) {
        frame.folded = true;
        for (const Json& each : *holds)
            if (each.is_string())
                frame.holds.push_back(each.get<std::string>());
    }
    return frame.width > 0 && frame.height > 0;
}

Json jsonOfFrame(const CanvasFrame& frame)
{
    Json json{{"title", frame.title}, {"colour", frame.colour}, {"rect", Json::array({frame.x, frame.y, frame.width, frame.height})}};
    if (frame.folded)
        json["folded"] = frame.holds;
    return json;
}

std::set<std::string> marksOfWires(const Recipe& recipe)
{
    std::set<std::string> marks;
    for (const Node& node : recipe.nodes)
        for (const auto& [port, value] : node.in) {
            if (const Wire* wire = std::get_if<Wire>(&value.value)) {
                marks.insert(wireMark(*wire, node.name, port));
                continue;
            }
            for (const Item& item : std::get<std::vector<Item>>(value.value))
                if (item.from)
                    marks.insert(wireMark(*item.from, node.name, port));
        }
    for (const RecipeOutput& output : recipe.outputs) {
        if (output.picture)
            marks.insert(wireMark(*output.picture, "@" + output.name, "picture"));
        if (output.sound)
            marks.insert(wireMark(*output.sound, "@" + output.name, "sound"));
    }
    return marks;
}

bool isCard(const Recipe& recipe, std::string_view name)
{
    return recipe.node(name) != nullptr || named(recipe.inputs, name) != recipe.inputs.end();
}

/// `from` as the source or the target of a wire's mark.
std::string renamedMark(const std::string& mark, std::string_view from, std::string_view to)
{
    const auto arrow = mark.find('>');
    if (arrow == std::string::npos)
        return mark;
    const auto renamed = [&](const std::string& end) {
        const auto dot = std::min(end.find('.'), end.size());
        return end.substr(0, dot) == from ? std::string(to) + end.substr(dot) : end;
    };
    return renamed(mark.substr(0, arrow)) + ">" + renamed(mark.substr(arrow + 1));
}

} // namespace

const CanvasFrame* CanvasMarks::frame(std::string_view name) const
{
    const auto found = named(frames, name);
    return found == frames.end() ? nullptr : &*found;
}

CanvasFrame* CanvasMarks::frame(std::string_view name)
{
    const auto found = named(frames, name);
    return found == frames.end() ? nullptr : &*found;
}

std::string wireMark(const Wire& from, std::string_view node, std::string_view port)
{
    return from.text() + ">" + std::string(node) + "." + std::string(port);
}

CanvasMarks marksOf(const Recipe& recipe)
{
    CanvasMarks marks;
    const Json* ui = member(recipe.unknown, "ui");
    if (ui == nullptr || !ui->is_object())
        return marks;
    for (const auto& [name, value] : ui->items()) {
        if (!value.is_object() || (name != "frames" && name != "dots" && name != "bookmarks")) {
            marks.unknown[name] = value;
            continue;
        }
        for (const auto& [key, each] : value.items()) {
            CanvasFrame frame;
            if (name == "frames" && readFrame(key, each, frame))
                marks.frames.push_back(std::move(frame));
            else if (name == "dots" && each.is_array() && !each.empty() && std::ranges::all_of(each, isPoint))
                for (const Json& point : each)
                    marks.dots[key].emplace_back(point[0].get<double>(), point[1].get<double>());
            else if (name == "bookmarks" && key.size() == 1 && key[0] >= '1' && key[0] <= '9' && each.is_string())
                marks.bookmarks[key[0] - '0'] = each.get<std::string>();
        }
    }
    return marks;
}

Recipe withMarks(const Recipe& recipe, const CanvasMarks& marks)
{
    Recipe next = recipe;
    Json ui = Json::object();
    for (const CanvasFrame& frame : marks.frames)
        ui["frames"][frame.name] = jsonOfFrame(frame);
    for (const auto& [mark, points] : marks.dots)
        for (const LayoutPoint& point : points)
            ui["dots"][mark].push_back(Json::array({point.first, point.second}));
    for (const auto& [digit, name] : marks.bookmarks)
        ui["bookmarks"][std::to_string(digit)] = name;
    for (const auto& [name, value] : marks.unknown.items())
        ui[name] = value;
    if (ui.empty())
        next.unknown.erase("ui");
    else
        next.unknown["ui"] = std::move(ui);
    return next;
}

Recipe withTidyMarks(Recipe recipe)
{
    if (member(recipe.unknown, "ui") == nullptr)
        return recipe;
    CanvasMarks marks = marksOf(recipe);
    const std::set<std::string> wires = marksOfWires(recipe);
    bool changed = std::erase_if(marks.dots, [&](const auto& entry) { return !wires.contains(entry.first); }) > 0;
    changed = std::erase_if(marks.bookmarks, [&](const auto& entry) { return !isCard(recipe, entry.second); }) > 0 || changed;
    for (CanvasFrame& frame : marks.frames)
        changed = std::erase_if(frame.holds, [&](const std::string& name) { return name.starts_with("#") ? marks.frame(std::string_view(name).substr(1)) == nullptr : !isCard(recipe, name); }) > 0 || changed;
    return changed ? withMarks(recipe, marks) : std::move(recipe);
}

void renameInMarks(Recipe& recipe, std::string_view from, std::string_view to)
{
    if (member(recipe.unknown, "ui") == nullptr)
        return;
    CanvasMarks marks = marksOf(recipe);
    std::map<std::string, std::vector<LayoutPoint>> dots;
    for (auto& [mark, points] : marks.dots)
        dots[renamedMark(mark, from, to)] = std::move(points);
    marks.dots = std::move(dots);
    for (auto& [digit, name] : marks.bookmarks)
        if (name == from)
            name = to;
    for (CanvasFrame& frame : marks.frames)
        std::ranges::replace(frame.holds, std::string(from), std::string(to));
    recipe = withMarks(recipe, marks);
}

std::string freshFrameName(const CanvasMarks& marks)
{
    return freshNameWhere("frame", [&](const std::string& name) { return marks.frame(name) != nullptr; });
}

} // namespace artdag
