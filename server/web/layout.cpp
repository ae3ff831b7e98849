// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/layout.h"

#include "server/web/pages.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <ctime>

namespace artdag::server {

namespace {

constexpr const char* pagePolicy = "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; form-action 'self'{}; base-uri 'none'; frame-ancestors 'none'";

} // namespace

Response pageResponse(const Site& site, const PageFrame& frame)
{
    const std::string domain = escapeHtml(site.instance.domain);
    std::string html = fmt::format("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                                   "<title>{} · {}</title><link rel=\"stylesheet\" href=\"{}\">{}</head><body><a class=\"skip\" href=\"#main\">Skip to content</a>",
        escapeHtml(frame.title), domain, styleUrl(), frame.head);
    const std::size_t bar = html.size();
    html += frame.main;
    html += "<footer><span>Art DAG: works you can check.</span><a href=\"/about\">About</a><a href=\"/anchors/ui\">Anchors</a><a href=\"/rules\">Rules</a><a href=\"/privacy\">Privacy</a><a href=\"/contact\">Contact</a><a href=\"/download/client\">Programs</a><a href=\"/docs\">API</a></footer></body></html>\n";
    Response response = textResponse(std::move(html), "text/html; charset=utf-8", frame.status);
    response.bar = bar;
    response.keepsVisit = frame.hasForm;
    return response.with("Content-Security-Policy", fmt::format(pagePolicy, frame.formTarget.empty() ? "" : " " + frame.formTarget)).with("Cache-Control", "no-cache");
}

std::string dateWords(std::int64_t microseconds)
{
    constexpr std::array months{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
    const auto time = static_cast<std::time_t>(microseconds / 1'000'000);
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    return fmt::format("{} {} {}", parts.tm_mday, months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900);
}

std::string durationWords(const Work& work)
{
    const std::int64_t frames = work.media.value("frames", std::int64_t{0});
    const std::string rate = work.media.value("rate", std::string());
    const auto slash = rate.find('/');
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    if (slash != std::string::npos) {
        std::from_chars(rate.data(), rate.data() + slash, numerator);
        std::from_chars(rate.data() + slash + 1, rate.data() + rate.size(), denominator);
    }
    if (frames < 2 || numerator <= 0 || denominator <= 0)
        return {};
    const std::int64_t seconds = (frames * denominator + numerator / 2) / numerator;
    return seconds >= 3600 ? fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60) : fmt::format("{}:{:02}", seconds / 60, seconds % 60);
}

std::string cardsOf(const std::vector<Work>& works)
{
    std::string html = "<ul class=\"grid\">";
    for (const Work& work : works) {
        const std::string url = "/asset/@" + escapeHtml(work.owner) + "/" + escapeHtml(work.name);
        std::string picture = "<span class=\"blank\">" + escapeHtml(work.assetType) + "</span>";
        if (work.poster || work.assetType == "image")
            picture = fmt::format("<img src=\"/media/{}\" alt=\"{}\" loading=\"lazy\">", (work.poster ? *work.poster : work.content).hex(), escapeHtml(work.alt.empty() ? work.title : work.alt));
        const std::string length = durationWords(work);
        html += fmt::format("<li class=\"card\"><a class=\"thumb\" href=\"{0}\" tabindex=\"-1\">{1}</a><h3><a href=\"{0}\">{2}</a></h3><p><a href=\"/@{3}\">@{3}</a>{4}{5}</p></li>", url, picture, escapeHtml(work.title), escapeHtml(work.owner),
            length.empty() ? "" : " · " + length, work.claim ? " · signed" : "");
    }
    return html + "</ul>";
}

std::string shortHash(const std::string& hash)
{
    return hash.size() < 40 ? hash : hash.substr(0, 21) + "…" + hash.substr(hash.size() - 4);
}

} // namespace artdag::server
