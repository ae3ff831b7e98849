// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/admin_routes.h"

#include "server/l2/removal_routes.h"

#include "server/db/account_changes.h"
#include "server/db/sessions.h"
#include "server/db/storages.h"
#include "server/db/works.h"
#include "server/l2/admin_frame.h"
#include "server/l2/domain_block_csv.h"
#include "server/l2/form_body.h"
#include "server/l2/instance_texts.h"
#include "server/l2/one_time_codes.h"
#include "server/l2/renderer_words.h"
#include "server/web/form.h"

namespace artdag::server {

namespace {

constexpr std::int64_t day = 24LL * 3600 * 1'000'000; // µs
constexpr int growthWeeks = 12;

int rankOf(std::string_view role)
{
    return role == "owner" ? 3 : role == "admin" ? 2
        : role == "moderator"                    ? 1
                                                 : 0;
}

/// Only those below oneself: nobody judges their like, or the owner.
bool mayJudge(const Caller& caller, const User& user)
{
    return rankOf(caller.role) > rankOf(user.role) && caller.userId != user.id;
}

Result<Response> accountPage(Site& site, const Request& request, const User& user, const std::string& resetLink, std::string problem = {})
{
    AdminAccount page{user, TRY(quotaOf(*site.database, user.id))};
    page.mayJudge = mayJudge(request.caller, user);
    page.mayPromote = page.mayJudge && isAdmin(request.caller) && user.state != "pending";
    page.resetLink = resetLink;
    page.actions = TRY(actionsAbout(*site.database, "user", user.name));
    return adminAccountPage(site, frameOf(site, request, std::move(problem)), page);
}

/// What a decision does to the account; the log is written by the caller.
Result<void> applyDecision(Site& site, const User& user, const std::string& what)
{
    if (what == "limit")
        return changeRole(*site.database, user.name, "limited");
    if (what == "silence")
        return setUserState(*site.database, user.name, "silenced");
    if (what == "suspend") {
        TRY(setUserState(*site.database, user.name, "suspended"));
        TRY(endLogins(*site.database, user.id));
        tellAllRevoked(site, user.id, user.name);
        return {};
    }
    if (what == "restore") {
        if (user.role == "limited")
            TRY(changeRole(*site.database, user.name, "member"));
        return setUserState(*site.database, user.name, "active");
    }
    if (what != "warn")
        return fail(Fault::BadInput, "decision: there is no such one");
    return {};
}

Result<Response> decideRegistration(Site& site, const Request& request, const User& user, bool approved)
{
    if (user.state != "pending")
        return problem(409, "This account does not wait any more.");
    if (approved) {
        TRY(setUserState(*site.database, user.name, "active"));
    } else {
        TRY(forgetPending(*site.database, user.name));
        std::error_code ignored;
        std::filesystem::remove(site.keyFile(user.name), ignored);
        std::filesystem::remove(site.keyFile(user.name).replace_extension(".pub"), ignored);
    }
    TRY(logDecision(site, request, approved ? "approve" : "reject", "user", user.name, ""));
    return redirect(approved ? "/admin/accounts?state=pending&done=approved" : "/admin/accounts?state=pending&done=rejected");
}

/// Role, quota and reset link: for admins.
Result<Response> administer(Site& site, const Request& request, const User& user, const Form& form)
{
    const std::string what = form.text("do");
    if (!isAdmin(request.caller))
        return problem(403, "This is for admins.");
    if (what == "role") {
        const std::string role = form.text("role");
        const bool known = role == "limited" || role == "member" || role == "moderator" || role == "admin";
        if (!known || rankOf(role) >= rankOf(request.caller.role))
            return problem(403, "You can give no role that is not below your own.");
        TRY(changeRole(*site.database, user.name, role));
        TRY(logDecision(site, request, "role", "user", user.name, user.role + " → " + role));
    } else if (what == "quota") {
        const std::string text = form.text("megabytes");
        const std::int64_t megabytes = text.empty() ? -1 : numberOf(text);
        if (!text.empty() && (megabytes < 0 || megabytes > 1'000'000'000))
            return accountPage(site, request, user, "", "Megabytes: must be a whole number.");
        TRY(setQuota(*site.database, user.id, megabytes < 0 ? -1 : megabytes * 1'000'000));
        TRY(logDecision(site, request, "quota", "user", user.name, text.empty() ? "as everybody" : text + " MB"));
    } else {
        const std::string secret = newSecret();
        TRY(addResetLink(*site.database, hashOfSecret(secret), user.id, request.caller.userId, nowMicroseconds() + day));
        TRY(logDecision(site, request, "reset_link", "user", user.name, ""));
        return accountPage(site, request, user, site.instance.publicUrl + "/reset?code=" + secret);
    }
    return redirect("/admin/accounts/" + user.name + "?done=saved");
}

/// In place of their numbers: `@carol/cat`, and how many copies of what was taken down are still somewhere.
Result<void> nameWorks(Site& site, std::vector<ModerationAction>& actions)
{
    for (ModerationAction& action : actions) {
        if (action.targetKind != "work")
            continue;
        const Work work = TRY(findWork(*site.database, std::stoll(action.target)));
        action.target = "@" + work.owner + "/" + work.name;
        const std::size_t copies = action.action == "take_down" ? TRY(copiesOf(*site.database, work.content)).size() : 0;
        if (copies > 0)
            action.target += copies == 1 ? " (one copy is still at a storage that does not answer)" : " (" + std::to_string(copies) + " copies are still at storages)";
    }
    return {};
}

Result<Digest> digestOfHex(const std::string& hex)
{
    const Bytes bytes = TRY(bytesOfHex(hex));
    Digest digest{};
    if (bytes.size() != digest.size())
        return fail(Fault::BadInput, "hash: must be 64 hexadecimal digits");
    std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

} // namespace

Result<Response> getAdminOverview(Site& site, const Request& request)
{
    const std::int64_t now = nowMicroseconds();
    return adminOverviewPage(site, frameOf(site, request), TRY(overviewOf(*site.database)), TRY(growthOf(*site.database, "users", growthWeeks, now)), TRY(growthOf(*site.database, "works", growthWeeks, now)));
}

Result<Response> getAdminAccounts(Site& site, const Request& request)
{
    const std::string state = request.parameter("state").value_or("");
    const std::string text = searchedText(request, 60);
    return adminAccountsPage(site, frameOf(site, request), TRY(listAccounts(*site.database, state, text, 300)), state, text);
}

Result<Response> getAdminAccount(Site& site, const Request& request)
{
    return accountPage(site, request, TRY(findUser(*site.database, request.capture("user"))), "");
}

Result<Response> postAdminAccount(Site& site, const Request& request)
{
    const Form form = TRY(readForm(request));
    const User user = TRY(findUser(*site.database, request.capture("user")));
    const std::string what = form.text("do");
    if (!mayJudge(request.caller, user))
        return problem(403, "You decide only about accounts below your own role.");
    if (what == "approve" || what == "reject")
        return decideRegistration(site, request, user, what == "approve");
    if (what == "role" || what == "quota" || what == "reset")
        return administer(site, request, user, form);
    const std::string reason = TRY(form.line("reason", 8000));
    if (reason.empty())
        return accountPage(site, request, user, "", "Give a reason.");
    TRY(applyDecision(site, user, what));
    TRY(logDecision(site, request, what.c_str(), "user", user.name, reason));
    return redirect("/admin/accounts/" + user.name + "?done=yes");
}

Result<Response> getAdminReports(Site& site, const Request& request)
{
    return adminReportsPage(site, frameOf(site, request), TRY(listReports(*site.database, true, 200)), TRY(listReports(*site.database, false, 50)));
}

Result<Response> postAdminReport(Site& site, const Request& request)
{
    const std::string answer = TRY(readForm(request)).text("answer");
    const std::int64_t id = numberOf(request.capture("id"));
    if (answer != "resolved" && answer != "dismissed")
        return problem(400, "A report is resolved or dismissed.");
    if (!TRY(closeReport(*site.database, id, answer, request.caller.userId)))
        return problem(404, "There is no such open report.");
    TRY(logDecision(site, request, answer == "resolved" ? "resolve" : "dismiss", "report", request.capture("id"), ""));
    return redirect("/admin/reports?done=yes");
}

Result<Response> getAdminDomains(Site& site, const Request& request)
{
    auto lease = TRY(site.database->lease());
    return adminDomainsPage(site, frameOf(site, request), TRY(listDomainBlocks(lease)));
}

Result<Response> getAdminDomainsCsv(Site& site, const Request&)
{
    auto lease = TRY(site.database->lease());
    return textResponse(csvOfBlocks(TRY(listDomainBlocks(lease))), "text/csv; charset=utf-8").with("Content-Disposition", "attachment; filename=\"domain_blocks.csv\"");
}

Result<Response> postAdminDomains(Site& site, const Request& request)
{
    const Form form = TRY(readForm(request));
    const std::string what = form.text("do");
    auto apply = [&]() -> Result<std::string> {
        auto lease = TRY(site.database->lease());
        auto transaction = TRY(lease.begin());
        std::string target = TRY(form.line("domain", 300));
        if (what == "remove") {
            if (!TRY(removeDomainBlock(lease, target)))
                return fail(Fault::NotFound, "domain '" + target + "': it is not blocked");
        } else if (what == "add") {
            TRY(putDomainBlock(lease, {.domain = target, .severity = form.text("severity"), .rejectMedia = form.has("reject_media"), .rejectReports = form.has("reject_reports"), .publicComment = TRY(form.line("comment", 2000)), .createdBy = request.caller.userId}));
        } else {
            const std::vector<DomainBlock> blocks = TRY(blocksOfCsv(form.text("csv")));
            for (DomainBlock block : blocks) {
                block.createdBy = request.caller.userId;
                TRY(putDomainBlock(lease, block));
            }
            target = std::to_string(blocks.size()) + " domains of a list";
        }
        TRY(transaction.commit());
        return target;
    };
    const auto target = apply();
    if (!target) {
        auto lease = TRY(site.database->lease());
        return adminDomainsPage(site, frameOf(site, request, sentence(target.error().message)), TRY(listDomainBlocks(lease)), 400);
    }
    TRY(logDecision(site, request, what == "remove" ? "unblock_domain" : "block_domain", "domain", *target, form.text("comment").substr(0, 2000)));
    return redirect("/admin/domains?done=yes");
}

Result<Response> getAdminLog(Site& site, const Request& request)
{
    constexpr int page = 50;
    const std::int64_t before = std::max<std::int64_t>(0, numberOf(request.parameter("before").value_or("0")));
    std::vector<ModerationAction> actions = TRY(listActions(*site.database, before, page));
    const std::string next = static_cast<int>(actions.size()) == page ? "/admin/log?before=" + std::to_string(actions.back().id) : "";
    std::vector<ModerationAction> appeals;
    if (before == 0)
        appeals = TRY(listActions(*site.database, 0, 100, true));
    TRY(nameWorks(site, actions));
    TRY(nameWorks(site, appeals));
    return adminLogPage(site, frameOf(site, request), actions, appeals, next);
}

Result<Response> postAdminAppeal(Site& site, const Request& request)
{
    const bool accepted = TRY(readForm(request)).text("answer") == "accept";
    const auto action = TRY(findAction(*site.database, numberOf(request.capture("id"))));
    if (!action || action->appealState != "waiting")
        return problem(404, "No appeal waits here.");
    if (action->targetKind == "user")
        if (const auto user = findUser(*site.database, action->target); user && !mayJudge(request.caller, *user))
            return problem(403, "You decide only about accounts below your own role.");
    if (action->targetKind == "work") {
        TRY(answerTakeDown(site, *action, accepted, request.caller.userId, ""));
        return redirect("/admin/log?done=yes");
    }
    auto lease = TRY(site.database->lease());
    TRY(decideAppeal(lease, action->id, accepted));
    if (accepted && action->targetKind == "user" && action->action != "warn") {
        TRY(applyDecision(site, TRY(findUser(*site.database, action->target)), "restore"));
        TRY(logDecision(site, request, "restore", "user", action->target, "appeal accepted"));
    }
    return redirect("/admin/log?done=yes");
}

Result<Response> getAdminJobs(Site& site, const Request& request)
{
    return adminJobsPage(site, frameOf(site, request), TRY(listJobs(*site.database, 300)));
}

Result<Response> postAdminJob(Site& site, const Request& request)
{
    const std::int64_t id = numberOf(request.capture("id"));
    const bool retry = TRY(readForm(request)).text("answer") == "retry";
    if (!(retry ? TRY(makeJobDue(*site.database, id, nowMicroseconds())) : TRY(dropJob(*site.database, id))))
        return problem(404, "This job is done or gone.");
    return redirect("/admin/jobs?done=yes");
}

Result<Response> getAdminInvitations(Site& site, const Request& request)
{
    return adminInvitationsPage(site, frameOf(site, request), TRY(listInvitations(*site.database, nowMicroseconds())), "");
}

Result<Response> postAdminInvitations(Site& site, const Request& request)
{
    const Form form = TRY(readForm(request));
    const std::int64_t now = nowMicroseconds();
    if (form.text("do") == "remove") {
        TRY(removeInvitation(*site.database, TRY(digestOfHex(form.text("hash")))));
        return redirect("/admin/invitations?done=yes");
    }
    const std::int64_t uses = numberOf(form.text("uses"));
    const std::int64_t days = numberOf(form.text("days"));
    const std::string role = form.text("role");
    if (uses < 1 || uses > 100 || days < 1 || days > 90 || (role != "member" && role != "limited" && role != "moderator"))
        return problem(400, "An invitation is for 1 to 100 accounts and 1 to 90 days.");
    const std::string secret = newSecret();
    TRY(addInvitation(*site.database, {hashOfSecret(secret), "", role, uses, now, now + days * day}, request.caller.userId));
    return adminInvitationsPage(site, frameOf(site, request), TRY(listInvitations(*site.database, now)), site.instance.publicUrl + "/register?invitation=" + secret);
}

Result<Response> getAdminTexts(Site& site, const Request& request)
{
    std::vector<std::pair<std::string, std::string>> texts;
    for (const std::string_view name : instanceTexts)
        texts.emplace_back(name, TRY(instanceText(site, name)));
    return adminTextsPage(site, frameOf(site, request), texts);
}

Result<Response> postAdminTexts(Site& site, const Request& request)
{
    const Form form = TRY(readForm(request));
    for (const std::string_view name : instanceTexts)
        TRY(setSetting(*site.database, "text_" + std::string(name), TRY(form.line(name, 80'000))));
    return redirect("/admin/texts?done=saved");
}

} // namespace artdag::server
