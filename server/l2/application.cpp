// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/application.h"

#include "server/db/accounts.h"
#include "server/http/compression.h"
#include "server/http/metrics.h"
#include "server/l1/access.h"
#include "server/l1/renderer.h"
#include "server/l2/proxy_watch.h"
#include "server/l2/quotas.h"
#include "server/l2/request_limits.h"
#include "server/l2/upload_plan.h"
#include "server/l2/visits.h"
#include "server/operation/log.h"
#include "server/web/navigation.h"
#include "server/web/pages.h"

#include <algorithm>

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

void replace(Response& response, const char* name, const char* value)
{
    std::erase_if(response.headers, [&](const auto& header) { return header.first == name; });
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
    if (response.bar) {
        response.body.insert(*response.bar, navigationBar(site, request));
        setDefault(response, "Vary", "Accept, Cookie");
    }
    if (response.keepsVisit)
        keepVisit(site, request, response);
    if (response.keepsVisit || (response.bar && request.caller.userId != 0))
        replace(response, "Cache-Control", "private, no-store");
    setDefault(response, "X-Content-Type-Options", "nosniff");
    setDefault(response, "Referrer-Policy", "same-origin");
    setDefault(response, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    // What anyone may read, any page may read; browsers send no cookie with such a request.
    if (!request.caller.bySession && !response.bar && (request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS"))
        setDefault(response, "Access-Control-Allow-Origin", "*");
    if (request.caller.userId != 0)
        setDefault(response, "Cache-Control", "private, no-store");
    if (site.options.hsts > 0 && request.secure)
        response.with("Strict-Transport-Security", "max-age=" + std::to_string(site.options.hsts));
    if (request.allowance)
        tellAllowance(response, *request.allowance, nowMicroseconds() / 1'000'000);
    if (site.options.compress)
        compress(request, response);
    return response;
}

Response notLoggedIn(std::string why)
{
    return problem(401, std::move(why)).with("WWW-Authenticate", "Bearer");
}

/// What a bearer token must be good for. What forms of our own pages do, no token does.
const char* scopeOf(const Route& route)
{
    if (route.scope != nullptr)
        return route.scope;
    if (route.body == Body::Form)
        return "account";
    return std::string_view(route.method) == "GET" ? "read" : isRendererRoute(route) ? "render"
                                                                                     : "publish";
}

bool includes(std::string_view scopes, std::string_view scope)
{
    return (" " + std::string(scopes) + " ").find(" " + std::string(scope) + " ") != std::string::npos;
}

/// Fills in who asks by the bearer token; a refusal when it is not good.
std::optional<Response> readBearer(Site& site, Request& head)
{
    const std::string_view value = head.header("authorization");
    if (value.size() < 8 || (value.substr(0, 7) != "Bearer " && value.substr(0, 7) != "bearer "))
        return notLoggedIn("The Authorization header must be 'Bearer <token>'.");
    const auto claims = readToken(site.tokens, value.substr(7), nowMicroseconds() / 1'000'000);
    if (!claims)
        return notLoggedIn(claims.error().message);
    const auto revoked = isTokenRevoked(*site.database, claims->id);
    const auto user = findUser(*site.database, claims->subject);
    if (!revoked)
        return problemOf(revoked.error());
    if (!user && user.error().fault != Fault::NotFound) // of a token nothing is said when the database does not answer
        return problemOf(user.error());
    if (*revoked || !user || !user->mayLogIn() || user->tokenEpoch != claims->epoch)
        return notLoggedIn("token: it was revoked; log in again");
    if (!includes(claims->scope, scopeOf(*head.route)))
        return problem(403, "This token is not good for this: it would need the scope '" + std::string(scopeOf(*head.route)) + "'.");
    head.caller = {user->id, user->name, claims->id, claims->expires, user->role};
    return {};
}

bool mayModerate(const Caller& caller)
{
    return caller.role == "moderator" || caller.role == "admin" || caller.role == "owner";
}

/// A bearer token, or the session of a browser, is the only way to be somebody.
std::optional<Response> identify(Site& site, Request& head)
{
    const Route& route = *head.route;
    if (route.access == Access::Anyone && route.body != Body::Form && !(head.method == "GET" && prefersHtml(head)))
        return {}; // nobody's business; a page is for somebody, if only for its navigation
    if (!head.header("authorization").empty() && route.access != Access::Anyone) {
        if (auto refusal = readBearer(site, head))
            return refusal;
    } else if (const auto read = readVisit(site, head); !read) {
        return problemOf(read.error());
    }
    if (route.access <= Access::Known)
        return {};
    if (head.caller.userId == 0) {
        if (prefersHtml(head) && head.method == "GET")
            return redirect("/login?next=" + encodeForm(head.target));
        return notLoggedIn("Log in first: this needs an Authorization header with a bearer token, or a session.");
    }
    if ((route.access == Access::Moderator && !mayModerate(head.caller)) || (route.access == Access::Admin && head.caller.role != "admin" && head.caller.role != "owner"))
        return problem(403, "This is for those who run this server.");
    if (head.caller.role == "limited" && std::string_view(scopeOf(route)) == "publish")
        return problem(403, "This account is limited: it can read and look after itself, but not publish.");
    return {};
}

std::string joined(const std::vector<std::string>& names)
{
    std::string out;
    for (const std::string& name : names)
        out += (out.empty() ? "" : ", ") + name;
    return out;
}

/// The routes of one role: with both, those of L1 are under `/l1`.
Match findMatch(const Site& site, const Request& head)
{
    std::string_view path = head.path;
    if (site.renderer == nullptr)
        return matchRoute(routes(), head.method, path);
    if (!site.registry)
        return matchRoute(rendererRoutes(), head.method, path);
    if (path != "/l1" && !path.starts_with("/l1/"))
        return matchRoute(routes(), head.method, path);
    path.remove_prefix(3);
    return matchRoute(rendererRoutes(), head.method, path.empty() ? "/" : path);
}

std::optional<Response> findRoute(const Site& site, Request& head)
{
    Match match = findMatch(site, head);
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
    forgetCodingOfTags(head);
    watchProxy(site, head);
    plan.refusal = findRoute(site, head);
    if (plan.refusal) {
        if (auto tooMany = limitRequest(site, head))
            plan.refusal = std::move(tooMany);
        if (site.registry && prefersHtml(head))
            (void)readVisit(site, head); // for the navigation of the page that says so
        return plan;
    }
    const Route& route = *head.route;
    plan.refusal = isRendererRoute(route) ? identifyForRenderer(site, head, readBearer) : identify(site, head);
    if (auto tooMany = limitRequest(site, head)) // also of those who guess at tokens
        plan.refusal = std::move(tooMany);
    plan.limit = route.body == Body::None ? 0 : route.body == Body::File ? site.options.uploadLimit
                                                                         : site.options.bodyLimit;
    plan.toFile = route.body == Body::File;
    if (plan.toFile && !plan.refusal)
        planUpload(site, head, plan);                                          // before the bytes come
    plan.slow = route.pace == Pace::Slow || !head.header("signature").empty(); // whose key may have to be fetched
    return plan;
}

void tellFault(const Request& request, std::string_view what)
{
    LogLine(LogLevel::Error, "fault").text("id", request.id).text("method", knownMethod(request.method)).text("route", routeOf(request)).text("what", what).write();
}

/// One line for each request. Where it went is told by the template of the route: paths and queries have tokens in them.
void tellRequest(const Request& request, const Exchange& exchange)
{
    const std::string route = routeOf(request);
    const bool isCheck = route == "/healthz" || route == "/l1/healthz" || route == "/metrics";
    LogLine line(exchange.status >= 500 ? LogLevel::Error : isCheck ? LogLevel::Debug
                                                                    : LogLevel::Info,
        "request");
    line.text("id", request.id).text("method", knownMethod(request.method)).text("route", route).number("status", exchange.status).number("bytes", static_cast<std::int64_t>(exchange.sent)).decimal("ms", exchange.seconds * 1000).text("client", request.remote);
    if (!exchange.whole)
        line.flag("cut");
    line.write();
}

Response answerOf(Site& site, const Request& request)
{
    const bool changes = request.method != "GET" && request.method != "HEAD";
    if (changes && (request.route->body == Body::Form || request.caller.bySession) && !carriesFormToken(site, request))
        return problem(403, "This form did not come from a page of this server that you have open, or the page is too old. Go back, reload it and try again.");
    try {
        auto result = request.route->answer(site, request);
        Response response = result ? std::move(*result) : problemOf(result.error());
        if (response.status == 500)
            tellFault(request, response.problem ? response.problem->detail : "");
        return response;
    } catch (const std::exception& error) { // a library's; ours do not throw
        tellFault(request, error.what());
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
    application.done = [&site](const Request& request, const Exchange& exchange) {
        site.metrics->note(request, exchange);
        tellRequest(request, exchange);
    };
    application.connections = [&site](int change) { site.metrics->noteConnection(change); };
    return application;
}

} // namespace artdag::server
