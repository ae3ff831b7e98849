// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/social_pages.h"

#include "server/web/form.h"
#include "server/web/layout.h"

#include <fmt/format.h>

#include <array>

namespace artdag::server {

namespace {

std::string textIn(const Json& object, const char* pointer)
{
    const Json::json_pointer path(pointer);
    return object.contains(path) && object[path].is_string() ? object[path].get<std::string>() : std::string();
}

/// A link to somewhere else; no link when it leads nowhere a browser should go.
std::string linkTo(const std::string& url, const std::string& words)
{
    if (!url.starts_with("https://") && !url.starts_with("http://"))
        return escapeHtml(words);
    return "<a href=\"" + escapeHtml(url) + "\" rel=\"nofollow noopener noreferrer\">" + escapeHtml(words) + "</a>";
}

std::string dateOf(const std::string& iso)
{
    return "<time datetime=\"" + escapeHtml(iso) + "\">" + escapeHtml(iso.substr(0, 10)) + "</time>";
}

std::string olderLink(const std::string& next)
{
    return next.empty() ? "" : "<p class=\"actions\"><a class=\"button\" rel=\"next\" href=\"" + escapeHtml(next) + "\">Older</a></p>";
}

std::string workEntry(const Json& asset)
{
    const std::string page = textIn(asset, "/links/page");
    return fmt::format("<li><p class=\"by\">{} published · {}</p><a href=\"{}\">{}</a></li>", escapeHtml(textIn(asset, "/owner")), dateOf(textIn(asset, "/created_at")), escapeHtml(page), escapeHtml(textIn(asset, "/title")));
}

std::string postEntry(const Json& post)
{
    const std::string name = textIn(post, "/author/name").empty() ? textIn(post, "/author/account") : textIn(post, "/author/name");
    std::string html = fmt::format("<li><p class=\"by\">{} {} · {}</p>", linkTo(textIn(post, "/author/url"), name), post.value("boosted", false) ? "was boosted" : escapeHtml(textIn(post, "/author/account")), dateOf(textIn(post, "/published")));
    std::string content = textIn(post, "/content"); // sanitised where the items are made
    for (const Json& attachment : post.value("attachments", Json::array()))
        content += "<p class=\"small\">" + linkTo(textIn(attachment, "/url"), textIn(attachment, "/alt").empty() ? "Attachment" : "Attachment: " + textIn(attachment, "/alt")) + "</p>";
    const std::string warning = textIn(post, "/warning");
    html += warning.empty() ? content : "<details><summary>" + escapeHtml(warning) + "</summary>" + content + "</details>";
    return html + "<p class=\"small\">" + linkTo(textIn(post, "/url"), "Read it there") + " · <a href=\"/authorize_interaction?uri=" + escapeHtml(encodeForm(textIn(post, "/id"))) + "\">Answer</a></p></li>";
}

/// What one did; the work, where there is one, stands after it.
std::string doingOf(const std::string& kind)
{
    constexpr std::array<std::pair<std::string_view, const char*>, 12> words{{{"follow", "follows you"}, {"follow_request", "asks to follow you"}, {"like", "liked"}, {"announce", "boosted"}, {"reply", "answered"}, {"mention", "mentioned you"}, {"use", "made something from"}, {"move", "moved"}, {"share", "gives you a share of"},
        {"recipe_request", "asks for the recipe of"}, {"recipe_granted", "lets you read the recipe of"}, {"recipe_refused", "does not give you the recipe of"}}};
    for (const auto& [name, doing] : words)
        if (name == kind)
            return doing;
    return escapeHtml(kind);
}

} // namespace

Response feedPage(const Site& site, const Json& items, const std::string& next)
{
    std::string html = "<main id=\"main\"><div class=\"prose\"><h1>Home</h1>";
    html += items.empty() ? "<p class=\"small\">Nothing yet: here is what the people whom you follow make and write.</p>" : "<ul class=\"replies\">";
    for (const Json& item : items)
        html += textIn(item, "/kind") == "work" ? workEntry(item["asset"]) : postEntry(item);
    html += items.empty() ? "" : "</ul>";
    html += "<form class=\"form\" method=\"get\" action=\"/authorize_interaction\"><div class=\"inline\">" + field({"uri", "Follow somebody, or answer something, elsewhere", "", "text", "", "", true, 2000, "placeholder=\"@name@server or https://…\""}) + submit("Find", "") + "</div></form>";
    return pageResponse(site, {"Home", "", html + olderLink(next) + "</div></main>"});
}

Response notificationsPage(const Site& site, const std::string& token, const Json& items, std::int64_t unread, const std::string& next)
{
    std::string html = "<main id=\"main\"><div class=\"prose\"><h1>Notifications</h1>";
    if (unread > 0 && !items.empty())
        html += buttonForm("/notifications/read", token, fmt::format("Mark all {} as read", unread), {{"read_up_to", items[0].at("id").dump()}}, "small");
    html += items.empty() ? "<p class=\"small\">Nothing has happened yet.</p>" : "<ul class=\"rows\">";
    for (const Json& item : items) {
        const std::string who = textIn(item, "/by/name").empty() ? textIn(item, "/by/account") : textIn(item, "/by/name");
        html += "<li><div class=\"what\">" + (item.value("read", true) ? std::string() : "<strong>New:</strong> ") + linkTo(textIn(item, "/by/url"), who) + " " + doingOf(textIn(item, "/kind"));
        if (const std::string work = textIn(item, "/work"); !work.empty())
            html += " <a href=\"/asset/" + escapeHtml(work) + "\">" + escapeHtml(work.substr(work.find('/') + 1)) + "</a>";
        html += "<p>" + escapeHtml(textIn(item, "/words")) + (textIn(item, "/words").empty() ? "" : " · ") + dateOf(textIn(item, "/created_at")) + "</p></div>";
        if (const std::string url = textIn(item, "/url"); !url.empty())
            html += "<span class=\"small\">" + linkTo(url, "Look at it") + "</span>";
        html += "</li>";
    }
    html += items.empty() ? "" : "</ul>";
    return pageResponse(site, {"Notifications", "", html + olderLink(next) + "</div></main>"});
}

Response approachPage(const Site& site, const std::string& token, const Approach& approach)
{
    const bool isPerson = !approach.account.empty();
    const bool isThing = !isPerson && (approach.uri.starts_with("https://") || approach.uri.starts_with("http://"));
    const std::string title = isPerson ? "Follow " + (approach.name.empty() ? approach.account : approach.name) + "?" : isThing ? "Answer this?"
                                                                                                                                : "Follow or answer";
    std::string html = "<main id=\"main\" class=\"narrow\"><h1>" + escapeHtml(title) + "</h1>" + problemBox(approach.problem) + noticeBox(approach.done);
    const auto form = [&](const char* what) { return formStart("/authorize_interaction", token) + hidden("uri", approach.uri) + hidden("do", what); };
    if (isPerson) {
        html += "<p><span class=\"path\">" + escapeHtml(approach.account) + "</span></p>" + form("follow") + submit("Follow") + "</form>";
    } else if (isThing) {
        html += "<p><span class=\"path\">" + linkTo(approach.uri, approach.uri) + "</span></p><div class=\"actions\">";
        for (const auto& [what, words] : {std::pair{"like", "Like"}, std::pair{"boost", "Boost"}})
            html += buttonForm("/authorize_interaction", token, words, {{"uri", approach.uri}, {"do", what}});
        html += "</div>" + form("reply") + field({"content", "Your answer, for everybody to read", "", "area", "", "", true, 5000}) + submit("Answer") + "</form>";
    } else {
        html += "<form class=\"form\" method=\"get\" action=\"/authorize_interaction\">" + field({"uri", "Name or address", approach.uri, "text", "@name@server, or the address of a post", "", true, 2000}) + submit("Find") + "</form>";
    }
    return pageResponse(site, {title, "", html + "</main>", approach.problem.empty() ? 200 : 400});
}

} // namespace artdag::server
