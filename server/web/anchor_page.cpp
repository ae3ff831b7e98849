// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/anchor_page.h"

#include "server/web/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace artdag::server {

namespace {

constexpr std::array<std::string_view, 4> stages{"new", "pending", "attested", "confirmed"};

/// Four stations on a line, filled up to where the anchor is.
std::string stationsOf(const Anchor& anchor)
{
    const auto reached = static_cast<int>(std::ranges::find(stages, anchor.state) - stages.begin());
    std::string svg = "<svg class=\"stations\" width=\"104\" height=\"16\" viewBox=\"0 0 104 16\" aria-hidden=\"true\">";
    svg += fmt::format("<path class=\"rail\" d=\"M8 8H96\"/><path class=\"rail on\" d=\"M8 8H{}\"/>", 8 + 88 * reached / 3);
    for (int i = 0; i < 4; ++i)
        svg += fmt::format("<circle class=\"station{}\" cx=\"{}\" cy=\"8\" r=\"{}\"/>", i <= reached ? " on" : "", 8 + 88 * i / 3, i == reached ? 6 : 4);
    return svg + "</svg>";
}

std::string titleOf(const Anchor& anchor)
{
    if (anchor.state == "confirmed")
        return "Confirmed";
    if (anchor.state == "attested")
        return "Attested, header not checked";
    return anchor.state == "pending" ? "At the calendars" : "Not handed in yet";
}

std::string rowOf(const Anchor& anchor)
{
    const std::string root = hexOf(anchor.root);
    const std::string problem = anchor.error.empty() || anchor.state == "confirmed" ? "" : "<p class=\"small\">" + escapeHtml(anchor.error) + "</p>";
    return fmt::format("<li>{0}<div><h3>{1}</h3><p>{2}</p>{3}<p class=\"small\"><time datetime=\"{4}\">{5}</time> · {6} · root <a href=\"/anchors/{7}\"><code title=\"{7}\">{8}…{9}</code></a> · <a href=\"/anchors/{7}/tree\">leaves</a></p></div></li>",
        stationsOf(anchor), titleOf(anchor), escapeHtml(anchorWords(anchor)), problem, isoTime(anchor.createdAt), dateWords(anchor.createdAt), anchor.leaves == 1 ? "1 record" : std::to_string(anchor.leaves) + " records", root, root.substr(0, 8), root.substr(60));
}

} // namespace

std::string anchorWords(const Anchor& anchor)
{
    if (anchor.state == "confirmed")
        return fmt::format("Existed before Bitcoin block {}, made on {}.", *anchor.block, dateWords(anchor.blockTime));
    if (anchor.state == "attested")
        return fmt::format("A calendar names Bitcoin block {}. Until its header was compared and has six confirmations, this is the calendar's word.", *anchor.block);
    if (anchor.state == "pending")
        return fmt::format("Handed to {} calendar{}. They wait for a Bitcoin block, which takes some hours.", anchor.calendars.size(), anchor.calendars.size() == 1 ? "" : "s");
    return "The records are under one root; no calendar has taken it so far.";
}

Response anchorPage(const Site& site, const AnchorPage& page)
{
    std::string main = "<main id=\"main\"><div class=\"hero\"><h1>Anchors</h1><p>Everything published here is a leaf of one sequence that only grows. Every ten minutes the new leaves are put under one root, and the root is dated by "
                       "OpenTimestamps in the Bitcoin chain. Nobody, this server included, can then change a record or its date unseen.</p></div>";
    main += page.waiting == 0 ? "<p class=\"small\">No record waits for the next anchor.</p>" : fmt::format("<p class=\"small\">{} for the next anchor.</p>", page.waiting == 1 ? "1 record waits" : std::to_string(page.waiting) + " records wait");
    if (page.anchors.empty())
        main += "<p class=\"small\">There is no anchor yet: the first comes ten minutes after the first work.</p>";
    else
        main += "<ul class=\"anchors\">";
    for (const Anchor& anchor : page.anchors)
        main += rowOf(anchor);
    main += page.anchors.empty() ? "" : "</ul>";
    if (!page.next.empty())
        main += "<p class=\"actions\"><a class=\"button\" rel=\"next\" href=\"" + escapeHtml(page.next) + "\">Older anchors</a></p>";
    main += "<h2>Check it yourself</h2><p class=\"lead small\">A record's proof is one file. It can be checked without this server, and its <code>.ots</code> with any OpenTimestamps client:</p>"
            "<code class=\"command\">curl -O "
        + escapeHtml(site.instance.publicUrl) + "/activity/1/bundle &amp;&amp; python3 verify_bundle.py bundle</code>";
    return pageResponse(site, {"Anchors", "", main + "</main>"});
}

} // namespace artdag::server
