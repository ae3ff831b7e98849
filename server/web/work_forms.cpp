// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/work_forms.h"

#include "core/federation/note_document.h"
#include "server/web/form.h"
#include "server/web/layout.h"
#include "server/web/settings_pages.h"

#include <fmt/format.h>

#include <array>

namespace artdag::server {

namespace {

constexpr std::array licences{"CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-ND-4.0", "CC-BY-NC-ND-4.0"};
constexpr std::array<std::pair<const char*, const char*>, 8> labels{{{"title", "Title"}, {"description", "Description"}, {"alt", "What it shows, in words"}, {"tags", "Tags"}, {"license", "Licence"}, {"warning", "Warning"}, {"visibility", "Who may see it"}, {"name", "Address"}}};

std::string pathOf(const Work& work)
{
    return "/asset/@" + work.owner + "/" + work.name;
}

std::string joined(const std::vector<std::string>& tags)
{
    std::string text;
    for (const std::string& tag : tags)
        text += (text.empty() ? "" : ", ") + tag;
    return text;
}

/// A page with one column, headed by what it is about.
Response narrowPage(const Site& site, const std::string& title, const WorkFrame& frame, const std::string& boxes, const std::string& inside, int status)
{
    return pageResponse(site, {title, "<meta name=\"robots\" content=\"noindex\">", "<main id=\"main\"><div class=\"prose\"><h1>" + escapeHtml(title) + "</h1>" + noticeBox(frame.notice) + problemBox(frame.problem) + boxes + inside + "</div></main>", status});
}

std::string linkTo(const Work& work)
{
    return "<a href=\"" + escapeHtml(pathOf(work)) + "\">" + escapeHtml(work.title) + "</a>";
}

/// What is there now, or what was typed and refused.
Field fieldOf(const WorkEdit& edit, const char* name, std::string value)
{
    Field field;
    field.name = name;
    for (const auto& [known, label] : labels)
        if (std::string_view(known) == name)
            field.label = label;
    const auto typed = edit.typed.find(name);
    field.value = typed == edit.typed.end() ? std::move(value) : typed->second;
    const auto problem = edit.problems.find(name);
    field.problem = problem == edit.problems.end() ? "" : problem->second;
    field.autocomplete = "off";
    field.required = false;
    return field;
}

std::string areaOf(const WorkEdit& edit, const char* name, const std::string& value, int longest, const char* hint)
{
    Field area = fieldOf(edit, name, value);
    area.type = "area";
    area.longest = longest;
    area.hint = hint;
    return field(area);
}

/// What the creator's key signed: it stays as it is until another claim takes its place.
std::string signedPart(const WorkEdit& edit)
{
    const Work& work = edit.work;
    std::string html = "<h2>What your key signed</h2><dl class=\"facts\">";
    const auto row = [&](const char* what, const std::string& words) { html += std::string("<dt>") + what + "</dt><dd>" + escapeHtml(words.empty() ? "–" : words) + "</dd>"; };
    row("Title", work.title);
    row("Tags", joined(work.tags));
    row("Licence", licenseWords(work.license));
    if (!edit.recipeAccess.empty())
        row("Recipe", edit.recipeAccess == "public" ? "anybody may read it" : edit.recipeAccess == "followers" ? "your followers may read it"
                : edit.recipeAccess == "request"                                                               ? "people who ask, when you let them"
                                                                                                               : "sealed: nobody else has it");
    if (!edit.inputsAccess.empty())
        row("What it is made from", edit.inputsAccess == "public" ? "anybody may fetch it" : "only named, not given");
    return html + "</dl><p class=\"small\">These are in the claim that you signed, so this server cannot change them. Change them in the Studio and publish again: the new claim takes the place of this one, at the same address.</p>";
}

std::string freePart(const WorkEdit& edit)
{
    const Work& work = edit.work;
    Field title = fieldOf(edit, "title", work.title);
    title.required = true;
    Field tags = fieldOf(edit, "tags", joined(work.tags));
    tags.longest = 2000;
    tags.hint = "With commas between; at most thirty.";
    Field license = fieldOf(edit, "license", work.license);
    license.longest = 100;
    license.attributes = "list=\"licences\"";
    license.hint = "A name like CC-BY-4.0, or the address of its text.";
    std::string html = field(title) + field(tags) + field(license) + "<datalist id=\"licences\">";
    for (const char* known : licences)
        html += std::string("<option value=\"") + known + "\">";
    return html + "</datalist>";
}

std::string dangerLink(const std::string& url, const char* words)
{
    return "<a class=\"button danger\" href=\"" + escapeHtml(url) + "\">" + words + "</a>";
}

std::string workRow(const Work& work, const std::string& state, const std::string& links)
{
    return fmt::format("<li><div class=\"what\">{}<p>{}</p></div><div class=\"do\">{}</div></li>", work.isLiving() ? linkTo(work) : escapeHtml(work.title), state, links);
}

} // namespace

std::string visibilityWords(const std::string& visibility)
{
    return visibility == "public" ? "everybody" : visibility == "unlisted" ? "everybody who has the address"
        : visibility == "followers"                                        ? "your followers"
                                                                           : "you alone";
}

Response editWorkPage(const Site& site, const WorkFrame& frame, const WorkEdit& edit, int status)
{
    const Work& work = edit.work;
    const std::string path = pathOf(work);
    std::vector<std::pair<std::string, std::string>> wrong;
    for (const auto& [name, label] : labels)
        if (edit.problems.contains(name))
            wrong.emplace_back(name, label);
    std::string html = "<p>" + linkTo(work) + ". Servers that have it are told of each change.</p>" + formStart(path + "/edit", frame.token);
    if (!work.claim)
        html += freePart(edit);
    html += areaOf(edit, "description", work.description, 5000, "Plain text; line breaks stay.");
    html += areaOf(edit, "alt", work.alt, 1500, "For those who cannot see or hear it. Without it, the title is said.");
    Field warning = fieldOf(edit, "warning", work.warning);
    warning.hint = "Shown first, where something in it may be too much: flashing, blood. Empty: none.";
    html += field(warning);
    std::vector<std::pair<std::string, std::string>> choices;
    for (const char* visibility : {"public", "unlisted", "followers", "private"})
        choices.emplace_back(visibility, visibilityWords(visibility));
    html += choice("visibility", "Who may see it", choices, fieldOf(edit, "visibility", work.visibility).value,
        "Whoever had it and may see it no longer is asked to delete it. When more may see it again, it has a new address for other servers, without the likes and answers of before.");
    Field name = fieldOf(edit, "name", work.name);
    name.required = true;
    name.longest = 63;
    name.attributes = "spellcheck=\"false\" autocapitalize=\"none\"";
    name.hint = "The last part of " + site.instance.publicUrl + path + ". The old address leads to the new one.";
    html += field(name) + submit("Save") + "</form>";
    if (work.claim)
        html += signedPart(edit);
    html += "<h2>Withdraw</h2><p>Takes the work off this server and asks others to delete it.</p><p class=\"actions\">" + dangerLink(path + "/withdraw", "Withdraw…") + "</p>";
    return narrowPage(site, "Edit a work", frame, problemList(wrong), html, status);
}

Response withdrawPage(const Site& site, const WorkFrame& frame, const Work& work, std::size_t uses)
{
    const std::string path = pathOf(work);
    std::string html = "<p>" + linkTo(work) + ", published on " + dateWords(work.createdAt) + ".</p><h2>What happens</h2><ul>";
    html += "<li>At once its page, its files and its address for other servers say that it is gone. A tombstone stays there, with its hash and the time.</li>";
    html += work.visibility == "private" ? "<li>Other servers never had it.</li>" : "<li>Every server that was told of it is asked to delete it. Most do so within minutes; nobody can make them.</li>";
    html += "<li>Copies at storages are removed.</li>";
    if (uses > 0)
        html += uses == 1 ? "<li>One work that is made from it stays, with what it cites.</li>" : fmt::format("<li>{} works that are made from it stay, with what they cite.</li>", uses);
    html += "<li>What was signed and anchored stays provable by whoever has it.</li></ul>";
    html += "<h2>For thirty days it can come back</h2><p>This server keeps the bytes in its trash. Until they are erased you can fetch them and publish the work again. Other servers remember that they deleted it, so it then has a new address for them, without the likes and answers of before.</p>";
    html += formStart(path + "/withdraw", frame.token) + "<p class=\"actions\"><button class=\"button danger\">Withdraw this work</button><a class=\"button\" href=\"" + escapeHtml(path) + "\">Keep it</a></p></form>";
    return narrowPage(site, "Withdraw this work?", frame, "", html, 200);
}

Response withdrawnPage(const Site& site, const WorkFrame& frame, const Work& work, const Trash& trash, int status)
{
    const std::string path = pathOf(work);
    std::string html = fmt::format("<p><strong>{}</strong> was withdrawn on {}. Everybody else sees only that it is gone.</p>", escapeHtml(work.title), dateWords(work.endedAt));
    if (!trash.isKept) {
        html += "<p>Its bytes have left the trash. To publish it again, publish it as you did the first time.</p>";
    } else {
        html += fmt::format(fmt::runtime(trash.hasBytes ? "<p>Its bytes are kept until {}, for you alone.</p><p class=\"actions\">" : "<p>It can be published again until {}.</p><p class=\"actions\">"), dateWords(trash.keptUntil));
        html += buttonForm(path + "/publish-again", frame.token, "Publish it again", {}, "main");
        html += trash.hasBytes ? "<a class=\"button small\" href=\"/media/" + work.content.hex() + "?download=1\">Download</a></p>" : "</p>";
        html += "<p class=\"small\">It will be shown to " + escapeHtml(visibilityWords(work.visibility)) + ", as before. For other servers it has a new address then.</p>";
    }
    return narrowPage(site, "A withdrawn work", frame, "", html, status);
}

Response takeDownPage(const Site& site, const WorkFrame& frame, const Work& work, const std::string& typedReason, const std::string& reasonProblem, int status)
{
    const std::string path = pathOf(work);
    std::string html = fmt::format("<p>{} by <a href=\"/@{}\">{}</a>.</p><h2>What happens</h2><ul>", linkTo(work), escapeHtml(work.owner), escapeHtml(site.instance.account(work.owner)));
    html += "<li>At once its page and its files say that it is gone, to its owner as well.</li><li>Copies at every storage of anybody here are removed; a place that does not answer is asked again until it does.</li>";
    html += "<li>Servers that have it are asked to delete it.</li><li>The same bytes, and where it is signed the same pixels, cannot be uploaded or published here again.</li>";
    html += "<li>The owner reads the reason and may appeal. For that the bytes stay in the trash for thirty days, where nobody can read them.</li></ul>";
    Field reason{"reason", "Reason", typedReason, "area", "The owner reads this. It stays in the moderation log.", "off", true, 2000};
    reason.problem = reasonProblem;
    html += formStart(path + "/take-down", frame.token) + field(reason) + "<p class=\"actions\"><button class=\"button danger\">Take it down</button><a class=\"button\" href=\"" + escapeHtml(path) + "\">Leave it</a></p></form>";
    return narrowPage(site, "Take this work down?", frame, "", html, status);
}

Response ownWorksPage(const Site& site, const OwnWorks& works)
{
    std::string html = works.living.empty() ? "<p class=\"small\">You published nothing yet. Works come from the Studio, or with <code>artdag publish</code>.</p>" : "<ul class=\"rows\">";
    for (const Work& work : works.living)
        html += workRow(work, fmt::format("{} · seen by {}", dateWords(work.createdAt), escapeHtml(visibilityWords(work.visibility))), fmt::format("<a class=\"button small\" href=\"{0}/edit\">Edit</a><a class=\"button small danger\" href=\"{0}/withdraw\">Withdraw…</a>", escapeHtml(pathOf(work))));
    html += works.living.empty() ? "" : "</ul>";
    if (!works.withdrawn.empty())
        html += "<h2>Withdrawn</h2><p class=\"small\">Their bytes are kept for thirty days.</p><ul class=\"rows\">";
    for (const Work& work : works.withdrawn)
        html += workRow(work, "withdrawn on " + dateWords(work.endedAt), fmt::format("<a class=\"button small\" href=\"{}/withdraw\">Publish again…</a>", escapeHtml(pathOf(work))));
    return settingsPage(site, {}, "/settings/works", "Works", html + (works.withdrawn.empty() ? "" : "</ul>"));
}

} // namespace artdag::server
