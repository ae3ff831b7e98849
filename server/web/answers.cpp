// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/answers.h"

#include "server/l2/shown_html.h"
#include "server/web/layout.h"

#include <fmt/format.h>

namespace artdag::server {

namespace {

std::string counted(std::int64_t count, const char* one, const char* many)
{
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

/// Links lead to other servers: they learn nothing from us and gain nothing by it.
std::string outside(const std::string& url, const std::string& text)
{
    return "<a href=\"" + escapeHtml(url) + "\" rel=\"nofollow noopener noreferrer ugc\">" + escapeHtml(text) + "</a>";
}

} // namespace

Result<Answers> answersTo(Database& database, const std::string& objectUrl)
{
    auto lease = TRY(database.lease());
    Answers answers;
    answers.likes = TRY(countInteractions(lease, objectUrl, "like"));
    answers.boosts = TRY(countInteractions(lease, objectUrl, "announce"));
    answers.replies = TRY(listInteractions(lease, objectUrl, "reply", 0, 50));
    answers.uses = TRY(listInteractions(lease, objectUrl, "use", 0, 20));
    return answers;
}

std::string answersHtml(const Answers& answers)
{
    std::string counts;
    if (answers.likes > 0)
        counts += counted(answers.likes, "like", "likes");
    if (answers.boosts > 0)
        counts += (counts.empty() ? "" : " · ") + counted(answers.boosts, "boost", "boosts");
    if (counts.empty() && answers.replies.empty())
        return {};
    std::string html = "<section class=\"answers\"><h2>What people say</h2>";
    if (!counts.empty())
        html += "<p class=\"small\">" + counts + "</p>";
    if (!answers.replies.empty())
        html += "<ol class=\"replies\">";
    for (const Interaction& reply : answers.replies)
        html += fmt::format("<li><p class=\"by\">{} · {}{}</p>{}</li>", outside(reply.actor.url, reply.actor.account()), outside(reply.url, dateWords(reply.createdAt)), reply.updatedAt == 0 ? "" : " · edited", shownHtml(reply.content));
    return html + (answers.replies.empty() ? "</section>" : "</ol></section>");
}

std::string remoteUsesHtml(const Answers& answers)
{
    if (answers.uses.empty())
        return {};
    std::string html = "<section><h2>Used on other servers</h2><ul class=\"plain\">";
    for (const Interaction& use : answers.uses)
        html += fmt::format("<li>{} by {}</li>", outside(use.url, use.content), escapeHtml(use.actor.account()));
    return html + "</ul></section>";
}

} // namespace artdag::server
