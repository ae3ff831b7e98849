// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/digest.h"
#include "core/recipe/json_text.h"
#include "core/recipe/late_names.h"
#include "core/recipe/name_set.h"
#include "core/recipe/utf8.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

namespace artdag {

namespace {

using Kind = JsonEntry::Kind;

constexpr std::size_t mostFaults = 200;
constexpr int mostLevels = 64;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

constexpr const char* replacement = "\xEF\xBF\xBD";

/// What digits stand for; `whole`: they have neither point nor exponent. False: it is out of range.
bool convertNumber(std::string_view text, bool whole, JsonEntry& out)
{
    const char *first = text.data(), *last = text.data() + text.size();
    if (whole && *first == '-' && std::from_chars(first, last, out.negative).ec == std::errc())
        out.kind = Kind::Negative;
    else if (whole && *first != '-' && std::from_chars(first, last, out.natural).ec == std::errc())
        out.kind = Kind::Natural;
    else if (const auto read = std::from_chars(first, last, out.real); read.ec == std::errc() && std::isfinite(out.real))
        out.kind = Kind::Real;
    else {
        // from_chars says the same of too large and too small; what rounds to zero is a fine zero.
        const auto mark = text.find_first_of("eE");
        const auto digits = text.substr(0, mark);
        const bool small = (mark != std::string_view::npos && text[mark + 1] == '-') || digits.find_first_of("123456789") > digits.find('.');
        out.kind = small ? Kind::Real : Kind::Null;
        out.real = text[0] == '-' ? -0.0 : 0.0;
        return small;
    }
    return true;
}

class Scanner {
public:
    Scanner(std::string_view text, JsonPlaces* places)
        : m_text(text),
          m_places(places) {}

    JsonScan scan()
    {
        if (m_text.starts_with("\xEF\xBB\xBF"))
            m_at = 3;
        constexpr std::size_t bytesOfValue = 16; // documents seldom have more values than that; then the list grows
        m_result.entries.reserve(m_text.size() / bytesOfValue + 1);
        const bool fits = m_text.size() <= std::numeric_limits<std::uint32_t>::max();
        if (!fits)
            m_result.entries.emplace_back();
        m_result.complete = fits ? value({}, 0) && end() : stop("the text is longer than 4 GB");
        return std::move(m_result);
    }

private:
    void note(std::size_t offset, std::string message, std::string hint = {})
    {
        if (m_result.faults.size() < mostFaults)
            m_result.faults.push_back({offset, m_place->pointer(), std::move(message), std::move(hint)});
    }
    bool stop(std::string message, std::string hint = {})
    {
        if (m_result.faults.size() == mostFaults)
            m_result.faults.pop_back();
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
    /// Adds the entry of a value, and of all that is in it.
    bool value(std::string_view name, int level)
    {
        space();
        if (m_places != nullptr)
            if (const auto place = m_places->find(m_place->pointer()); place != m_places->end() && place->second == noPlace)
                place->second = m_at;
        const std::size_t index = m_result.entries.size();
        JsonEntry& entry = m_result.entries.emplace_back();
        entry.name = name.data();
        entry.nameLength = static_cast<std::uint32_t>(name.size());
        switch (peek()) {
        case '{':
        case '[':
            if (level >= mostLevels)
                return stop("nested deeper than " + std::to_string(mostLevels) + " levels");
            return group(index, level);
        case '"': {
            std::string_view text;
            const bool whole = string(text);
            entry.kind = Kind::Text;
            entry.text = text.data();
            entry.size = static_cast<std::uint32_t>(text.size());
            return whole;
        }
        case 't':
        case 'f':
        case 'n':
            return literal(entry);
        default:
            return number(entry);
        }
    }
    bool literal(JsonEntry& out)
    {
        if (word("true"))
            out.kind = Kind::True;
        else if (word("false"))
            out.kind = Kind::False;
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
    bool number(JsonEntry& out)
    {
        const std::size_t start = m_at;
        for (const std::string_view word : {"NaN", "Infinity", "-Infinity", "-NaN"})
            if (this->word(word)) {
                note(start, std::string(word) + " is not a number in JSON", "write a finite number");
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
        const std::string_view written = m_text.substr(start, m_at - start);
        if (!convertNumber(written, whole, out))
            note(start, "number " + std::string(written.substr(0, 40)) + " is out of range", "numbers reach to about ±1.8e308");
        return true;
    }
    void digits()
    {
        while (isDigit(peek()))
            ++m_at;
    }
    /// A view of the text where nothing stands for anything else, as in most of them.
    bool string(std::string_view& out)
    {
        const std::size_t start = ++m_at;
        while (!done() && isPlain(peek()))
            ++m_at;
        out = m_text.substr(start, m_at - start);
        if (peek() == '"') {
            ++m_at;
            return true;
        }
        std::string& made = m_result.texts.emplace_back(out);
        const bool whole = restOfString(made);
        out = made;
        return whole;
    }
    static bool isPlain(char c) { return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x80 && c != '"' && c != '\\'; }
    bool restOfString(std::string& out)
    {
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
    /// A list or an object: its entry is closed when its values are read.
    bool group(std::size_t index, int level)
    {
        const bool isObject = peek() == '{';
        std::uint32_t size = 0;
        ++m_at;
        space();
        const bool empty = peek() == (isObject ? '}' : ']');
        m_at += empty ? 1 : 0;
        const bool whole = empty || (isObject ? members(size, level) : items(size, level));
        JsonEntry& entry = m_result.entries[index];
        entry.kind = isObject ? Kind::Object : Kind::List;
        entry.size = size;
        entry.next = static_cast<std::uint32_t>(m_result.entries.size() - index);
        return whole;
    }
    bool items(std::uint32_t& size, int level)
    {
        const Place* const outer = m_place;
        bool whole = true;
        do {
            const Place place(*outer, std::size_t{size});
            m_place = &place;
            whole = value({}, level + 1);
            m_place = outer;
            ++size;
        } while (another(']', whole));
        return whole;
    }
    /// After a value: whether another one follows. `whole` is false where the text or its faults end the list or object.
    bool another(char close, bool& whole)
    {
        if (!whole)
            return false;
        space();
        const bool closed = word({&close, 1});
        whole = closed || comma(close);
        return whole && !closed;
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
    bool members(std::uint32_t& size, int level)
    {
        NameSet names;
        const Place* const outer = m_place;
        bool whole = true;
        do {
            space();
            const std::size_t start = m_at;
            if (peek() != '"')
                return stop("expected a member's name in double quotes, found " + found());
            std::string_view name;
            if (!string(name))
                return false;
            space();
            if (peek() != ':')
                return stop("expected ':' after the name '" + std::string(name.substr(0, 40)) + "', found " + found());
            ++m_at;
            const Place place(*outer, name);
            m_place = &place;
            const bool fresh = names.insert(name);
            if (!fresh)
                note(start, "member '" + std::string(name.substr(0, 80)) + "' is written twice", "remove or rename one of them");
            const std::size_t before = m_result.entries.size();
            whole = value(name, level + 1);
            m_place = outer;
            if (fresh)
                ++size;
            else
                m_result.entries.resize(before);
        } while (another('}', whole));
        return whole;
    }

    std::string_view m_text;
    JsonPlaces* m_places;
    JsonScan m_result;
    const Place m_document;
    const Place* m_place = &m_document; ///< of the value that is being read
    std::size_t m_at = 0;
};

} // namespace

JsonScan scanJson(std::string_view text, JsonPlaces* places)
{
    return Scanner(text, places).scan();
}

} // namespace artdag
