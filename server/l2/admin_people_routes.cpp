// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/admin_people_routes.h"

#include "server/db/domain_blocks.h"
#include "server/db/hash_blocks.h"
#include "server/db/moderation.h"
#include "server/l2/admin_frame.h"
#include "server/l2/form_body.h"
#include "server/web/form.h"

namespace artdag::server {

namespace {

Result<Actor> personOf(Site& site, const Request& request)
{
    auto lease = TRY(site.database->lease());
    auto actor = TRY(findActor(lease, numberOf(request.capture("id"))));
    if (!actor || actor->isOurs())
        return fail(Fault::NotFound, "There is no such account of another server.");
    return std::move(*actor);
}

Result<Response> personPage(Site& site, const Request& request, const Actor& actor, std::string problem = {})
{
    return adminPersonPage(site, frameOf(site, request, std::move(problem)), actor, TRY(actionsAbout(*site.database, "actor", actor.uri)));
}

Result<Response> hashesPage(Site& site, const Request& request, std::string problem = {}, int status = 200)
{
    return adminHashesPage(site, frameOf(site, request, std::move(problem)), TRY(listHashBlocks(*site.database, 300)), status);
}

} // namespace

Result<Response> getAdminPeople(Site& site, const Request& request)
{
    const std::string state = request.parameter("state").value_or("");
    const std::string text = searchedText(request, 200);
    return adminPeoplePage(site, frameOf(site, request), TRY(listPeople(*site.database, state, text, 200)), state, text);
}

Result<Response> getAdminPerson(Site& site, const Request& request)
{
    return personPage(site, request, TRY(personOf(site, request)));
}

Result<Response> postAdminPerson(Site& site, const Request& request)
{
    const Form form = TRY(readForm(request));
    const Actor actor = TRY(personOf(site, request));
    const std::string what = form.text("do");
    const char* state = what == "silence" ? "silenced" : what == "suspend" ? "suspended"
        : what == "restore"                                                ? "active"
                                                                           : nullptr;
    if (state == nullptr)
        return problem(400, "An account of another server is silenced, suspended or restored.");
    const std::string reason = TRY(form.line("reason", 8000));
    if (reason.empty())
        return personPage(site, request, actor, "Give a reason.");
    TRY(inTransaction(*site.database, [&](Database::Lease& lease) { return setActorState(lease, actor, state); }));
    TRY(logDecision(site, request, what.c_str(), "actor", actor.uri, reason));
    return redirect("/admin/people/" + std::to_string(actor.id) + "?done=yes");
}

Result<Response> getAdminHashes(Site& site, const Request& request)
{
    return hashesPage(site, request);
}

Result<Response> postAdminHashes(Site& site, const Request& request)
{
    const Form form = TRY(readForm(request));
    const bool removes = form.text("do") == "remove";
    const auto hash = digestOfText(TRY(form.line("hash", 200)));
    const std::string reason = TRY(form.line("reason", 2000));
    if (!hash)
        return hashesPage(site, request, "The hash must be sha3-256: and 64 hexadecimal digits.", 400);
    if (!removes && reason.empty())
        return hashesPage(site, request, "Give a reason.", 400);
    TRY(inTransaction(*site.database, [&](Database::Lease& lease) { return removes ? unblockHash(lease, *hash) : blockHash(lease, *hash, reason, request.caller.userId); }));
    TRY(logDecision(site, request, removes ? "unblock_hash" : "block_hash", "hash", ContentId{*hash}.text(), reason));
    return redirect("/admin/hashes?done=yes");
}

} // namespace artdag::server
