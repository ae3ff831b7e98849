// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/note_document.h"
#include "server/web/layout.h"
#include "server/web/pages.h"
#include "server/web/provenance_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace artdag::server {

namespace {

constexpr int columnWidth = 680; // of the page's first column, as in the stylesheet

std::string mark(bool good)
{
    return good ? R"(<svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><circle class="mark" cx="9" cy="9" r="9"/><path class="tick" d="M5.4 9.3l2.4 2.4 4.8-5"/></svg>)"
                : R"(<svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><circle class="mark off" cx="9" cy="9" r="9"/><path class="tick" d="M5.5 9h7"/></svg>)";
}

std::string proof(bool good, const std::string& title, const std::string& html)
{
    return "<li>" + mark(good) + "<strong>" + escapeHtml(title) + "</strong><p>" + html + "</p></li>";
}

std::string text(const Json& object, const char* name)
{
    const auto member = object.is_object() ? object.find(name) : object.end();
    return object.is_object() && member != object.end() && member->is_string() ? member->get<std::string>() : std::string();
}

/// Who signed, in words: the owner's keys by their first appearance here.
std::string signers(const WorkPage& page)
{
    std::string words;
    for (const Json& signature : page.claim.value("sig", Json::array())) {
        const std::string kid = text(signature, "kid");
        const auto key = std::ranges::find_if(page.keys, [&](const UserKey& candidate) { return candidate.key.kid() == kid; });
        if (key == page.keys.end())
            continue;
        words += fmt::format("{}Key <code title=\"{}\">{}</code> of @{}, registered {}{}.", words.empty() ? "" : " ", escapeHtml(kid), escapeHtml(kid.substr(9, 8)), escapeHtml(page.work.owner), dateWords(key->notBefore),
            key->revokedAt == 0 ? ", in use" : ", revoked " + dateWords(key->revokedAt));
    }
    return words;
}

/// Why not everybody can check the pixels.
std::string keptWords(const WorkPage& page)
{
    const std::string owner = "@" + escapeHtml(page.work.owner);
    if (page.door.access == "followers")
        return "The recipe is for followers of " + owner + ".";
    if (page.door.access == "request")
        return owner + " gives the recipe to people who ask for it.";
    return "Recipe or inputs are not public.";
}

std::string proofsOf(const Site& site, const WorkPage& page)
{
    const Work& work = page.work;
    const std::string url = site.instance.publicUrl + "/asset/@" + work.owner + "/" + work.name;
    const std::string owner = "@" + escapeHtml(work.owner);
    std::string html = "<ul class=\"proofs\">";
    if (!work.claim) {
        html += proof(false, "Registered, not signed", owner + " registered this content hash on " + dateWords(work.createdAt) + ". No creator's key signed for it.");
        if (!page.mediaUrl.empty())
            html += proof(true, "The bytes have this hash", "This server computed it when they were uploaded.");
        return html + "</ul>";
    }
    html += proof(true, "Signed by the creator", signers(page));
    const Json access = page.claim.value("access", Json::object());
    const bool open = work.recipe && access.value("inputs", "") == "public";
    const std::string command = "<code class=\"command\">artdag verify " + escapeHtml(url) + "</code>";
    if (open && work.framesHash)
        html += proof(true, "Pixels checkable by anyone", "The recipe and all it is made from are public. Render it again and compare every frame:" + command);
    else if (work.manifest && access.value("recipe", "") == "sealed")
        html += proof(false, "Signature and time only", "The recipe is sealed: " + owner + " keeps it, and can show parts of it that fit the claim. Signature, bytes and time can be checked:" + command);
    else if (work.manifest)
        html += proof(false, "Pixels checkable by whom the creator allows", keptWords(page) + " Signature, bytes and time can be checked by anyone:" + command);
    else
        html += proof(false, "Signature and time only", "This work has no record of how it was rendered.");
    html += proof(true, "Film, claim and run belong together", std::string("This server recomputed SHA3-256 and SHA-256 of the bytes and followed the claim") + (work.manifest ? " to the run manifest and its frames hash" : "") + " on " + dateWords(work.updatedAt) + ".");
    return html + "</ul>";
}

/// Browsers take the first one that they play.
std::string sourceOf(const std::string& url, const std::string& type)
{
    return url.empty() ? std::string() : fmt::format("<source src=\"{}\" type=\"{}\">", escapeHtml(url), escapeHtml(type));
}

std::string playerOf(const WorkPage& page)
{
    const Work& work = page.work;
    const std::string alt = escapeHtml(work.alt.empty() ? work.title : work.alt);
    std::string size;
    const int width = work.media.value("width", 0);
    const int height = work.media.value("height", 0);
    if (width > 0 && height > 0)
        size = fmt::format(" width=\"{}\" height=\"{}\"", width, height);
    if (page.mediaUrl.empty())
        return "<div class=\"none\">The bytes of this work are not on this server. It is known by its content hash.</div>";
    if (page.mediaType.starts_with("image/"))
        return fmt::format("<img class=\"film\" src=\"{}\" alt=\"{}\"{}>", escapeHtml(page.mediaUrl), alt, size);
    if (page.mediaType.starts_with("audio/"))
        return fmt::format("<audio class=\"film\" controls preload=\"metadata\">{}{}</audio>", sourceOf(page.shareUrl, "audio/mp4"), sourceOf(page.mediaUrl, page.mediaType));
    if (page.mediaType.starts_with("video/"))
        return fmt::format("<video class=\"film\" controls playsinline preload=\"metadata\"{}{} aria-label=\"{}\">{}{}{}Your browser does not play this film; it can be downloaded below.</video>", size,
            page.posterUrl.empty() ? "" : " poster=\"" + escapeHtml(page.posterUrl) + "\"", alt, sourceOf(page.streamUrl, "application/vnd.apple.mpegurl"), page.shareUrl == page.mediaUrl ? "" : sourceOf(page.shareUrl, "video/mp4"), sourceOf(page.mediaUrl, page.mediaType));
    return "<div class=\"none\">This work is a file of type " + escapeHtml(page.mediaType) + ".</div>";
}

/// What was warned of is shown when it is asked for; nothing of it is loaded before.
std::string warnedPlayerOf(const WorkPage& page)
{
    if (page.work.warning.empty())
        return playerOf(page);
    WorkPage hidden = page;
    hidden.posterUrl.clear();
    std::string player = playerOf(hidden);
    for (const auto& [eager, lazy] : {std::pair{"preload=\"metadata\"", "preload=\"none\""}, std::pair{"<img ", "<img loading=\"lazy\" "}})
        if (const auto at = player.find(eager); at != std::string::npos)
            player.replace(at, std::string_view(eager).size(), lazy);
    return "<details class=\"warned\"><summary>" + escapeHtml(page.work.warning) + " <span>Show</span></summary>" + player + "</details>";
}

std::string headingOf(const Site& site, const WorkPage& page)
{
    const Work& work = page.work;
    std::string by = fmt::format("by <a href=\"/@{0}\" rel=\"author\">{1}</a> · <time datetime=\"{2}\">{3}</time>", escapeHtml(work.owner), escapeHtml(site.instance.account(work.owner)), isoTime(work.createdAt), dateWords(work.createdAt));
    if (const std::string length = durationWords(work); !length.empty())
        by += " · " + length;
    if (!work.license.empty()) {
        const std::string url = licenseUrl(work.license);
        const std::string words = escapeHtml(licenseWords(work.license));
        by += " · " + (url.empty() ? words : "<a href=\"" + escapeHtml(url) + "\" rel=\"license nofollow noopener\">" + words + "</a>");
    }
    std::string html = "<h1>" + escapeHtml(work.title) + "</h1><p class=\"by\">" + by + "</p>";
    if (!work.description.empty())
        html += "<p class=\"lead\">" + linesHtml(work.description) + "</p>";
    if (work.tags.empty())
        return html;
    html += "<ul class=\"tags\" aria-label=\"Tags\">";
    for (const std::string& tag : work.tags)
        html += "<li><a href=\"/tags/" + escapeHtml(encodeForm(tag)) + "\" rel=\"tag\">#" + escapeHtml(tag) + "</a></li>";
    return html + "</ul>";
}

struct Making {
    std::string html;
    bool wide = false;
};

Making makingOf(const WorkPage& page)
{
    Making making;
    if (!page.recipe)
        return making;
    const Work& work = page.work;
    const bool still = work.assetType == "image";
    const std::int64_t frames = work.media.value("frames", std::int64_t{0});
    const std::string facts = frames > 1 ? std::to_string(frames) + " frames" : std::to_string(work.media.value("width", 0)) + " × " + std::to_string(work.media.value("height", 0));
    const std::string output = text(page.manifest.is_object() ? page.manifest.value("output", Json::object()) : Json::object(), "name");
    ProvenanceGraph graph = drawProvenance(*page.recipe, output, still ? "this picture" : "this film", facts);
    if (graph.svg.empty())
        return making;
    making.wide = graph.width > columnWidth + 8;
    if (const auto place = graph.svg.find("class=\"graph\""); graph.width <= columnWidth * 1.75 && place != std::string::npos)
        graph.svg.replace(place, 13, "class=\"graph fit\"");
    making.html = "<h2>How it was made</h2><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"How it was made\">" + graph.svg + "</div><ul class=\"legend\">";
    for (const auto& [kind, words] : {std::pair{"picture", "picture"}, std::pair{"sound", "sound"}, std::pair{"signal", "signal"}})
        if (graph.svg.find(fmt::format("\"wire {}\"", kind)) != std::string::npos)
            making.html += fmt::format("<li><svg width=\"18\" height=\"2\" aria-hidden=\"true\"><path class=\"wire {}\" d=\"M0 1H18\"/></svg>{}</li>", kind, words);
    making.html += "</ul>";
    return making;
}

std::string actionsOf(const WorkPage& page)
{
    if (page.mediaUrl.empty() && page.recipeUrl.empty() && !page.mayChange && !page.mayTakeDown)
        return {};
    const std::string path = "/asset/@" + escapeHtml(page.work.owner) + "/" + escapeHtml(page.work.name);
    std::string html = "<p class=\"actions\">";
    const char* what = page.work.assetType == "image" ? "picture" : page.work.assetType == "audio" ? "sound"
                                                                                                   : "film";
    if (!page.mediaUrl.empty())
        html += fmt::format("<a class=\"button main\" href=\"{}?download=1\" download=\"{}\">Download {}</a>", escapeHtml(page.mediaUrl), escapeHtml(page.work.name), what);
    if (!page.recipeUrl.empty())
        html += "<a class=\"button\" href=\"" + escapeHtml(page.recipeUrl) + "\">Recipe</a>";
    html += askButton(page.door);
    if (page.mayChange)
        html += "<a class=\"button\" href=\"" + path + "/edit\">Edit</a><a class=\"button danger\" href=\"" + path + "/withdraw\">Withdraw…</a>";
    if (page.mayTakeDown)
        html += "<a class=\"button danger\" href=\"" + path + "/take-down\">Take down…</a>";
    return html + "</p>";
}

/// The splits of the claim by role, as a bar and in words.
std::string splitOf(const WorkPage& page)
{
    struct Role {
        const char* name;
        const char* words;
        std::int64_t weight = 0;
        std::vector<std::string> owners = {};
    };
    std::array<Role, 4> roles{{{"input", "inputs"}, {"effect", "effects"}, {"recipe", "recipe"}, {"infrastructure", "rendering"}}};
    if (!page.claim.is_object())
        return {};
    for (const Json& part : page.claim.value("ingredients", Json::array())) {
        const auto role = std::ranges::find_if(roles, [&](const Role& candidate) { return text(part, "role") == candidate.name; });
        const std::int64_t weight = part.is_object() ? part.value("weight_bp", std::int64_t{0}) : 0;
        if (role == roles.end() || weight <= 0)
            continue;
        role->weight += weight;
        const std::string owner = text(part, "owner");
        if (!owner.empty() && std::ranges::find(role->owners, owner) == role->owners.end() && role->owners.size() < 3)
            role->owners.push_back(owner);
    }
    std::string bar = "<svg class=\"split\" viewBox=\"0 0 10000 14\" preserveAspectRatio=\"none\" aria-hidden=\"true\">";
    std::string words;
    std::int64_t x = 0;
    for (const Role& role : roles) {
        if (role.weight == 0)
            continue;
        bar += fmt::format("<rect class=\"{}\" x=\"{}\" y=\"0\" width=\"{}\" height=\"14\"/>", role.name, x, role.weight);
        x += role.weight;
        std::string owners;
        for (const std::string& owner : role.owners)
            owners += (owners.empty() ? " (" : ", ") + escapeHtml(owner);
        words += fmt::format("{}{} % {}{}", words.empty() ? "" : " · ", ecmaNumber(static_cast<double>(role.weight) / 100.0), role.words, owners.empty() ? "" : owners + ")");
    }
    const bool oneForAll = std::ranges::count_if(roles, [](const Role& role) { return role.weight > 0; }) < 2 && words.find('(') == std::string::npos;
    return x == 0 || oneForAll ? std::string() : "<section><h2>If it earns</h2>" + bar + "</svg><p class=\"small\">" + words + "</p></section>";
}

std::string usesOf(const WorkPage& page)
{
    if (page.uses.empty())
        return {};
    std::string html = "<section><h2>Used in</h2><ul class=\"plain\">";
    for (const Work& use : page.uses)
        html += fmt::format("<li><a href=\"/asset/@{0}/{1}\">{2}</a> by @{0}</li>", escapeHtml(use.owner), escapeHtml(use.name), escapeHtml(use.title));
    html += "</ul>";
    if (page.moreUses)
        html += "<p class=\"small\"><a href=\"/assets/@" + escapeHtml(page.work.owner) + "/" + escapeHtml(page.work.name) + "/used-in\">and more</a></p>";
    return html + "</section>";
}

std::string contentOf(const WorkPage& page)
{
    const Work& work = page.work;
    const std::string asset = "/assets/@" + work.owner + "/" + work.name;
    std::string html = "<section><h2>Content</h2><dl class=\"hashes\">";
    auto row = [&](const char* what, const std::string& hash, const std::string& url) {
        const std::string code = "<code>" + escapeHtml(hash) + "</code>";
        html += fmt::format("<dt>{}</dt><dd tabindex=\"0\">{}</dd>", what, url.empty() ? code : "<a href=\"" + escapeHtml(url) + "\">" + code + "</a>");
    };
    row("bytes", work.content.text(), "");
    if (work.framesHash)
        row("frames", work.framesHash->text(), "");
    if (work.claim)
        row("claim", work.claim->text(), asset + "/claim");
    if (work.manifest)
        row("run", work.manifest->text(), asset + "/provenance");
    if (work.recipe)
        row("recipe", work.recipe->text(), page.recipeUrl);
    return html + "</dl></section>";
}

std::string headOf(const Site& site, const WorkPage& page)
{
    const Work& work = page.work;
    const std::string& base = site.instance.publicUrl;
    std::string html = fmt::format("<link rel=\"alternate\" type=\"application/activity+json\" href=\"{0}\"><meta property=\"og:title\" content=\"{1}\"><meta property=\"og:type\" content=\"{2}\"><meta property=\"og:site_name\" content=\"{3}\">",
        escapeHtml(objectUrl(site.instance, work.content, work.version)), escapeHtml(work.title), work.assetType == "video" ? "video.other" : "website", escapeHtml(site.instance.domain));
    if (!work.description.empty())
        html += "<meta property=\"og:description\" content=\"" + escapeHtml(work.description) + "\"><meta name=\"description\" content=\"" + escapeHtml(work.description) + "\">";
    const std::string picture = !page.posterUrl.empty() ? page.posterUrl : work.assetType == "image" ? page.mediaUrl
                                                                                                     : "";
    if (!picture.empty())
        html += "<meta property=\"og:image\" content=\"" + escapeHtml(base + picture) + "\">";
    if (page.mediaType.starts_with("video/"))
        html += "<meta property=\"og:video\" content=\"" + escapeHtml(base + page.mediaUrl) + "\">";
    if (!work.isOpen() || work.visibility == "unlisted")
        html += "<meta name=\"robots\" content=\"noindex\">";
    return html;
}

} // namespace

Response workPage(const Site& site, const WorkPage& page)
{
    const Making making = makingOf(page);
    std::string main = "<main id=\"main\" class=\"work\"><article>" + warnedPlayerOf(page) + headingOf(site, page);
    main += (making.wide ? "" : making.html) + actionsOf(page) + recipeDoorHtml(page.work, page.door); // a wide graph has the page's width, below
    main += answersHtml(page.answers);
    main += "</article><aside><section>" + proofsOf(site, page) + "</section>" + page.vouching + splitOf(page) + usesOf(page) + remoteUsesHtml(page.answers) + contentOf(page) + "</aside>";
    if (making.wide)
        main += "<div class=\"wide\">" + making.html + "</div>";
    main += "</main>";
    return pageResponse(site, {page.work.title, headOf(site, page), std::move(main)});
}

} // namespace artdag::server
