// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/social_page_routes.h"

#include "server/l2/form_body.h"
#include "server/l2/interaction_routes.h"
#include "server/l2/remote_actors.h"
#include "server/l2/site.h"
#include "server/l2/social_routes.h"
#include "server/l2/visits.h"
#include "server/web/form.h"
#include "server/web/social_pages.h"

#include <array>

namespace artdag::server {

namespace {

struct Deed {
    std::string_view name;
    const char* type; ///< of POST /interactions; null: a follow
    const char* words;
};
constexpr std::array<Deed, 4> deeds{{{"follow", nullptr, "You follow now, or will as soon as you are let in."}, {"like", "Like", "You like it."}, {"boost", "Announce", "You boosted it."}, {"reply", "Reply", "Your answer was sent."}}};

/// The person that this names, if it names one. Whatever else it is, the asking of its server waits until something is done.
Approach approachOf(Site& site, std::string uri)
{
    if (uri.starts_with("acct:"))
        uri.erase(0, 5);
    Approach approach;
    approach.uri = uri;
    if (uri.empty())
        return approach;
    if (const auto actor = actorOfAccount(site, uri)) {
        approach.account = actor->account();
        approach.name = actor->displayName;
    } else if (!uri.starts_with("https://") && !uri.starts_with("http://")) {
        approach.problem = actor.error().fault == Fault::Unavailable ? "The server of " + uri + " does not answer." : sentence(actor.error().message);
    }
    return approach;
}

/// The same as a program's request, with what a form said as its body.
Result<Response> asProgram(Site& site, const Request& request, const Json& body, Result<Response> (*answer)(Site&, const Request&))
{
    Request inner = request;
    std::erase_if(inner.headers, [](const auto& header) { return header.first == "content-type"; });
    inner.headers.emplace_back("content-type", "application/json");
    inner.body = body.dump();
    return answer(site, inner);
}

} // namespace

Result<Response> getAuthorizeInteraction(Site& site, const Request& request)
{
    Approach approach = approachOf(site, request.parameter("uri").value_or(""));
    const std::string done = request.parameter("done").value_or("");
    for (const Deed& deed : deeds)
        if (deed.name == done)
            approach.done = deed.words;
    return approachPage(site, formToken(site, request), approach);
}

Result<Response> postAuthorizeInteraction(Site& site, const Request& request)
{
    const Form form = TRY(readForm(request));
    const std::string uri = TRY(form.line("uri", 2000));
    const std::string what = form.text("do");
    for (const Deed& deed : deeds) {
        if (deed.name != what)
            continue;
        Json body{{"account", uri}, {"object", uri}, {"content", form.text("content")}};
        if (deed.type != nullptr)
            body["type"] = deed.type;
        const auto done = asProgram(site, request, body, deed.type == nullptr ? postFollows : postInteractions);
        if (done && done->status < 300)
            return redirect("/authorize_interaction?uri=" + encodeForm(uri) + "&done=" + what);
        Approach approach = approachOf(site, uri);
        approach.problem = sentence(done ? (done->problem ? done->problem->detail : "it was refused") : done.error().message);
        return approachPage(site, formToken(site, request), approach);
    }
    return fail(Fault::BadInput, "'do': must be follow, like, boost or reply");
}

Result<Response> postNotificationsRead(Site& site, const Request& request)
{
    const Form form = TRY(readForm(request));
    const auto number = readJson(form.text("read_up_to"));
    TRY(asProgram(site, request, Json{{"read_up_to", number ? *number : Json(nullptr)}}, postNotifications));
    return redirect("/notifications");
}

} // namespace artdag::server
