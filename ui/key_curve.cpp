// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/key_curve.h"

#include "core/graph/keyframes.h"

#include <QObject>

#include <algorithm>

namespace artdag {

namespace {
Ease easeOf(const Json& ease)
{
    if (ease == "hold")
        return {.kind = Ease::Kind::Hold};
    if (ease == "smooth")
        return {.kind = Ease::Kind::Smooth};
    if (ease.is_array() && ease.size() == 4 && std::ranges::all_of(ease, [](const Json& each) { return each.is_number(); }))
        return {.kind = Ease::Kind::Bezier, .curve = {ease[0].get<double>(), ease[1].get<double>(), ease[2].get<double>(), ease[3].get<double>()}};
    return {};
}

const Json softEnds = Json::array({0.65, 0, 0.35, 1});
} // namespace

std::vector<CurveKey> keysOf(const Json& argument, Rate rate)
{
    std::vector<CurveKey> keys;
    if (!argument.is_object() || !argument.contains("keys") || !argument["keys"].is_array())
        return keys;
    for (const Json& key : argument["keys"]) {
        const Result<Flicks> time = key.is_array() && key.size() >= 2 ? timeOfJson(key[0], rate) : fail(Fault::BadInput, "key: it has no time");
        if (time)
            keys.push_back({key[0].is_number() ? key[0].get<double>() : secondsOfFlicks(*time), key[1], key.size() > 2 ? key[2] : Json()});
    }
    std::ranges::stable_sort(keys, {}, &CurveKey::time);
    return keys;
}

Json argumentOfKeys(std::vector<CurveKey> keys)
{
    std::ranges::stable_sort(keys, {}, &CurveKey::time);
    Json list = Json::array();
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (i + 1 < keys.size() && keys[i + 1].time == keys[i].time)
            continue;
        Json key = Json::array({keys[i].time, std::move(keys[i].value)});
        if (!keys[i].ease.is_null() && keys[i].ease != "linear")
            key.push_back(std::move(keys[i].ease));
        list.push_back(std::move(key));
    }
    return Json{{"keys", std::move(list)}};
}

std::vector<CurveKey> withKey(std::vector<CurveKey> keys, double time, Json value, Rate rate)
{
    const std::int64_t frame = framesOfSeconds(time, rate);
    for (CurveKey& key : keys) {
        if (framesOfSeconds(key.time, rate) == frame) {
            key.value = std::move(value);
            return keys;
        }
    }
    // A new key eases as the one before it does.
    Json ease;
    for (const CurveKey& key : keys)
        if (key.time < time)
            ease = key.ease;
    keys.push_back({time, std::move(value), std::move(ease)});
    std::ranges::stable_sort(keys, {}, &CurveKey::time);
    return keys;
}

std::vector<double> numbersOf(const Json& literal)
{
    if (literal.is_number())
        return {literal.get<double>()};
    if (literal.is_array() && literal.size() == 2 && literal[0].is_number() && literal[1].is_number())
        return {literal[0].get<double>(), literal[1].get<double>()};
    return {};
}

Json withNumber(Json literal, std::size_t component, double number)
{
    const Json written = number == static_cast<double>(static_cast<std::int64_t>(number)) ? Json(static_cast<std::int64_t>(number)) : Json(number);
    if (literal.is_array() && component < literal.size())
        literal[component] = written;
    else
        literal = written;
    return literal;
}

std::vector<double> numbersAt(const std::vector<CurveKey>& keys, double time)
{
    if (keys.empty())
        return {};
    const auto after = std::ranges::upper_bound(keys, time, {}, &CurveKey::time);
    if (after == keys.begin())
        return numbersOf(keys.front().value);
    const CurveKey& from = *std::prev(after);
    std::vector<double> numbers = numbersOf(from.value);
    if (after == keys.end())
        return numbers;
    const std::vector<double> to = numbersOf(after->value);
    const double u = easeOf(from.ease).at((time - from.time) / (after->time - from.time));
    for (std::size_t i = 0; i < numbers.size() && i < to.size(); ++i)
        numbers[i] += (to[i] - numbers[i]) * u;
    return numbers;
}

Json nextEase(const Json& ease)
{
    if (ease == "hold")
        return Json("linear");
    if (ease == "smooth")
        return softEnds;
    return ease.is_array() ? Json("hold") : Json("smooth");
}

QString easeName(const Json& ease)
{
    if (ease == "hold")
        return QObject::tr("hold");
    if (ease == "smooth")
        return QObject::tr("smooth");
    return ease.is_array() ? QObject::tr("soft ends") : QObject::tr("linear");
}

} // namespace artdag
