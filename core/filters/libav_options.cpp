// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filters/libav_options.h"

#include "core/filters/filter_rules.h"

extern "C" {
#include <libavfilter/avfilter.h>
#include <libavutil/opt.h>
}

#include <fmt/core.h>

#include <cmath>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace artdag {

namespace {

bool isNumber(AVOptionType type)
{
    return type == AV_OPT_TYPE_INT || type == AV_OPT_TYPE_INT64 || type == AV_OPT_TYPE_UINT64;
}

bool isKind(AVOptionType type)
{
    return isNumber(type) || type == AV_OPT_TYPE_FLAGS || type == AV_OPT_TYPE_DOUBLE || type == AV_OPT_TYPE_FLOAT || type == AV_OPT_TYPE_BOOL || type == AV_OPT_TYPE_STRING || type == AV_OPT_TYPE_COLOR
        || type == AV_OPT_TYPE_DURATION || type == AV_OPT_TYPE_RATIONAL || type == AV_OPT_TYPE_VIDEO_RATE || type == AV_OPT_TYPE_IMAGE_SIZE;
}

/// Named values of an option's unit, each value once under its longest name.
std::vector<const AVOption*> constantsOf(void* object, const AVOption& option)
{
    std::vector<const AVOption*> constants;
    const AVOption* each = nullptr;
    while (option.unit != nullptr && (each = av_opt_next(object, each)) != nullptr) {
        if (each->type != AV_OPT_TYPE_CONST || each->unit == nullptr || std::string_view(each->unit) != option.unit)
            continue;
        bool known = false;
        for (const AVOption*& other : constants)
            if (other->default_val.i64 == each->default_val.i64) {
                known = true;
                if (std::string_view(each->name).size() > std::string_view(other->name).size())
                    other = each;
            }
        if (!known)
            constants.push_back(each);
    }
    return constants;
}

/// The names under which it is set: an alias shares the place in memory.
std::vector<const AVOption*> optionsOf(void* object)
{
    std::vector<const AVOption*> options;
    const AVOption* each = nullptr;
    while ((each = av_opt_next(object, each)) != nullptr) {
        constexpr int unwanted = AV_OPT_FLAG_DEPRECATED | AV_OPT_FLAG_READONLY | AV_OPT_FLAG_EXPORT;
        if (!isKind(each->type) || (each->flags & unwanted) != 0 || (each->flags & AV_OPT_FLAG_FILTERING_PARAM) == 0)
            continue;
        bool known = false;
        for (const AVOption*& other : options)
            if (other->offset == each->offset) {
                known = true;
                if (std::string_view(each->name).size() > std::string_view(other->name).size())
                    other = each;
            }
        if (!known)
            options.push_back(each);
    }
    return options;
}

bool isAllowed(const AVFilterContext& filter, const AVOption& option)
{
    return option.type != AV_OPT_TYPE_STRING || isHarmlessText(filter.filter->name, option.name);
}

std::string textOf(void* object, const char* name)
{
    std::uint8_t* text = nullptr;
    if (av_opt_get(object, name, AV_OPT_ALLOW_NULL, &text) < 0 || text == nullptr)
        return {};
    std::string copy(reinterpret_cast<const char*>(text));
    av_free(text);
    return copy;
}

/// Limits that are the type's own are none.
void addRange(Json& json, const AVOption& option)
{
    constexpr double far = 1e9;
    if (std::abs(option.min) < far)
        json["min"] = option.min;
    if (std::abs(option.max) < far)
        json["max"] = option.max;
}

void addChoices(Json& json, const std::vector<const AVOption*>& constants, std::int64_t value)
{
    json["choices"] = Json::array();
    for (const AVOption* constant : constants)
        json["choices"].push_back(constant->name);
    for (const AVOption* constant : constants)
        if (constant->default_val.i64 == value)
            json["default"] = constant->name;
}

std::string flagsText(const std::vector<const AVOption*>& constants, std::int64_t value)
{
    std::string text;
    for (const AVOption* constant : constants)
        if (constant->default_val.i64 != 0 && (constant->default_val.i64 & value) == constant->default_val.i64)
            text += (text.empty() ? "" : "+") + std::string(constant->name);
    return text;
}

void addWhole(Json& json, void* object, const AVOption& option)
{
    std::int64_t value = 0;
    av_opt_get_int(object, option.name, 0, &value);
    const auto constants = constantsOf(object, option);
    if (option.type == AV_OPT_TYPE_FLAGS && !constants.empty()) {
        json["kind"] = "flags";
        json["default"] = flagsText(constants, value);
        for (const AVOption* constant : constants)
            json["choices"].push_back(constant->name);
        return;
    }
    if (!constants.empty()) {
        json["kind"] = "choice";
        addChoices(json, constants, value);
        if (!json.contains("default") && option.max - option.min <= static_cast<double>(constants.size())) {
            json["default"] = std::to_string(value); // "not set" has no name, all others have one
            json["choices"].insert(json["choices"].begin(), json["default"]);
        }
        if (json.contains("default"))
            return;
        json.erase("choices"); // a number that may also be named
    }
    json["kind"] = "integer";
    json["default"] = value;
    addRange(json, option);
}

void addKind(Json& json, void* object, const AVOption& option)
{
    if (isNumber(option.type) || option.type == AV_OPT_TYPE_FLAGS)
        return addWhole(json, object, option);
    if (option.type == AV_OPT_TYPE_BOOL) {
        std::int64_t value = 0;
        av_opt_get_int(object, option.name, 0, &value);
        json["kind"] = option.min < 0 ? "choice" : "boolean";
        json["default"] = value != 0;
        if (option.min < 0) {
            json["choices"] = {"auto", "false", "true"};
            json["default"] = value < 0 ? "auto" : value > 0 ? "true"
                                                             : "false";
        }
        return;
    }
    if (option.type == AV_OPT_TYPE_DOUBLE || option.type == AV_OPT_TYPE_FLOAT) {
        double value = 0;
        av_opt_get_double(object, option.name, 0, &value);
        json["kind"] = std::isfinite(value) ? "real" : "text";
        json["default"] = std::isfinite(value) ? Json(option.type == AV_OPT_TYPE_FLOAT ? std::strtod(fmt::format("{:.7g}", value).c_str(), nullptr) : value) : Json("nan");
        if (std::isfinite(value))
            addRange(json, option);
        return;
    }
    if (option.type == AV_OPT_TYPE_DURATION) {
        std::int64_t value = 0;
        av_opt_get_int(object, option.name, 0, &value);
        json["kind"] = "time";
        json["default"] = static_cast<double>(value) / 1e6; // microseconds
        return;
    }
    json["kind"] = option.type == AV_OPT_TYPE_COLOR ? "colour" : "text";
    json["default"] = textOf(object, option.name);
}

const AVOption* described(AVFilterContext& filter, const std::string& name)
{
    if (filter.filter->priv_class == nullptr)
        return nullptr;
    for (const AVOption* option : optionsOf(filter.priv))
        if (option->name == name)
            return isAllowed(filter, *option) ? option : nullptr;
    return nullptr;
}

/// Whether the filter takes a value on the way, asked with the one that it has.
bool takesOnTheWay(AVFilterContext& running, const AVOption& option)
{
    char answer[64] = {};
    return mayMove(running, option.name) && avfilter_process_command(&running, option.name, textOf(running.priv, option.name).c_str(), answer, sizeof answer, 0) >= 0;
}

} // namespace

Json describeOptions(AVFilterContext& filter, AVFilterContext& running)
{
    Json list = Json::array();
    if (filter.filter->priv_class == nullptr)
        return list;
    for (const AVOption* option : optionsOf(filter.priv)) {
        if (!isAllowed(filter, *option))
            continue;
        Json json{{"name", option->name}, {"help", option->help != nullptr ? option->help : ""}};
        addKind(json, filter.priv, *option);
        const bool text = json["kind"] == "text" || json["kind"] == "flags";
        if (!text && takesOnTheWay(running, *option))
            json["moves"] = true;
        list.push_back(std::move(json));
    }
    return list;
}

bool isDescribed(AVFilterContext& filter, const std::string& name)
{
    return described(filter, name) != nullptr;
}

bool mayMove(AVFilterContext& filter, const std::string& name)
{
    const AVOption* option = described(filter, name);
    return option != nullptr && (option->flags & AV_OPT_FLAG_RUNTIME_PARAM) != 0 && option->type != AV_OPT_TYPE_STRING && option->type != AV_OPT_TYPE_FLAGS;
}

} // namespace artdag
