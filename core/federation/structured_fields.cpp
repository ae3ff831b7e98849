// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/structured_fields.h"

#include "core/identity/keys.h"

#include <fmt/core.h>

#include <algorithm>

#pragma GCC diagnostic ignored "-Wfree-nonheap-object" // GCC 12 takes the variant's string for its bytes

namespace artdag {

namespace {

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}
bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isLetter(char c)
{
    return isLower(c) || (c >= 'A' && c <= 'Z');
}
bool isKeyCharacter(char c)
{
    return isLower(c) || isDigit(c) || std::string_view("_-.*").find(c) != std::string_view::npos;
}
bool isTokenCharacter(char c)
{
    return isLetter(c) || isDigit(c) || std::string_view("!#$%&'*+-.^_`|~:/").find(c) != std::string_view::npos;
}

/// Reads from left to right, one function for each rule of RFC 8941 §4.2.
class Reader {
public:
    explicit Reader(std::string_view text)
        : m_text(text)
    {
    }

    Result<FieldDictionary> dictionary()
    {
        FieldDictionary members;
        skip(" ");
        while (!atEnd()) {
            std::string name = TRY(key());
            if (memberOf(members, name))
                return refuse("a second member '" + name + "'");
            FieldMember value = FieldItem{true, {}};
            if (take('='))
                value = TRY(member());
            else
                value = FieldItem{true, TRY(parameters())};
            members.emplace_back(std::move(name), std::move(value));
            skip(" \t");
            if (atEnd())
                break;
            if (!take(','))
                return refuse("a comma is missing");
            skip(" \t");
            if (atEnd())
                return refuse("nothing follows the comma");
        }
        return members;
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at == m_text.size(); }
    [[nodiscard]] char next() const { return atEnd() ? '\0' : m_text[m_at]; }
    bool take(char c)
    {
        const bool there = !atEnd() && m_text[m_at] == c;
        m_at += there ? 1 : 0;
        return there;
    }
    void skip(std::string_view characters)
    {
        while (!atEnd() && characters.find(m_text[m_at]) != std::string_view::npos)
            ++m_at;
    }
    template <class Predicate>
    std::string takeWhile(Predicate belongs)
    {
        const std::size_t start = m_at;
        while (!atEnd() && belongs(m_text[m_at]))
            ++m_at;
        return std::string(m_text.substr(start, m_at - start));
    }
    [[nodiscard]] tl::unexpected<Error> refuse(const std::string& why) const { return fail(Fault::BadInput, "structured field, character " + std::to_string(m_at + 1) + ": " + why); }

    Result<std::string> key()
    {
        if (!isLower(next()) && next() != '*')
            return refuse("a name is missing");
        return takeWhile(isKeyCharacter);
    }

    Result<FieldMember> member()
    {
        if (next() == '(')
            return FieldMember(TRY(innerList()));
        return FieldMember(TRY(item()));
    }

    Result<FieldList> innerList()
    {
        FieldList list;
        take('(');
        while (!atEnd()) {
            skip(" ");
            if (take(')')) {
                list.parameters = TRY(parameters());
                return list;
            }
            list.items.push_back(TRY(item()));
            if (next() != ' ' && next() != ')')
                return refuse("a space or ')' is missing in the list");
        }
        return refuse("the list has no end");
    }

    Result<FieldItem> item()
    {
        FieldValue value = TRY(bareItem());
        return FieldItem{std::move(value), TRY(parameters())};
    }

    Result<FieldParameters> parameters()
    {
        FieldParameters result;
        while (take(';')) {
            skip(" ");
            std::string name = TRY(key());
            if (memberOf(result, name))
                return refuse("a second parameter '" + name + "'");
            FieldValue value = true;
            if (take('='))
                value = TRY(bareItem());
            result.emplace_back(std::move(name), std::move(value));
        }
        return result;
    }

    Result<FieldValue> bareItem()
    {
        const char first = next();
        if (first == '-' || isDigit(first))
            return number();
        if (first == '"')
            return quoted();
        if (first == '*' || isLetter(first))
            return FieldValue(FieldToken{takeWhile(isTokenCharacter)});
        if (first == ':')
            return bytes();
        if (first == '?')
            return boolean();
        return refuse("a value is missing");
    }

    Result<FieldValue> number()
    {
        const bool negative = take('-');
        const std::string whole = takeWhile(isDigit);
        const bool fractional = take('.');
        std::string fraction = fractional ? takeWhile(isDigit) : "";
        if (whole.empty() || whole.size() > (fractional ? 12U : 15U) || (fractional && (fraction.empty() || fraction.size() > 3)))
            return refuse("no number that a field can hold");
        fraction.resize(3, '0');
        const std::int64_t magnitude = std::stoll(fractional ? whole + fraction : whole);
        const std::int64_t value = negative ? -magnitude : magnitude;
        return fractional ? FieldValue(FieldDecimal{value}) : FieldValue(value);
    }

    Result<FieldValue> quoted()
    {
        std::string text;
        take('"');
        while (!atEnd()) {
            const char c = m_text[m_at++];
            if (c == '"')
                return FieldValue(std::move(text));
            if (c < ' ' || c > '~' || (c == '\\' && next() != '"' && next() != '\\'))
                return refuse("not allowed in a string");
            text.push_back(c == '\\' ? m_text[m_at++] : c);
        }
        return refuse("the string has no end");
    }

    Result<FieldValue> bytes()
    {
        take(':');
        const std::size_t end = m_text.find(':', m_at);
        if (end == std::string_view::npos)
            return refuse("the byte sequence has no end");
        auto value = bytesOfBase64(m_text.substr(m_at, end - m_at));
        if (!value)
            return refuse("not base64");
        m_at = end + 1;
        return FieldValue(std::move(*value));
    }

    Result<FieldValue> boolean()
    {
        take('?');
        if (take('1'))
            return FieldValue(true);
        if (take('0'))
            return FieldValue(false);
        return refuse("a boolean is ?0 or ?1");
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

std::string quotedText(const std::string& text)
{
    std::string out = "\"";
    for (const char c : text)
        out += (c == '"' || c == '\\') ? std::string{'\\', c} : std::string{c};
    return out + "\"";
}

std::string decimalText(std::int64_t thousandths)
{
    std::string fraction = fmt::format("{:03}", std::abs(thousandths) % 1000);
    while (fraction.size() > 1 && fraction.back() == '0')
        fraction.pop_back();
    return fmt::format("{}{}.{}", thousandths < 0 ? "-" : "", std::abs(thousandths) / 1000, fraction);
}

struct Writer {
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(const FieldDecimal& value) const { return decimalText(value.thousandths); }
    std::string operator()(const std::string& value) const { return quotedText(value); }
    std::string operator()(const FieldToken& value) const { return value.text; }
    std::string operator()(const Bytes& value) const { return ":" + base64(value) + ":"; }
    std::string operator()(bool value) const { return value ? "?1" : "?0"; }
};

std::string parametersText(const FieldParameters& parameters)
{
    std::string out;
    for (const auto& [name, value] : parameters)
        out += ";" + name + (value == FieldValue(true) ? "" : "=" + std::visit(Writer{}, value));
    return out;
}

} // namespace

Result<FieldDictionary> readFieldDictionary(std::string_view text)
{
    return Reader(text).dictionary();
}

std::string fieldText(const FieldItem& item)
{
    return std::visit(Writer{}, item.value) + parametersText(item.parameters);
}

std::string fieldText(const FieldList& list)
{
    std::string out = "(";
    for (const FieldItem& item : list.items)
        out += (out.size() > 1 ? " " : "") + fieldText(item);
    return out + ")" + parametersText(list.parameters);
}

std::string fieldText(const FieldDictionary& dictionary)
{
    std::string out;
    for (const auto& [name, member] : dictionary) {
        out += (out.empty() ? "" : ", ") + name;
        const auto* item = std::get_if<FieldItem>(&member);
        if (item && item->value == FieldValue(true))
            out += parametersText(item->parameters);
        else
            out += "=" + std::visit([](const auto& value) { return fieldText(value); }, member);
    }
    return out;
}

} // namespace artdag
