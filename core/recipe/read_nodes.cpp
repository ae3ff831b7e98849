// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/read_nodes.h"

#include "core/recipe/json_text.h"
#include "core/recipe/name_set.h"

namespace artdag {

namespace {

void readItem(FieldReader& fields, const Subject& owner, Item& item, JsonView value, const Place& place)
{
    if (value.isText()) {
        item.plain = true;
        fields.readWire(value, place, owner, "", item.from);
        return;
    }
    fields.object(value, place, owner, item.unknown,
        fields.text("id", owner, item.id), fields.wire("from", owner, item.from), Field{"in", [&item](JsonView time, const Place&) { item.in = time.json(); }},
        Field{"out", [&item](JsonView time, const Place&) { item.out = time.json(); }}, fields.arguments(owner, item.args));
}

void readItems(FieldReader& fields, const Subject& owner, std::vector<Item>& items, JsonView value, const Place& place)
{
    NameSet ids;
    items.reserve(value.size()); // so that `ids` can view them
    for (const JsonView each : value) {
        const Place inner(place, items.size());
        const Subject name{.within = &owner, .before = ", item ", .number = items.size() + 1};
        Item& item = items.emplace_back();
        readItem(fields, name, item, each, inner);
        if (!item.id.empty() && !ids.insert(item.id))
            fields.problems().error(inner.pointer() + "/id", name.text() + ": the id " + shortText(Json(item.id)) + " is already that of another item");
    }
}

void readPorts(FieldReader& fields, const Subject& owner, Node& node, JsonView value, const Place& place)
{
    if (!value.isObject())
        return fields.wrong(place, owner, "in", "an object", value);
    node.in.reserve(value.size());
    for (const JsonView ends : value) {
        const std::string_view port = ends.name();
        const Place inner(place, port);
        if (ends.isList()) {
            auto& items = std::get<1>(node.in.emplace_back(port, PortValue{std::vector<Item>()}).second.value);
            readItems(fields, Subject{.within = &owner, .before = ": ", .name = port}, items, ends, inner);
            continue;
        }
        std::optional<Wire> wire;
        fields.readWire(ends, inner, owner, port, wire);
        if (wire)
            node.in.emplace_back(port, PortValue{std::move(*wire)});
    }
}

void readGroupOutputs(FieldReader& fields, const Subject& owner, Group& group, JsonView value, const Place& place)
{
    fields.named(value, place, owner, "output", nullptr, [&](std::string_view name, JsonView each, const Place& inner) {
        std::optional<Wire> wire;
        fields.readWire(each, inner, Subject{.within = &owner, .before = ": output '", .name = name, .after = "'"}, "", wire);
        if (wire)
            group.outputs.emplace_back(name, std::move(*wire));
    });
}

} // namespace

void readNode(FieldReader& fields, const Subject* within, Node& node, JsonView value, const Place& place)
{
    const Subject owner{.within = within, .before = "node '", .name = node.name, .after = "'"};
    fields.object(value, place, owner, node.unknown,
        fields.text("effect", owner, node.effect), fields.text("group", owner, node.group),
        Field{"in", [&](JsonView ports, const Place& inner) { readPorts(fields, owner, node, ports, inner); }},
        fields.arguments(owner, node.args), fields.boolean("bypass", owner, node.bypass));
    if (!node.effect.empty() && !node.group.empty())
        fields.problems().error(place.pointer() + "/group", owner.text() + ": it has both an effect and a group", "remove one of them");
}

void readParam(FieldReader& fields, const Subject* within, RecipeParam& param, JsonView value, const Place& place)
{
    const Subject owner{.within = within, .before = "param '", .name = param.name, .after = "'"};
    fields.object(value, place, owner, param.unknown,
        fields.text("type", owner, param.type), Field{"default", [&param](JsonView given, const Place&) { param.fallback = given.json(); }},
        fields.number("min", owner, param.least), fields.number("max", owner, param.most), fields.text("unit", owner, param.unit), fields.text("title", owner, param.title));
}

void readGroup(FieldReader& fields, Group& group, JsonView value, const Place& place)
{
    const Subject owner{.before = "group '", .name = group.name, .after = "'"}, within{.within = &owner, .before = ": "};
    FieldReader::Names names;
    const auto things = [&](std::string_view member, std::string_view kind, const auto& each) {
        return Field{member, [&, kind, each](JsonView members, const Place& inner) { fields.named(members, inner, owner, kind, &names, each); }};
    };
    fields.object(value, place, owner, group.unknown,
        fields.text("title", owner, group.title), fields.text("description", owner, group.description), fields.text("source", owner, group.source),
        things("inputs", "input", [&](std::string_view name, JsonView each, const Place& inner) {
            GroupInput& input = group.inputs.emplace_back(GroupInput{.name = std::string(name)});
            const Subject subject{.within = &within, .before = "input '", .name = name, .after = "'"};
            fields.object(each, inner, subject, input.unknown, fields.text("title", subject, input.title), fields.boolean("optional", subject, input.optional));
        }),
        things("params", "param", [&](std::string_view name, JsonView each, const Place& inner) {
            readParam(fields, &within, group.params.emplace_back(RecipeParam{.name = std::string(name)}), each, inner);
        }),
        things("nodes", "node", [&](std::string_view name, JsonView each, const Place& inner) {
            readNode(fields, &within, group.nodes.emplace_back(Node{.name = std::string(name)}), each, inner);
        }),
        Field{"outputs", [&](JsonView outputs, const Place& inner) { readGroupOutputs(fields, owner, group, outputs, inner); }}, fields.layout(owner, group.layout, group.layoutOrder), fields.ui(owner, group.unknown));
}

} // namespace artdag
