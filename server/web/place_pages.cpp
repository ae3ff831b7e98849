// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/place_pages.h"

#include "server/web/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace artdag::server {

namespace {

struct Doing {
    const char* type;
    const char* words;
};
constexpr Doing doings[] = {{"Create", "published"}, {"Update", "changed"}, {"Delete", "withdrew"}, {"Announce", "boosted"}, {"Like", "liked"}, {"Follow", "followed"}, {"Move", "moved"}};

std::string doingOf(const ActivityLine& line)
{
    const auto found = std::ranges::find_if(doings, [&](const Doing& doing) { return line.activity.type == doing.type; });
    std::string html = fmt::format("<a href=\"/@{0}\">@{0}</a> {1}", escapeHtml(line.user), found == std::end(doings) ? escapeHtml(line.activity.type) : found->words);
    if (!line.workName.empty())
        html += fmt::format(" <a href=\"/asset/@{}/{}\">{}</a>", escapeHtml(line.workOwner), escapeHtml(line.workName), escapeHtml(line.workTitle));
    return html;
}

std::string operationOf(const std::string& path, const std::string& method, const Json& operation)
{
    std::string upper = method;
    std::ranges::transform(upper, upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    std::string html = fmt::format("<li><div class=\"what\"><span class=\"path\"><strong>{}</strong> {}</span><p>{}{}</p></div>", upper, escapeHtml(path), escapeHtml(operation.value("summary", std::string())), operation.contains("security") ? " · needs a login" : "");
    if (const Json example = operation.value(Json::json_pointer("/requestBody/content/application~1json/example"), Json()); !example.is_null())
        html += "<details><summary>Example of a body</summary><pre class=\"command\" tabindex=\"0\"><code>" + escapeHtml(example.dump(2)) + "</code></pre></details>";
    return html + "</li>";
}

} // namespace

std::string proseOf(std::string_view text)
{
    std::string html;
    const char* open = "";
    auto turnTo = [&](const char* block) {
        if (std::string_view(open) == block)
            return false;
        html += *open == '\0' ? "" : std::string("</") + open + ">";
        html += *block == '\0' ? "" : std::string("<") + block + ">";
        open = block;
        return true;
    };
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty()) {
            turnTo("");
        } else if (line.starts_with("# ")) {
            turnTo("");
            html += "<h2>" + escapeHtml(line.substr(2)) + "</h2>";
        } else if (line.starts_with("- ")) {
            turnTo("ul");
            html += "<li>" + escapeHtml(line.substr(2)) + "</li>";
        } else {
            html += turnTo("p") ? "" : "<br>";
            html += escapeHtml(line);
        }
    }
    turnTo("");
    return html;
}

Response textPage(const Site& site, const std::string& title, std::string_view text)
{
    return pageResponse(site, {title, "", "<main id=\"main\"><div class=\"prose\"><h1>" + escapeHtml(title) + "</h1>" + proseOf(text) + "</div></main>"});
}

Response clientPage(const Site& site)
{
    const std::string url = escapeHtml(site.instance.publicUrl);
    std::string html = "<main id=\"main\"><div class=\"prose\"><h1>Programs for this server</h1><p>This server is version " ARTDAG_VERSION " and fits programs of the same version.</p>";
    html += "<h2>Art DAG Studio</h2><p>The editor: build a recipe, see it live, render, publish.</p><h2>The artdag command</h2><p>For those who like a terminal, and for machines.</p>";
    html += "<h2>Get them</h2><p>Both are built from source by one command, on Debian 12:</p><code class=\"command\">./run</code><p>This makes packages of them, for this and other machines:</p><code class=\"command\">./run package</code>";
    html += "<h2>Log in from there</h2><code class=\"command\">artdag login " + url + "</code><p class=\"small\">It shows a code, which you type on <a href=\"/device\">this page</a>. No password leaves the browser.</p>";
    html += "<h2>Publish</h2><code class=\"command\">artdag render film.json -o film.mp4 --key mine\nartdag publish film.mp4 --title \"My film\"</code></div></main>";
    return pageResponse(site, {"Programs for this server", "", std::move(html)});
}

Response docsPage(const Site& site, const Json& openApi)
{
    std::map<std::string, std::string> groups;
    for (const auto& [path, methods] : openApi.at("paths").items())
        for (const auto& [method, operation] : methods.items())
            groups[operation.at("tags").at(0).get<std::string>()] += operationOf(path, method, operation);
    std::string html = "<main id=\"main\"><h1>API</h1><div class=\"prose\"><p>Everything that this server answers. Bodies are JSON, errors are problem documents (RFC 9457). For programs: <a href=\"/openapi.json\">openapi.json</a>.</p><p>To log a program in: <code>POST /oauth/device_authorization</code> (RFC 8628).</p></div>";
    for (const auto& [tag, rows] : groups)
        html += "<h2>" + escapeHtml(tag) + "</h2><ul class=\"rows\">" + rows + "</ul>";
    return pageResponse(site, {"API", "", html + "</main>"});
}

Response activitiesPage(const Site& site, const std::vector<ActivityLine>& lines, const std::string& next)
{
    std::string html = "<main id=\"main\"><h1>Activity</h1>";
    html += lines.empty() ? "<p class=\"small\">Nothing has happened here yet.</p>" : "<ul class=\"rows\">";
    for (const ActivityLine& line : lines)
        html += fmt::format("<li><div class=\"what\">{}<p><time datetime=\"{}\">{}</time></p></div><a class=\"small\" href=\"/activity/{}\">No. {}</a></li>", doingOf(line), isoTime(line.activity.published), dateWords(line.activity.published), line.activity.seq, line.activity.seq);
    html += lines.empty() ? "" : "</ul>";
    if (!next.empty())
        html += "<p class=\"actions\"><a class=\"button\" rel=\"next\" href=\"" + escapeHtml(next) + "\">Older</a></p>";
    return pageResponse(site, {"Activity", "", html + "</main>"});
}

Response activityPage(const Site& site, const ActivityLine& line, const std::string& readable)
{
    const std::string number = std::to_string(line.activity.seq);
    std::string html = "<main id=\"main\"><h1>Activity no. " + number + "</h1><p>" + doingOf(line) + " on " + dateWords(line.activity.published) + ".</p><p class=\"small\">Its exact bytes are kept, and their hash goes into the log that is anchored. The bytes: <a href=\"/activities/" + escapeHtml(line.activity.uuid) + "\">/activities/" + escapeHtml(line.activity.uuid) + "</a> for programs that ask for application/activity+json.</p>";
    html += "<dl class=\"hashes\"><dt>bytes</dt><dd tabindex=\"0\"><code>" + ContentId{sha3(bytesOf(line.activity.bytes))}.text() + "</code></dd></dl>";
    html += "<h2>As it was sent</h2><pre class=\"command\" tabindex=\"0\"><code>" + escapeHtml(readable) + "</code></pre></main>";
    return pageResponse(site, {"Activity no. " + number, "<link rel=\"alternate\" type=\"application/activity+json\" href=\"/activities/" + escapeHtml(line.activity.uuid) + "\">", std::move(html)});
}

} // namespace artdag::server
