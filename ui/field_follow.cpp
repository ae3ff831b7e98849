// SPDX-License-Identifier: GPL-3.0-or-later
// What a parameter can follow, and the node that is made for it where there is none yet.
#include "core/graph/conversion.h"
#include "core/recipe/edit_recipe.h"
#include "core/recipe/recipe_wires.h"
#include "ui/field_motion.h"
#include "ui/qt_std.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
/// Something to follow that is made when it is asked for.
struct Making {
    const char* id;
    const char* title;
    const char* effect;
    const char* port;
    bool analyses; ///< takes a sound
    const char* member;
    double amount; ///< of `member`, which makes it look right at once
};
constexpr Making makings[] = {
    {"beats", QT_TRANSLATE_NOOP("Follow", "Beats"), "beats", "", true, "decay", 0.25},
    {"downbeats", QT_TRANSLATE_NOOP("Follow", "First beat of each bar"), "beats", "downbeats", true, "decay", 0.5},
    {"onsets", QT_TRANSLATE_NOOP("Follow", "Each sound that begins"), "onsets", "", true, "decay", 0.15},
    {"loudness", QT_TRANSLATE_NOOP("Follow", "Loudness"), "energy", "", true, "smooth", 0.1},
    {"bass", QT_TRANSLATE_NOOP("Follow", "Bass"), "bands", "bass", true, "smooth", 0.05},
    {"high", QT_TRANSLATE_NOOP("Follow", "High notes"), "bands", "high", true, "smooth", 0.05},
    {"wave", QT_TRANSLATE_NOOP("Follow", "A slow wave"), "lfo", "", false, nullptr, 0},
    {"drift", QT_TRANSLATE_NOOP("Follow", "Random drift"), "noise_signal", "", false, nullptr, 0},
};

bool feeds(const Recipe& recipe, const std::string& node, const std::string& source)
{
    return !wirePath(recipe, node, source).empty();
}

/// What an artist hears: the sound of an output, else of any node, that the field's node does not feed.
std::optional<Wire> soundToFollow(const Recipe& recipe, const Catalogue& effects, const std::string& node)
{
    for (const RecipeOutput& output : recipe.outputs) {
        if (output.sound && !feeds(recipe, node, output.sound->node))
            return output.sound;
    }
    const auto soundOf = [&](const std::string& name, std::string_view effect) -> std::optional<Wire> {
        const CatalogueEntry* entry = effects.find(effect);
        if (entry == nullptr || feeds(recipe, node, name))
            return std::nullopt;
        const auto port = std::ranges::find(entry->effect->outputs, PortType::Sound, &Port::type);
        return port == entry->effect->outputs.end() ? std::nullopt : std::optional(Wire{name, port == entry->effect->outputs.begin() ? std::string() : std::string(port->name)});
    };
    for (const Node& each : recipe.nodes) {
        if (const auto wire = soundOf(each.name, each.effect))
            return wire;
    }
    for (const RecipeInput& input : recipe.inputs) {
        if (const auto wire = soundOf(input.name, input.media))
            return wire;
    }
    return std::nullopt;
}

LayoutPoint placeFor(const Recipe& recipe, const std::string& node)
{
    constexpr double across = 190, down = 140;
    const auto found = recipe.layout.find(node);
    LayoutPoint at = found == recipe.layout.end() ? LayoutPoint{0, 0} : LayoutPoint{found->second.first - across, found->second.second + down};
    const auto taken = [&](const auto& entry) { return std::abs(entry.second.first - at.first) < across && std::abs(entry.second.second - at.second) < down; };
    while (std::ranges::any_of(recipe.layout, taken))
        at.second += down;
    return at;
}

/// The node that gives it: one that is there with nothing set, else a new one.
Result<std::pair<Recipe, Wire>> made(const Recipe& recipe, const Catalogue& effects, const Field& field, const Making& making)
{
    std::optional<Wire> sound;
    if (making.analyses) {
        sound = soundToFollow(recipe, effects, field.place.node);
        if (!sound)
            return fail(Fault::NotFound, toStd(QObject::tr("There is no sound to follow yet: connect one to the output, or add one.")));
    }
    for (const Node& node : recipe.nodes) {
        const PortValue* port = node.port("sound");
        const auto* wire = port == nullptr ? nullptr : std::get_if<Wire>(&port->value);
        const bool hearsTheSame = making.analyses && wire != nullptr && *wire == *sound;
        if (node.effect == making.effect && hearsTheSame && node.args.empty() && !node.bypass)
            return std::pair(recipe, Wire{node.name, making.port});
    }
    Recipe next = TRY(addNode(recipe, making.effect, placeFor(recipe, field.place.node)));
    const std::string name = next.nodes.back().name;
    if (sound)
        next = TRY(connect(next, *sound, name, "sound"));
    return std::pair(std::move(next), Wire{name, making.port});
}

/// From the present value, towards where there is more room.
Json rangeFrom(const Field& field, double now)
{
    double low = now, high = 0;
    if (field.kind == ParamKind::Point || field.kind == ParamKind::Size || field.kind == ParamKind::Colour) {
        low = 0;
        high = 1;
    } else if (field.bounded()) {
        const double reach = 0.4 * (field.most - field.least);
        high = field.most - now >= reach ? now + reach : now;
        low = high == now ? now - reach : now;
    } else {
        high = now == 0 ? 1 : now * 1.5;
    }
    return Json::array({literalOfNumber(field, low), literalOfNumber(field, high)});
}
} // namespace

bool canFollow(const Field& field)
{
    const bool place = field.place.kind == FieldPlace::Kind::Argument || field.place.kind == FieldPlace::Kind::ItemArgument;
    switch (field.kind) {
    case ParamKind::Real:
    case ParamKind::Integer:
    case ParamKind::Angle:
    case ParamKind::Time:
    case ParamKind::Point:
    case ParamKind::Size:
    case ParamKind::Colour: return place && field.animatable;
    default: return false;
    }
}

std::vector<FollowChoice> followChoices(const Recipe& recipe, const Catalogue& effects, const Field& field)
{
    std::vector<FollowChoice> choices;
    if (!canFollow(field))
        return choices;
    for (const Making& making : makings)
        choices.push_back({QStringLiteral("new:") + QLatin1String(making.id), QCoreApplication::translate("Follow", making.title), true});
    const auto add = [&](const std::string& name, std::string_view effect) {
        const CatalogueEntry* entry = effects.find(effect);
        if (entry == nullptr || feeds(recipe, field.place.node, name))
            return;
        for (const Port& port : entry->effect->outputs) {
            if (!converts(port.type, PortType::Signal))
                continue;
            const bool first = &port == &entry->effect->outputs.front();
            const Wire wire{name, first ? std::string() : std::string(port.name)};
            choices.push_back({toQt(wire.text()), first ? toQt(name) : toQt(name + " · " + std::string(port.title.empty() ? port.name : port.title)), false});
        }
    };
    for (const RecipeInput& input : recipe.inputs)
        add(input.name, input.media);
    for (const Node& node : recipe.nodes)
        add(node.name, node.effect);
    return choices;
}

Result<Recipe> follow(const Recipe& recipe, const Catalogue& effects, const Field& field, const QString& id)
{
    Recipe next = recipe;
    Json binding = Json::object();
    // What follows already keeps how it follows: only its source changes.
    if (field.form() == FieldForm::Binding)
        binding = field.shown();
    Wire source;
    const std::string wire = toStd(id);
    if (const auto making = std::ranges::find_if(makings, [&](const Making& each) { return wire == "new:" + std::string(each.id); }); making != std::end(makings)) {
        auto [with, from] = TRY(made(recipe, effects, field, *making));
        next = std::move(with);
        source = from;
        if (binding.empty() && making->member != nullptr)
            binding[making->member] = making->amount;
    } else {
        source = TRY(wireOfText(wire));
    }
    if (feeds(recipe, field.place.node, source.node))
        return fail(Fault::Conflict, toStd(QObject::tr("%1 cannot follow %2, which is made from it").arg(field.title, toQt(source.node))));
    Json written{{"bind", source.text()}};
    if (!binding.contains("range"))
        written["range"] = rangeFrom(field, field.number());
    for (const auto& [name, value] : binding.get_ref<const Json::object_t&>()) {
        if (name != "bind")
            written[name] = value;
    }
    return writeField(next, field, std::move(written));
}

Json withFollowMember(const Field& field, const char* member, std::optional<Json> value)
{
    Json binding = field.shown();
    if (value)
        binding[member] = std::move(*value);
    else
        binding.erase(member);
    return binding;
}

QString followWords(const Field& field)
{
    const Json& json = field.shown();
    if (field.form() != FieldForm::Binding || !json["bind"].is_string())
        return {};
    QStringList words{QObject::tr("follows %1").arg(toQt(json["bind"].get_ref<const std::string&>()))};
    const auto number = [&](const char* member) { return json.contains(member) && json[member].is_number() ? json[member].get<double>() : 0.0; };
    if (json.contains("range") && json["range"].is_array() && json["range"].size() == 2 && json["range"][0].is_number() && json["range"][1].is_number())
        words << QStringLiteral("%1 – %2").arg(numberText(json["range"][0].get<double>(), field.step), numberText(json["range"][1].get<double>(), field.step));
    if (number("decay") > 0)
        words << QObject::tr("decay %1 s").arg(numberText(number("decay"), 0.01));
    if (number("smooth") > 0)
        words << QObject::tr("smooth %1 s").arg(numberText(number("smooth"), 0.01));
    return words.join(QStringLiteral(" · "));
}

} // namespace artdag
