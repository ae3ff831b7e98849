// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/admin_pages.h"

#include "server/web/form.h"
#include "server/web/layout.h"

#include <fmt/format.h>

#include <algorithm>

namespace artdag::server {

namespace {

std::string figure(const char* words, const std::string& value, const char* href = nullptr)
{
    return fmt::format("<div><dt>{}</dt><dd>{}</dd></div>", words, href != nullptr ? fmt::format("<a href=\"{}\">{}</a>", href, value) : value);
}

/// Twelve weeks as bars, and the same in words.
std::string sparks(const char* title, const std::vector<std::int64_t>& growth)
{
    const std::int64_t most = std::max<std::int64_t>(1, growth.empty() ? 1 : *std::ranges::max_element(growth));
    std::string bars;
    std::string words;
    for (std::size_t i = 0; i < growth.size(); ++i) {
        const double height = 2.0 + 50.0 * static_cast<double>(growth[i]) / static_cast<double>(most);
        bars += fmt::format("<rect x=\"{}\" y=\"{:.1f}\" width=\"7\" height=\"{:.1f}\"/>", i * 10, 56.0 - height, height);
        words += (i == 0 ? "" : ", ") + std::to_string(growth[i]);
    }
    return fmt::format("<h2>{0}</h2><svg class=\"sparks\" viewBox=\"0 0 {1} 56\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{0}: {2}\">{3}</svg><p class=\"small\">{2}</p>", title, std::max<std::size_t>(growth.size(), 1) * 10 - 3, words, bars);
}

std::string judgeForm(const AdminFrame& frame, const AdminAccount& account)
{
    const std::string to = "/admin/accounts/" + account.user.name;
    if (account.user.state == "pending")
        return "<h2>Waits for approval</h2><p class=\"actions\">" + buttonForm(to, frame.token, "Approve", {{"do", "approve"}}, "main") + buttonForm(to, frame.token, "Reject and forget", {{"do", "reject"}}, "danger") + "</p>";
    std::vector<std::pair<std::string, std::string>> ways{{"warn", "Warn: only the words"}, {"limit", "Limit: may look, not publish"}, {"silence", "Silence: left out of lists"}, {"suspend", "Suspend: nobody can log in or see it"}};
    if (account.user.state != "active" || account.user.role == "limited")
        ways.insert(ways.begin(), {"restore", "Restore: as before"});
    std::string html = "<h2>Decide</h2>" + formStart(to, frame.token) + choice("do", "What", ways, "") + field({"reason", "Reason", "", "area", "The account reads this, and can appeal.", "", true, 2000}) + submit("Do it", "danger") + "</form>";
    return html;
}

std::string adminForms(const AdminFrame& frame, const AdminAccount& account)
{
    const std::string to = "/admin/accounts/" + account.user.name;
    std::string html = "<h2>Role</h2>" + formStart(to, frame.token, "inline") + hidden("do", "role");
    html += choice("role", "May", {{"limited", "limited: only look"}, {"member", "member"}, {"moderator", "moderator"}, {"admin", "admin"}}, account.user.role) + submit("Set", "") + "</form>";
    html += "<h2>Space</h2>" + formStart(to, frame.token, "inline") + hidden("do", "quota");
    html += field({"megabytes", "Megabytes", account.quota < 0 ? "" : std::to_string(account.quota / 1'000'000), "number", "Empty: as much as everybody.", "off", false, 9, "min=\"0\""}) + submit("Set", "") + "</form>";
    html += "<h2>Cannot log in</h2><p>A link with which a new password can be set, once, within a day. Give it only to the person.</p>";
    if (!account.resetLink.empty())
        html += "<p class=\"command path\">" + escapeHtml(account.resetLink) + "</p>";
    return html + buttonForm(to, frame.token, "Make a link", {{"do", "reset"}});
}

} // namespace

Response adminPage(const Site& site, const AdminFrame& frame, const std::string& path, const std::string& title, const std::string& inside, int status)
{
    struct Place {
        const char* path;
        const char* words;
        bool forAdmins;
    };
    constexpr Place places[] = {{"/admin", "Overview", false}, {"/admin/accounts", "Accounts", false}, {"/admin/reports", "Reports", false}, {"/admin/people", "Elsewhere", false}, {"/admin/domains", "Domains", false}, {"/admin/hashes", "Files", false}, {"/admin/log", "Log", false}, {"/admin/invitations", "Invitations", true}, {"/admin/jobs", "Jobs", true}, {"/admin/texts", "Texts", true}};
    std::string html = "<main id=\"main\"><h1>" + escapeHtml(title) + "</h1><nav aria-label=\"Administration\"><ul class=\"sections\">";
    for (const Place& place : places)
        if (!place.forAdmins || frame.isAdmin)
            html += fmt::format("<li><a href=\"{}\"{}>{}</a></li>", place.path, path == place.path ? " aria-current=\"page\"" : "", place.words);
    html += "</ul></nav>" + noticeBox(frame.notice) + problemBox(frame.problem) + inside + "</main>";
    return pageResponse(site, {title, "", std::move(html), status});
}

std::string actionRow(const AdminFrame& frame, const ModerationAction& action, bool asksDecision)
{
    std::string target = escapeHtml(action.target);
    if (action.targetKind == "user")
        target = "<a href=\"/admin/accounts/" + target + "\">@" + target + "</a>";
    if (action.targetKind == "actor")
        target = "<a href=\"/admin/people?q=" + target + "\">" + target + "</a>";
    std::string html = fmt::format("<li><div class=\"what\"><strong>{}</strong> {} · {}<p>{}</p><p>by {}</p>", escapeHtml(action.action), target, dateWords(action.createdAt), escapeHtml(action.reason), escapeHtml(action.moderatorName.empty() ? "the command line" : "@" + action.moderatorName));
    if (!action.appeal.empty())
        html += "<p>Appeal (" + escapeHtml(action.appealState) + "):</p><blockquote>" + escapeHtml(action.appeal) + "</blockquote>";
    html += "</div>";
    if (asksDecision) {
        const std::string to = "/admin/log/" + std::to_string(action.id);
        html += "<div class=\"do\">" + buttonForm(to, frame.token, "Accept the appeal", {{"answer", "accept"}}) + buttonForm(to, frame.token, "Reject it", {{"answer", "reject"}}, "danger") + "</div>";
    }
    return html + "</li>";
}

std::string bytesWords(std::int64_t bytes)
{
    const char* units[] = {"B", "kB", "MB", "GB", "TB"};
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; value >= 1000 && unit + 1 < std::size(units); ++unit)
        value /= 1000;
    return fmt::format("{:.{}f} {}", value, unit == 0 || value >= 100 ? 0 : 1, units[unit]);
}

Response adminOverviewPage(const Site& site, const AdminFrame& frame, const Overview& overview, const std::vector<std::int64_t>& people, const std::vector<std::int64_t>& works)
{
    std::string html = "<h2>To do</h2><dl class=\"figures\">" + figure("wait for approval", std::to_string(overview.pending), "/admin/accounts?state=pending") + figure("open reports", std::to_string(overview.reports), "/admin/reports") + figure("appeals", std::to_string(overview.appeals), "/admin/log");
    html += figure("failed jobs", std::to_string(overview.jobsAbandoned), frame.isAdmin ? "/admin/jobs" : nullptr) + "</dl><h2>Now</h2><dl class=\"figures\">";
    html += figure("accounts", std::to_string(overview.accounts)) + figure("works", std::to_string(overview.works)) + figure("activities", std::to_string(overview.activities)) + figure("files", std::to_string(overview.objects)) + figure("stored", bytesWords(overview.bytes));
    html += figure("jobs wait", std::to_string(overview.jobsWaiting)) + figure("deliveries wait", std::to_string(overview.deliveries)) + "</dl>";
    return adminPage(site, frame, "/admin", "Administration", html + sparks("New accounts a week, last twelve weeks", people) + sparks("New works a week, last twelve weeks", works));
}

Response adminAccountsPage(const Site& site, const AdminFrame& frame, const std::vector<AccountLine>& accounts, const std::string& state, const std::string& text)
{
    std::string html = "<form method=\"get\" action=\"/admin/accounts\" class=\"inline\">" + field({"q", "Name contains", text, "search", "", "off", false, 30});
    html += choice("state", "State", {{"", "any"}, {"pending", "waits for approval"}, {"active", "active"}, {"silenced", "silenced"}, {"suspended", "suspended"}}, state) + submit("Show", "") + "</form>";
    if (accounts.empty())
        html += "<p class=\"small\">No account fits.</p>";
    html += "<ul class=\"rows\">";
    for (const AccountLine& line : accounts) {
        const std::string name = escapeHtml(line.user.name);
        html += fmt::format("<li><div class=\"what\"><a href=\"/admin/accounts/{0}\">@{0}</a> {1}<p>{2}, {3} · since {4} · {5} · {6}</p></div>", name, escapeHtml(line.user.displayName), escapeHtml(line.user.role), escapeHtml(line.user.state), dateWords(line.user.createdAt), line.works == 1 ? "1 work" : std::to_string(line.works) + " works", bytesWords(line.bytes));
        if (line.user.state == "pending")
            html += "<div class=\"do\">" + buttonForm("/admin/accounts/" + line.user.name, frame.token, "Approve " + line.user.name, {{"do", "approve"}}) + buttonForm("/admin/accounts/" + line.user.name, frame.token, "Reject", {{"do", "reject"}}, "danger") + "</div>";
        html += "</li>";
    }
    return adminPage(site, frame, "/admin/accounts", "Accounts", html + "</ul>");
}

Response adminAccountPage(const Site& site, const AdminFrame& frame, const AdminAccount& account)
{
    std::string html = fmt::format("<div class=\"prose\"><p>{}: {}, {}, since {}. <a href=\"/@{}\">Page</a></p>", escapeHtml(site.instance.account(account.user.name)), escapeHtml(account.user.role), escapeHtml(account.user.state), dateWords(account.user.createdAt), escapeHtml(account.user.name));
    if (account.mayJudge)
        html += judgeForm(frame, account);
    if (account.mayPromote)
        html += adminForms(frame, account);
    html += "<h2>What was decided before</h2>";
    html += account.actions.empty() ? "<p class=\"small\">Nothing.</p>" : "<ul class=\"rows\">";
    for (const ModerationAction& action : account.actions)
        html += actionRow(frame, action, action.appealState == "waiting");
    return adminPage(site, frame, "/admin/accounts", account.user.displayName, html + (account.actions.empty() ? "" : "</ul>") + "</div>");
}

Response adminReportsPage(const Site& site, const AdminFrame& frame, const std::vector<Report>& open, const std::vector<Report>& closed)
{
    auto rows = [&](const std::vector<Report>& reports) {
        std::string html = "<ul class=\"rows\">";
        for (const Report& report : reports) {
            std::string about = report.aboutUser.empty() ? escapeHtml(report.about.empty() ? "nobody in particular" : report.about) : "<a href=\"/admin/accounts/" + escapeHtml(report.aboutUser) + "\">@" + escapeHtml(report.aboutUser) + "</a>";
            html += fmt::format("<li><div class=\"what\">About {} · {}<p>from {}</p>", about, dateWords(report.createdAt), escapeHtml(report.from.empty() ? "somebody of another server" : report.from));
            if (!report.comment.empty())
                html += "<blockquote>" + escapeHtml(report.comment) + "</blockquote>";
            for (const std::string& object : report.objects)
                html += "<p class=\"path\">" + (object.starts_with(site.instance.publicUrl + "/") ? "<a href=\"" + escapeHtml(object) + "\">" + escapeHtml(object) + "</a>" : escapeHtml(object)) + "</p>"; // from there it can be taken down
            html += "</div>";
            const std::string to = "/admin/reports/" + std::to_string(report.id);
            html += report.state == "open" ? "<div class=\"do\">" + buttonForm(to, frame.token, "Dealt with", {{"answer", "resolved"}}) + buttonForm(to, frame.token, "Dismiss", {{"answer", "dismissed"}}) + "</div>" : "<p class=\"small\">" + escapeHtml(report.state) + " " + dateWords(report.resolvedAt) + "</p>";
            html += "</li>";
        }
        return html + "</ul>";
    };
    std::string html = open.empty() ? "<p class=\"small\">No report waits.</p>" : rows(open);
    if (!closed.empty())
        html += "<h2>Closed</h2>" + rows(closed);
    return adminPage(site, frame, "/admin/reports", "Reports", html);
}

Response adminDomainsPage(const Site& site, const AdminFrame& frame, const std::vector<DomainBlock>& blocks, int status)
{
    std::string html = blocks.empty() ? "<p class=\"small\">No domain is blocked.</p>" : "<ul class=\"rows\">";
    for (const DomainBlock& block : blocks)
        html += fmt::format("<li><div class=\"what\"><strong>{}</strong> {}{}<p>{}</p></div><div class=\"do\">{}</div></li>", escapeHtml(block.domain), escapeHtml(block.severity), block.rejectMedia ? ", no media" : "", escapeHtml(block.publicComment),
            buttonForm("/admin/domains", frame.token, "Unblock " + block.domain, {{"do", "remove"}, {"domain", block.domain}}));
    html += std::string(blocks.empty() ? "" : "</ul>") + "<div class=\"prose\"><h2>Block a domain</h2>" + formStart("/admin/domains", frame.token) + hidden("do", "add") + field({"domain", "Domain", "", "text", "And everything under it.", "off", true, 253, "spellcheck=\"false\" autocapitalize=\"none\""});
    html += choice("severity", "How", {{"suspend", "Suspend: nothing goes there or comes from there"}, {"silence", "Silence: only those who follow see it"}, {"noop", "Nothing of this"}}, "suspend");
    html += checkBox("reject_media", "No media from there", false) + checkBox("reject_reports", "No reports from there", false) + field({"comment", "Public reason", "", "text", "", "off", false, 500}) + submit("Block", "danger") + "</form>";
    html += "<h2>Lists</h2><p>In the form that Mastodon reads and writes: <a href=\"/admin/domains.csv\" download=\"domain_blocks.csv\">export</a>.</p>" + formStart("/admin/domains", frame.token) + hidden("do", "import");
    html += field({"csv", "Import: the text of a list", "", "area", "Blocks in it are added; blocks that are here and not in it stay.", "off", true, 400'000}) + submit("Import", "danger") + "</form></div>";
    return adminPage(site, frame, "/admin/domains", "Blocked domains", html, status);
}

Response adminLogPage(const Site& site, const AdminFrame& frame, const std::vector<ModerationAction>& actions, const std::vector<ModerationAction>& appeals, const std::string& next)
{
    std::string html;
    if (!appeals.empty()) {
        html += "<h2>Appeals that wait</h2><ul class=\"rows\">";
        for (const ModerationAction& action : appeals)
            html += actionRow(frame, action, true);
        html += "</ul><h2>Everything</h2>";
    }
    html += actions.empty() ? "<p class=\"small\">Nothing was decided yet.</p>" : "<ul class=\"rows\">";
    for (const ModerationAction& action : actions)
        html += actionRow(frame, action, false);
    html += actions.empty() ? "" : "</ul>";
    if (!next.empty())
        html += "<p class=\"actions\"><a class=\"button\" rel=\"next\" href=\"" + escapeHtml(next) + "\">Older</a></p>";
    return adminPage(site, frame, "/admin/log", "Moderation log", html);
}

Response adminJobsPage(const Site& site, const AdminFrame& frame, const std::vector<JobLine>& jobs)
{
    std::string html = jobs.empty() ? "<p class=\"small\">Nothing waits.</p>" : "<ul class=\"rows\">";
    for (const JobLine& job : jobs) {
        const std::string to = "/admin/jobs/" + std::to_string(job.id);
        html += fmt::format("<li><div class=\"what\"><strong>{}</strong> {} · {}<p>{} tries, due {}</p>{}</div><div class=\"do\">", escapeHtml(job.kind), escapeHtml(job.ref), escapeHtml(job.state), job.tries, isoTime(job.runAt), job.error.empty() ? "" : "<blockquote>" + escapeHtml(job.error) + "</blockquote>");
        html += buttonForm(to, frame.token, "Try now", {{"answer", "retry"}}) + buttonForm(to, frame.token, "Drop", {{"answer", "drop"}}, "danger") + "</div></li>";
    }
    return adminPage(site, frame, "/admin/jobs", "Jobs", html + (jobs.empty() ? "" : "</ul>"));
}

Response adminInvitationsPage(const Site& site, const AdminFrame& frame, const std::vector<Invitation>& invitations, const std::string& link)
{
    std::string html = "<div class=\"prose\">";
    if (!link.empty())
        html += "<p>Give this link to whom you invite. It is shown only now.</p><p class=\"command path\">" + escapeHtml(link) + "</p>";
    html += "<h2>Invite</h2>" + formStart("/admin/invitations", frame.token) + hidden("do", "add") + choice("role", "They become", {{"member", "member"}, {"limited", "limited: only look"}, {"moderator", "moderator"}}, "member");
    html += field({"uses", "How many accounts", "1", "number", "", "off", true, 3, "min=\"1\" max=\"100\""}) + field({"days", "Good for days", "7", "number", "", "off", true, 3, "min=\"1\" max=\"90\""}) + submit("Make a link") + "</form><h2>Open invitations</h2>";
    html += invitations.empty() ? "<p class=\"small\">None.</p>" : "<ul class=\"rows\">";
    for (const Invitation& invitation : invitations)
        html += fmt::format("<li><div class=\"what\">{} left as {}<p>by @{} on {}, until {}</p></div><div class=\"do\">{}</div></li>", invitation.usesLeft, escapeHtml(invitation.role), escapeHtml(invitation.madeBy), dateWords(invitation.createdAt), dateWords(invitation.expires),
            buttonForm("/admin/invitations", frame.token, "Withdraw", {{"do", "remove"}, {"hash", hexOf(invitation.hash)}}, "danger"));
    return adminPage(site, frame, "/admin/invitations", "Invitations", html + (invitations.empty() ? "" : "</ul>") + "</div>");
}

Response adminTextsPage(const Site& site, const AdminFrame& frame, const std::vector<std::pair<std::string, std::string>>& texts)
{
    std::string html = "<div class=\"prose\"><p>Plain text; a line that begins with # is a heading, an empty line begins a paragraph.</p>" + formStart("/admin/texts", frame.token);
    for (const auto& [name, value] : texts)
        html += field({name, name, value, "area", "", "off", false, 20'000});
    return adminPage(site, frame, "/admin/texts", "Texts of this server", html + submit("Save") + "</form></div>");
}

} // namespace artdag::server
