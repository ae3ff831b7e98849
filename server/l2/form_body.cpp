// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/form_body.h"

#include <algorithm>

namespace artdag::server {

namespace {

constexpr std::size_t mostFields = 1000;

bool isUtf8(const std::string& text)
{
    const auto read = readJson(Json(text).dump(-1, ' ', false, Json::error_handler_t::ignore)); // what is no UTF-8 is dropped
    return read && read->is_string() && read->get_ref<const std::string&>() == text;
}

} // namespace

std::string Form::text(std::string_view name) const
{
    const auto found = std::ranges::find(fields, name, &std::pair<std::string, std::string>::first);
    return found == fields.end() ? std::string() : found->second;
}

bool Form::has(std::string_view name) const
{
    return std::ranges::find(fields, name, &std::pair<std::string, std::string>::first) != fields.end();
}

Result<std::string> Form::line(std::string_view name, std::size_t longest) const
{
    std::string value = text(name);
    const auto first = value.find_first_not_of(" \t\r\n");
    value = first == std::string::npos ? std::string() : value.substr(first, value.find_last_not_of(" \t\r\n") - first + 1);
    std::erase(value, '\r'); // forms send CRLF for a line's end
    if (value.size() > longest)
        return fail(Fault::BadInput, "'" + std::string(name) + "': must have at most " + std::to_string(longest) + " bytes");
    if (!isUtf8(value))
        return fail(Fault::BadInput, "'" + std::string(name) + "': must be UTF-8");
    return value;
}

Result<Form> readForm(const Request& request)
{
    if (!request.header("content-type").starts_with("application/x-www-form-urlencoded"))
        return fail(Fault::BadInput, "body: must be a form (application/x-www-form-urlencoded)");
    Form form;
    std::string_view rest = request.body;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('&'), rest.size());
        const std::string_view pair = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const auto equals = std::min(pair.find('='), pair.size());
        auto name = decodeForm(pair.substr(0, equals));
        auto value = decodeForm(pair.substr(std::min(equals + 1, pair.size())));
        if (!name || !value || form.fields.size() == mostFields)
            return fail(Fault::BadInput, "body: the form is malformed");
        form.fields.emplace_back(std::move(*name), std::move(*value));
    }
    return form;
}

} // namespace artdag::server
