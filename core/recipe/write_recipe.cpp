// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/json_text.h"
#include "core/recipe/recipe.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

constexpr std::size_t lineWidth = 100;

void appendUnknown(Json& object, const Json& unknown)
{
    if (unknown.is_object())
        for (const auto& [name, value] : unknown.get_ref<const Json::object_t&>())
            appendMember(object, name, value);
}

void appendText(Json& object, const char* name, const std::string& text, std::string_view usual = "")
{
    if (text != usual)
        appendMember(object, name, text);
}

Json objectOf(const std::vector<std::pair<std::string, Json>>& members)
{
    Json object = Json::object();
    for (const auto& [name, value] : members)
        appendMember(object, name, value);
    return object;
}

Json jsonOfItem(const Item& item)
{
    if (item.plain && item.from && item.id.empty() && !item.in && !item.out && item.args.empty() && item.unknown.empty())
        return item.from->text();
    Json json = Json::object();
    appendText(json, "id", item.id);
    if (item.from)
        appendMember(json, "from", item.from->text());
    if (item.in)
        appendMember(json, "in", *item.in);
    if (item.out)
        appendMember(json, "out", *item.out);
    if (!item.args.empty())
        appendMember(json, "args", objectOf(item.args));
    appendUnknown(json, item.unknown);
    return json;
}

Json jsonOfPort(const PortValue& port)
{
    if (const Wire* wire = std::get_if<Wire>(&port.value))
        return wire->text();
    Json list = Json::array();
    for (const Item& item : std::get<std::vector<Item>>(port.value))
        list.push_back(jsonOfItem(item));
    return list;
}

Json jsonOfLayout(const Layout& layout, const std::vector<std::string>& order)
{
    Json json = Json::object();
    for (const std::string& name : order)
        if (const auto place = layout.find(name); place != layout.end())
            appendMember(json, name, Json::array({place->second.first, place->second.second}));
    return json;
}

Json jsonOfCanvas(const RecipeCanvas& canvas)
{
    Json json = Json::object();
    appendMember(json, "width", canvas.width);
    appendMember(json, "height", canvas.height);
    appendMember(json, "rate", Json::array({canvas.rate.numerator, canvas.rate.denominator}));
    appendMember(json, "sampleRate", canvas.sampleRate);
    appendMember(json, "duration", canvas.duration);
    appendMember(json, "workingSpace", canvas.workingSpace);
    appendUnknown(json, canvas.unknown);
    return json;
}

Json jsonOfInput(const RecipeInput& input)
{
    Json json = Json::object();
    appendMember(json, "media", input.media);
    appendText(json, "title", input.title);
    appendText(json, "colour", input.colour, "auto");
    appendText(json, "default", input.fallback);
    if (input.standIn)
        appendMember(json, "standIn", input.standIn->text());
    appendUnknown(json, input.unknown);
    return json;
}

Json jsonOfParam(const RecipeParam& param)
{
    Json json = Json::object();
    appendMember(json, "type", param.type);
    if (!param.fallback.is_null())
        appendMember(json, "default", param.fallback);
    if (param.least)
        appendMember(json, "min", *param.least);
    if (param.most)
        appendMember(json, "max", *param.most);
    appendText(json, "unit", param.unit);
    appendText(json, "title", param.title);
    appendUnknown(json, param.unknown);
    return json;
}

Json jsonOfOutput(const RecipeOutput& output)
{
    Json json = Json::object();
    if (output.picture)
        appendMember(json, "picture", output.picture->text());
    if (output.sound)
        appendMember(json, "sound", output.sound->text());
    appendMember(json, "encode", output.encode);
    appendUnknown(json, output.unknown);
    return json;
}

template <class Things, class JsonOf>
void appendNamed(Json& document, const char* member, const Things& things, JsonOf jsonOf, bool always)
{
    if (things.empty() && !always)
        return;
    Json json = Json::object();
    for (const auto& thing : things)
        appendMember(json, thing.name, jsonOf(thing));
    appendMember(document, member, std::move(json));
}

Json jsonOfGroupInput(const GroupInput& input)
{
    Json json = Json::object();
    appendText(json, "title", input.title);
    if (input.optional)
        appendMember(json, "optional", true);
    appendUnknown(json, input.unknown);
    return json;
}

Json jsonOfGroup(const Group& group)
{
    Json json = Json::object();
    appendText(json, "title", group.title);
    appendText(json, "description", group.description);
    appendText(json, "source", group.source);
    appendNamed(json, "inputs", group.inputs, jsonOfGroupInput, false);
    appendNamed(json, "params", group.params, jsonOfParam, false);
    appendNamed(json, "nodes", group.nodes, jsonOfNode, true);
    Json outputs = Json::object();
    for (const auto& [name, wire] : group.outputs)
        appendMember(outputs, name, wire.text());
    appendMember(json, "outputs", std::move(outputs));
    if (Json layout = jsonOfLayout(group.layout, group.layoutOrder); !layout.empty())
        appendMember(json, "layout", std::move(layout));
    appendUnknown(json, group.unknown);
    return json;
}

std::string quoted(const std::string& text)
{
    return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string scalar(const Json& value)
{
    if (value.is_string())
        return quoted(value.get_ref<const std::string&>());
    if (value.is_number())
        return std::isfinite(value.get<double>()) ? ecmaNumber(value.get<double>()) : "null";
    return value.is_boolean() ? (value.get<bool>() ? "true" : "false") : "null";
}

/// Characters, not bytes: a line's width must not depend on the alphabet.
std::size_t width(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Appends the value on one line; false as soon as it is known to be wider than `room`.
bool writeInline(const Json& value, std::string& out, std::size_t from, std::size_t room)
{
    if (!value.is_structured()) {
        out += scalar(value);
        return width(std::string_view(out).substr(from)) <= room;
    }
    out.push_back(value.is_object() ? '{' : '[');
    bool first = true;
    for (const auto& member : value.items()) {
        if (!first)
            out += ", ";
        first = false;
        if (value.is_object())
            out += quoted(member.key()) + ": ";
        if (!writeInline(member.value(), out, from, room))
            return false;
    }
    out.push_back(value.is_object() ? '}' : ']');
    return width(std::string_view(out).substr(from)) <= room;
}

bool isSection(const std::string& member)
{
    static constexpr std::string_view sections[] = {"inputs", "params", "nodes", "outputs", "groups", "layout"};
    return std::ranges::find(sections, std::string_view(member)) != std::end(sections);
}

/// `open` levels are written with one member a line even when they would fit in one.
void writeValue(const Json& value, std::string& out, std::size_t indent, std::size_t column, int open)
{
    const std::size_t start = out.size();
    if (!value.is_structured() || value.empty() || open <= 0) {
        const std::size_t room = lineWidth > column ? lineWidth - column : 0;
        if (writeInline(value, out, start, room) || !value.is_structured() || value.empty())
            return;
        out.resize(start);
    }
    const bool isObject = value.is_object();
    out.push_back(isObject ? '{' : '[');
    bool first = true;
    for (const auto& member : value.items()) {
        out += first ? "\n" : ",\n";
        first = false;
        out.append(indent + 2, ' ');
        std::size_t at = indent + 2;
        if (isObject) {
            const std::string name = quoted(member.key()) + ": ";
            out += name;
            at += width(name);
        }
        writeValue(member.value(), out, indent + 2, at, open > 1 && member.value().is_object() && isSection(member.key()) ? 1 : 0);
    }
    out.push_back('\n');
    out.append(indent, ' ');
    out.push_back(isObject ? '}' : ']');
}

} // namespace

Json jsonOfNode(const Node& node)
{
    Json json = Json::object();
    if (node.group.empty() || !node.effect.empty())
        appendMember(json, "effect", node.effect);
    appendText(json, "group", node.group);
    if (!node.in.empty()) {
        Json ports = Json::object();
        for (const auto& [name, port] : node.in)
            appendMember(ports, name, jsonOfPort(port));
        appendMember(json, "in", std::move(ports));
    }
    if (!node.args.empty())
        appendMember(json, "args", objectOf(node.args));
    if (node.bypass)
        appendMember(json, "bypass", true);
    appendUnknown(json, node.unknown);
    return json;
}

Json jsonOfGroups(const Recipe& recipe)
{
    Json json = Json::object();
    for (const Group& group : recipe.groups)
        appendMember(json, group.name, jsonOfGroup(group));
    return json;
}

Json jsonOfRecipe(const Recipe& recipe)
{
    Json json = Json::object();
    appendMember(json, "artdag", recipe.version);
    appendMember(json, "title", recipe.title);
    appendText(json, "description", recipe.description);
    appendText(json, "license", recipe.license);
    if (!recipe.tags.empty())
        appendMember(json, "tags", recipe.tags);
    appendText(json, "author", recipe.author);
    if (!recipe.derivedFrom.empty())
        appendMember(json, "derivedFrom", recipe.derivedFrom);
    appendMember(json, "canvas", jsonOfCanvas(recipe.canvas));
    appendNamed(json, "inputs", recipe.inputs, jsonOfInput, false);
    appendNamed(json, "params", recipe.params, jsonOfParam, false);
    if (!recipe.handles.empty())
        appendMember(json, "handles", recipe.handles);
    appendNamed(json, "nodes", recipe.nodes, jsonOfNode, true);
    appendNamed(json, "outputs", recipe.outputs, jsonOfOutput, true);
    if (!recipe.groups.empty())
        appendMember(json, "groups", jsonOfGroups(recipe));
    if (Json layout = jsonOfLayout(recipe.layout, recipe.layoutOrder); !layout.empty())
        appendMember(json, "layout", std::move(layout));
    appendUnknown(json, recipe.unknown);
    return json;
}

std::string writeRecipe(const Recipe& recipe)
{
    std::string out;
    writeValue(jsonOfRecipe(recipe), out, 0, 0, 2);
    out.push_back('\n');
    return out;
}

} // namespace artdag
