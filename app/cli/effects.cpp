// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <fmt/format.h>

#include <cmath>

namespace artdag::cli {

namespace {

struct EffectsFlags {
    std::string name, search;
    bool leftOut = false;
};

Json jsonOf(const Value& value)
{
    struct Writer {
        Json operator()(double number) const { return number; }
        Json operator()(std::int64_t number) const { return number; }
        Json operator()(bool flag) const { return flag; }
        Json operator()(const std::string& text) const { return text; }
        Json operator()(const Colour& colour) const { return {colour.r, colour.g, colour.b, colour.a}; }
        Json operator()(const Vec2& point) const { return {point.x, point.y}; }
        Json operator()(const Moment& moment) const { return secondsOfFlicks(moment.flicks); }
        Json operator()(const Gradient& gradient) const
        {
            Json stops = Json::array();
            for (const GradientStop& stop : gradient)
                stops.push_back({stop.position, (*this)(stop.colour)});
            return stops;
        }
        Json operator()(const CurvePoints& points) const
        {
            Json list = Json::array();
            for (const Vec2& point : points)
                list.push_back((*this)(point));
            return list;
        }
        Json operator()(const ContentId& id) const { return id.isNull() ? Json() : Json(id.text()); }
    };
    return std::visit(Writer{}, value);
}

Json jsonOf(const Param& param)
{
    Json json{{"name", param.name}, {"kind", nameOf(param.kind)}, {"default", jsonOf(param.initial)}, {"title", param.title}, {"help", param.help}, {"animatable", param.animatable}};
    if (param.kind == ParamKind::Choice) {
        json["choices"] = param.choices;
        json["default"] = param.choices[static_cast<std::size_t>(std::get<std::int64_t>(param.initial))];
    }
    if (std::isfinite(param.least))
        json["min"] = param.least;
    if (std::isfinite(param.most))
        json["max"] = param.most;
    if (!param.unit.empty())
        json["unit"] = param.unit;
    return json;
}

Json jsonOf(const Port& port)
{
    return {{"name", port.name}, {"type", nameOf(port.type)}, {"list", port.list}, {"optional", port.optional}};
}

template <class T>
Json listOf(const std::vector<T>& values)
{
    Json list = Json::array();
    for (const T& value : values)
        list.push_back(jsonOf(value));
    return list;
}

Json jsonOf(const CatalogueEntry& entry)
{
    const Effect& effect = *entry.effect;
    return {{"name", entry.name}, {"version", effect.version}, {"title", effect.title}, {"help", effect.help}, {"tags", effect.tags}, {"synonyms", effect.synonyms},
        {"inputs", listOf(effect.inputs)}, {"outputs", listOf(effect.outputs)}, {"params", listOf(effect.params)}, {"item_params", listOf(effect.itemParams)}, {"source", "sha3-256:" + std::string(entry.sourceHash)},
        {"baked", entry.bridge != nullptr}, {"by", entry.bridge != nullptr ? Json(entry.bridge->by()) : Json()}};
}

void sayEffect(const CatalogueEntry& entry)
{
    const Json json = jsonOf(entry);
    say(fmt::format("{}  ({}){}\n{}", entry.name, entry.effect->title, entry.bridge != nullptr ? "  baked by " + entry.bridge->by() : "", entry.effect->help));
    for (const char* side : {"inputs", "outputs"}) {
        std::string ports;
        for (const Json& port : json[side])
            ports += fmt::format("{}{} ({}{}{})", ports.empty() ? "" : ", ", port["name"].get<std::string>(), port["type"].get<std::string>(), port["list"].get<bool>() ? ", list" : "", port["optional"].get<bool>() ? ", optional" : "");
        say(fmt::format("  {}: {}", side, ports.empty() ? "none" : ports));
    }
    for (const char* group : {"params", "item_params"}) {
        for (const Json& param : json[group]) {
            std::string range = param.contains("min") && param.contains("max") ? fmt::format(", {:g}–{:g}", param["min"].get<double>(), param["max"].get<double>()) : "";
            if (param.contains("unit"))
                range += " " + param["unit"].get<std::string>();
            if (param.contains("choices"))
                range += ", one of " + param["choices"].dump();
            say(fmt::format("  {}{} = {}  ({}{})\n      {}", std::string_view(group) == "params" ? "" : "item ", param["name"].get<std::string>(), param["default"].dump(), param["kind"].get<std::string>(), range, param["help"].get<std::string>()));
        }
    }
}

Result<int> effects(const EffectsFlags& flags, const Invocation& invocation)
{
    const BridgeEffects bridges(bridgeOptions(artdagHome()));
    Catalogue catalogue = builtinEffects();
    catalogue.further = &bridges;
    std::vector<const CatalogueEntry*> found;
    if (flags.name.empty()) {
        found = catalogue.search(flags.search);
    } else { // a name that is no bridge's asks no other program
        const CatalogueEntry* entry = catalogue.find(flags.name);
        if (entry == nullptr) {
            const auto similar = catalogue.similar(flags.name);
            return fail(Fault::NotFound, fmt::format("effect '{}': there is none of that name{}", flags.name, similar.empty() ? "" : fmt::format("; did you mean '{}'?", similar.front())));
        }
        found = {entry};
    }
    if (invocation.json) {
        Json list = Json::array();
        for (const CatalogueEntry* entry : found)
            list.push_back(jsonOf(*entry));
        answer({{"effects", list}});
        return exitOk;
    }
    if (!flags.name.empty())
        sayEffect(*found.front());
    else
        for (const CatalogueEntry* entry : found)
            say(fmt::format("{:<16} {}{}", entry->name, entry->bridge != nullptr ? "[baked] " : "", entry->effect->help));
    if (flags.name.empty() && !bridges.problem().empty())
        say("No filters of libavfilter or frei0r: " + bridges.problem());
    if (flags.leftOut)
        for (const std::string& left : bridges.leftOut())
            say("left out: " + left);
    if (found.empty())
        say(fmt::format("No effect matches '{}'.", flags.search));
    return exitOk;
}

} // namespace

void addEffects(CLI::App& app, Invocation& invocation)
{
    auto flags = std::make_shared<EffectsFlags>();
    CLI::App* command = app.add_subcommand("effects", "List the effects, or describe one");
    command->add_option("NAME", flags->name, "Describe this effect: its ports and parameters");
    command->add_option("--search", flags->search, "Only effects that match these words")->type_name("WORDS");
    command->add_flag("--left-out", flags->leftOut, "Say also which filters of libavfilter and frei0r are left out, and why");
    command->footer("Example: artdag effects --search blur");
    addCommonFlags(*command, invocation);
    command->callback([flags, &invocation] { invocation.run = [flags, &invocation] { return effects(*flags, invocation); }; });
}

} // namespace artdag::cli
