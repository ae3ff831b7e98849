// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/digest.h"
#include "core/recipe/json_text.h"
#include "core/recipe/utf8.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <unordered_set>

namespace artdag {

namespace {

constexpr std::size_t mostFaults = 200;
constexpr int mostLevels = 64;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

constexpr const char* replacement = "\xEF\xBF\xBD";

class Scanner {
public:
    Scanner(std::string_view text, JsonPlaces* places)
        : m_text(text),
          m_places(places) {}

    JsonScan scan()
    {
        JsonScan result;
        if (m_text.starts_with("\xEF\xBB\xBF"))
            m_at = 3;
        result.complete = value(result.value, 0) && end();
        result.faults = std::move(m_faults);
        return result;
    }

private:
    void note(std::size_t offset, std::string message, std::string hint = {})
    {
        if (m_faults.size() < mostFaults)
            m_faults.push_back({offset, m_pointer, std::move(message), std::move(hint)});
    }
    bool stop(std::string message, std::string hint = {})
    {
        if (m_faults.size() == mostFaults)
            m_faults.pop_back();
        note(m_at, std::move(message), std::move(hint));
        return false;
    }
    [[nodiscard]] char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    [[nodiscard]] bool done() const { return m_at >= m_text.size(); }
    void space()
    {
        while (!done() && (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t'))
            ++m_at;
    }
    bool word(std::string_view expected)
    {
        if (!m_text.substr(m_at).starts_with(expected))
            return false;
        m_at += expected.size();
        return true;
    }
    std::string found() const
    {
        if (done())
            return "the end of the text";
        const std::size_t length = utf8Length(m_text, m_at);
        if (length == 0 || static_cast<unsigned char>(peek()) < 0x20)
            return "a byte 0x" + hexOf(bytesOf(m_text.substr(m_at, 1)));
        return "'" + std::string(m_text.substr(m_at, length)) + "'";
    }
    bool end()
    {
        space();
        return done() || stop("expected the end of the text, found " + found(), "a recipe is one JSON object");
    }
    bool value(Json& out, int level)
    {
        space();
        if (m_places != nullptr)
            if (const auto place = m_places->find(m_pointer); place != m_places->end() && place->second == noPlace)
                place->second = m_at;
        switch (peek()) {
        case '{':
        case '[':
            if (level >= mostLevels)
                return stop("nested deeper than " + std::to_string(mostLevels) + " levels");
            return peek() == '{' ? object(out, level) : array(out, level);
        case '"': {
            std::string text;
            const bool whole = string(text);
            out = std::move(text);
            return whole;
        }
        case 't':
        case 'f':
        case 'n':
            return literal(out);
        default:
            return number(out);
        }
    }
    bool literal(Json& out)
    {
        if (word("true"))
            out = true;
        else if (word("false"))
            out = false;
        else if (!word("null"))
            return unexpected();
        return true;
    }
    bool unexpected()
    {
        if (done())
            return stop("the text ends where a value should be", "the file may have been cut off");
        if (peek() == '\'')
            return stop("expected a value, found " + found(), "JSON texts are in double quotes");
        if (peek() == '/' || peek() == '#')
            return stop("expected a value, found " + found(), "JSON has no comments");
        return stop("expected a value, found " + found());
    }
    bool number(Json& out)
    {
        const std::size_t start = m_at;
        for (const std::string_view word : {"NaN", "Infinity", "-Infinity", "-NaN"})
            if (this->word(word)) {
                note(start, std::string(word) + " is not a number in JSON", "write a finite number");
                out = nullptr;
                return true;
            }
        if (peek() == '-')
            ++m_at;
        if (!isDigit(peek())) {
            if (m_at == start && (peek() == '.' || peek() == '+'))
                return stop("expected a value, found " + found(), "JSON numbers begin with a digit or '-'");
            return unexpected();
        }
        if (peek() == '0' && m_at + 1 < m_text.size() && isDigit(m_text[m_at + 1]))
            return stop("a number must not begin with 0 and another digit");
        bool whole = true;
        digits();
        if (peek() == '.') {
            whole = false;
            ++m_at;
            if (!isDigit(peek()))
                return stop("expected a digit after the decimal point, found " + found());
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            whole = false;
            ++m_at;
            if (peek() == '+' || peek() == '-')
                ++m_at;
            if (!isDigit(peek()))
                return stop("expected a digit in the exponent, found " + found());
            digits();
        }
        convert(out, start, whole);
        return true;
    }
    void digits()
    {
        while (isDigit(peek()))
            ++m_at;
    }
    void convert(Json& out, std::size_t start, bool whole)
    {
        const char* first = m_text.data() + start;
        const char* last = m_text.data() + m_at;
        std::int64_t negative = 0;
        std::uint64_t positive = 0;
        double real = 0;
        if (whole && *first == '-' && std::from_chars(first, last, negative).ec == std::errc())
            out = negative;
        else if (whole && *first != '-' && std::from_chars(first, last, positive).ec == std::errc())
            out = positive;
        else if (const auto read = std::from_chars(first, last, real); read.ec == std::errc() && std::isfinite(real))
            out = real;
        else
            outOfRange(out, start);
    }
    void outOfRange(Json& out, std::size_t start)
    {
        // from_chars says the same of too large and too small; what rounds to zero is a fine zero.
        const std::string_view text = m_text.substr(start, m_at - start);
        const auto mark = text.find_first_of("eE");
        const auto digits = text.substr(0, mark);
        const auto point = digits.find('.');
        const bool small = (mark != std::string_view::npos && text[mark + 1] == '-') || digits.find_first_of("123456789") > point;
        if (small) {
            out = text[0] == '-' ? -0.0 : 0.0;
            return;
        }
        note(start, "number " + std::string(text.substr(0, 40)) + " is out of range", "numbers reach to about ±1.8e308");
        out = nullptr;
    }
    bool string(std::string& out)
    {
        ++m_at;
        bool saidUtf8 = false;
        for (;;) {
            if (done())
                return stop("the text ends inside quotes", "a closing '\"' is missing");
            const char c = peek();
            if (c == '"') {
                ++m_at;
                return true;
            }
            if (c == '\\') {
                if (!escape(out))
                    return false;
                continue;
            }
            if (static_cast<unsigned char>(c) < 0x20)
                return stop("a control character inside quotes", c == '\n' ? "a closing '\"' is missing, or write \\n" : "write it as \\u00" + hexOf(bytesOf(m_text.substr(m_at, 1))));
            const std::size_t length = utf8Length(m_text, m_at);
            if (length == 0) {
                if (!saidUtf8)
                    note(m_at, "invalid UTF-8: " + found(), "save the file as UTF-8");
                saidUtf8 = true;
                out += replacement;
                ++m_at;
                continue;
            }
            out.append(m_text, m_at, length);
            m_at += length;
        }
    }
    std::optional<unsigned> hexDigits()
    {
        unsigned unit = 0;
        if (m_at + 4 > m_text.size())
            return std::nullopt;
        const auto read = std::from_chars(m_text.data() + m_at, m_text.data() + m_at + 4, unit, 16);
        if (read.ec != std::errc() || read.ptr != m_text.data() + m_at + 4)
            return std::nullopt;
        m_at += 4;
        return unit;
    }
    bool escape(std::string& out)
    {
        const std::size_t start = m_at++;
        const char c = peek();
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        if (const auto which = letters.find(c); c != '\0' && which != std::string_view::npos) {
            out.push_back(meanings[which]);
            ++m_at;
            return true;
        }
        if (c != 'u') {
            return stop("expected an escape such as \\n or \\u0041, found " + found(), "write a backslash as \\\\");
        }
        ++m_at;
        const auto unit = hexDigits();
        if (!unit)
            return stop("expected four hexadecimal digits after \\u");
        if (*unit < 0xD800 || *unit > 0xDFFF) {
            appendUtf8(out, *unit);
            return true;
        }
        const std::size_t second = m_at;
        if (*unit < 0xDC00 && word("\\u"))
            if (const auto low = hexDigits(); low && *low >= 0xDC00 && *low <= 0xDFFF) {
                appendUtf8(out, 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00));
                return true;
            }
        m_at = second;
        note(start, "half of a surrogate pair", "write both halves, or the character itself");
        out += replacement;
        return true;
    }
    bool array(Json& out, int level)
    {
        out = Json::array();
        ++m_at;
        space();
        if (peek() == ']') {
            ++m_at;
            return true;
        }
        const std::size_t length = m_pointer.size();
        for (std::size_t i = 0;; ++i) {
            m_pointer += "/" + std::to_string(i);
            Json item;
            const bool whole = value(item, level + 1);
            out.push_back(std::move(item));
            m_pointer.resize(length);
            if (!whole)
                return false;
            space();
            if (peek() == ']') {
                ++m_at;
                return true;
            }
            if (!comma(']'))
                return false;
        }
    }
    bool comma(char close)
    {
        if (peek() != ',')
            return stop(std::string("expected ',' or '") + close + "', found " + found(), done() ? "the file may have been cut off" : "a comma may be missing");
        const std::size_t at = m_at++;
        space();
        if (peek() != close)
            return true;
        m_at = at;
        return stop(std::string("a comma before '") + close + "'", "remove the comma");
    }
    bool object(Json& out, int level)
    {
        out = Json::object();
        ++m_at;
        space();
        if (peek() == '}') {
            ++m_at;
            return true;
        }
        std::unordered_set<std::string> names;
        const std::size_t length = m_pointer.size();
        for (;;) {
            space();
            const std::size_t start = m_at;
            if (peek() != '"')
                return stop("expected a member's name in double quotes, found " + found());
            std::string name;
            if (!string(name))
                return false;
            space();
            if (peek() != ':')
                return stop("expected ':' after the name '" + name.substr(0, 40) + "', found " + found());
            ++m_at;
            m_pointer = pointerTo(m_pointer, name);
            const bool fresh = names.insert(name).second;
            if (!fresh)
                note(start, "member '" + name.substr(0, 80) + "' is written twice", "remove or rename one of them");
            Json member;
            const bool whole = value(member, level + 1);
            m_pointer.resize(length);
            if (fresh)
                appendMember(out, std::move(name), std::move(member));
            if (!whole)
                return false;
            space();
            if (peek() == '}') {
                ++m_at;
                return true;
            }
            if (!comma('}'))
                return false;
        }
    }

    std::string_view m_text;
    JsonPlaces* m_places;
    std::vector<JsonFault> m_faults;
    std::string m_pointer;
    std::size_t m_at = 0;
};

} // namespace

JsonScan scanJson(std::string_view text, JsonPlaces* places)
{
    return Scanner(text, places).scan();
}

} // namespace artdag
