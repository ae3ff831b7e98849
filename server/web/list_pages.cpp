// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/layout.h"
#include "server/web/pages.h"

#include <fmt/format.h>

namespace artdag::server {

namespace {

std::string plural(std::int64_t count, const char* one, const char* many)
{
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

/// The first line of a text, at most 120 bytes of it, cut between characters.
std::string firstLineOf(const std::string& text)
{
    std::string line = text.substr(0, text.find('\n'));
    if (line.size() <= 120)
        return line;
    std::size_t end = 117;
    while ((line[end] & 0xC0) == 0x80)
        --end;
    return line.substr(0, end) + "…";
}

} // namespace

Response listPage(const Site& site, const ListPage& page)
{
    std::string main = "<main id=\"main\"><h1>" + escapeHtml(page.title) + "</h1>";
    if (!page.words.empty())
        main += "<p class=\"small\">" + escapeHtml(page.words) + "</p>";
    main += page.works.empty() ? "<p class=\"small\">" + escapeHtml(page.empty) + "</p>" : cardsOf(page.works);
    if (!page.next.empty())
        main += "<p class=\"actions\"><a class=\"button\" rel=\"next\" href=\"" + escapeHtml(page.next) + "\">Older works</a></p>";
    return pageResponse(site, {page.title, "", main + "</main>"});
}

Response homePage(const Site& site, const std::vector<Work>& latest, std::int64_t users, std::int64_t works)
{
    std::string main = "<main id=\"main\"><div class=\"hero\"><h1>" + escapeHtml(site.instance.domain) + "</h1><p>Media art with its whole history. Every work here tells how it was made; with its recipe anyone can make the same pixels again and check.</p></div>";
    main += "<h2>Latest works</h2>";
    main += latest.empty() ? "<p class=\"small\">Nothing is published here yet. The first work comes with <code>artdag publish</code>.</p>" : cardsOf(latest);
    main += "<p class=\"small actions\">" + plural(works, "work", "works") + " by " + plural(users, "person", "people") + "</p></main>";
    return pageResponse(site, {"Works you can check", "", std::move(main)});
}

Response profilePage(const Site& site, const User& user, const Profile& profile, const std::vector<Work>& works, const std::vector<UserKey>& keys)
{
    const std::string head = "<link rel=\"alternate\" type=\"application/activity+json\" href=\"" + escapeHtml(site.instance.actorUrl(user.name)) + "\">";
    std::string main = fmt::format("<main id=\"main\"><div class=\"person\"><img src=\"/media/avatars/{0}.png\" alt=\"\" width=\"72\" height=\"72\"><div><h1>{1}</h1><p class=\"by\">{2} · here since {3}</p></div></div>", escapeHtml(user.name),
        escapeHtml(user.displayName), escapeHtml(site.instance.account(user.name)), dateWords(user.createdAt));
    if (!user.summary.empty())
        main += "<p class=\"lead\">" + escapeHtml(user.summary) + "</p>";
    if (!profile.links.empty()) {
        main += "<ul class=\"legend\" aria-label=\"Links\">";
        for (const ProfileLink& link : profile.links)
            main += fmt::format("<li><a href=\"{}\" rel=\"me nofollow noopener noreferrer ugc\">{}</a></li>", escapeHtml(link.url), escapeHtml(link.label));
        main += "</ul>";
    }
    main += works.empty() ? "<h2>Works</h2><p class=\"small\">Nothing is published yet.</p>" : "<h2>Works</h2>" + cardsOf(works);
    if (!keys.empty()) {
        main += "<h2>Keys</h2><dl class=\"hashes\">";
        for (const UserKey& key : keys)
            main += fmt::format("<dt>{} since {}{}</dt><dd><code>{}</code></dd>", nameOf(key.key.algorithm()), dateWords(key.notBefore), key.revokedAt == 0 ? "" : ", revoked " + dateWords(key.revokedAt), escapeHtml(key.key.kid()));
        main += "</dl>";
    }
    return pageResponse(site, {user.displayName, head, main + "</main>"});
}

Response peoplePage(const Site& site, const std::vector<User>& users)
{
    std::string main = "<main id=\"main\"><h1>People</h1>";
    main += users.empty() ? "<p class=\"small\">Nobody is here yet. The first to join will own this server.</p><ul class=\"people\">" : "<ul class=\"people\">";
    for (const User& user : users)
        main += fmt::format("<li><img src=\"/media/avatars/{0}.png\" alt=\"\" width=\"44\" height=\"44\" loading=\"lazy\"><div><a href=\"/@{0}\">{1}</a><br><span class=\"small\">{2}</span>{3}</div></li>", escapeHtml(user.name), escapeHtml(user.displayName),
            escapeHtml(site.instance.account(user.name)), user.summary.empty() ? "" : "<br><span class=\"small\">" + escapeHtml(firstLineOf(user.summary)) + "</span>");
    return pageResponse(site, {"People", "", main + "</ul></main>"});
}

Response problemPage(const Site& site, int status, const std::string& detail)
{
    const std::string title = reasonOf(status);
    const std::string main = fmt::format("<main id=\"main\"><div class=\"problem\"><p class=\"status\">{}</p><h1>{}</h1><p>{}</p><p class=\"actions\"><a class=\"button\" href=\"/\">Latest works</a></p></div></main>", status,
        status == 404 ? "There is nothing here" : escapeHtml(title), escapeHtml(detail));
    return pageResponse(site, {title, "", main, status});
}

} // namespace artdag::server
