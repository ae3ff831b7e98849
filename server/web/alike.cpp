// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/alike.h"

#include "core/federation/actor_document.h"

#include <fmt/format.h>

namespace artdag::server {

std::string alikeSection(const std::vector<AlikeWork>& works)
{
    if (works.empty())
        return {};
    std::string html = "<section><h2>Like earlier works</h2><p class=\"small\">Only moderators see this. It is a hint: look at both.</p><ul class=\"plain\">";
    for (const AlikeWork& work : works)
        html += fmt::format("<li>{} <a href=\"/asset/@{}/{}\">{}</a> by @{} <span class=\"small\">({} % alike)</span></li>", work.kind == "sound" ? "Sounds like" : "Looks like", escapeHtml(work.owner), escapeHtml(work.name), escapeHtml(work.title), escapeHtml(work.owner), (1000 - work.distance) / 10);
    return html + "</ul></section>";
}

} // namespace artdag::server
