// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/bodies.h"

#include "server/l2/form_body.h"

#include <charconv>

namespace artdag::server {

namespace {

std::optional<std::int64_t> wholeNumber(std::string_view text)
{
    std::int64_t value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec != std::errc{} || result.ptr != text.data() + text.size())
        return {};
    return value;
}

} // namespace

namespace {

/// A form of our own pages says the same as a JSON object of texts.
Result<Json> objectOfForm(const Request& request)
{
    Json object = Json::object();
    for (const auto& [name, value] : TRY(readForm(request)).fields)
        if (name != "csrf")
            object[name] = value;
    return object;
}

} // namespace

Result<Json> readObject(const Request& request)
{
    if (request.caller.bySession && request.header("content-type").starts_with("application/x-www-form-urlencoded"))
        return objectOfForm(request);
    const std::string_view type = request.header("content-type");
    if (!type.starts_with("application/json") && !type.starts_with("application/ld+json"))
        return fail(Fault::BadInput, "body: send JSON with Content-Type: application/json");
    Json object = TRY(readJson(request.body, {request.body.size(), 32, 10'000}));
    if (!object.is_object())
        return fail(Fault::BadInput, "body: must be a JSON object");
    return object;
}

Result<std::string> requiredText(const Json& object, const char* name, std::size_t longest)
{
    const auto member = object.find(name);
    if (member == object.end() || !member->is_string())
        return fail(Fault::BadInput, std::string("'") + name + "': must be a text");
    std::string text = member->get<std::string>();
    if (text.empty() || text.size() > longest)
        return fail(Fault::BadInput, std::string("'") + name + "': must have 1 to " + std::to_string(longest) + " bytes");
    return text;
}

Result<std::string> optionalText(const Json& object, const char* name, std::size_t longest, std::string fallback)
{
    const auto member = object.find(name);
    if (member == object.end() || member->is_null() || (member->is_string() && member->get_ref<const std::string&>().empty()))
        return fallback;
    return requiredText(object, name, longest);
}

Result<std::vector<std::string>> textList(const Json& object, const char* name, std::size_t most, std::size_t longest)
{
    std::vector<std::string> texts;
    const auto member = object.find(name);
    if (member == object.end() || member->is_null())
        return texts;
    if (!member->is_array() || member->size() > most)
        return fail(Fault::BadInput, std::string("'") + name + "': must be a list of at most " + std::to_string(most) + " texts");
    for (const Json& item : *member) {
        if (!item.is_string() || item.get_ref<const std::string&>().empty() || item.get_ref<const std::string&>().size() > longest)
            return fail(Fault::BadInput, std::string("'") + name + "': each must be a text of 1 to " + std::to_string(longest) + " bytes");
        texts.push_back(item.get<std::string>());
    }
    return texts;
}

Result<Paging> readPaging(const Request& request)
{
    Paging paging;
    if (const auto limit = request.parameter("limit")) {
        const auto value = wholeNumber(*limit);
        if (!value || *value < 1 || *value > 100)
            return fail(Fault::BadInput, "limit: must be 1 to 100");
        paging.limit = static_cast<int>(*value);
    }
    if (const auto cursor = request.parameter("cursor")) {
        const auto value = wholeNumber(*cursor);
        if (!value || *value < 1)
            return fail(Fault::BadInput, "cursor: not one of this server's");
        paging.before = *value;
    }
    return paging;
}

} // namespace artdag::server
