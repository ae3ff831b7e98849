// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/work_form_routes.h"

#include "server/db/account_records.h"
#include "server/db/objects.h"
#include "server/l2/asset_routes.h"
#include "server/l2/change_asset.h"
#include "server/l2/form_body.h"
#include "server/l2/publish_again.h"
#include "server/l2/quotas.h"
#include "server/l2/take_down.h"
#include "server/l2/visits.h"
#include "server/web/form.h"
#include "server/web/work_forms.h"

#include <algorithm>
#include <array>

namespace artdag::server {

namespace {

constexpr std::array fieldNames{"title", "description", "alt", "license", "warning", "visibility", "name"}; // and tags
constexpr int countedUses = 99;

std::string pathOf(const Work& work)
{
    return "/asset/@" + work.owner + "/" + work.name;
}

WorkFrame frameOf(const Site& site, const Request& request, std::string problem = {})
{
    WorkFrame frame{formToken(site, request), "", std::move(problem)};
    const std::string done = request.parameter("done").value_or("");
    if (done == "saved")
        frame.notice = "Saved.";
    else if (done == "nothing")
        frame.notice = "Nothing was changed.";
    else if (done == "again")
        frame.notice = "It is published again.";
    return frame;
}

Error noSuchWork(const Work& work)
{
    return {Fault::NotFound, "asset '@" + work.owner + "/" + work.name + "': there is no such work here"};
}

/// The caller's own, living or withdrawn. To others it is there only when they may see it.
Result<Work> ownWork(Site& site, const Request& request)
{
    Work work = TRY(findWork(*site.database, request.capture("user"), request.capture("name")));
    const bool isOwn = work.ownerId == request.caller.userId;
    if (!isOwn && maySee(work, request))
        return fail(Fault::Denied, "asset '@" + work.owner + "/" + work.name + "': only its owner can do this");
    if (!isOwn || (!work.isLiving() && work.state != "withdrawn"))
        return tl::unexpected<Error>(noSuchWork(work));
    return work;
}

/// The same, of accounts that may publish: as with a token, those that are limited only look.
Result<Work> changeableWork(Site& site, const Request& request)
{
    if (request.caller.role == "limited")
        return fail(Fault::Denied, "This account is limited: it can read and look after itself, but not publish");
    return ownWork(site, request);
}

/// `a, #b c` is a, b, c.
Json tagsOf(const std::string& text)
{
    std::vector<std::string> tags;
    std::string tag;
    for (const char c : text + ",") {
        if (c != ',' && c != ' ' && c != '\n' && c != '\t') {
            tag += c;
            continue;
        }
        if (tag.starts_with('#'))
            tag.erase(0, 1);
        if (!tag.empty() && std::ranges::find(tags, tag) == tags.end())
            tags.push_back(tag);
        tag.clear();
    }
    return Json(tags);
}

/// What a form's texts say about a work now, by the members of a PATCH.
Json presentOf(const Work& work)
{
    return {{"title", work.title}, {"description", work.description}, {"alt", work.alt}, {"license", work.license}, {"warning", work.warning}, {"visibility", work.visibility}, {"name", work.name}, {"tags", work.tags}};
}

/// The members of a PATCH that the form changes; what it does not say stays.
Result<Json> changeOf(const Work& work, const Form& form)
{
    const Json present = presentOf(work);
    Json body = Json::object();
    for (const char* name : fieldNames)
        if (form.has(name))
            body[name] = TRY(form.line(name, 20'000)); // the real limits are the member's own
    if (form.has("tags"))
        body["tags"] = tagsOf(TRY(form.line("tags", 20'000)));
    for (const auto& [name, value] : present.items())
        if (body.contains(name) && body[name] == value)
            body.erase(name);
    return body;
}

/// `'title': must have 1 to 200 bytes` is said beside the field.
std::string besideField(const std::string& message)
{
    const auto colon = message.starts_with('\'') ? message.find("': ") : std::string::npos;
    return sentence(colon == std::string::npos ? message : message.substr(colon + 3));
}

Result<WorkEdit> editOf(Site& site, const Work& work)
{
    WorkEdit edit;
    edit.work = work;
    if (!work.claim)
        return edit;
    const Json claim = TRY(readJson(TRY(claimBytes(*site.database, *work.claim))));
    const Json access = claim.value("access", Json::object());
    edit.recipeAccess = access.is_object() && access.contains("recipe") && access["recipe"].is_string() ? access["recipe"].get<std::string>() : "";
    edit.inputsAccess = access.is_object() && access.contains("inputs") && access["inputs"].is_string() ? access["inputs"].get<std::string>() : "";
    return edit;
}

Result<Response> refusedEdit(Site& site, const Request& request, const Work& work, const Form& form, const std::map<std::string, std::string>& problems, std::string problem, int status)
{
    WorkEdit edit = TRY(editOf(site, work));
    for (const auto& [name, value] : form.fields)
        edit.typed.emplace(name, value);
    for (const auto& [name, words] : problems)
        edit.problems.emplace(name, besideField(words));
    return editWorkPage(site, frameOf(site, request, std::move(problem)), edit, status);
}

Result<Response> withdrawnAnswer(Site& site, const Request& request, const Work& work, std::string problem, int status)
{
    Trash trash;
    trash.keptUntil = keptUntil(work);
    trash.isKept = nowMicroseconds() < trash.keptUntil;
    trash.hasBytes = TRY(holdsObject(*site.database, work.content, request.caller.userId));
    return withdrawnPage(site, frameOf(site, request, std::move(problem)), work, trash, status);
}

/// One that a moderator may take down, whoever may see it.
Result<Work> livingWork(Site& site, const Request& request)
{
    Work work = TRY(findWork(*site.database, request.capture("user"), request.capture("name")));
    if (!work.isLiving())
        return tl::unexpected<Error>(noSuchWork(work));
    return work;
}

} // namespace

Result<Response> getWorkForm(Site& site, const Request& request)
{
    const Work work = TRY(changeableWork(site, request));
    if (!work.isLiving())
        return redirect(pathOf(work) + "/withdraw");
    return editWorkPage(site, frameOf(site, request), TRY(editOf(site, work)));
}

Result<Response> postWorkForm(Site& site, const Request& request)
{
    const Work work = TRY(changeableWork(site, request));
    if (!work.isLiving())
        return redirect(pathOf(work) + "/withdraw");
    const Form form = TRY(readForm(request));
    const Json body = TRY(changeOf(work, form));
    if (body.empty())
        return redirect(pathOf(work) + "/edit?done=nothing");
    if (const auto problems = changeProblems(work, body); !problems.empty())
        return refusedEdit(site, request, work, form, problems, "", 400);
    const auto changed = changeAsset(site, work, body);
    if (!changed && changed.error().fault == Fault::Conflict) // nothing else than its name can be in the way
        return refusedEdit(site, request, work, form, {{"name", changed.error().message}}, "", 409);
    if (!changed)
        return refusedEdit(site, request, work, form, {}, sentence(changed.error().message), 400);
    return redirect(pathOf(*changed) + "/edit?done=saved");
}

Result<Response> getWithdrawForm(Site& site, const Request& request)
{
    const Work work = TRY(changeableWork(site, request));
    if (!work.isLiving())
        return withdrawnAnswer(site, request, work, "", 200);
    return withdrawPage(site, frameOf(site, request), work, TRY(findUses(*site.database, work.content, countedUses)).size());
}

Result<Response> postWithdrawForm(Site& site, const Request& request)
{
    const Work work = TRY(changeableWork(site, request));
    if (work.isLiving())
        TRY(withdrawAsset(site, work));
    return redirect(pathOf(work) + "/withdraw");
}

Result<Response> postPublishAgainForm(Site& site, const Request& request)
{
    const Work work = TRY(changeableWork(site, request));
    if (work.isLiving())
        return redirect(pathOf(work));
    if (auto refusal = TRY(publicationRefusal(site, request.caller)))
        return std::move(*refusal);
    const auto outcome = publishAgain(site, request.caller, work);
    if (!outcome)
        return withdrawnAnswer(site, request, work, sentence(outcome.error().message), 409);
    if (!*outcome)
        return withdrawnAnswer(site, request, work, outcome->error().reason, 409);
    TRY(countPublication(site, request.caller.userId));
    return redirect(pathOf((*outcome)->work) + "/edit?done=again");
}

Result<Response> getTakeDownForm(Site& site, const Request& request)
{
    return takeDownPage(site, frameOf(site, request), TRY(livingWork(site, request)), "", "");
}

Result<Response> postTakeDownForm(Site& site, const Request& request)
{
    const Work work = TRY(livingWork(site, request));
    const Form form = TRY(readForm(request));
    const auto reason = form.line("reason", 2000);
    if (!reason || reason->empty())
        return takeDownPage(site, frameOf(site, request), work, form.text("reason"), reason ? "Say why: the owner must know what to appeal against." : besideField(reason.error().message), 400);
    TRY(takeDown(site, work.owner, work.name, request.caller.userId, *reason));
    return redirect("/admin/log?done=yes");
}

Result<Response> getOwnWorks(Site& site, const Request& request)
{
    OwnWorks works;
    const std::int64_t now = nowMicroseconds();
    std::vector<Work> all = TRY(allWorksOf(*site.database, request.caller.userId));
    std::ranges::reverse(all);
    for (Work& work : all) {
        if (work.isLiving())
            works.living.push_back(std::move(work));
        else if (work.state == "withdrawn" && now < keptUntil(work) && TRY(findVersions(*site.database, work.content, work.version + 1)).empty())
            works.withdrawn.push_back(std::move(work));
    }
    return ownWorksPage(site, works);
}

} // namespace artdag::server
