// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/vouching.h"

#include "server/web/anchor_page.h"
#include "server/web/layout.h"

#include <fmt/format.h>

#include <algorithm>

namespace artdag::server {

namespace {

constexpr std::size_t shownEach = 5;

const char* markOf(bool good)
{
    return good ? R"(<svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><circle class="mark" cx="9" cy="9" r="9"/><path class="tick" d="M5.4 9.3l2.4 2.4 4.8-5"/></svg>)"
                : R"(<svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><circle class="mark off" cx="9" cy="9" r="9"/><path class="tick" d="M5.5 9h7"/></svg>)";
}

std::string item(bool good, const std::string& title, const std::string& html)
{
    return std::string("<li>") + markOf(good) + "<strong>" + escapeHtml(title) + "</strong><p>" + html + "</p></li>";
}

std::string parties(std::size_t count)
{
    return count == 1 ? "1 party" : std::to_string(count) + " parties";
}

/// An account in full, a key by its first digits.
std::string partyHtml(const std::string& party)
{
    return party.starts_with("@") ? escapeHtml(party) : "key <code title=\"" + escapeHtml(party) + "\">" + escapeHtml(party.substr(9, 8)) + "</code>";
}

std::string renderedWords(const Voucher& voucher)
{
    const ReverificationFacts& facts = *voucher.rendered;
    const std::string frames = facts.frames == facts.framesRendered ? fmt::format("all {} frames", facts.frames) : fmt::format("{} of {} frames", facts.framesRendered, facts.frames);
    return partyHtml(voucher.party) + ": " + frames + (facts.sound ? " and the sound" : "") + ", " + dateWords(voucher.attestation.receivedAt);
}

/// Lines about those vouchers that `belongs` says, at most a few.
template <class Belongs, class Words>
std::string linesOf(const Vouching& vouching, Belongs belongs, Words words)
{
    std::string html;
    std::size_t count = 0;
    for (const Voucher& voucher : vouching.vouchers)
        if (belongs(voucher) && count++ < shownEach)
            html += (html.empty() ? "" : "<br>") + words(voucher);
    return html + (count > shownEach ? fmt::format("<br>and {} more", count - shownEach) : "");
}

std::string statementWords(const Voucher& voucher)
{
    return partyHtml(voucher.party) + ", " + dateWords(voucher.attestation.receivedAt) + (voucher.statement.empty() ? "" : ": “" + escapeHtml(voucher.statement) + "”");
}

std::size_t countOf(const Vouching& vouching, std::string_view kind)
{
    return static_cast<std::size_t>(std::ranges::count_if(vouching.vouchers, [&](const Voucher& voucher) { return voucher.attestation.kind == kind && voucher.isOther; }));
}

} // namespace

std::string vouchingSection(const Site& site, const Vouching& vouching)
{
    std::string html;
    auto rendered = [](bool match) { return [match](const Voucher& voucher) { return voucher.rendered && voucher.isOther && voucher.rendered->match == match; }; };
    auto ofKind = [](const char* kind) { return [kind](const Voucher& voucher) { return voucher.attestation.kind == kind && voucher.isOther; }; };
    if (!vouching.rerenderedBy.empty())
        html += item(true, "Re-rendered by " + parties(vouching.rerenderedBy.size()), linesOf(vouching, rendered(true), renderedWords));
    if (!vouching.differsFor.empty())
        html += item(false, "Other pixels for " + parties(vouching.differsFor.size()), linesOf(vouching, rendered(false), renderedWords));
    if (const auto count = countOf(vouching, "cosignature"); count > 0)
        html += item(true, "Co-signed by " + parties(count), linesOf(vouching, ofKind("cosignature"), statementWords));
    if (const auto count = countOf(vouching, "dispute"); count > 0)
        html += item(false, "Disputed by " + parties(count), linesOf(vouching, ofKind("dispute"), statementWords));
    if (vouching.anchor)
        html += item(vouching.anchor->state == "confirmed", vouching.anchor->state == "confirmed" ? "Dated in the Bitcoin chain" : "Its date is under way", escapeHtml(anchorWords(*vouching.anchor)) + " <a href=\"" + escapeHtml(site.instance.publicUrl) + "/anchors/ui\">How this works</a>");
    return html.empty() ? html : "<section><h2>What others say</h2><ul class=\"proofs\">" + html + "</ul></section>";
}

} // namespace artdag::server
