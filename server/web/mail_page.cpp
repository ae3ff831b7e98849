// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/mail_page.h"

#include "server/web/form.h"
#include "server/web/layout.h"

namespace artdag::server {

Response mailSettingsPage(const Site& site, const SettingsFrame& frame, const MailAddresses& addresses, const std::string& typed, int status)
{
    std::string html = "<p>You need no address here. With one, a forgotten password can be replaced by a link; nothing else is sent, and nobody else sees it.</p>";
    html += addresses.confirmed.empty() ? "<p>Mail for you goes nowhere.</p>" : "<p>Mail for you goes to <strong>" + escapeHtml(addresses.confirmed) + "</strong>.</p>";
    if (!addresses.asked.empty())
        html += "<p>A link was sent to <strong>" + escapeHtml(addresses.asked) + "</strong>. Open it within a day to use this address.</p>";
    html += std::string("<h2>") + (addresses.confirmed.empty() ? "Give an address" : "Another address") + "</h2>" + formStart("/settings/mail", frame.token) + hidden("do", "ask");
    html += field({"address", "E-mail address", typed, "email", "", "email", true, 254, "autocapitalize=\"none\" spellcheck=\"false\""});
    html += field({"confirm", "Password", "", "password", "", "current-password", true, 1024}) + submit("Send the link") + "</form>";
    if (!addresses.confirmed.empty() || !addresses.asked.empty()) {
        html += "<h2>No address</h2>" + formStart("/settings/mail", frame.token) + hidden("do", "remove");
        html += field({"remove_confirm", "Password", "", "password", "", "current-password", true, 1024}) + submit("Remove it", "danger") + "</form>";
    }
    return settingsPage(site, frame, "/settings/mail", "E-mail", html, status);
}

Response confirmMailPage(const Site& site, const SettingsFrame& frame, const std::string& user, const std::string& address, const std::string& ticket)
{
    std::string html = "<p>Mail for " + escapeHtml(site.instance.account(user)) + " will go to <strong>" + escapeHtml(address) + "</strong>.</p>";
    html += formStart("/settings/mail/confirm", frame.token) + hidden("ticket", ticket) + submit("Use this address") + "</form><p class=\"small\"><a href=\"/settings/mail\">Not now</a></p>";
    return settingsPage(site, frame, "/settings/mail", "Confirm the address", html);
}

} // namespace artdag::server
