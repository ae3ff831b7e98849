// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/literal.h"

#include "core/base/similar_names.h"
#include "core/recipe/json_text.h"
#include "core/recipe/recipe.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace artdag {

namespace {

constexpr double mostExactWhole = 9007199254740991.0; // 2^53 − 1

Error wrong(const std::string& expected, const Json& got, const std::string& hint = {})
{
    return {Fault::BadInput, "must be " + expected + ", got " + shortText(got) + (hint.empty() ? "" : " (" + hint + ")")};
}

tl::unexpected<Error> refuse(const std::string& expected, const Json& got, const std::string& hint = {})
{
    return tl::unexpected<Error>(wrong(expected, got, hint));
}

bool inRange(double number, const Param& param)
{
    return std::isfinite(number) && number >= param.least && number <= param.most;
}

std::string withRange(const std::string& what, const Param& param)
{
    const std::string range = rangeText(param);
    return range.empty() ? what : what + " " + range;
}

Result<double> numberIn(const Json& json, const Param& param)
{
    if (!json.is_number())
        return refuse(withRange("a number", param), json);
    const double number = json.get<double>();
    if (!inRange(number, param))
        return refuse(rangeText(param).empty() ? "a finite number" : rangeText(param), json);
    return number == 0.0 ? 0.0 : number; // −0 is 0 in every document
}

Result<Value> whole(const Json& json, const Param& param)
{
    const double number = json.is_number() ? json.get<double>() : 0.5;
    if (!std::isfinite(number) || std::floor(number) != number || std::fabs(number) > mostExactWhole)
        return refuse(withRange("a whole number", param), json);
    return Value(static_cast<std::int64_t>(TRY(numberIn(json, param))));
}

Result<Value> choice(const Json& json, const Param& param)
{
    std::string list;
    for (const std::string_view each : param.choices)
        list.append(list.empty() ? "'" : ", '").append(each).append("'");
    if (!json.is_string())
        return refuse("one of " + list, json);
    const std::string& text = json.get_ref<const std::string&>();
    const auto found = std::ranges::find(param.choices, std::string_view(text));
    if (found == param.choices.end()) {
        const auto near = similarNames(text, param.choices);
        return refuse("one of " + list, json, near.empty() ? std::string() : didYouMean(text, near));
    }
    return Value(static_cast<std::int64_t>(found - param.choices.begin()));
}

Result<Colour> colour(const Json& json)
{
    constexpr const char* form = "a colour such as \"#ff8000\" or [1, 0.5, 0]";
    if (json.is_string()) {
        if (const auto read = colourOfText(json.get_ref<const std::string&>()))
            return *read;
        return refuse(form, json);
    }
    if (!json.is_array() || json.size() < 3 || json.size() > 4)
        return refuse(form, json);
    std::array<double, 4> parts{0, 0, 0, 1};
    for (std::size_t i = 0; i < json.size(); ++i) {
        const double part = json[i].is_number() ? json[i].get<double>() : -1.0;
        if (!(part >= 0.0 && part <= 1.0))
            return refuse("a colour with parts 0–1", json[i]);
        parts[i] = part;
    }
    return Colour{parts[0], parts[1], parts[2], parts[3]};
}

Result<Value> point(const Json& json, const Param& param)
{
    if (!json.is_array() || json.size() != 2)
        return refuse(withRange("[x, y]", param), json);
    const double x = TRY(numberIn(json[0], param));
    const double y = TRY(numberIn(json[1], param));
    return Value(Vec2{x, y});
}

Result<Value> time(const Json& json, const Param& param, Rate rate)
{
    const Flicks flicks = TRY(timeOfJson(json, rate));
    if (!inRange(secondsOfFlicks(flicks), param))
        return refuse(rangeText(param), json);
    return Value(Moment{flicks});
}

Result<Value> file(const Json& json)
{
    if (json.is_string() && json.get_ref<const std::string&>().empty())
        return Value(ContentId{});
    if (json.is_string())
        if (auto id = nameOfText<ContentId>(json.get_ref<const std::string&>()))
            return Value(*id);
    return refuse("a content id, sha3-256: and 64 hexadecimal digits", json);
}

Result<Value> curve(const Json& json)
{
    constexpr const char* form = "a list of 2–256 points [x, y] with rising x in 0–1";
    if (!json.is_array() || json.size() < 2 || json.size() > 256)
        return refuse(form, json);
    CurvePoints points;
    for (const Json& each : json) {
        if (!each.is_array() || each.size() != 2 || !each[0].is_number() || !each[1].is_number())
            return refuse(form, each);
        const Vec2 next{each[0].get<double>(), each[1].get<double>()};
        if (!(next.x >= 0 && next.x <= 1) || !std::isfinite(next.y) || (!points.empty() && next.x <= points.back().x))
            return refuse(form, each[0]);
        points.push_back(next);
    }
    return Value(std::move(points));
}

Result<Value> gradient(const Json& json)
{
    constexpr const char* form = "a list of 1–256 stops [position, \"#colour\"] with positions rising in 0–1";
    if (!json.is_array() || json.empty() || json.size() > 256)
        return refuse(form, json);
    Gradient stops;
    for (const Json& each : json) {
        if (!each.is_array() || each.size() != 2 || !each[0].is_number())
            return refuse(form, each);
        const double position = each[0].get<double>();
        if (!(position >= 0 && position <= 1) || (!stops.empty() && position < stops.back().position))
            return refuse(form, each[0]);
        stops.push_back({position, TRY(colour(each[1]))});
    }
    return Value(std::move(stops));
}

Json jsonOfColour(const Colour& colour)
{
    const std::string text = textOfColour(colour);
    if (colourOfText(text) == colour)
        return text;
    Json parts = Json::array({colour.r, colour.g, colour.b});
    if (colour.a != 1.0)
        parts.push_back(colour.a);
    return parts;
}

int hexDigit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10
        : c >= 'A' && c <= 'F'                                   ? c - 'A' + 10
                                                                 : -1;
}

} // namespace

std::string rangeText(const Param& param)
{
    const bool below = std::isfinite(param.least), above = std::isfinite(param.most);
    const std::string unit = param.unit.empty() ? "" : " " + std::string(param.unit);
    if (below && above)
        return ecmaNumber(param.least) + (param.least < 0 || param.most < 0 ? " to " : "–") + ecmaNumber(param.most) + unit;
    if (below)
        return "at least " + ecmaNumber(param.least) + unit;
    return above ? "at most " + ecmaNumber(param.most) + unit : "";
}

double clampToRange(double component, const Param& param)
{
    const bool isColour = param.kind == ParamKind::Colour; // its range is 0–1 whatever the description leaves open
    const double least = isColour ? std::fmax(param.least, 0.0) : param.least;
    const double most = isColour ? std::fmin(param.most, 1.0) : param.most;
    return component < least ? least : component > most ? most
                                                        : component;
}

Result<Value> valueOfJson(const Json& json, const Param& param, Rate rate)
{
    switch (param.kind) {
    case ParamKind::Real:
    case ParamKind::Angle:
        return Value(TRY(numberIn(json, param)));
    case ParamKind::Integer:
    case ParamKind::Seed:
        return whole(json, param);
    case ParamKind::Boolean:
        return json.is_boolean() ? Result<Value>(Value(json.get<bool>())) : Result<Value>(refuse("true or false", json));
    case ParamKind::Choice:
        return choice(json, param);
    case ParamKind::Text:
    case ParamKind::Formula:
        return json.is_string() ? Result<Value>(Value(json.get<std::string>())) : Result<Value>(refuse("a text", json));
    case ParamKind::Colour:
        return Value(TRY(colour(json)));
    case ParamKind::Point:
    case ParamKind::Size:
        return point(json, param);
    case ParamKind::Time:
        return time(json, param, rate);
    case ParamKind::File:
    case ParamKind::Font:
        return file(json);
    case ParamKind::Curve:
        return curve(json);
    case ParamKind::Gradient:
        return gradient(json);
    }
    CHECK(!"a kind of parameter without literals");
    return Value(0.0);
}

Json jsonOfValue(const Value& value, const Param& param)
{
    struct Write {
        const Param& param;
        Json operator()(double v) const { return v; }
        Json operator()(std::int64_t v) const
        {
            if (param.kind != ParamKind::Choice)
                return v;
            CHECK(v >= 0 && static_cast<std::size_t>(v) < param.choices.size());
            return std::string(param.choices[static_cast<std::size_t>(v)]);
        }
        Json operator()(bool v) const { return v; }
        Json operator()(const std::string& v) const { return v; }
        Json operator()(const Colour& v) const { return jsonOfColour(v); }
        Json operator()(Vec2 v) const { return Json::array({v.x, v.y}); }
        Json operator()(Moment v) const { return secondsOfFlicks(v.flicks); }
        Json operator()(const Gradient& v) const
        {
            Json stops = Json::array();
            for (const GradientStop& stop : v)
                stops.push_back(Json::array({stop.position, jsonOfColour(stop.colour)}));
            return stops;
        }
        Json operator()(const CurvePoints& v) const
        {
            Json points = Json::array();
            for (const Vec2& each : v)
                points.push_back(Json::array({each.x, each.y}));
            return points;
        }
        Json operator()(const ContentId& v) const { return v.isNull() ? std::string() : v.text(); }
    };
    return std::visit(Write{param}, value);
}

std::optional<Colour> colourOfText(std::string_view text)
{
    if (text.empty() || text[0] != '#')
        return std::nullopt;
    const std::string_view digits = text.substr(1);
    const bool isShort = digits.size() == 3 || digits.size() == 4;
    if (!isShort && digits.size() != 6 && digits.size() != 8)
        return std::nullopt;
    std::array<double, 4> parts{0, 0, 0, 1};
    const std::size_t width = isShort ? 1 : 2;
    for (std::size_t i = 0; i < digits.size(); i += width) {
        const int high = hexDigit(digits[i]), low = hexDigit(digits[i + width - 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        parts[i / width] = static_cast<double>(high * 16 + low) / 255.0;
    }
    return Colour{parts[0], parts[1], parts[2], parts[3]};
}

std::string textOfColour(const Colour& colour)
{
    constexpr const char* digits = "0123456789abcdef";
    std::string text = "#";
    for (const double part : {colour.r, colour.g, colour.b, colour.a}) {
        const int byte = static_cast<int>(std::floor(std::fmin(std::fmax(part, 0.0), 1.0) * 255.0 + 0.5));
        text.push_back(digits[byte >> 4]);
        text.push_back(digits[byte & 15]);
    }
    if (text.ends_with("ff"))
        text.resize(7);
    return text;
}

std::optional<ParamKind> kindOfName(std::string_view name)
{
    for (int i = 0; i <= static_cast<int>(ParamKind::Formula); ++i)
        if (name == nameOf(static_cast<ParamKind>(i)))
            return static_cast<ParamKind>(i);
    return std::nullopt;
}

} // namespace artdag
