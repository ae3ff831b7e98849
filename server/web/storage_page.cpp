// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/storage_page.h"

#include "server/web/form.h"
#include "server/web/layout.h"

#include <fmt/format.h>

namespace artdag::server {

namespace {

std::string sizeWords(std::int64_t bytes)
{
    return bytes < 1'000'000 ? fmt::format("{:.1f} kB", static_cast<double>(bytes) / 1e3) : bytes < 1'000'000'000 ? fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6)
                                                                                                                  : fmt::format("{:.1f} GB", static_cast<double>(bytes) / 1e9);
}

std::string placeOf(const Json& settings)
{
    std::string place = settings.value("endpoint", settings.value("directory", std::string()));
    if (settings.contains("bucket"))
        place += " · " + settings["bucket"].get<std::string>();
    return place;
}

std::string rowOf(const Json& storage, const std::string& token)
{
    const std::string id = storage.at("id").dump();
    const bool active = storage.at("active").get<bool>();
    const std::int64_t count = storage.at("copies").get<std::int64_t>();
    std::string html = fmt::format("<li><div class=\"what\"><strong>{}</strong> <span class=\"path\">{}</span><p>{} · {} {}, {}</p>", escapeHtml(storage.at("name").get<std::string>()), escapeHtml(placeOf(storage.at("settings"))), active ? "in use" : "switched off", count, count == 1 ? "copy" : "copies", sizeWords(storage.at("bytes").get<std::int64_t>()));
    if (storage.at("error").is_string())
        html += "<p>It failed: " + escapeHtml(sentence(storage["error"].get<std::string>())) + "</p>";
    else if (storage.at("tested_at").is_string())
        html += "<p>It worked on " + escapeHtml(storage["tested_at"].get<std::string>().substr(0, 10)) + ".</p>";
    html += "</div><div class=\"do\">";
    const auto button = [&](const char* what, const char* words, const char* style) { return buttonForm("/settings/storage", token, words, {{"do", what}, {"id", id}}, style); };
    html += button("test", "Try it", "small") + (active ? button("off", "Switch off", "small") : button("on", "Switch on", "small")) + button("remove", "Forget", "small danger");
    return html + "</div></li>";
}

/// A form for one type; its fields are named `TYPE-NAME`, since a page has every id once.
std::string adding(const std::string& token, const std::string& type, const char* words, const std::vector<Field>& fields)
{
    std::string html = std::string("<details><summary>") + words + "</summary>" + formStart("/settings/storage", token) + hidden("do", "add") + hidden("type", type);
    html += field({type + "-name", "Name", type, "text", "", "", true, 100});
    for (Field one : fields) {
        one.name = type + "-" + one.name;
        html += field(one);
    }
    return html + submit("Add") + "</form></details>";
}

} // namespace

Response storagePage(const Site& site, const std::string& token, const Json& items, bool mayLocal, const StorageWord& word)
{
    std::string html = "<main id=\"main\"><div class=\"prose\"><h1>Storage</h1>" + problemBox(word.problem) + noticeBox(word.done);
    html += "<p>Places of your own where this server puts a copy of everything that you publish. Each copy is named by its hash, so anybody can check it.</p>";
    html += items.empty() ? "<p class=\"small\">There is none yet.</p>" : "<ul class=\"rows\">";
    for (const Json& storage : items)
        html += rowOf(storage, token);
    html += items.empty() ? "" : "</ul>";
    html += "<h2>Add a place</h2>";
    html += adding(token, "s3", "S3: a bucket at a service", {{"endpoint", "Address", "", "url", "https://s3.example", "", true, 500}, {"bucket", "Bucket", "", "text"}, {"region", "Region", "", "text", "", "", false}, {"prefix", "Folder in the bucket", "", "text", "", "", false}, {"access_key", "Access key", "", "text"}, {"secret_key", "Secret key", "", "password", "It is kept encrypted and never shown again.", "off"}});
    html += adding(token, "ipfs", "IPFS: a node that pins", {{"endpoint", "Address of its API", "", "url", "", "", true, 500}, {"authorization", "Authorization header", "", "password", "If it needs one. It is kept encrypted and never shown again.", "off", false, 500}});
    if (mayLocal)
        html += adding(token, "local", "A directory of this machine", {{"directory", "Directory", "", "text", "For the owner of the server alone.", "", true, 1000}});
    return pageResponse(site, {"Storage", "", html + "</div></main>", word.problem.empty() ? 200 : 400});
}

} // namespace artdag::server
