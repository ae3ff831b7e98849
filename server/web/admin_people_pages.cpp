// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/admin_pages.h"

#include "server/web/form.h"
#include "server/web/layout.h"

#include <fmt/format.h>

namespace artdag::server {

Response adminPeoplePage(const Site& site, const AdminFrame& frame, const std::vector<Actor>& people, const std::string& state, const std::string& text)
{
    std::string html = "<p>People of other servers who were heard of here.</p><form method=\"get\" action=\"/admin/people\" class=\"inline\">" + field({"q", "Account or name contains", text, "search", "", "off", false, 200});
    html += choice("state", "State", {{"", "any"}, {"active", "active"}, {"silenced", "silenced"}, {"suspended", "suspended"}}, state) + submit("Show", "") + "</form>";
    if (people.empty())
        html += "<p class=\"small\">Nobody fits.</p>";
    html += "<ul class=\"rows\">";
    for (const Actor& actor : people)
        html += fmt::format("<li><div class=\"what\"><a href=\"/admin/people/{}\">{}</a> {}<p>{}</p></div></li>", actor.id, escapeHtml(actor.account()), escapeHtml(actor.displayName), escapeHtml(actor.state));
    return adminPage(site, frame, "/admin/people", "People elsewhere", html + "</ul>");
}

Response adminPersonPage(const Site& site, const AdminFrame& frame, const Actor& actor, const std::vector<ModerationAction>& actions)
{
    std::string html = fmt::format("<div class=\"prose\"><p>{}: {}. <a href=\"{}\" rel=\"nofollow noreferrer\">Page there</a></p>", escapeHtml(actor.account()), escapeHtml(actor.state), escapeHtml(actor.url.starts_with("http") ? actor.url : actor.uri));
    std::vector<std::pair<std::string, std::string>> ways{{"silence", "Silence: only those who follow hear of it"}, {"suspend", "Suspend: nothing goes there or comes from there"}};
    if (actor.state != "active")
        ways.insert(ways.begin(), {"restore", "Restore: as before"});
    html += "<h2>Decide</h2>" + formStart("/admin/people/" + std::to_string(actor.id), frame.token) + choice("do", "What", ways, "") + field({"reason", "Reason", "", "area", "Moderators read it in the log; a suspension ends follows in both directions.", "", true, 2000}) + submit("Do it", "danger") + "</form>";
    html += "<h2>What was decided before</h2>";
    html += actions.empty() ? "<p class=\"small\">Nothing.</p>" : "<ul class=\"rows\">";
    for (const ModerationAction& action : actions)
        html += actionRow(frame, action, false);
    return adminPage(site, frame, "/admin/people", actor.displayName.empty() ? actor.account() : actor.displayName, html + (actions.empty() ? "" : "</ul>") + "</div>");
}

Response adminHashesPage(const Site& site, const AdminFrame& frame, const std::vector<HashBlock>& blocks, int status)
{
    std::string html = "<p>Files, by the hash of their bytes or of their frames, that nobody can upload or publish here. Taking a work down blocks its own.</p>";
    html += blocks.empty() ? "<p class=\"small\">No file is blocked.</p>" : "<ul class=\"rows\">";
    for (const HashBlock& block : blocks) {
        const std::string id = ContentId{block.hash}.text();
        html += fmt::format("<li><div class=\"what\"><span class=\"path\">{}</span><p>{}</p><p>{} by {}</p></div><div class=\"do\">{}</div></li>", id, escapeHtml(block.reason), dateWords(block.createdAt), escapeHtml(block.moderatorName.empty() ? "the command line" : "@" + block.moderatorName),
            buttonForm("/admin/hashes", frame.token, "Allow", {{"do", "remove"}, {"hash", id}}));
    }
    html += std::string(blocks.empty() ? "" : "</ul>") + "<div class=\"prose\"><h2>Block a file</h2>" + formStart("/admin/hashes", frame.token) + hidden("do", "add") + field({"hash", "Hash", "", "text", "sha3-256: and 64 digits, as every work's page shows it.", "off", true, 80, "spellcheck=\"false\" autocapitalize=\"none\""});
    html += field({"reason", "Reason", "", "text", "", "off", true, 500}) + submit("Block", "danger") + "</form></div>";
    return adminPage(site, frame, "/admin/hashes", "Blocked files", html, status);
}

} // namespace artdag::server
