// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/sanitise_html.h"

#include "core/federation/actor_document.h"
#include "core/federation/html_tokens.h"

#include <algorithm>
#include <array>
#include <vector>

namespace artdag {

namespace {

constexpr std::size_t deepest = 32;
constexpr std::size_t longestHref = 2048;
constexpr std::array<std::string_view, 16> kept{"p", "br", "a", "span", "del", "pre", "code", "em", "strong", "b", "i", "u", "ul", "ol", "li", "blockquote"};
constexpr std::array<std::string_view, 8> classes{"mention", "hashtag", "ellipsis", "invisible", "u-url", "h-card", "p-name", "quote-inline"};

template <class List>
bool isOneOf(const List& list, std::string_view name)
{
    return std::ranges::find(list, name) != list.end();
}

bool isHeading(std::string_view name)
{
    return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
}
bool isBlock(std::string_view name)
{
    return name == "p" || name == "pre" || name == "ul" || name == "ol" || name == "li" || name == "blockquote";
}
/// Elements between which something must stand, or the text of two of them would run together.
bool separates(std::string_view name)
{
    return isBlock(name) || isHeading(name) || isOneOf(std::array<std::string_view, 9>{"div", "tr", "hr", "section", "article", "dt", "dd", "figure", "table"}, name);
}

/// An absolute http or https URL without blanks and without a user; empty for anything else.
std::string safeHref(std::string_view href)
{
    while (!href.empty() && href.front() == ' ')
        href.remove_prefix(1);
    while (!href.empty() && href.back() == ' ')
        href.remove_suffix(1);
    std::string scheme(href.substr(0, 8));
    std::ranges::transform(scheme, scheme.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const std::size_t start = scheme == "https://" ? 8 : scheme.starts_with("http://") ? 7
                                                                                       : 0;
    const std::string_view authority = href.substr(start, std::min(href.find_first_of("/?#", start), href.size()) - start);
    const bool isPlain = std::ranges::none_of(href, [](unsigned char c) { return c <= ' ' || c == 0x7F || c == '\\' || c == '<' || c == '>' || c == '"' || c == '`'; });
    if (start == 0 || authority.empty() || authority.find('@') != std::string_view::npos || !isPlain || href.size() > longestHref)
        return {};
    return (start == 8 ? "https://" : "http://") + std::string(href.substr(start));
}

std::string safeClasses(std::string_view value)
{
    std::string out;
    while (!value.empty()) {
        const std::string_view word = value.substr(0, value.find_first_of(" \t\n\f\r"));
        value.remove_prefix(std::min(word.size() + 1, value.size()));
        if (isOneOf(classes, word) && (" " + out + " ").find(" " + std::string(word) + " ") == std::string::npos)
            out += (out.empty() ? "" : " ") + std::string(word);
    }
    return out;
}

/// Writes well-formed HTML, closing what is open in the right order.
class Writer {
public:
    void text(const std::string& text)
    {
        m_out += escapeHtml(text);
        m_hasText = true;
    }

    void start(const HtmlToken& token)
    {
        const std::string& name = token.name;
        if (isHeading(name)) {
            start({HtmlToken::Kind::Start, "p", {}, {}});
            return start({HtmlToken::Kind::Start, "strong", {}, {}});
        }
        if (name == "br")
            return lineBreak();
        if (!isOneOf(kept, name))
            return separate(name);
        const char* between = makeRoomFor(name);
        if (m_open.size() + (between ? 2 : 1) > deepest)
            return;
        if (between)
            open(between, {});
        open(name, attributesOf(token));
    }

    void end(const std::string& name)
    {
        if (isHeading(name))
            return end("p");
        if (name == "br")
            return lineBreak(); // as browsers read it
        const auto found = std::find(m_open.rbegin(), m_open.rend(), name);
        if (found == m_open.rend())
            return separate(isOneOf(kept, name) ? "" : name);
        const bool crossesBlock = std::any_of(m_open.rbegin(), found, [](const std::string& inner) { return isBlock(inner); });
        if (isBlock(name) || !crossesBlock)
            closeTo(static_cast<std::size_t>(m_open.rend() - found) - 1);
    }

    std::string finish()
    {
        closeTo(0);
        return std::move(m_out);
    }

private:
    void open(const std::string& name, const std::string& attributes)
    {
        m_open.push_back(name);
        m_out += "<" + name + attributes + ">";
        m_hasText = m_hasText && !isBlock(name);
    }
    void closeTo(std::size_t depth)
    {
        for (; m_open.size() > depth; m_open.pop_back()) {
            m_out += "</" + m_open.back() + ">";
            m_hasText = m_hasText && !isBlock(m_open.back());
        }
    }
    void close(std::string_view name)
    {
        const auto found = std::ranges::find(m_open, name);
        if (found != m_open.end())
            closeTo(static_cast<std::size_t>(found - m_open.begin()));
    }
    void lineBreak()
    {
        m_out += "<br>";
        m_hasText = false;
    }
    /// In the place of an element that is not kept.
    void separate(std::string_view name)
    {
        if (m_hasText && separates(name))
            lineBreak();
    }

    /// Closes what the new element may not stand in, so that a browser builds the same tree; and names the element that must
    /// come between, if there is one.
    const char* makeRoomFor(std::string_view name)
    {
        if (name == "a")
            close("a");
        if (!isBlock(name))
            return nullptr;
        for (const char* inner : {"p", "pre", "a", "span", "del", "code", "em", "strong", "b", "i", "u"})
            close(inner);
        const auto isList = [](const std::string& open) { return open == "ul" || open == "ol"; };
        if (name != "li")
            return !m_open.empty() && isList(m_open.back()) ? "li" : nullptr;
        const auto list = std::find_if(m_open.rbegin(), m_open.rend(), isList);
        if (list == m_open.rend())
            return "ul";
        closeTo(static_cast<std::size_t>(m_open.rend() - list));
        return nullptr;
    }

    static std::string attributesOf(const HtmlToken& token)
    {
        std::string out;
        for (const auto& [name, value] : token.attributes) {
            const std::string href = name == "href" && token.name == "a" ? safeHref(value) : std::string();
            const std::string words = name == "class" && (token.name == "a" || token.name == "span" || token.name == "p") ? safeClasses(value) : std::string();
            if (!href.empty())
                out = " href=\"" + escapeHtml(href) + R"(" rel="nofollow noopener noreferrer ugc")" + out;
            if (!words.empty())
                out += " class=\"" + words + "\"";
        }
        return out;
    }

    std::string m_out;
    std::vector<std::string> m_open;
    bool m_hasText = false; ///< since the last line break or border of a block
};

} // namespace

std::string sanitiseHtml(std::string_view html)
{
    Writer writer;
    for (const HtmlToken& token : htmlTokens(html)) {
        if (token.kind == HtmlToken::Kind::Text)
            writer.text(token.text);
        else if (token.kind == HtmlToken::Kind::Start)
            writer.start(token);
        else
            writer.end(token.name);
    }
    return writer.finish();
}

std::string textOfHtml(std::string_view html)
{
    std::string out;
    for (const HtmlToken& token : htmlTokens(html)) {
        if (token.kind == HtmlToken::Kind::Text)
            out += token.text;
        else if ((token.name == "br" || (separates(token.name) && !out.ends_with('\n'))) && !out.empty())
            out += '\n';
    }
    while (!out.empty() && (out.back() == '\n' || out.back() == ' '))
        out.pop_back();
    return out;
}

} // namespace artdag
