// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/account_removal_routes.h"

#include "server/db/usage.h"
#include "server/http/file_response.h"
#include "server/l2/account_removal.h"
#include "server/l2/bodies.h"
#include "server/l2/quotas.h"

namespace artdag::server {

namespace {

Result<bool> wasExported(Site& site, const User& user)
{
    const std::int64_t today = dayOf(nowMicroseconds());
    for (const std::int64_t day : {today, today - 1})
        if (TRY(usageOf(*site.database, user.id, "exports", day)) > 0)
            return true;
    return false;
}

} // namespace

Result<Response> getAccountExport(Site& site, const Request& request)
{
    if (auto full = diskRefusal(site))
        return std::move(*full);
    const User user = TRY(findUser(*site.database, request.caller.userId));
    const std::filesystem::path path = TRY(writeExport(site, user));
    TRY(addUsage(*site.database, user.id, "exports", dayOf(nowMicroseconds()), 1));
    std::error_code error;
    const std::uint64_t size = std::filesystem::file_size(path, error);
    if (error)
        return fail(Fault::Unavailable, "archive: " + error.message());
    Request whole = request; // it is written anew each time: a range of the last one would fit nothing
    std::erase_if(whole.headers, [](const auto& header) { return header.first == "range" || header.first == "if-none-match"; });
    const ServedFile file{path, size, "application/x-tar", "\"" + std::to_string(nowMicroseconds()) + "\"", "private, no-store"};
    return fileResponse(whole, file).with("Content-Disposition", "attachment; filename=\"" + user.name + "-" + site.instance.domain.substr(0, site.instance.domain.find(':')) + ".tar\"");
}

Result<Response> deleteAccount(Site& site, const Request& request)
{
    const Json body = TRY(readObject(request));
    const std::string password = TRY(requiredText(body, "password", 1024));
    const User user = TRY(findUser(*site.database, request.caller.userId));
    const auto wait = site.logins.wait(user.name, Throttle::Clock::now());
    if (wait.count() > 0)
        return problem(429, "Too many wrong passwords for this account. Try again in " + std::to_string(wait.count()) + " s.").with("Retry-After", std::to_string(wait.count()));
    if (!isPassword(user.password, password)) {
        site.logins.failed(user.name, Throttle::Clock::now());
        return problem(403, "account: the password is wrong");
    }
    if (user.role == "owner")
        return fail(Fault::Conflict, "account: the owner of a server cannot be erased; make somebody else its owner first");
    if (!body.value("without_export", Json(false)).is_boolean() || (!body.value("without_export", false) && !TRY(wasExported(site, user))))
        return fail(Fault::Conflict, "account: take your data with you first (GET /account/export), or say \"without_export\": true. Erasing cannot be undone");
    TRY(eraseAccountOf(site, user));
    Response response;
    response.status = 204;
    return response;
}

} // namespace artdag::server
