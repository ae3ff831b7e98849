// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/navigation.h"

#include "server/l2/application.h"
#include "server/l2/visits.h"
#include "server/web/form.h"

#include <fmt/format.h>

namespace artdag::server {

namespace {

std::string link(const Request& request, const char* path, const char* words)
{
    return fmt::format("<li><a href=\"{}\"{}>{}</a></li>", path, request.path == path ? " aria-current=\"page\"" : "", words);
}

std::string placesOf(const Request& request)
{
    return link(request, "/assets", "Works") + link(request, "/users", "People") + link(request, "/activities", "Activity");
}

std::string ownPlacesOf(const Site& site, const Request& request)
{
    if (request.caller.userId == 0)
        return link(request, "/login", "Log in") + (site.options.registration == Registration::Closed ? "" : link(request, "/register", "Join"));
    std::string html;
    for (const auto& [path, words] : {std::pair{"/home", "Home"}, std::pair{"/notifications", "Notifications"}})
        if (matchRoute(routes(), "GET", path).route != nullptr)
            html += link(request, path, words);
    html += link(request, ("/@" + request.caller.user).c_str(), ("@" + request.caller.user).c_str()) + link(request, "/settings", "Settings");
    if (request.caller.role != "member" && request.caller.role != "limited")
        html += link(request, "/admin", "Admin");
    return html + "<li>" + formStart("/logout", formToken(site, request), "quiet") + "<button class=\"link\">Log out</button></form></li>";
}

} // namespace

std::string navigationBar(const Site& site, const Request& request)
{
    return fmt::format("<header class=\"bar\"><a class=\"home\" href=\"/\">{}</a><nav aria-label=\"Site\"><ul>{}</ul><ul class=\"own\">{}</ul></nav></header>", escapeHtml(site.instance.domain), placesOf(request), ownPlacesOf(site, request));
}

} // namespace artdag::server
