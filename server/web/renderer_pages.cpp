// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/renderer_pages.h"

#include "server/l2/oauth_clients.h" // originOf
#include "server/web/form.h"
#include "server/web/layout.h"

#include <fmt/format.h>

#include <algorithm>

namespace artdag::server {

Response renderersPage(const Site& site, const std::string& token, const std::vector<std::string>& configured, const std::vector<AttachedRenderer>& attached, const std::string& done)
{
    std::string html = "<main id=\"main\"><div class=\"prose\"><h1>Renderers</h1>";
    html += noticeBox(done == "detached" ? "Detached; the renderer was told." : done == "unreached" ? "Detached here. The renderer does not answer; what it still holds ends within a quarter of an hour."
                                                                                                    : "");
    html += "<p>A renderer makes films of your recipes on a machine that is not yours. It learns who you are, and nothing else; it gets no password and no key.</p><ul class=\"rows\">";
    auto row = [&](const std::string& url, std::int64_t since, bool known) {
        html += fmt::format("<li><div class=\"what\"><span class=\"path\">{}</span><p>{}{}</p></div><div class=\"do\">", escapeHtml(url), since == 0 ? "not attached" : "attached since " + dateWords(since), known ? "" : "; this server works with it no more");
        if (since != 0)
            html += "<a class=\"button small\" href=\"" + escapeHtml(url) + "/ui\">Open</a>" + buttonForm("/renderers/detach", token, "Detach", {{"renderer", url}}, "danger");
        else
            html += "<a class=\"button small\" href=\"/renderers/attach?renderer=" + escapeHtml(encodeForm(url)) + "\">Attach</a>";
        html += "</div></li>";
    };
    for (const std::string& url : configured) {
        const auto found = std::ranges::find(attached, url, &AttachedRenderer::url);
        row(url, found == attached.end() ? 0 : found->attachedAt, true);
    }
    for (const AttachedRenderer& renderer : attached)
        if (std::ranges::find(configured, renderer.url) == configured.end())
            row(renderer.url, renderer.attachedAt, false);
    return pageResponse(site, {"Renderers", "", html + "</ul></div></main>"});
}

Response attachConsentPage(const Site& site, const AttachConsent& consent)
{
    std::string html = "<main id=\"main\" class=\"narrow\"><h1>Attach this renderer?</h1><p><span class=\"path\">" + escapeHtml(consent.renderer) + "</span> will know you as <strong>" + escapeHtml(site.instance.account(consent.user)) + "</strong> and may render for you.</p>";
    html += formStart("/renderers/attach", consent.token) + hidden("renderer", consent.renderer) + hidden("state", consent.state) + hidden("nonce", consent.nonce);
    html += "<p class=\"actions\"><button class=\"button main\">Attach</button><a class=\"button\" href=\"/renderers\">Not now</a></p></form></main>";
    PageFrame frame{"Attach this renderer?", "", std::move(html)};
    frame.formTarget = originOf(consent.renderer);
    return pageResponse(site, frame);
}

} // namespace artdag::server
