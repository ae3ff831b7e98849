// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/read_nodes.h"

#include "core/recipe/json_text.h"

#include <unordered_set>

namespace artdag {

namespace {

Item readItem(FieldReader& fields, const std::string& owner, const Json& value, const std::string& pointer)
{
    Item item;
    if (value.is_string()) {
        item.plain = true;
        fields.readWire(value, pointer, owner, "", item.from);
        return item;
    }
    fields.object(value, pointer, owner,
        {fields.text("id", owner, item.id), fields.wire("from", owner, item.from), {"in", [&item](const Json& time, const std::string&) { item.in = time; }},
            {"out", [&item](const Json& time, const std::string&) { item.out = time; }}, fields.arguments(owner, item.args)},
        item.unknown);
    return item;
}

void readItems(FieldReader& fields, const std::string& owner, std::vector<Item>& items, const Json& value, const std::string& pointer)
{
    std::unordered_set<std::string> ids;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const std::string place = pointer + "/" + std::to_string(i), name = owner + ", item " + std::to_string(i + 1);
        items.push_back(readItem(fields, name, value[i], place));
        const std::string& id = items.back().id;
        if (!id.empty() && !ids.insert(id).second)
            fields.problems().error(place + "/id", name + ": the id " + shortText(Json(id)) + " is already that of another item");
    }
}

void readPorts(FieldReader& fields, const std::string& owner, Node& node, const Json& value, const std::string& pointer)
{
    if (!value.is_object()) {
        fields.wrong(pointer, owner, "in", "an object", value);
        return;
    }
    for (const auto& [port, ends] : value.get_ref<const Json::object_t&>()) {
        const std::string place = pointerTo(pointer, port);
        if (ends.is_array()) {
            std::vector<Item> items;
            readItems(fields, owner + ": " + port, items, ends, place);
            node.in.emplace_back(port, PortValue{std::move(items)});
            continue;
        }
        std::optional<Wire> wire;
        fields.readWire(ends, place, owner, port, wire);
        if (wire)
            node.in.emplace_back(port, PortValue{std::move(*wire)});
    }
}

void readGroupOutputs(FieldReader& fields, const std::string& owner, Group& group, const Json& value, const std::string& pointer)
{
    fields.named(value, pointer, owner, "output", nullptr, [&](const std::string& name, const Json& each, const std::string& place) {
        std::optional<Wire> wire;
        fields.readWire(each, place, owner + ": output '" + name + "'", "", wire);
        if (wire)
            group.outputs.emplace_back(name, std::move(*wire));
    });
}

} // namespace

void readNode(FieldReader& fields, const std::string& within, Node& node, const Json& value, const std::string& pointer)
{
    const std::string owner = within + "node '" + node.name + "'";
    fields.object(value, pointer, owner,
        {fields.text("effect", owner, node.effect), fields.text("group", owner, node.group),
            {"in", [&](const Json& ports, const std::string& place) { readPorts(fields, owner, node, ports, place); }},
            fields.arguments(owner, node.args), fields.boolean("bypass", owner, node.bypass)},
        node.unknown);
    if (!node.effect.empty() && !node.group.empty())
        fields.problems().error(pointer + "/group", owner + ": it has both an effect and a group", "remove one of them");
}

void readParam(FieldReader& fields, const std::string& within, RecipeParam& param, const Json& value, const std::string& pointer)
{
    const std::string owner = within + "param '" + param.name + "'";
    fields.object(value, pointer, owner,
        {fields.text("type", owner, param.type), {"default", [&param](const Json& given, const std::string&) { param.fallback = given; }},
            fields.number("min", owner, param.least), fields.number("max", owner, param.most), fields.text("unit", owner, param.unit), fields.text("title", owner, param.title)},
        param.unknown);
}

void readGroup(FieldReader& fields, Group& group, const Json& value, const std::string& pointer)
{
    const std::string owner = "group '" + group.name + "'", within = owner + ": ";
    FieldReader::Names names;
    const auto things = [&](std::string_view member, const char* kind, const FieldReader::Each& each) {
        return Field{member, [&, owner, kind, each](const Json& members, const std::string& place) { fields.named(members, place, owner, kind, &names, each); }};
    };
    fields.object(value, pointer, owner,
        {fields.text("title", owner, group.title), fields.text("description", owner, group.description), fields.text("source", owner, group.source),
            things("inputs", "input", [&](const std::string& name, const Json& each, const std::string& place) {
                GroupInput& input = group.inputs.emplace_back(GroupInput{.name = name});
                const std::string subject = within + "input '" + name + "'";
                fields.object(each, place, subject, {fields.text("title", subject, input.title), fields.boolean("optional", subject, input.optional)}, input.unknown);
            }),
            things("params", "param", [&](const std::string& name, const Json& each, const std::string& place) {
                readParam(fields, within, group.params.emplace_back(RecipeParam{.name = name}), each, place);
            }),
            things("nodes", "node", [&](const std::string& name, const Json& each, const std::string& place) {
                readNode(fields, within, group.nodes.emplace_back(Node{.name = name}), each, place);
            }),
            {"outputs", [&](const Json& outputs, const std::string& place) { readGroupOutputs(fields, owner, group, outputs, place); }}, fields.layout(owner, group.layout, group.layoutOrder), fields.ui(owner, group.unknown)},
        group.unknown);
}

} // namespace artdag
