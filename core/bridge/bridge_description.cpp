// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bridge/bridge_description.h"

#include "core/filters/exchange.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace artdag {

namespace {

constexpr std::size_t longestWords = 300;
constexpr std::size_t mostChoices = 256;

/// A member's text on one line, cut to what people read; empty when it is none.
std::string words(const Json& json, const char* name)
{
    const auto member = json.find(name);
    if (member == json.end() || !member->is_string())
        return {};
    std::string text = member->get<std::string>().substr(0, longestWords);
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U) // not in the middle of a letter
        text.pop_back();
    if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0U)
        text.pop_back();
    return text;
}

bool isPlainName(const std::string& text)
{
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
}

/// `Color 1` → `color_1`
std::string argumentName(const std::string& title)
{
    std::string name;
    for (const char c : title) {
        const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        if ((low >= 'a' && low <= 'z') || (low >= '0' && low <= '9'))
            name.push_back(low);
        else if (!name.empty() && name.back() != '_')
            name.push_back('_');
    }
    while (name.ends_with('_'))
        name.pop_back();
    return name.empty() ? "value" : name.substr(0, 60);
}

double number(const Json& json, const char* name, double otherwise)
{
    const auto member = json.find(name);
    return member != json.end() && member->is_number() && std::isfinite(member->get<double>()) ? member->get<double>() : otherwise;
}

tl::unexpected<Error> wrong(const std::string& what)
{
    return fail(Fault::Corrupt, "description of a bridge: " + what + " cannot be; list the bridges anew, or install artdag-bridge again");
}

/// `0xRRGGBBAA`, or three numbers 0–1.
Colour colourOf(const Json& value)
{
    Colour colour;
    if (value.is_array() && value.size() == 3 && value[0].is_number() && value[1].is_number() && value[2].is_number())
        colour = {value[0].get<double>(), value[1].get<double>(), value[2].get<double>(), 1.0};
    const std::string text = value.is_string() ? value.get<std::string>() : "";
    if (text.size() == 10 && text.starts_with("0x")) {
        const unsigned long codes = std::strtoul(text.c_str(), nullptr, 16);
        const auto part = [codes](int shift) { return static_cast<double>((codes >> shift) & 0xFFU) / 255.0; };
        colour = {part(24), part(16), part(8), part(0)};
    }
    for (double* component : {&colour.r, &colour.g, &colour.b, &colour.a})
        *component = std::isfinite(*component) ? std::clamp(*component, 0.0, 1.0) : 0.0;
    return colour;
}

Result<void> readChoices(const Json& json, BridgeParam& param)
{
    const auto list = json.find("choices");
    if (list == json.end() || !list->is_array() || list->empty() || list->size() > mostChoices)
        return wrong("the choices of '" + param.name + "'");
    for (const Json& choice : *list) {
        if (!choice.is_string() || !isPlainName(choice.get<std::string>()))
            return wrong("a choice of '" + param.name + "'");
        param.choices.push_back(choice.get<std::string>());
    }
    return {};
}

Result<void> readKind(const Json& json, BridgeParam& param)
{
    const std::string kind = words(json, "kind");
    const Json initial = json.value("default", Json());
    const double real = initial.is_number() ? initial.get<double>() : 0.0;
    if (!std::isfinite(real))
        return wrong("the default of '" + param.name + "'");
    if (kind == "boolean") {
        param.kind = ParamKind::Boolean;
        param.initial = initial.is_boolean() && initial.get<bool>();
    } else if (kind == "integer") {
        param.kind = ParamKind::Integer;
        param.initial = static_cast<std::int64_t>(std::clamp(real, -9e15, 9e15));
    } else if (kind == "real") {
        param.initial = real;
    } else if (kind == "time") {
        param.kind = ParamKind::Time;
        param.initial = Moment{flicksOfSeconds(std::clamp(real, -86400.0, 86400.0))};
    } else if (kind == "colour") {
        param.kind = ParamKind::Colour;
        param.initial = colourOf(initial);
    } else if (kind == "point") {
        param.kind = ParamKind::Point;
        const bool two = initial.is_array() && initial.size() == 2 && initial[0].is_number() && initial[1].is_number();
        param.initial = two ? Vec2{initial[0].get<double>(), initial[1].get<double>()} : Vec2{};
    } else if (kind == "choice") {
        param.kind = ParamKind::Choice;
        TRY(readChoices(json, param));
        const auto found = initial.is_string() ? std::ranges::find(param.choices, initial.get<std::string>()) : param.choices.end();
        if (found == param.choices.end())
            return wrong("the default of '" + param.name + "'");
        param.initial = static_cast<std::int64_t>(found - param.choices.begin());
    } else if (kind == "text" || kind == "flags") {
        param.kind = ParamKind::Text;
        param.initial = words(json, "default");
        if (kind == "flags")
            TRY(readChoices(json, param));
    } else {
        return wrong("the kind of '" + param.name + "'");
    }
    param.least = number(json, "min", param.least);
    param.most = number(json, "max", param.most);
    return {};
}

Result<BridgeParam> readParam(const Json& json)
{
    if (!json.is_object())
        return wrong("a parameter");
    BridgeParam param;
    const std::string name = words(json, "name");
    param.option = json.contains("option") ? words(json, "option") : name;
    param.name = json.contains("option") ? argumentName(name) : name;
    param.help = words(json, "help");
    if (param.help.empty() && param.name != name)
        param.help = name;
    if (!isPlainName(param.name) || !isPlainName(param.option))
        return wrong("the name of a parameter");
    TRY(readKind(json, param));
    param.moves = json.value("moves", Json()) == Json(true) && param.kind != ParamKind::Text;
    if (param.kind == ParamKind::Text && !param.choices.empty()) {
        std::string list;
        for (const std::string& choice : param.choices)
            list += (list.empty() ? "" : ", ") + choice;
        param.help += (param.help.empty() ? "" : ". ") + std::string("Joined by +: ") + list;
    }
    return param;
}

/// libavutil's parsers take numbers and words; a value that is neither could only be meant for something else.
bool isWords(const std::string& text, const std::vector<std::string>& choices)
{
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('+', at), text.size());
        if (std::ranges::find(choices, text.substr(at, end - at)) == choices.end())
            return false;
        at = end + 1;
    }
    return true;
}

} // namespace

Result<BridgeDescription> readDescription(const Json& json)
{
    if (!json.is_object())
        return wrong("what is no object");
    BridgeDescription description;
    description.kind = words(json, "kind");
    description.filter = words(json, "filter");
    description.by = words(json, "by");
    description.title = words(json, "title");
    description.help = words(json, "help");
    description.inputs = static_cast<int>(number(json, "inputs", 0));
    description.version = static_cast<int>(number(json, "version", 1));
    description.sound = json.value("sound", Json()) == Json(true);
    description.alpha = json.value("alpha", Json(true)) == Json(true);
    if ((description.kind != "ffmpeg" && description.kind != "frei0r") || !isPlainName(description.filter) || description.by.empty())
        return wrong("its name");
    if (description.inputs < 1 || description.inputs > 2)
        return wrong("the number of its inputs");
    if (description.version < 1 || description.version > 2 || (description.sound && description.kind != "ffmpeg"))
        return wrong("its version");
    const Json params = json.value("params", Json());
    if (!params.is_array() || params.size() > mostFilterOptions)
        return wrong("the list of its parameters");
    for (const Json& each : params) {
        BridgeParam param = TRY(readParam(each));
        const std::string stem = param.name;
        for (int n = 2; std::ranges::find(description.params, param.name, &BridgeParam::name) != description.params.end(); ++n)
            param.name = fmt::format("{}_{}", stem, n);
        description.params.push_back(std::move(param));
    }
    return description;
}

Result<std::string> optionText(const BridgeDescription& description, const BridgeParam& param, const Value& value)
{
    const bool plugin = description.kind == "frei0r"; // numbers, separated by spaces
    struct Writer {
        const BridgeParam& param;
        bool plugin;
        std::string operator()(double real) const { return fmt::format("{}", real); }
        std::string operator()(std::int64_t whole) const { return param.kind == ParamKind::Choice ? param.choices[static_cast<std::size_t>(whole)] : std::to_string(whole); }
        std::string operator()(bool flag) const { return flag ? "1" : "0"; }
        std::string operator()(const std::string& text) const { return text; }
        std::string operator()(const Colour& colour) const
        {
            if (plugin)
                return fmt::format("{} {} {}", colour.r, colour.g, colour.b);
            const auto code = [](double part) { return static_cast<unsigned>(std::clamp(part, 0.0, 1.0) * 255.0 + 0.5); };
            return fmt::format("0x{:02x}{:02x}{:02x}{:02x}", code(colour.r), code(colour.g), code(colour.b), code(colour.a));
        }
        std::string operator()(const Vec2& point) const { return fmt::format("{} {}", point.x, point.y); }
        std::string operator()(const Moment& moment) const { return fmt::format("{:.6f}", secondsOfFlicks(moment.flicks)); }
        std::string operator()(const Gradient&) const { return {}; }
        std::string operator()(const CurvePoints&) const { return {}; }
        std::string operator()(const ContentId&) const { return {}; }
    };
    std::string text = std::visit(Writer{param, plugin}, value);
    if (text.size() > longestOption || text.find('\0') != std::string::npos)
        return fail(Fault::BadInput, fmt::format("{}: {} must be at most {} characters", description.name(), param.name, longestOption));
    if (param.kind == ParamKind::Text && !param.choices.empty() && !text.empty() && !isWords(text, param.choices))
        return fail(Fault::BadInput, fmt::format("{}: {} '{}': {}", description.name(), param.name, text, param.help));
    return text;
}

} // namespace artdag
