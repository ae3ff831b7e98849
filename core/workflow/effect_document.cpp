// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/effect_document.h"

#include <cmath>

namespace artdag {

namespace {

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

} // namespace

Json effectDocument(const CatalogueEntry& entry)
{
    const Effect& effect = *entry.effect;
    return {{"name", entry.name}, {"version", effect.version}, {"title", effect.title}, {"help", effect.help}, {"tags", effect.tags}, {"synonyms", effect.synonyms},
        {"inputs", listOf(effect.inputs)}, {"outputs", listOf(effect.outputs)}, {"params", listOf(effect.params)}, {"item_params", listOf(effect.itemParams)}, {"source", "sha3-256:" + std::string(entry.sourceHash)},
        {"baked", entry.bridge != nullptr}, {"by", entry.bridge != nullptr ? Json(entry.bridge->by()) : Json()}};
}

} // namespace artdag
