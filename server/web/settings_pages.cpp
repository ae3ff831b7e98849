// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/settings_pages.h"

#include "server/l2/mails.h"
#include "server/web/form.h"
#include "server/web/layout.h"
#include "server/web/qr_code.h"

#include <fmt/format.h>

namespace artdag::server {

namespace {

constexpr int mostLinks = 4;

std::string linkFields(const Profile& profile)
{
    std::string html = "<h2>Links</h2><p class=\"hint\">Shown on your page and sent to other servers.</p>";
    for (int i = 0; i < mostLinks; ++i) {
        const ProfileLink link = i < static_cast<int>(profile.links.size()) ? profile.links[static_cast<std::size_t>(i)] : ProfileLink{};
        const std::string number = std::to_string(i + 1);
        html += "<div class=\"inline\">" + field({"label" + number, "Label " + number, link.label, "text", "", "off", false, 60}) + field({"url" + number, "Address " + number, link.url, "url", "", "off", false, 400}) + "</div><br>";
    }
    return html;
}

std::string sessionRows(const SettingsFrame& frame, const SecuritySettings& settings)
{
    std::string html = "<ul class=\"rows\">";
    for (const BrowserSession& session : settings.sessions) {
        const bool here = settings.present && *settings.present == session.hash;
        html += fmt::format("<li><div class=\"what\">{}{}<p>since {}, last seen {}</p></div>", escapeHtml(session.agent), here ? " <strong>(this browser)</strong>" : "", dateWords(session.createdAt), dateWords(session.seenAt));
        if (!here)
            html += "<div class=\"do\">" + buttonForm("/settings/sessions", frame.token, "End", {{"session", hexOf(session.hash)}}) + "</div>";
        html += "</li>";
    }
    return html + "</ul>";
}

} // namespace

Response settingsPage(const Site& site, const SettingsFrame& frame, const std::string& path, const std::string& title, const std::string& inside, int status)
{
    std::string html = "<main id=\"main\"><div class=\"prose\"><h1>" + escapeHtml(title) + "</h1><nav aria-label=\"Settings\"><ul class=\"sections\">";
    for (const auto& [to, words] : {std::pair{"/settings", "Profile"}, std::pair{"/settings/works", "Works"}, std::pair{"/settings/security", "Login"}, std::pair{"/settings/mail", "E-mail"}, std::pair{"/settings/keys", "Keys"}, std::pair{"/renderers", "Renderers"}, std::pair{"/storage", "Storage"}, std::pair{"/settings/account", "Account"}})
        if (sendsMail(site) || std::string_view(to) != "/settings/mail")
            html += fmt::format("<li><a href=\"{}\"{}>{}</a></li>", to, path == to ? " aria-current=\"page\"" : "", words);
    html += "</ul></nav>" + noticeBox(frame.notice) + problemBox(frame.problem) + inside + "</div></main>";
    return pageResponse(site, {title, "", std::move(html), status});
}

Response profileSettingsPage(const Site& site, const SettingsFrame& frame, const Profile& profile, const std::vector<Work>& pictures, int status)
{
    std::vector<std::pair<std::string, std::string>> choices{{"", "A pattern made of your name"}};
    for (const Work& work : pictures)
        choices.emplace_back(work.content.hex(), work.title);
    std::string html = formStart("/settings/profile", frame.token) + field({"display_name", "Name to show", profile.displayName, "text", "", "name", true, 60});
    html += field({"summary", "About you", profile.summary, "area", "Plain text; line breaks stay.", "off", false, 500});
    html += choice("avatar", "Picture", choices, profile.avatar ? profile.avatar->hex() : "");
    html += "<p class=\"hint\">Any picture that you published here can be your own.</p>" + linkFields(profile);
    html += "<h2>Followers</h2>" + checkBox("approves", "I approve each follower", profile.approvesFollowers, "Until you do, they see only what is public.");
    return settingsPage(site, frame, "/settings", "Profile", html + submit("Save") + "</form>", status);
}

Response securitySettingsPage(const Site& site, const SettingsFrame& frame, const SecuritySettings& settings, int status)
{
    std::string html = "<h2>Password</h2>" + formStart("/settings/password", frame.token);
    html += field({"current", "Present password", "", "password", "", "current-password", true, 1024}) + field({"password", "New password", "", "password", "At least 8 characters. Every other login ends.", "new-password", true, 1024});
    html += submit("Change the password", "") + "</form><h2>Second step</h2>";
    if (settings.twoSteps)
        html += "<p>After the password, a code of your authenticator is asked.</p>" + formStart("/settings/two-step", frame.token) + hidden("do", "off") + field({"off_code", "Code, to turn it off", "", "text", "", "one-time-code", true, 40}) + submit("Turn it off", "danger") + "</form>";
    else
        html += "<p>With an authenticator on your phone, a stolen password is not enough.</p><p><a class=\"button\" href=\"/settings/two-step\">Set it up</a></p>";
    html += fmt::format("<h2>Recovery codes</h2><p>{}</p>", settings.recoveryCodes == 0 ? "You have none. With one of ten codes on paper you can set a new password when the old one is lost." : fmt::format("{} of ten are left.", settings.recoveryCodes));
    html += formStart("/settings/recovery", frame.token) + field({"confirm", "Password", "", "password", "New codes take the place of the old ones.", "current-password", true, 1024}) + submit("Make ten codes", "") + "</form>";
    html += "<h2>Browsers that are logged in</h2>" + sessionRows(frame, settings);
    html += "<p class=\"small\">This also ends the logins of programs (Studio, artdag) and of renderers.</p>" + buttonForm("/settings/sessions", frame.token, "End all others", {{"session", "all"}}, "danger");
    return settingsPage(site, frame, "/settings/security", "Login", html, status);
}

Response twoStepPage(const Site& site, const SettingsFrame& frame, const std::string& user, const std::string& secret, int status)
{
    // The Key URI format that authenticators read: secret in base32, SHA-1, six digits, 30 s by default.
    const std::string uri = "otpauth://totp/" + encodeForm(site.instance.domain) + ":" + user + "?secret=" + secret + "&issuer=" + encodeForm(site.instance.domain);
    std::string groups;
    for (std::size_t i = 0; i < secret.size(); i += 4)
        groups += (i == 0 ? "" : " ") + secret.substr(i, 4);
    std::string html = "<p>Read this with your authenticator, or type the key there.</p>" + qrCodeSvg(uri, "QR code of the key below") + "<p>Key: <span class=\"path\">" + groups + "</span></p>";
    html += formStart("/settings/two-step", frame.token) + hidden("do", "on") + hidden("secret", secret);
    html += field({"code", "Code that it shows now", "", "text", "Six digits.", "one-time-code", true, 10, "inputmode=\"numeric\""}) + field({"confirm", "Password", "", "password", "", "current-password", true, 1024});
    return settingsPage(site, frame, "/settings/security", "Second step", html + submit("Turn it on") + "</form>", status);
}

Response recoveryCodesPage(const Site& site, const SettingsFrame& frame, const std::vector<std::string>& codes)
{
    std::string html = "<p>Write these down and keep them where your keys are. They are shown only now. Each sets a new password, or stands in for the authenticator, once.</p><ul class=\"codes\">";
    for (const std::string& code : codes)
        html += "<li><code>" + code + "</code></li>";
    return settingsPage(site, frame, "/settings/security", "Ten recovery codes", html + "</ul><p class=\"actions\"><a class=\"button main\" href=\"/settings/security\">I have them</a></p>");
}

Response keySettingsPage(const Site& site, const SettingsFrame& frame, const std::string& user, const std::vector<UserKey>& keys)
{
    std::string html = "<p>Creator keys sign what you publish. They are made on your own machine (<code>artdag keys make</code>) and registered when you first publish with them; this server has only their public halves.</p>";
    if (keys.empty())
        html += "<p class=\"small\">None is registered yet.</p>";
    html += "<ul class=\"rows\">";
    for (const UserKey& key : keys) {
        html += fmt::format("<li><div class=\"what\"><span class=\"path\">{}</span><p>{}, since {}{}</p></div>", escapeHtml(key.key.kid()), nameOf(key.key.algorithm()), dateWords(key.notBefore), key.revokedAt == 0 ? "" : ", revoked " + dateWords(key.revokedAt));
        if (key.revokedAt == 0)
            html += "<details><summary>Revoke</summary><p class=\"small\">From now on it signs nothing here. What it signed before stays valid, and its public half stays published. This cannot be undone.</p>" + buttonForm("/settings/keys", frame.token, "Revoke this key", {{"kid", key.key.kid()}}, "danger") + "</details>";
        html += "</li>";
    }
    html += "</ul><p class=\"small\">All of them, for programs: <a href=\"/users/" + escapeHtml(user) + "/keys\">/users/" + escapeHtml(user) + "/keys</a></p>";
    return settingsPage(site, frame, "/settings/keys", "Keys", html);
}

Response accountSettingsPage(const Site& site, const SettingsFrame& frame, const AccountSettings& settings)
{
    std::string html = fmt::format("<p>{}, {}, here since {}.</p>", escapeHtml(site.instance.account(settings.user.name)), escapeHtml(settings.user.role), dateWords(settings.user.createdAt));
    html += "<h2>Take everything with you</h2>";
    html += settings.canExport ? "<p>Works, activities, keys, follows and settings in one file.</p><p><a class=\"button\" href=\"/account/export\">Export</a></p>" : "<p class=\"small\">This version of the server has no export.</p>";
    html += "<h2>Decisions about this account and its works</h2>";
    if (settings.actions.empty())
        html += "<p class=\"small\">There were none.</p>";
    html += "<ul class=\"rows\">";
    for (const ModerationAction& action : settings.actions) {
        html += fmt::format("<li><div class=\"what\"><strong>{}</strong>{} on {}<p>{}</p></div>", escapeHtml(action.action), action.targetKind == "work" ? " of " + escapeHtml(action.target) : "", dateWords(action.createdAt), escapeHtml(action.reason));
        if (!action.appealState.empty())
            html += "<p class=\"small\">Your appeal: " + escapeHtml(action.appealState) + "</p>";
        else if (action.action == "warn" || action.action == "limit" || action.action == "silence" || action.action == "take_down")
            html += "<details><summary>Appeal</summary>" + formStart("/settings/appeal", frame.token) + hidden("action", std::to_string(action.id)) + field({"appeal" + std::to_string(action.id), "Why this should be looked at again", "", "area", "", "", true, 2000}) + submit("Send", "") + "</form></details>";
        html += "</li>";
    }
    html += "</ul><h2>Leave</h2><p>Erasing drops your personal data and your activities; hashes that were anchored stay, without telling whose they were. Other servers are asked to forget you. It cannot be undone.</p>";
    html += settings.canErase ? "<p><a class=\"button danger\" href=\"/settings/erase\">Erase the account</a></p>" : "<p class=\"small\">Ask those who run this server: <a href=\"/contact\">contact</a>.</p>";
    return settingsPage(site, frame, "/settings/account", "Account", html);
}

} // namespace artdag::server
