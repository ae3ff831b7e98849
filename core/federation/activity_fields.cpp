// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/activity_fields.h"

#include "core/federation/vocabulary.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>

namespace artdag {

namespace {

constexpr std::size_t mostIds = 100;

const Json* memberOf(const Json& object, const char* name)
{
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

} // namespace

std::string textOf(const Json& object, const char* name)
{
    const Json* member = memberOf(object, name);
    return member != nullptr && member->is_string() ? member->get<std::string>() : std::string();
}

std::string idOf(const Json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_array())
        return value.empty() || value.front().is_array() ? std::string() : idOf(value.front());
    return textOf(value, "id");
}

std::string idOf(const Json& object, const char* name)
{
    const Json* member = memberOf(object, name);
    return member == nullptr ? std::string() : idOf(*member);
}

std::vector<std::string> idsOf(const Json& object, const char* name)
{
    std::vector<std::string> ids;
    const Json* member = memberOf(object, name);
    if (member == nullptr)
        return ids;
    if (!member->is_array())
        return {idOf(*member)};
    for (const Json& item : *member)
        if (ids.size() < mostIds && !item.is_array())
            ids.push_back(idOf(item));
    return ids;
}

Json objectOf(const Json& object, const char* name)
{
    const Json* member = memberOf(object, name);
    return member != nullptr && member->is_object() ? *member : Json::object();
}

std::vector<std::string> addresseesOf(const Json& activity)
{
    std::vector<std::string> all;
    for (const char* name : {"to", "cc"})
        for (std::string& id : idsOf(activity, name))
            if (!id.empty() && std::ranges::find(all, id) == all.end())
                all.push_back(std::move(id));
    return all;
}

bool isPublicCollection(std::string_view id)
{
    return id == publicCollection || id == "as:Public" || id == "Public";
}

std::string visibilityOf(const Json& object, std::string_view followers)
{
    auto holds = [&](const char* name, auto&& wanted) { return std::ranges::any_of(idsOf(object, name), wanted); };
    if (holds("to", isPublicCollection))
        return "public";
    if (holds("cc", isPublicCollection))
        return "unlisted";
    const auto isFollowers = [&](const std::string& id) { return !followers.empty() && id == followers; };
    return holds("to", isFollowers) || holds("cc", isFollowers) ? "followers" : "direct";
}

std::string subjectOf(const Json& activity)
{
    const std::string type = textOf(activity, "type");
    if (type == "Create" || type == "Update" || type == "Delete" || type == "Undo")
        if (std::string object = idOf(activity, "object"); !object.empty())
            return object;
    return textOf(activity, "id");
}

std::string originOfUrl(std::string_view url)
{
    if (!url.starts_with("https://") && !url.starts_with("http://"))
        return {};
    return std::string(url.substr(0, url.find("://") + 3)) + hostOfUrl(url);
}

std::string hostOfUrl(std::string_view url)
{
    const bool secure = url.starts_with("https://");
    if (!secure && !url.starts_with("http://"))
        return {};
    url.remove_prefix(secure ? 8 : 7);
    std::string host(url.substr(0, url.find_first_of("/?#")));
    std::ranges::transform(host, host.begin(), [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
    const std::string_view usual = secure ? ":443" : ":80";
    if (host.ends_with(usual))
        host.resize(host.size() - usual.size());
    return host;
}

std::int64_t timeOfText(const std::string& text)
{
    std::tm parts{};
    const char* rest = ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
    if (rest == nullptr)
        return 0;
    std::int64_t time = static_cast<std::int64_t>(::timegm(&parts)) * 1'000'000;
    if (*rest == '.') {
        std::int64_t unit = 100'000;
        for (++rest; *rest >= '0' && *rest <= '9'; ++rest, unit /= 10)
            time += (*rest - '0') * unit;
    }
    if (*rest == '+' || *rest == '-') {
        int hours = 0;
        int minutes = 0;
        if (std::sscanf(rest + 1, "%2d:%2d", &hours, &minutes) != 2)
            return 0;
        const std::int64_t offset = (hours * 60LL + minutes) * 60 * 1'000'000;
        return *rest == '+' ? time - offset : time + offset;
    }
    return *rest == 'Z' && rest[1] == '\0' ? time : 0;
}

} // namespace artdag
