// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/html_tokens.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace artdag {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}
bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(), lower);
    return out;
}

constexpr std::array<std::string_view, 21> dropped{"script", "style", "title", "textarea", "iframe", "noscript", "noembed", "noframes", "xmp", "plaintext", "svg", "math", "template", "object", "head", "select", "canvas", "audio", "video", "applet", "frameset"};

bool isDropped(std::string_view name)
{
    return std::ranges::find(dropped, name) != dropped.end();
}

void appendCodePoint(std::string& out, std::uint32_t code)
{
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        code = 0xFFFD;
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 63))};
    } else if (code < 0x10000) {
        out += {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 63)), static_cast<char>(0x80 | (code & 63))};
    } else {
        out += {static_cast<char>(0xF0 | code >> 18), static_cast<char>(0x80 | (code >> 12 & 63)), static_cast<char>(0x80 | (code >> 6 & 63)), static_cast<char>(0x80 | (code & 63))};
    }
}

/// Length of the UTF-8 sequence at the front; 0 for none (RFC 3629 §4).
std::size_t sequenceAt(std::string_view text)
{
    const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
    const auto continues = [&](std::size_t count) {
        for (std::size_t at = 1; at <= count; ++at)
            if ((byte(at) & 0xC0U) != 0x80U)
                return false;
        return true;
    };
    const unsigned first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF && continues(1))
        return 2;
    if (first >= 0xE0 && first <= 0xEF && continues(2) && !(first == 0xE0 && byte(1) < 0xA0) && !(first == 0xED && byte(1) > 0x9F))
        return 3;
    if (first >= 0xF0 && first <= 0xF4 && continues(3) && !(first == 0xF0 && byte(1) < 0x90) && !(first == 0xF4 && byte(1) > 0x8F))
        return 4;
    return 0;
}

/// Valid UTF-8 without NUL and control characters, line ends as \n.
std::string cleaned(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = sequenceAt(text);
        const auto first = static_cast<unsigned char>(text.front());
        if (length == 0)
            appendCodePoint(out, 0xFFFD);
        else if (first == '\r')
            out += text.starts_with("\r\n") ? "" : "\n";
        else if (first >= ' ' ? first != 0x7F : first == '\n' || first == '\t')
            out += text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
}

struct NamedCharacter {
    std::string_view name;
    std::uint32_t code;
};
constexpr std::array<NamedCharacter, 23> namedCharacters{{{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", 0xA0}, {"colon", ':'}, {"Tab", '\t'}, {"NewLine", '\n'}, {"lpar", '('}, {"rpar", ')'}, {"sol", '/'},
    {"copy", 0xA9}, {"reg", 0xAE}, {"hellip", 0x2026}, {"mdash", 0x2014}, {"ndash", 0x2013}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201C}, {"rdquo", 0x201D}, {"laquo", 0xAB}, {"raquo", 0xBB}}};

/// Decodes the reference at the front (after `&`) into `out` and says how long it was; 0 when it is none.
std::size_t decodeReference(std::string_view text, std::string& out)
{
    if (text.starts_with('#')) {
        const bool hexadecimal = text.size() > 1 && lower(text[1]) == 'x';
        const std::string_view digits = hexadecimal ? "0123456789abcdef" : "0123456789";
        std::size_t at = hexadecimal ? 2 : 1;
        const std::size_t start = at;
        std::uint32_t code = 0;
        for (; at < text.size() && digits.find(lower(text[at])) != std::string_view::npos; ++at)
            code = std::min<std::uint32_t>(code * static_cast<std::uint32_t>(digits.size()) + static_cast<std::uint32_t>(digits.find(lower(text[at]))), 0x110000);
        if (at == start)
            return 0;
        appendCodePoint(out, code);
        return at + (at < text.size() && text[at] == ';' ? 1 : 0);
    }
    for (const auto& [name, code] : namedCharacters)
        if (text.starts_with(name) && text.substr(name.size()).starts_with(';')) {
            appendCodePoint(out, code);
            return name.size() + 1;
        }
    // The oldest names count without their semicolon, too.
    for (const auto& [name, code] : {NamedCharacter{"amp", '&'}, NamedCharacter{"lt", '<'}, NamedCharacter{"gt", '>'}, NamedCharacter{"quot", '"'}})
        if (text.starts_with(name)) {
            appendCodePoint(out, code);
            return name.size();
        }
    return 0;
}

class Tokenizer {
public:
    explicit Tokenizer(std::string_view html)
        : m_html(html)
    {
    }

    std::vector<HtmlToken> tokens()
    {
        std::size_t text = m_at;
        while (m_at < m_html.size()) {
            if (m_html[m_at] != '<' || !opensMarkup()) {
                ++m_at;
                continue;
            }
            addText(m_html.substr(text, m_at - text));
            markup();
            text = m_at;
        }
        addText(m_html.substr(std::min(text, m_html.size())));
        return std::move(m_tokens);
    }

private:
    [[nodiscard]] char at(std::size_t offset) const { return m_at + offset < m_html.size() ? m_html[m_at + offset] : '\0'; }
    [[nodiscard]] bool opensMarkup() const { return isLetter(at(1)) || at(1) == '/' || at(1) == '!' || at(1) == '?'; }

    void addText(std::string_view raw)
    {
        std::string text = cleaned(decodeCharacters(cleaned(raw)));
        if (!text.empty())
            m_tokens.push_back({HtmlToken::Kind::Text, {}, std::move(text), {}});
    }

    /// Jumps behind the next `end`, or to the end of everything.
    void skipBehind(std::string_view end)
    {
        const auto found = m_html.find(end, m_at);
        m_at = found == std::string_view::npos ? m_html.size() : found + end.size();
    }

    void markup()
    {
        if (m_html.substr(m_at).starts_with("<!--")) {
            m_at += 4;
            // `<!-->` and `<!--->` are whole comments.
            if (at(0) == '>' || (at(0) == '-' && at(1) == '>'))
                return skipBehind(">");
            const auto plain = m_html.find("-->", m_at);
            const auto odd = m_html.find("--!>", m_at);
            m_at = plain == odd ? m_html.size() : std::min(plain, odd);
            return skipBehind(">");
        }
        const bool isEnd = at(1) == '/';
        if (!isLetter(at(isEnd ? 2 : 1)))
            return skipBehind(">");
        m_at += isEnd ? 2 : 1;
        tag(isEnd);
    }

    void tag(bool isEnd)
    {
        HtmlToken token{isEnd ? HtmlToken::Kind::End : HtmlToken::Kind::Start, {}, {}, {}};
        const std::size_t start = m_at;
        while (m_at < m_html.size() && !isBlank(at(0)) && at(0) != '/' && at(0) != '>')
            ++m_at;
        token.name = lowered(m_html.substr(start, m_at - start));
        if (!attributes(token))
            return; // a tag without an end is no tag, and swallows the rest as it does in a browser
        if (isDropped(token.name))
            return isEnd ? void() : skipElement(token.name);
        m_tokens.push_back(std::move(token));
    }

    /// Reads up to and over `>`; false when it never comes.
    bool attributes(HtmlToken& token)
    {
        while (m_at < m_html.size()) {
            if (isBlank(at(0)) || at(0) == '/') {
                ++m_at;
            } else if (at(0) == '>') {
                ++m_at;
                return true;
            } else {
                attribute(token);
            }
        }
        return false;
    }

    void attribute(HtmlToken& token)
    {
        const std::size_t start = m_at++; // an '=' in front belongs to the name
        while (m_at < m_html.size() && !isBlank(at(0)) && at(0) != '/' && at(0) != '>' && at(0) != '=')
            ++m_at;
        std::string name = lowered(m_html.substr(start, m_at - start));
        while (isBlank(at(0)))
            ++m_at;
        std::string_view value;
        if (at(0) == '=') {
            ++m_at;
            while (isBlank(at(0)))
                ++m_at;
            value = attributeValue();
        }
        if (std::ranges::none_of(token.attributes, [&](const auto& other) { return other.first == name; }))
            token.attributes.emplace_back(std::move(name), cleaned(decodeCharacters(cleaned(value))));
    }

    std::string_view attributeValue()
    {
        const char quote = at(0);
        if (quote == '"' || quote == '\'') {
            const std::size_t start = ++m_at;
            skipBehind(std::string_view(&quote, 1));
            const bool isClosed = m_at > start && m_html[m_at - 1] == quote;
            return m_html.substr(start, m_at - start - (isClosed ? 1 : 0));
        }
        const std::size_t start = m_at;
        while (m_at < m_html.size() && !isBlank(at(0)) && at(0) != '>')
            ++m_at;
        return m_html.substr(start, m_at - start);
    }

    /// The contents of an element whose text is not for reading, up to its end tag; all that follows when there is none.
    void skipElement(const std::string& name)
    {
        const std::string end = "</" + name;
        while (m_at < m_html.size()) {
            const std::size_t opening = m_html.find('<', m_at);
            if (opening == std::string_view::npos)
                break;
            m_at = opening + 1;
            const char next = opening + end.size() < m_html.size() ? m_html[opening + end.size()] : '\0';
            if (lowered(m_html.substr(opening, end.size())) == end && (isBlank(next) || next == '/' || next == '>'))
                return skipBehind(">");
        }
        m_at = m_html.size();
    }

    std::string_view m_html;
    std::size_t m_at = 0;
    std::vector<HtmlToken> m_tokens;
};

} // namespace

std::string decodeCharacters(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto ampersand = std::min(text.find('&'), text.size());
        out += text.substr(0, ampersand);
        text.remove_prefix(ampersand);
        if (text.empty())
            break;
        const std::size_t length = decodeReference(text.substr(1), out);
        if (length == 0)
            out += '&';
        text.remove_prefix(1 + length);
    }
    return out;
}

std::vector<HtmlToken> htmlTokens(std::string_view html)
{
    return Tokenizer(html).tokens();
}

} // namespace artdag
