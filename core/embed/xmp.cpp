// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/container.h"

#include "core/federation/vocabulary.h"

#include <algorithm>

namespace artdag::embed {

namespace {

constexpr std::string_view opening = "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"; // ISO 16684-1 §7.3.2
constexpr std::string_view closing = "<?xpacket end=\"r\"?>";

/// XML 1.0 cannot hold control characters; recipes escape them as JSON does, so none is met there.
std::string escaped(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (const char letter : text) {
        switch (letter) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '\r': out += "&#xD;"; break; // a reader would make a line feed of it
        default: out += letter;
        }
    }
    return out;
}

std::string unescaped(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        static constexpr std::pair<std::string_view, char> entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}, {"&apos;", '\''}, {"&#xD;", '\r'}};
        const auto* found = std::find_if(std::begin(entities), std::end(entities), [&](const auto& entity) { return text.substr(at).starts_with(entity.first); });
        out += found == std::end(entities) ? text[at] : found->second;
        at += found == std::end(entities) ? 0 : found->first.size() - 1;
    }
    return out;
}

std::string element(std::string_view name, std::string_view text)
{
    return text.empty() ? "" : "<artdag:" + std::string(name) + ">" + escaped(text) + "</artdag:" + std::string(name) + ">";
}

/// The text between two marks; empty when they are not there.
std::string_view between(std::string_view text, std::string_view before, std::string_view after)
{
    const std::size_t start = text.find(before);
    if (start == std::string_view::npos)
        return {};
    const std::size_t end = text.find(after, start + before.size());
    return end == std::string_view::npos ? std::string_view{} : text.substr(start + before.size(), end - start - before.size());
}

bool isOurs(std::string_view packet)
{
    return packet.find("xmlns:artdag=\"" + std::string(artdagNamespace) + "\"") != std::string_view::npos;
}

} // namespace

std::string xmpPacket(const Embedded& embedded, const std::string& extension)
{
    return std::string(opening) + xmpBody(embedded, extension) + std::string(closing);
}

std::string xmpBody(const Embedded& embedded, const std::string& extension)
{
    const std::string note = extension.empty() ? "" : " xmlns:xmpNote=\"http://ns.adobe.com/xmp/note/\" xmpNote:HasExtendedXMP=\"" + extension + "\"";
    return "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" xmlns:artdag=\""
        + std::string(artdagNamespace) + "\"" + note + ">" + element("manifest", embedded.manifest) + element("recipe", embedded.recipe) + "</rdf:Description></rdf:RDF></x:xmpmeta>";
}

Embedded readXmpPacket(std::string_view packet)
{
    if (!isOurs(packet))
        return {};
    return {unescaped(between(packet, "<artdag:manifest>", "</artdag:manifest>")), unescaped(between(packet, "<artdag:recipe>", "</artdag:recipe>"))};
}

std::string xmpExtension(std::string_view packet)
{
    return !isOurs(packet) ? "" : std::string(between(packet, "xmpNote:HasExtendedXMP=\"", "\""));
}

} // namespace artdag::embed
