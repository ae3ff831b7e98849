// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/argument.h"

#include "core/base/similar_names.h"
#include "core/graph/binding.h"
#include "core/graph/keyframes.h"
#include "core/graph/literal.h"
#include "core/recipe/json_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace artdag {

namespace {

constexpr std::size_t mostKeys = 100'000;
constexpr std::string_view bindingMembers[] = {"bind", "range", "smooth", "offset", "decay", "noise", "seed", "map"};

enum class Change {
    Never,
    Held,
    Mixed,
};

/// What keyframes may do to a kind.
Change changeOf(ParamKind kind)
{
    switch (kind) {
    case ParamKind::Real:
    case ParamKind::Angle:
    case ParamKind::Integer:
    case ParamKind::Colour:
    case ParamKind::Point:
    case ParamKind::Size:
    case ParamKind::Time:
        return Change::Mixed;
    case ParamKind::Boolean:
    case ParamKind::Choice:
    case ParamKind::Text:
    case ParamKind::Seed:
        return Change::Held;
    default:
        return Change::Never;
    }
}

/// How many expressions make a value: 0 when none can.
std::size_t expressionsOf(ParamKind kind)
{
    switch (kind) {
    case ParamKind::Real:
    case ParamKind::Angle:
    case ParamKind::Integer:
    case ParamKind::Seed:
    case ParamKind::Boolean:
    case ParamKind::Time:
        return 1;
    case ParamKind::Point:
    case ParamKind::Size:
        return 2;
    case ParamKind::Colour:
        return 4;
    default:
        return 0;
    }
}

class ArgumentReader {
public:
    ArgumentReader(const Param& param, const std::string& owner, std::string pointer, const ArgumentScope& scope, ProblemList& problems)
        : m_param(param),
          m_subject(owner + ": " + std::string(param.name)),
          m_owner(owner),
          m_pointer(std::move(pointer)),
          m_scope(scope),
          m_problems(problems)
    {
    }

    std::optional<GraphArgument> read(const Json& json)
    {
        if (!json.is_object())
            return literal(json, m_pointer);
        static constexpr std::array<std::string_view, 4> forms{"keys", "expr", "param", "bind"};
        std::vector<std::string_view> found;
        for (const std::string_view form : forms)
            if (json.contains(std::string(form)))
                found.push_back(form);
        if (found.size() != 1)
            return refuse(m_pointer, found.empty() ? " is an object of no known form" : " mixes '" + std::string(found[0]) + "' and '" + std::string(found[1]) + "'",
                "write a value, {\"keys\": …}, {\"expr\": …}, {\"param\": …} or {\"bind\": …}");
        const std::string_view form = found[0];
        if (form != "bind")
            warnOfOthers(json, forms, form);
        const Json& content = json[std::string(form)];
        const std::string place = pointerTo(m_pointer, form);
        return form == "keys" ? keys(content, place) : form == "expr" ? expressions(content, place)
            : form == "param"                                         ? recipeParam(content, place)
                                                                      : binding(json);
    }

private:
    std::nullopt_t refuse(const std::string& pointer, const std::string& rest, std::string hint = {})
    {
        m_problems.error(pointer, m_subject + rest, std::move(hint));
        return std::nullopt;
    }
    void warnOfOthers(const Json& json, std::span<const std::string_view> forms, std::string_view form)
    {
        for (const auto& [name, value] : json.get_ref<const Json::object_t&>())
            if (name != form && std::ranges::find(forms, std::string_view(name)) == forms.end())
                m_problems.warning(pointerTo(m_pointer, name), m_subject + ": '" + name + "' means nothing beside '" + std::string(form) + "'");
    }
    std::optional<Value> value(const Json& json, const std::string& pointer, const std::string& what = {})
    {
        auto read = valueOfJson(json, m_param, m_scope.rate);
        if (read)
            return std::move(*read);
        return refuse(pointer, what + " " + read.error().message);
    }
    std::optional<GraphArgument> literal(const Json& json, const std::string& pointer)
    {
        if (auto read = value(json, pointer))
            return GraphArgument(std::move(*read));
        return std::nullopt;
    }
    std::optional<GraphArgument> moving(std::shared_ptr<const Animation> animation, const std::string& pointer)
    {
        if (!m_param.animatable)
            return refuse(pointer, " cannot change over time", "write one value");
        return GraphArgument(std::move(animation));
    }

    std::optional<GraphArgument> keys(const Json& json, const std::string& pointer);
    std::optional<Keyframe> key(const Json& json, const std::string& pointer);
    std::optional<Ease> ease(const Json& json, const std::string& pointer);
    std::optional<GraphArgument> expressions(const Json& json, const std::string& pointer);
    std::optional<GraphArgument> recipeParam(const Json& json, const std::string& pointer);
    std::optional<GraphArgument> binding(const Json& json);
    bool checkBindingOptions(const Json& json);

    const Param& m_param;
    std::string m_subject, m_owner, m_pointer;
    const ArgumentScope& m_scope;
    ProblemList& m_problems;
};

std::optional<Ease> ArgumentReader::ease(const Json& json, const std::string& pointer)
{
    const bool held = changeOf(m_param.kind) == Change::Held;
    if (json == "hold")
        return Ease{Ease::Kind::Hold};
    if (held)
        return refuse(pointer, ": a " + std::string(nameOf(m_param.kind)) + " can only be held, got ease " + shortText(json), "write \"hold\" or leave it out");
    if (json == "linear" || json == "smooth")
        return Ease{json == "linear" ? Ease::Kind::Linear : Ease::Kind::Smooth};
    Ease bezier{Ease::Kind::Bezier};
    bool fine = json.is_array() && json.size() == 4;
    for (std::size_t i = 0; fine && i < 4; ++i) {
        bezier.curve[i] = json[i].is_number() ? json[i].get<double>() : std::numeric_limits<double>::infinity();
        fine = i % 2 == 0 ? bezier.curve[i] >= 0 && bezier.curve[i] <= 1 : std::fabs(bezier.curve[i]) <= 100;
    }
    if (fine)
        return bezier;
    return refuse(pointer, ": ease must be \"hold\", \"linear\", \"smooth\" or [x1, y1, x2, y2] with x in 0–1, got " + shortText(json));
}

std::optional<Keyframe> ArgumentReader::key(const Json& json, const std::string& pointer)
{
    if (!json.is_array() || json.size() < 2 || json.size() > 3)
        return refuse(pointer, ": a key must be [time, value] or [time, value, ease], got " + shortText(json));
    Keyframe key;
    const auto time = timeOfJson(json[0], m_scope.rate);
    if (!time)
        return refuse(pointer + "/0", ": the time of a key " + time.error().message);
    // Seconds as written, not by way of flicks: a key at 0.1 s is reached by frame 3 of 30 exactly.
    key.time = json[0].is_number() ? json[0].get<double>()
                                   : static_cast<double>(frameAt(*time, m_scope.rate)) * static_cast<double>(m_scope.rate.denominator) / static_cast<double>(m_scope.rate.numerator);
    auto value = this->value(json[1], pointer + "/1");
    key.ease.kind = changeOf(m_param.kind) == Change::Held ? Ease::Kind::Hold : Ease::Kind::Linear;
    if (json.size() == 3) {
        const auto ease = this->ease(json[2], pointer + "/2");
        if (!ease)
            return std::nullopt;
        key.ease = *ease;
    }
    if (!value)
        return std::nullopt;
    key.value = std::move(*value);
    return key;
}

std::optional<GraphArgument> ArgumentReader::keys(const Json& json, const std::string& pointer)
{
    if (changeOf(m_param.kind) == Change::Never)
        return refuse(pointer, ": a " + std::string(nameOf(m_param.kind)) + " cannot have keys", "write one value");
    if (!json.is_array() || json.empty() || json.size() > mostKeys)
        return refuse(pointer, ": keys must be a list of 1–100000 keys [time, value, ease], got " + shortText(json));
    std::vector<Keyframe> read;
    std::size_t before = 0; // which key is the last of them
    bool fine = true;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const std::string place = pointer + "/" + std::to_string(i);
        auto next = key(json[i], place);
        if (next && !read.empty() && next->time <= read.back().time) {
            next->time == read.back().time
                ? refuse(place + "/0", ": two keys are at the time " + shortText(json[i][0]), "remove one of them, or move it by a frame")
                : refuse(place + "/0", ": the times of keys must rise, got " + shortText(json[i][0]) + " after " + shortText(json[before][0]), "sort the keys by time");
            fine = false;
        }
        fine = fine && next.has_value();
        if (next) {
            read.push_back(std::move(*next));
            before = i;
        }
    }
    if (!fine)
        return std::nullopt;
    const bool still = std::ranges::all_of(read, [&](const Keyframe& each) { return each.value == read[0].value; });
    return still ? GraphArgument(read[0].value) : moving(animationOfKeys(std::move(read), m_param), pointer);
}

std::optional<GraphArgument> ArgumentReader::expressions(const Json& json, const std::string& pointer)
{
    const std::size_t wanted = expressionsOf(m_param.kind);
    const std::string kind = nameOf(m_param.kind);
    if (wanted == 0)
        return refuse(pointer, ": a " + kind + " cannot be an expression", "write one value");
    std::vector<Expression> parts;
    bool fine = true;
    const auto add = [&](const Json& text, const std::string& place) {
        auto part = readExpression(text, m_subject, place, m_scope, m_problems);
        fine = fine && part.has_value();
        if (part)
            parts.push_back(std::move(*part));
    };
    if (wanted == 1) {
        add(json, pointer);
    } else {
        const bool count = json.is_array() && (json.size() == wanted || (wanted == 4 && json.size() == 3));
        if (!count)
            return refuse(pointer, ": a " + kind + " takes a list of " + (wanted == 2 ? "2" : "3 or 4") + " expressions, got " + shortText(json),
                wanted == 2 ? "write {\"expr\": [\"x\", \"y\"]}" : "write {\"expr\": [\"red\", \"green\", \"blue\"]}, each 0–1");
        for (std::size_t i = 0; i < json.size(); ++i)
            add(json[i], pointer + "/" + std::to_string(i));
    }
    if (!fine)
        return std::nullopt;
    const bool moves = std::ranges::any_of(parts, &Expression::moves);
    auto animation = animationOfExpressions(std::move(parts), m_param.initial, m_param);
    return moves ? moving(std::move(animation), pointer) : GraphArgument(animation->at(0.0, 0.0));
}

std::optional<GraphArgument> ArgumentReader::recipeParam(const Json& json, const std::string& pointer)
{
    if (!json.is_string())
        return refuse(pointer, ": param must be the name of a recipe parameter, got " + shortText(json));
    const std::string& name = json.get_ref<const std::string&>();
    if (std::ranges::find(m_scope.brokenParams, name) != m_scope.brokenParams.end())
        return std::nullopt;
    const auto found = std::ranges::find(m_scope.params, name, &ParamInUse::name);
    if (found == m_scope.params.end()) {
        std::vector<std::string_view> known;
        for (const ParamInUse& each : m_scope.params)
            known.push_back(each.name);
        return refuse(pointer, ": the recipe has no param '" + name + "'", didYouMean(name, known));
    }
    if (!fitsKind(found->kind, m_param.kind))
        return refuse(pointer, " is a " + std::string(nameOf(m_param.kind)) + " and cannot take param '" + name + "', a " + nameOf(found->kind));
    // A time may be written "f30", which only a time understands.
    const bool asNumber = found->kind == ParamKind::Time && m_param.kind != ParamKind::Time;
    if (auto read = value(asNumber ? Json(*numberOfParam(*found, m_scope.rate)) : found->value, pointer, ", which takes param '" + name + "',"))
        return GraphArgument(std::move(*read));
    return std::nullopt;
}

bool ArgumentReader::checkBindingOptions(const Json& json)
{
    bool fine = true;
    const auto number = [](const Json& v) { return v.is_number() && std::isfinite(v.get<double>()); };
    for (const auto& member : json.get_ref<const Json::object_t&>()) {
        const std::string& name = member.first; // Clang 14 captures no structured bindings
        const Json& v = member.second;
        const std::string place = pointerTo(m_pointer, name);
        const auto must = [&](bool holds, const char* what) {
            fine = fine && holds;
            if (!holds)
                refuse(place, ": " + name + " must be " + what + ", got " + shortText(v));
        };
        if (name == "range")
            must(v.is_array() && v.size() == 2 && number(v[0]) && number(v[1]), "[low, high]");
        else if (name == "smooth" || name == "decay")
            must(number(v) && v.get<double>() >= 0 && v.get<double>() <= 10, "a time of 0–10 s");
        else if (name == "noise")
            must(number(v) && v.get<double>() >= 0, "an amount of at least 0");
        else if (name == "offset")
            must(number(v) && std::fabs(v.get<double>()) <= 86400, "a time of at most 24 h either way, in seconds");
        else if (name == "seed")
            must(v.is_number_integer(), "a whole number");
        else if (name == "map")
            must(v == "linear" || v == "sqrt" || v == "square" || v == "log", "\"linear\", \"sqrt\", \"square\" or \"log\"");
        else if (name != "bind")
            m_problems.warning(place, m_subject + ": '" + name + "' is not known in a binding", didYouMean(name, bindingMembers));
    }
    return fine;
}

std::optional<GraphArgument> ArgumentReader::binding(const Json& json)
{
    if (!checkBindingOptions(json))
        return std::nullopt;
    const Json& source = json["bind"];
    const std::string place = pointerTo(m_pointer, "bind");
    if (!m_param.animatable || changeOf(m_param.kind) != Change::Mixed)
        return refuse(m_pointer, ": a " + std::string(nameOf(m_param.kind)) + (m_param.animatable ? " cannot follow a signal" : " that cannot change over time cannot follow a signal"));
    if (!source.is_string())
        return refuse(place, ": bind must be \"node.port\", got " + shortText(source));
    const auto wire = wireOfText(source.get_ref<const std::string&>());
    if (!wire)
        return refuse(place, ": " + wire.error().message);
    const auto type = m_scope.typeOfWire(*wire, m_subject, place);
    if (!type)
        return std::nullopt;
    if (!converts(*type, PortType::Signal))
        return refuse(place, ": '" + wire->text() + "' is a " + nameOf(*type) + " and cannot lead a number", "bind to a signal, events or a sound");
    return GraphArgument(std::make_shared<const Binding>(bindingOfJson(json, *wire, m_param)));
}

} // namespace

bool fitsKind(ParamKind given, ParamKind wanted)
{
    using K = ParamKind;
    const auto oneOf = [given](std::initializer_list<K> kinds) { return std::ranges::find(kinds, given) != kinds.end(); };
    switch (wanted) {
    case K::Real:
    case K::Angle:
        return oneOf({K::Real, K::Angle, K::Integer, K::Seed, K::Time});
    case K::Integer:
    case K::Seed:
        return oneOf({K::Integer, K::Seed, K::Real});
    case K::Time:
        return oneOf({K::Time, K::Real, K::Integer});
    case K::Text:
    case K::Choice:
        return oneOf({K::Text, K::Choice});
    case K::Formula:
        return oneOf({K::Text, K::Formula});
    case K::Point:
    case K::Size:
        return oneOf({K::Point, K::Size});
    default:
        return given == wanted;
    }
}

std::optional<double> numberOfParam(const ParamInUse& param, Rate rate)
{
    switch (param.kind) {
    case ParamKind::Real:
    case ParamKind::Angle:
    case ParamKind::Integer:
    case ParamKind::Seed:
        return param.value.get<double>();
    case ParamKind::Boolean:
        return param.value.get<bool>() ? 1.0 : 0.0;
    case ParamKind::Time:
        if (const auto time = timeOfJson(param.value, rate))
            return secondsOfFlicks(*time);
        return std::nullopt;
    default:
        return std::nullopt;
    }
}

std::optional<GraphArgument> readArgument(const Json& json, const Param& param, const std::string& owner, const std::string& pointer,
    const ArgumentScope& scope, ProblemList& problems)
{
    return ArgumentReader(param, owner, pointer, scope, problems).read(json);
}

} // namespace artdag
