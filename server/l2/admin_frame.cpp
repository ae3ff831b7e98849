// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/admin_frame.h"

#include "server/db/moderation.h"
#include "server/l2/visits.h"

#include <array>
#include <charconv>

namespace artdag::server {

namespace {

constexpr std::array doneWords{std::pair{"yes", "Done."}, std::pair{"saved", "Saved."}, std::pair{"approved", "The account can log in now."}, std::pair{"rejected", "The account is forgotten."}};

} // namespace

bool isAdmin(const Caller& caller)
{
    return caller.role == "admin" || caller.role == "owner";
}

AdminFrame frameOf(const Site& site, const Request& request, std::string problem)
{
    AdminFrame frame{formToken(site, request), "", std::move(problem), isAdmin(request.caller)};
    const std::string done = request.parameter("done").value_or("");
    for (const auto& [name, words] : doneWords)
        if (done == name)
            frame.notice = words;
    return frame;
}

std::int64_t numberOf(std::string_view text)
{
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? number : -1;
}

std::string searchedText(const Request& request, std::size_t longest)
{
    std::string text = request.parameter("q").value_or("").substr(0, longest);
    std::erase_if(text, [](char c) { return c == '%' || c == '_'; });
    return text;
}

Result<void> logDecision(Site& site, const Request& request, const char* action, const char* kind, const std::string& target, const std::string& reason)
{
    ModerationAction entry;
    entry.moderator = request.caller.userId;
    entry.action = action;
    entry.targetKind = kind;
    entry.target = target;
    entry.reason = reason;
    auto lease = TRY(site.database->lease());
    TRY(logAction(lease, entry));
    return {};
}

} // namespace artdag::server
