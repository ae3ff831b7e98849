// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/application.h"

#include "server/db/accounts.h"
#include "server/l2/upload_plan.h"
#include "server/web/pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace artdag::server {

namespace {

bool has(const Response& response, std::string_view name)
{
    return std::ranges::find(response.headers, name, &std::pair<std::string, std::string>::first) != response.headers.end();
}

void setDefault(Response& response, const char* name, const char* value)
{
    if (!has(response, name))
        response.with(name, value);
}

Response writeProblem(const Request& request, Response response, const Site& site)
{
    const Problem problem = std::move(*response.problem);
    Response written;
    if (prefersHtml(request)) {
        written = problemPage(site, response.status, problem.detail);
    } else {
        Json document{{"type", "about:blank"}, {"title", reasonOf(response.status)}, {"status", response.status}, {"detail", problem.detail}};
        for (const auto& [name, value] : problem.more.items())
            document[name] = value;
        written = jsonResponse(document, response.status, "application/problem+json");
    }
    written.headers.insert(written.headers.end(), response.headers.begin(), response.headers.end());
    return written;
}

/// Headers that no route may forget.
Response finish(const Site& site, const Request& request, Response response)
{
    if (response.problem) {
        response = writeProblem(request, std::move(response), site);
        setDefault(response, "Vary", "Accept");
        setDefault(response, "Cache-Control", "no-store");
    }
    setDefault(response, "X-Content-Type-Options", "nosniff");
    setDefault(response, "Referrer-Policy", "same-origin");
    setDefault(response, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    // Nothing here is told by a cookie, so what anyone may read, any page may read.
    if (request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS")
        setDefault(response, "Access-Control-Allow-Origin", "*");
    if (request.caller.userId != 0)
        setDefault(response, "Cache-Control", "private, no-store");
    return response;
}

/// Fills in who asks; a refusal when the token is not good. `Authorization` is the only way to be somebody.
std::optional<Response> identify(Site& site, Request& head)
{
    const std::string_view value = head.header("authorization");
    auto refusal = [](std::string why) {
        Response response = problem(401, std::move(why));
        return response.with("WWW-Authenticate", "Bearer");
    };
    if (value.empty())
        return refusal("Log in first: this needs an Authorization header with a bearer token.");
    if (value.size() < 8 || (value.substr(0, 7) != "Bearer " && value.substr(0, 7) != "bearer "))
        return refusal("The Authorization header must be 'Bearer <token>'.");
    const auto claims = readToken(site.tokens, value.substr(7), nowMicroseconds() / 1'000'000);
    if (!claims)
        return refusal(claims.error().message);
    const auto revoked = isTokenRevoked(*site.database, claims->id);
    const auto user = findUser(*site.database, claims->subject);
    if (!revoked || *revoked || !user || user->state != "active")
        return refusal("token: it was revoked; log in again");
    head.caller = {user->id, user->name, claims->id, claims->expires};
    return {};
}

std::string joined(const std::vector<std::string>& names)
{
    std::string out;
    for (const std::string& name : names)
        out += (out.empty() ? "" : ", ") + name;
    return out;
}

std::optional<Response> findRoute(Request& head)
{
    Match match = matchRoute(routes(), head.method, head.path);
    if (match.malformed)
        return problem(400, "The path is malformed.");
    if (match.route != nullptr) {
        head.route = match.route;
        head.captures = std::move(match.captures);
        return {};
    }
    if (match.allowed.empty())
        return problem(404, "No page and no work has this address.");
    match.allowed.emplace_back("OPTIONS");
    const std::string allowed = joined(match.allowed);
    if (head.method == "OPTIONS") {
        Response response;
        response.status = 204;
        response.with("Allow", allowed).with("Access-Control-Allow-Methods", allowed).with("Access-Control-Allow-Headers", "Authorization, Content-Type").with("Access-Control-Max-Age", "86400");
        return head.path.starts_with("/media") ? withUploadWords(std::move(response)) : response;
    }
    Response refusal = problem(405, "This path does not take " + head.method + ".");
    return refusal.with("Allow", allowed);
}

BodyPlan planOf(Site& site, Request& head)
{
    BodyPlan plan;
    plan.refusal = findRoute(head);
    if (plan.refusal)
        return plan;
    const Route& route = *head.route;
    if (route.access == Access::Member || (route.access == Access::Known && !head.header("authorization").empty()))
        plan.refusal = identify(site, head);
    plan.limit = route.body == Body::None ? 0 : route.body == Body::Memory ? site.options.bodyLimit
                                                                           : site.options.uploadLimit;
    plan.toFile = route.body == Body::File;
    if (plan.toFile && !plan.refusal)
        planUpload(site, head, plan);
    plan.slow = route.pace == Pace::Slow;
    return plan;
}

Response answerOf(Site& site, const Request& request)
{
    try {
        auto result = request.route->answer(site, request);
        Response response = result ? std::move(*result) : problemOf(result.error());
        if (response.status == 500)
            fmt::print(stderr, "{} {}: {}\n", request.method, request.path, response.problem ? response.problem->detail : "");
        return response;
    } catch (const std::exception& error) { // a library's; ours do not throw
        fmt::print(stderr, "{} {}: {}\n", request.method, request.path, error.what());
        return problem(500, "This is our mistake. It was written to the log.");
    }
}

} // namespace

Application makeApplication(Site& site)
{
    Application application;
    application.plan = [&site](Request& head) { return planOf(site, head); };
    application.answer = [&site](const Request& request) { return finish(site, request, answerOf(site, request)); };
    application.refuse = [&site](const Request& request, Response refusal) { return finish(site, request, std::move(refusal)); };
    return application;
}

} // namespace artdag::server
