// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/s_expression.h"

#include "core/recipe/utf8.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_set>

namespace artdag {

namespace {

constexpr int mostLevels = 64;
constexpr std::size_t mostValues = 200'000;

class SReader {
public:
    explicit SReader(std::string_view text)
        : m_text(text) {}

    OldResult<std::vector<SExpression>> read()
    {
        std::vector<SExpression> out;
        for (space(); m_at < m_text.size(); space()) {
            SExpression next;
            if (!value(next, 0))
                return tl::unexpected(std::move(m_fault));
            out.push_back(std::move(next));
        }
        return out;
    }

private:
    bool stop(std::string message, const TextPlace& place)
    {
        m_fault = {std::move(message), {"", place}};
        return false;
    }
    bool stop(std::string message) { return stop(std::move(message), m_place); }
    void step()
    {
        const std::size_t length = std::max<std::size_t>(1, utf8Length(m_text, m_at));
        if (m_text[m_at] == '\n')
            m_place = {m_place.line + 1, 1};
        else
            ++m_place.column;
        m_at = std::min(m_at + length, m_text.size());
    }
    [[nodiscard]] char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    void space()
    {
        while (m_at < m_text.size()) {
            const char c = peek();
            if (c == ';') {
                while (m_at < m_text.size() && peek() != '\n')
                    step();
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' || c == '\'') {
                step(); // commas are blanks; a quote changes nothing in data
            } else {
                return;
            }
        }
    }
    bool value(SExpression& out, int level)
    {
        out.place = m_place;
        if (++m_values > mostValues)
            return stop("more than " + std::to_string(mostValues) + " values");
        switch (peek()) {
        case '(': return items(out, SExpression::Kind::List, ')', level);
        case '[': return items(out, SExpression::Kind::Vector, ']', level);
        case '{': return items(out, SExpression::Kind::Map, '}', level);
        case ')':
        case ']':
        case '}': return stop(std::string("'") + peek() + "' closes nothing");
        case '"': return text(out);
        default: return word(out);
        }
    }
    bool items(SExpression& out, SExpression::Kind kind, char close, int level)
    {
        if (level >= mostLevels)
            return stop("nested deeper than " + std::to_string(mostLevels) + " levels");
        out.kind = kind;
        step();
        for (space(); peek() != close; space()) {
            if (m_at >= m_text.size())
                return stop(std::string("the text ends before '") + close + "' closes this", out.place);
            SExpression next;
            if (!value(next, level + 1))
                return false;
            out.items.push_back(std::move(next));
        }
        step();
        if (kind != SExpression::Kind::Map)
            return true;
        if (out.items.size() % 2 != 0)
            return stop("a map needs a value for every key", out.place);
        for (std::size_t i = 0; i < out.items.size(); i += 2)
            if (out.items[i].kind != SExpression::Kind::Keyword && out.items[i].kind != SExpression::Kind::Text)
                return stop("a key must be a keyword such as :radius", out.items[i].place);
        return true;
    }
    bool text(SExpression& out)
    {
        out.kind = SExpression::Kind::Text;
        step();
        while (peek() != '"') {
            if (m_at >= m_text.size())
                return stop("the text ends inside quotes", out.place);
            if (peek() == '\\') {
                step();
                if (m_at >= m_text.size())
                    return stop("the text ends inside quotes", out.place);
                const char c = peek();
                const std::size_t start = m_at;
                step();
                if (c == 'n' || c == 't')
                    out.text.push_back(c == 'n' ? '\n' : '\t');
                else
                    out.text.append(m_text, start, m_at - start);
                continue;
            }
            if (utf8Length(m_text, m_at) == 0)
                return stop("invalid UTF-8");
            const std::size_t start = m_at;
            step();
            out.text.append(m_text, start, m_at - start);
        }
        step();
        return true;
    }
    bool word(SExpression& out)
    {
        constexpr std::string_view ends = " \t\r\n,;()[]{}\"";
        const std::size_t start = m_at;
        while (m_at < m_text.size() && ends.find(peek()) == std::string_view::npos) {
            if (utf8Length(m_text, m_at) == 0 || static_cast<unsigned char>(peek()) < 0x20)
                return stop("a byte that belongs to no text");
            step();
        }
        const std::string_view word = m_text.substr(start, m_at - start);
        if (word[0] == ':') {
            if (word.size() == 1)
                return stop("a keyword has no name", out.place);
            out.kind = SExpression::Kind::Keyword;
            out.text = word.substr(1);
            return true;
        }
        const auto number = std::from_chars(word.data(), word.data() + word.size(), out.number);
        const bool begins = (word[0] >= '0' && word[0] <= '9') || word[0] == '.' || (word[0] == '-' && word.size() > 1 && word[1] != '>' && word[1] != 'i' && word[1] != 'n');
        if (begins && number.ec == std::errc() && number.ptr == word.data() + word.size() && std::isfinite(out.number)) {
            out.kind = SExpression::Kind::Number;
            return true;
        }
        if (begins && word[0] != '-' && word[0] != '.')
            return stop("'" + std::string(word.substr(0, 40)) + "' is no number", out.place);
        out.kind = SExpression::Kind::Symbol;
        out.text = word;
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    TextPlace m_place{1, 1};
    std::size_t m_values = 0;
    OldFault m_fault;
};

} // namespace

OldResult<std::vector<SExpression>> readSExpressions(std::string_view text)
{
    return SReader(text).read();
}

Json jsonOfSExpression(const SExpression& expression)
{
    using Kind = SExpression::Kind;
    switch (expression.kind) {
    case Kind::Number:
        return std::floor(expression.number) == expression.number && std::fabs(expression.number) < 1e15 ? Json(static_cast<std::int64_t>(expression.number)) : Json(expression.number);
    case Kind::List:
    case Kind::Vector: {
        Json out = Json::array();
        for (const SExpression& each : expression.items)
            out.push_back(jsonOfSExpression(each));
        return out;
    }
    case Kind::Map: {
        Json out = Json::object();
        std::unordered_set<std::string_view> names;
        for (std::size_t i = 0; i + 1 < expression.items.size(); i += 2)
            if (names.insert(expression.items[i].text).second) // the first one counts
                appendMember(out, expression.items[i].text, jsonOfSExpression(expression.items[i + 1]));
        return out;
    }
    case Kind::Symbol:
        if (expression.text == "true" || expression.text == "false")
            return expression.text == "true";
        if (expression.text == "nil")
            return nullptr;
        return expression.text;
    default:
        return expression.text;
    }
}

} // namespace artdag
