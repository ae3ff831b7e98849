// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/argument_ends.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

double finite(double limit, double otherwise)
{
    return std::isfinite(limit) ? limit : otherwise;
}

ContentId someFile(std::uint8_t look)
{
    ContentId id;
    id.digest[0] = look;
    return id;
}

Value endOf(const Param& param, bool most)
{
    double limit = most ? finite(param.most, 997.3) : finite(param.least, -997.3);
    if (param.kind == ParamKind::Angle && std::fmod(limit, 360.0) == 0 && limit != 0) // all the way round is nowhere
        limit += most ? -45 : 45;
    switch (param.kind) {
    case ParamKind::Real:
    case ParamKind::Angle: return limit;
    case ParamKind::Integer:
    case ParamKind::Seed: return static_cast<std::int64_t>(limit);
    case ParamKind::Boolean: return most;
    case ParamKind::Choice: return most ? static_cast<std::int64_t>(param.choices.size()) - 1 : std::int64_t{0};
    case ParamKind::Text:
    case ParamKind::Formula: return most ? std::string("Wide\nlöng wörds, 漢字") : std::string();
    case ParamKind::Colour: return most ? Colour{1, 1, 1, 1} : Colour{0, 0, 0, 0};
    case ParamKind::Point:
    case ParamKind::Size: return Vec2{limit, limit};
    case ParamKind::Time: return Moment{static_cast<Flicks>(std::max(0.0, limit) * static_cast<double>(flicksPerSecond))};
    case ParamKind::File: return someFile(most ? 3 : 0);
    case ParamKind::Font: return someFile(most ? 5 : 0);
    case ParamKind::Curve: return most ? CurvePoints{{0, 1}, {1, 0}} : CurvePoints{{0, 0}, {1, 0}};
    case ParamKind::Gradient: return most ? Gradient{{0.0, {1, 1, 1, 1}}, {0.5, {0, 1, 0, 0.5}}, {1.0, {0, 0, 0, 0}}} : Gradient{{0.5, {0.2, 0.4, 0.6, 1}}};
    }
    return param.initial;
}

/// Words, or letters where there is one word, in reverse: another text that still means something (chords, steps).
std::string turnedAround(const std::string& text)
{
    if (text.find(' ') == std::string::npos)
        return {text.rbegin(), text.rend()};
    std::string around;
    for (std::size_t end = text.size(); end != std::string::npos;) {
        const std::size_t space = end == 0 ? std::string::npos : text.rfind(' ', end - 1);
        const std::size_t first = space == std::string::npos ? 0 : space + 1;
        around += (around.empty() ? "" : " ") + text.substr(first, end - first);
        end = space;
    }
    return around;
}

} // namespace

Value leastOf(const Param& param)
{
    return endOf(param, false);
}

Value mostOf(const Param& param)
{
    return endOf(param, true);
}

std::vector<Value> endsOf(const Param& param)
{
    std::vector<Value> ends;
    if (param.kind == ParamKind::Choice) {
        for (std::size_t i = 0; i < param.choices.size(); ++i)
            ends.emplace_back(static_cast<std::int64_t>(i));
    } else if (const auto* middle = std::get_if<Vec2>(&param.initial)) {
        for (const bool most : {false, true}) {
            const Vec2 end = std::get<Vec2>(endOf(param, most));
            ends.emplace_back(Vec2{end.x, middle->y});
            ends.emplace_back(Vec2{middle->x, end.y});
        }
    } else {
        ends = {leastOf(param), mostOf(param)};
    }
    std::erase(ends, param.initial);
    return ends;
}

std::vector<Value> settingsOf(const Param& param)
{
    std::vector<Value> settings = endsOf(param);
    if (std::holds_alternative<double>(param.initial) && param.least <= 0 && param.most >= 0)
        settings.emplace_back(0.0);
    if (std::holds_alternative<Vec2>(param.initial))
        settings.emplace_back(Vec2{0, 0});
    return settings;
}

Value statedOf(const Param& param)
{
    if (const auto* value = std::get_if<double>(&param.initial)) {
        const double up = std::isfinite(param.most) ? param.most - *value : 90.0;
        const double down = std::isfinite(param.least) ? *value - param.least : 90.0;
        return up >= down ? *value + std::min(up * 0.37, 37.0) : *value - std::min(down * 0.37, 37.0);
    }
    if (const auto* middle = std::get_if<Vec2>(&param.initial)) {
        const double step = std::min(0.13 * (finite(param.most, 100.0) - middle->x), param.unit == "px" || param.unit == "deg" ? 130.0 : 0.17);
        return Vec2{middle->x + step, middle->y - step / 2};
    }
    if (const auto* colour = std::get_if<Colour>(&param.initial))
        return Colour{1 - colour->r, 0.7 * colour->g + 0.1, 0.8 - 0.5 * colour->b, 0.75};
    if (const auto* time = std::get_if<Moment>(&param.initial))
        return Moment{time->flicks == 0 ? flicksPerSecond / 3 : time->flicks / 2};
    if (std::holds_alternative<std::int64_t>(param.initial) && param.kind != ParamKind::Choice) {
        const auto value = std::get<std::int64_t>(param.initial);
        return value < finite(param.most, 1e9) ? value + 1 : value - 1;
    }
    if (param.kind == ParamKind::Choice) // the first other one
        return std::int64_t{std::get<std::int64_t>(param.initial) == 0 && param.choices.size() > 1 ? 1 : 0};
    if (const auto* text = std::get_if<std::string>(&param.initial))
        return param.kind == ParamKind::Formula ? *text + " * 0.8" : turnedAround(*text);
    return mostOf(param);
}

} // namespace artdag
