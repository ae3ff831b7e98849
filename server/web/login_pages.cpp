// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/login_pages.h"

#include "server/web/form.h"
#include "server/web/layout.h"

namespace artdag::server {

namespace {

/// A narrow page of one form.
Response narrow(const Site& site, const std::string& title, std::string inside, int status)
{
    PageFrame frame;
    frame.title = title;
    frame.main = "<main id=\"main\" class=\"narrow\"><h1>" + escapeHtml(title) + "</h1>" + std::move(inside) + "</main>";
    frame.status = status;
    frame.hasForm = true;
    return pageResponse(site, frame);
}

Field nameField(const std::string& value)
{
    return {"user", "User name", value, "text", "", "username", true, 30, "autocapitalize=\"none\" spellcheck=\"false\""};
}

Field passwordField(const char* label, const char* autocomplete, const char* hint = "")
{
    return {"password", label, "", "password", hint, autocomplete, true, 1024};
}

} // namespace

Response loginPage(const Site& site, const LoginForm& form, int status)
{
    std::string html = noticeBox(form.notice) + problemBox(form.problem) + formStart("/login", form.token) + hidden("next", form.next);
    html += field(nameField(form.user)) + field(passwordField("Password", "current-password")) + submit("Log in") + "</form>";
    html += "<p class=\"small\"><a href=\"/recover\">I cannot log in</a></p>";
    if (site.options.registration != Registration::Closed)
        html += "<p class=\"small\">Nobody here yet? <a href=\"/register\">Make an account</a>.</p>";
    return narrow(site, "Log in", std::move(html), status);
}

Response codePage(const Site& site, const LoginForm& form, const std::string& ticket, int status)
{
    std::string html = problemBox(form.problem) + formStart("/login", form.token) + hidden("next", form.next) + hidden("ticket", ticket);
    html += field({"code", "Code", "", "text", "Six digits of your authenticator, or one of your recovery codes.", "one-time-code", true, 40, "autocapitalize=\"none\" spellcheck=\"false\""});
    html += submit("Go on") + "</form><p class=\"small\"><a href=\"/login\">Begin again</a></p>";
    return narrow(site, "Second step", std::move(html), status);
}

Response registerPage(const Site& site, const RegisterForm& form, int status)
{
    const bool closed = site.options.registration == Registration::Closed && form.invitation.empty() && !form.first;
    if (closed)
        return narrow(site, "Join", "<p>New accounts are made by invitation here. Ask somebody who runs this server.</p>", status);
    std::string html = problemBox(form.problem);
    if (form.first)
        html += "<p>You are the first here: this account will own the server.</p>";
    else if (!form.invitation.empty())
        html += "<p>You are invited.</p>";
    else if (site.options.registration == Registration::Approval)
        html += "<p>Somebody who runs this server looks at each new account before it can publish.</p>";
    html += formStart("/register", form.token) + (form.invitation.empty() ? "" : hidden("invitation", form.invitation));
    Field name = nameField(form.user);
    name.hint = "a–z, 0–9 and _, at most 30. You will be @name@" + site.instance.domain + ", for good.";
    name.attributes += " pattern=\"[a-z0-9_]{1,30}\"";
    html += field(name) + field({"display_name", "Name to show", form.displayName, "text", "", "name", false, 60});
    html += field(passwordField("Password", "new-password", "At least 8 characters. Longer is better than stranger."));
    html += "<p class=\"small\">By joining you agree to the <a href=\"/rules\">rules</a>. What is kept about you is told under <a href=\"/privacy\">privacy</a>.</p>";
    return narrow(site, "Join", html + submit("Make the account") + "</form>", status);
}

Response waitingPage(const Site& site, const std::string& user)
{
    return wordsPage(site, "Almost there", "The account " + site.instance.account(user) + " is made. It can log in once somebody who runs this server has approved it.", "/", "Look around");
}

Response recoverPage(const Site& site, const RecoverForm& form, int status)
{
    const bool byLink = !form.code.empty();
    std::string html = noticeBox(form.notice) + problemBox(form.problem) + formStart(byLink ? "/reset" : "/recover", form.token);
    if (byLink) {
        html += "<p>A new password for " + escapeHtml(site.instance.account(form.user)) + ". Every login of this account ends.</p>" + hidden("code", form.code);
    } else {
        html += "<p>With one of the ten recovery codes of your settings you can set a new password.</p>" + field(nameField(form.user));
        html += field({"code", "Recovery code", "", "text", "Like abcd-efgh-ijkl-mnop. Each works once.", "off", true, 40, "autocapitalize=\"none\" spellcheck=\"false\""});
    }
    html += field(passwordField("New password", "new-password", "At least 8 characters.")) + submit("Set the password") + "</form>";
    if (!byLink && form.byMail) {
        html += "<h2>By e-mail</h2><p>If the account has a confirmed address, a link goes there.</p>" + formStart("/recover/mail", form.token);
        html += field({"account", "User name or e-mail address", "", "text", "", "username", true, 254, "autocapitalize=\"none\" spellcheck=\"false\""}) + submit("Send the link", "") + "</form>";
    }
    if (!byLink)
        html += "<h2>Without a code</h2><p class=\"small\">Those who run this server can make a link for you: <a href=\"/contact\">contact</a>. Programs can also prove that they hold a creator key of the account: <code>POST /auth/reset</code>.</p>";
    return narrow(site, byLink ? "Set a new password" : "Get back in", std::move(html), status);
}

Response suspendedPage(const Site& site, const SuspendedAccount& account)
{
    std::string html = "<p>The account " + escapeHtml(site.instance.account(account.user)) + " is suspended.</p>";
    if (!account.reason.empty())
        html += "<blockquote>" + escapeHtml(account.reason) + "</blockquote>";
    if (!account.appeal.empty())
        html += "<h2>Your appeal</h2><blockquote>" + escapeHtml(account.appeal) + "</blockquote><p class=\"small\">" + (account.appealState == "waiting" ? "It waits for a decision." : "It was " + escapeHtml(account.appealState) + ".") + "</p>";
    else
        html += "<h2>Appeal</h2>" + formStart("/appeal", account.token) + hidden("ticket", account.ticket) + field({"appeal", "Why this should be looked at again", "", "area", "", "", true, 2000}) + submit("Send the appeal") + "</form>";
    return narrow(site, "This account is suspended", std::move(html), 403);
}

Response logoutPage(const Site& site, const std::string& token)
{
    return narrow(site, "Log out", "<p>This ends the session of this browser.</p>" + formStart("/logout", token) + submit("Log out") + "</form>", 200);
}

Response wordsPage(const Site& site, const std::string& title, const std::string& words, const std::string& href, const std::string& link)
{
    return narrow(site, title, "<p>" + escapeHtml(words) + "</p><p class=\"actions\"><a class=\"button main\" href=\"" + escapeHtml(href) + "\">" + escapeHtml(link) + "</a></p>", 200);
}

} // namespace artdag::server
