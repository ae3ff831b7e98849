// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "core/workflow/effect_document.h"

#include <fmt/format.h>

namespace artdag::cli {

namespace {

struct EffectsFlags {
    std::string name, search;
    bool leftOut = false;
};

void sayEffect(const CatalogueEntry& entry)
{
    const Json json = effectDocument(entry);
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
            list.push_back(effectDocument(*entry));
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
