// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/login_routes.h"

#include "server/db/members.h"
#include "server/db/moderation.h"
#include "server/l2/form_body.h"
#include "server/l2/mails.h"
#include "server/l2/one_time_codes.h"
#include "server/l2/renderer_words.h"
#include "server/l2/sign_in.h"
#include "server/l2/visits.h"
#include "server/web/form.h"
#include "server/web/login_pages.h"

namespace artdag::server {

namespace {

/// The answer to somebody whose password was right but whose account is suspended: why, and how to appeal.
Result<Response> suspended(Site& site, const Request& request, const std::string& name)
{
    const User user = TRY(findUser(*site.database, name));
    SuspendedAccount account{formToken(site, request), stepTicket(site, "appeal", user), user.name};
    if (const auto action = TRY(lastActionAbout(*site.database, "user", user.name, "suspend"))) {
        account.reason = action->reason;
        account.appeal = action->appeal;
        account.appealState = action->appealState;
    }
    return suspendedPage(site, account);
}

Result<Response> letIn(Site& site, const Request& request, const User& user, const std::string& next)
{
    Response response = redirect(ownPath(next));
    TRY(startSession(site, request, user, response));
    return response;
}

Result<Response> answerSignIn(Site& site, const Request& request, const SignIn& result, LoginForm form)
{
    if (result.user)
        return letIn(site, request, *result.user, form.next);
    if (result.suspended)
        return suspended(site, request, result.name);
    form.problem = result.words;
    if (result.needsCode) {
        const bool first = form.user.empty() == false; // the ticket's own form has no name
        if (first)
            form.problem.clear();
        return codePage(site, form, stepTicket(site, "second-step", TRY(findUser(*site.database, result.name))), first ? 200 : result.status);
    }
    Response page = loginPage(site, form, result.status);
    if (result.wait > 0)
        page.with("Retry-After", std::to_string(result.wait));
    return page;
}

Response tooOften(const Site& site, RecoverForm form, std::int64_t wait)
{
    form.problem = "Too many wrong tries. Try again in " + std::to_string(wait) + " s.";
    return std::move(recoverPage(site, form, 429).with("Retry-After", std::to_string(wait)));
}

} // namespace

Result<Response> getLoginPage(Site& site, const Request& request)
{
    const std::string next = ownPath(request.parameter("next").value_or("/"));
    if (request.caller.userId != 0)
        return redirect(next);
    LoginForm form{formToken(site, request), next};
    if (request.parameter("done") == "password")
        form.notice = "The password is set. Log in with it.";
    else if (request.parameter("done") == "logout")
        form.notice = "You are logged out.";
    return loginPage(site, form);
}

Result<Response> postLoginForm(Site& site, const Request& request)
{
    const Form typed = TRY(readForm(request));
    LoginForm form{formToken(site, request), ownPath(typed.text("next"))};
    if (typed.has("ticket")) {
        const auto user = userOfTicket(site, "second-step", typed.text("ticket"));
        if (!user) {
            form.problem = "That took too long. Please begin again.";
            return loginPage(site, form, 403);
        }
        return answerSignIn(site, request, TRY(signInWithCode(site, request.remote, user->name, typed.text("code").empty() ? "-" : typed.text("code"))), form);
    }
    form.user = TRY(typed.line("user", 64));
    return answerSignIn(site, request, TRY(signIn(site, request.remote, form.user, typed.text("password"), "")), form);
}

Result<Response> getRegisterPage(Site& site, const Request& request)
{
    RegisterForm form{.token = formToken(site, request), .invitation = request.parameter("invitation").value_or("")};
    form.first = TRY(countUsers(*site.database)) == 0;
    return registerPage(site, form);
}

Result<Response> postRegisterForm(Site& site, const Request& request)
{
    const Form typed = TRY(readForm(request));
    RegisterForm form{formToken(site, request), TRY(typed.line("user", 64)), TRY(typed.line("display_name", 240)), TRY(typed.line("invitation", 64))};
    const auto user = registerAccount(site, {form.user, typed.text("password"), form.displayName, form.invitation});
    if (!user) {
        form.problem = sentence(user.error().message);
        return registerPage(site, form, problemOf(user.error()).status);
    }
    if (user->state != "active")
        return waitingPage(site, user->name);
    return letIn(site, request, *user, "/settings");
}

Result<Response> getLogoutPage(Site& site, const Request& request)
{
    return logoutPage(site, formToken(site, request));
}

Result<Response> postLogoutForm(Site& site, const Request& request)
{
    Response response = redirect("/login?done=logout");
    if (request.caller.bySession) {
        TRY(endVisit(site, request, response));
        tellAllRevoked(site, request.caller.userId, request.caller.user);
    }
    return response;
}

Result<Response> getRecoverPage(Site& site, const Request& request)
{
    RecoverForm form{formToken(site, request)};
    form.byMail = sendsMail(site);
    if (request.parameter("done") == "mail")
        form.notice = "If there is such an account with a confirmed address, a link is on its way to it. It is good for an hour.";
    return recoverPage(site, form);
}

Result<Response> postRecoverForm(Site& site, const Request& request)
{
    const Form typed = TRY(readForm(request));
    RecoverForm form{formToken(site, request), TRY(typed.line("user", 64))};
    form.byMail = sendsMail(site);
    if (const std::int64_t wait = waitFor(site, form.user, request.remote); wait > 0)
        return tooOften(site, form, wait);
    if (const auto good = checkPassword(typed.text("password"), form.user); !good) {
        form.problem = sentence(good.error().message);
        return recoverPage(site, form, 400);
    }
    const auto user = findUser(*site.database, form.user);
    if (!user || !TRY(useRecoveryCode(*site.database, user->id, hashOfSecret(plainCode(typed.text("code")))))) {
        noteFailure(site, form.user, request.remote);
        form.problem = "This is not a recovery code of this account, or it was used before.";
        return recoverPage(site, form, 403);
    }
    TRY(changePassword(site, user->id, typed.text("password")));
    return redirect("/login?done=password");
}

Result<Response> postRecoverByMail(Site& site, const Request& request)
{
    const Form typed = TRY(readForm(request));
    if (!sendsMail(site))
        return problem(404, "This server sends no mail.");
    const std::string account = TRY(typed.line("account", 254));
    if (!account.empty())
        TRY(askForResetMail(site, account));
    return redirect("/recover?done=mail"); // whoever it is: that an account or an address is here is nobody's business
}

Result<Response> getResetPage(Site& site, const Request& request)
{
    const std::string code = request.parameter("code").value_or("");
    const std::int64_t userId = TRY(findResetLink(*site.database, hashOfSecret(code), nowMicroseconds())).userId;
    if (userId == 0)
        return problem(404, "This link is unknown, was used, or is over. Ask for a new one.");
    return recoverPage(site, {formToken(site, request), TRY(findUser(*site.database, userId)).name, "", code}).with("Referrer-Policy", "no-referrer");
}

Result<Response> postResetForm(Site& site, const Request& request)
{
    const Form typed = TRY(readForm(request));
    const std::int64_t now = nowMicroseconds();
    const Digest hash = hashOfSecret(typed.text("code"));
    const ResetLink link = TRY(findResetLink(*site.database, hash, now));
    if (link.userId == 0)
        return problem(404, "This link is unknown, was used, or is over. Ask for a new one.");
    const User user = TRY(findUser(*site.database, link.userId));
    if (const auto good = checkPassword(typed.text("password"), user.name); !good)
        return recoverPage(site, {formToken(site, request), user.name, sentence(good.error().message), typed.text("code")}, 400);
    if (!TRY(useResetLink(*site.database, hash, now)))
        return problem(404, "This link was used a moment ago.");
    TRY(changePassword(site, user.id, typed.text("password")));
    if (link.madeBy != user.id) // who had to ask an administrator has lost the second step as well; who reads the mail has not
        TRY(setTotpSecret(*site.database, user.id, {}));
    return redirect("/login?done=password");
}

Result<Response> postAppealForm(Site& site, const Request& request)
{
    const Form typed = TRY(readForm(request));
    const auto user = userOfTicket(site, "appeal", typed.text("ticket"));
    if (!user)
        return problem(403, "That took too long. Log in again to appeal.");
    const std::string words = TRY(typed.line("appeal", 8000));
    const auto action = TRY(lastActionAbout(*site.database, "user", user->name, "suspend"));
    if (!action || words.empty())
        return problem(400, "There is nothing to appeal against, or no words were given.");
    TRY(appealAction(*site.database, action->id, words));
    return suspended(site, request, user->name);
}

} // namespace artdag::server
