// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/recipe_page.h"

#include "server/web/form.h"
#include "server/web/layout.h"

#include <fmt/format.h>

namespace artdag::server {

namespace {

std::string pathOf(const Work& work)
{
    return "/asset/@" + work.owner + "/" + work.name;
}

std::string row(const std::string& token, const std::string& action, const RecipeRequest& request)
{
    const auto button = [&](const char* answer, const char* words, const char* style) { return buttonForm(action, token, words, {{"user", request.user}, {"answer", answer}}, style); };
    std::string words = "asked on " + dateWords(request.askedAt);
    std::string buttons;
    if (request.state == "granted")
        words += ", may read it since " + dateWords(request.decidedAt);
    else if (request.state == "refused")
        words += ", does not get it since " + dateWords(request.decidedAt);
    if (request.state != "granted")
        buttons += button("grant", request.state == "refused" ? "Give it after all" : "Give it", "");
    if (request.state != "refused")
        buttons += button("refuse", request.state == "granted" ? "Take it back" : "Do not give it", "danger");
    return fmt::format("<li><div class=\"what\"><a href=\"/@{0}\">@{0}</a><p>{1}</p></div><div class=\"do\">{2}</div></li>", escapeHtml(request.user), words, buttons);
}

} // namespace

std::string askButton(const RecipeDoor& door)
{
    const bool mayAsk = door.access == "request" && door.isMember && !door.isOwner && door.state.empty();
    return mayAsk ? "<button class=\"button\" form=\"ask-recipe\">Ask for the recipe</button>" : "";
}

std::string recipeDoorHtml(const Work& work, const RecipeDoor& door)
{
    if (door.access != "request")
        return {};
    const std::string path = pathOf(work);
    const auto words = [](const std::string& text) { return "<p class=\"small\">" + text + "</p>"; };
    if (door.isOwner)
        return words(fmt::format("<a href=\"{}/recipe/requests\">Who may read the recipe</a>{}", escapeHtml(path), door.waiting == 0 ? "" : fmt::format(" · {} {}", door.waiting, door.waiting == 1 ? "waits for your answer" : "wait for your answer")));
    if (!door.isMember)
        return words(fmt::format("@{} gives the recipe to people who ask. <a href=\"/login?next={}\">Log in to ask</a>", escapeHtml(work.owner), escapeHtml(encodeForm(path))));
    if (door.state == "granted")
        return words("@" + escapeHtml(work.owner) + " lets you read the recipe.");
    if (!door.state.empty())
        return words(door.state == "asked" ? "You asked for the recipe; @" + escapeHtml(work.owner) + " has not answered yet." : "@" + escapeHtml(work.owner) + " does not give you the recipe.");
    return fmt::format("<form id=\"ask-recipe\" method=\"post\" action=\"{}/recipe/ask\">{}</form>", escapeHtml(path), hidden("csrf", door.token));
}

Response recipeRequestsPage(const Site& site, const std::string& token, const Work& work, const std::vector<RecipeRequest>& requests)
{
    const std::string path = pathOf(work);
    std::string html = fmt::format("<main id=\"main\"><div class=\"prose\"><h1>Who may read the recipe</h1><p>Of <a href=\"{}\">{}</a>. Whom you give it to reads it on the page of the work, and can render the work again and compare the pixels. "
                                   "What was read cannot be made unread; when you take it back they read it no more.</p>",
        escapeHtml(path), escapeHtml(work.title));
    html += requests.empty() ? "<p class=\"small\">Nobody has asked so far.</p>" : "<ul class=\"rows\">";
    for (const RecipeRequest& request : requests)
        html += row(token, path + "/recipe/requests", request);
    html += requests.empty() ? "" : "</ul>";
    return pageResponse(site, {"Who may read the recipe", "<meta name=\"robots\" content=\"noindex\">", html + "</div></main>"});
}

} // namespace artdag::server
