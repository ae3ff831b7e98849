// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/oauth_pages.h"

#include "server/web/form.h"
#include "server/web/layout.h"

namespace artdag::server {

Response deviceCodePage(const Site& site, const DeviceCodeForm& form, int status)
{
    // A GET form: it only looks the code up, and the next page asks.
    std::string html = "<main id=\"main\" class=\"narrow\"><h1>Log a program in</h1>" + problemBox(form.problem);
    html += "<p>The program shows a code of eight letters. Type it here to see what the program wants.</p><form method=\"get\" action=\"/device\" class=\"form\">";
    html += field({"user_code", "Code", form.code, "text", "Like WDJB-MJHT.", "off", true, 20, "autocapitalize=\"characters\" spellcheck=\"false\""});
    html += submit("Look it up") + "</form></main>";
    return pageResponse(site, {"Log a program in", "", std::move(html), status});
}

Response consentPage(const Site& site, const ConsentPage& page)
{
    std::string html = "<main id=\"main\" class=\"narrow\"><h1>May " + escapeHtml(page.program) + " act for you?</h1>";
    html += "<p>You are logged in as <strong>" + escapeHtml(site.instance.account(page.user)) + "</strong>. It would be able to</p><ul>";
    for (const char* wish : page.wishes)
        html += "<li>" + escapeHtml(wish) + "</li>";
    html += "</ul><p>until you end it in your <a href=\"/settings/security\">settings</a>. It never learns your password.</p>";
    if (!page.userCode.empty())
        html += "<p>Allow it only if you began this yourself and the program shows <strong class=\"path\">" + escapeHtml(page.userCode) + "</strong>.</p>";
    html += formStart(page.action, page.token);
    for (const auto& [name, value] : page.fields)
        html += hidden(name, value);
    html += "<p class=\"actions\"><button class=\"button main\" name=\"answer\" value=\"allow\">Allow</button><button class=\"button\" name=\"answer\" value=\"deny\">Refuse</button></p></form></main>";
    PageFrame frame{"May a program act for you?", "", std::move(html)};
    frame.formTarget = page.target;
    return pageResponse(site, frame);
}

} // namespace artdag::server
