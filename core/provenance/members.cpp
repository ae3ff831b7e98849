// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provenance/members.h"

#include <algorithm>

namespace artdag {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}
bool isAlphanumeric(char c)
{
    return isDigit(c) || isLower(c) || (c >= 'A' && c <= 'Z');
}
bool isOneOf(char c, std::string_view set)
{
    return set.find(c) != std::string_view::npos;
}

/// `pattern`: 0 stands for a digit, x for a lower-case hexadecimal digit, everything else for itself.
bool matches(std::string_view text, std::string_view pattern)
{
    return std::ranges::equal(text, pattern, [](char c, char p) {
        return p == '0' ? isDigit(c) : p == 'x' ? isDigit(c) || (c >= 'a' && c <= 'f')
                                                : c == p;
    });
}

int number(std::string_view digits)
{
    int value = 0;
    for (const char c : digits)
        value = value * 10 + (c - '0');
    return value;
}

int daysIn(int year, int month)
{
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 ? (leap ? 29 : 28) : month == 4 || month == 6 || month == 9 || month == 11 ? 30
                                                                                                 : 31;
}

} // namespace

namespace form {

bool line(std::string_view text)
{
    return !text.empty() && text.size() <= 1024 && std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

bool note(std::string_view text)
{
    return text.size() <= 65536 && std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; });
}

bool token(std::string_view text)
{
    return !text.empty() && text.size() <= 128 && std::ranges::all_of(text, [](char c) { return isAlphanumeric(c) || isOneOf(c, "._:+@-"); });
}

bool bareName(std::string_view text)
{
    return line(text) && text.find_first_of("/\\") == std::string_view::npos && text != "." && text != "..";
}

bool actor(std::string_view text)
{
    if (text.size() > 320 || !text.starts_with('@'))
        return false;
    const auto second = text.find('@', 1);
    if (second == std::string_view::npos)
        return false;
    const auto user = text.substr(1, second - 1);
    auto domain = text.substr(second + 1);
    if (const auto colon = domain.find(':'); colon != std::string_view::npos) {
        const auto port = domain.substr(colon + 1);
        if (port.empty() || port.size() > 5 || !std::ranges::all_of(port, isDigit))
            return false;
        domain = domain.substr(0, colon);
    }
    return !user.empty() && user.size() <= 64 && std::ranges::all_of(user, [](char c) { return isAlphanumeric(c) || isOneOf(c, "._-"); })
        && !domain.empty() && domain.size() <= 253 && isAlphanumeric(domain.front()) && isAlphanumeric(domain.back())
        && std::ranges::all_of(domain, [](char c) { return isDigit(c) || isLower(c) || isOneOf(c, ".-"); });
}

bool instant(std::string_view text)
{
    if (text.size() < 20 || text.size() > 30 || !matches(text.substr(0, 19), "0000-00-00T00:00:00") || text.back() != 'Z')
        return false;
    const auto fraction = text.substr(19, text.size() - 20);
    if (!fraction.empty() && (fraction[0] != '.' || fraction.size() < 2 || !std::ranges::all_of(fraction.substr(1), isDigit)))
        return false;
    const int month = number(text.substr(5, 2));
    const int day = number(text.substr(8, 2));
    return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(number(text.substr(0, 4)), month)
        && number(text.substr(11, 2)) < 24 && number(text.substr(14, 2)) < 60 && number(text.substr(17, 2)) < 60;
}

bool decimal(std::string_view text)
{
    if (text == "inf")
        return true;
    if (text.starts_with('-'))
        text.remove_prefix(1);
    const auto point = text.find('.');
    const auto whole = text.substr(0, point);
    const auto fraction = point == std::string_view::npos ? std::string_view("0") : text.substr(point + 1);
    return !whole.empty() && !fraction.empty() && text.size() <= 32 && std::ranges::all_of(whole, isDigit) && std::ranges::all_of(fraction, isDigit);
}

bool url(std::string_view text)
{
    const auto scheme = text.starts_with("https://") ? 8U : text.starts_with("http://") ? 7U
                                                                                        : 0U;
    return scheme > 0 && text.size() > scheme && text.size() <= 2048
        && std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F && !isOneOf(c, "\"<>\\^`{|}"); });
}

bool uuid(std::string_view text)
{
    return matches(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
}

const char* nameOf(TextForm wanted)
{
    if (wanted == actor)
        return "an actor such as @user@domain";
    if (wanted == instant)
        return "a time in UTC such as 2026-03-01T12:00:00Z";
    if (wanted == decimal)
        return "a decimal number as a text";
    if (wanted == url)
        return "a web address";
    if (wanted == uuid)
        return "a UUID in lower case";
    if (wanted == token)
        return "a word of 1–128 letters, digits and . _ : + @ -";
    if (wanted == bareName)
        return "a name of one line that is no path";
    return wanted == line ? "a text of one line, 1–1024 bytes" : "a text of at most 65,536 bytes";
}

} // namespace form

tl::unexpected<Error> badMember(const std::string& pointer, const std::string& what)
{
    return tl::unexpected<Error>(Error{Fault::BadInput, pointer + ": " + what});
}

Result<Digest> digestOfMember(const Json& value, const std::string& pointer)
{
    if (value.is_string())
        if (const auto& text = value.get_ref<const std::string&>(); text.size() == 73)
            if (const auto digest = digestOfText(text); digest && ContentId{*digest}.text() == text)
                return *digest;
    return badMember(pointer, "must be sha3-256: and 64 lower-case hexadecimal digits");
}

Result<Members> Members::of(const Json& object, std::string pointer)
{
    if (!object.is_object())
        return badMember(pointer.empty() ? "document" : pointer, "must be an object");
    return Members(object, std::move(pointer));
}

Result<const Json*> Members::member(const char* name)
{
    const auto found = m_object->find(name);
    if (found == m_object->end())
        return badMember(m_pointer + "/" + name, "is missing");
    m_read.insert(name);
    return &*found;
}

bool Members::has(const char* name) const
{
    return m_object->contains(name);
}

bool Members::isNull(const char* name) const
{
    const auto found = m_object->find(name);
    const bool null = found != m_object->end() && found->is_null();
    if (null)
        m_read.insert(name);
    return null;
}

Result<std::string> Members::text(const char* name, TextForm wanted)
{
    const Json* value = TRY(member(name));
    if (!value->is_string() || !wanted(value->get_ref<const std::string&>()))
        return badMember(m_pointer + "/" + name, std::string("must be ") + form::nameOf(wanted));
    return value->get<std::string>();
}

Result<std::string> Members::textOrNull(const char* name, TextForm wanted)
{
    return isNull(name) ? Result<std::string>(std::string()) : text(name, wanted);
}

Result<bool> Members::boolean(const char* name)
{
    const Json* value = TRY(member(name));
    if (!value->is_boolean())
        return badMember(m_pointer + "/" + name, "must be true or false");
    return value->get<bool>();
}

Result<std::int64_t> Members::integer(const char* name, std::int64_t least, std::int64_t most)
{
    const Json* value = TRY(member(name));
    const bool fits = value->is_number_unsigned() ? value->get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX) : value->is_number_integer();
    const std::int64_t whole = fits ? value->get<std::int64_t>() : 0;
    if (!fits || whole < least || whole > most)
        return badMember(m_pointer + "/" + name, "must be a whole number " + std::to_string(least) + "–" + std::to_string(most));
    return whole;
}

Result<Members> Members::object(const char* name)
{
    return Members::of(*TRY(member(name)), m_pointer + "/" + name);
}

Result<void> Members::eachItem(const char* name, std::size_t most, const std::function<Result<void>(const Json&, const std::string&)>& read)
{
    const Json* value = TRY(member(name));
    if (!value->is_array() || value->size() > most)
        return badMember(m_pointer + "/" + name, "must be a list of at most " + std::to_string(most));
    for (std::size_t i = 0; i < value->size(); ++i)
        TRY(read((*value)[i], m_pointer + "/" + name + "/" + std::to_string(i)));
    return {};
}

Result<std::map<std::string, std::string>> Members::texts(const char* name, std::size_t most, TextForm nameForm, TextForm valueForm)
{
    const Json* value = TRY(member(name));
    const std::string pointer = m_pointer + "/" + name;
    if (!value->is_object() || value->size() > most)
        return badMember(pointer, "must be an object of at most " + std::to_string(most) + " texts");
    std::map<std::string, std::string> texts;
    for (const auto& [key, text] : value->items()) {
        if (!nameForm(key))
            return badMember(pointer, std::string("a name in it must be ") + form::nameOf(nameForm));
        if (!text.is_string() || !valueForm(text.get_ref<const std::string&>()))
            return badMember(pointer + "/" + key, std::string("must be ") + form::nameOf(valueForm));
        texts.emplace(key, text.get<std::string>());
    }
    return texts;
}

Result<Digest> Members::digest(const char* name)
{
    return digestOfMember(*TRY(member(name)), m_pointer + "/" + name);
}

Result<Digest> Members::hexDigest(const char* name)
{
    const std::string text = TRY(this->text(name, form::token));
    const auto bytes = bytesOfHex(text);
    Digest digest{};
    if (!bytes || bytes->size() != digest.size() || hexOf(*bytes) != text)
        return badMember(m_pointer + "/" + name, "must be 64 lower-case hexadecimal digits");
    std::ranges::copy(*bytes, digest.begin());
    return digest;
}

Result<Json> Members::value(const char* name)
{
    return *TRY(member(name));
}

Result<void> Members::constant(const char* name, std::string_view text)
{
    const Json* value = TRY(member(name));
    if (!value->is_string() || value->get_ref<const std::string&>() != text)
        return badMember(m_pointer + "/" + name, "must be \"" + std::string(text) + "\"");
    return {};
}

Result<std::size_t> Members::choice(const char* name, const std::vector<std::string_view>& choices)
{
    const Json* value = TRY(member(name));
    std::string all;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (value->is_string() && value->get_ref<const std::string&>() == choices[i])
            return i;
        all += (i == 0 ? "" : i + 1 == choices.size() ? " or "
                                                      : ", ")
            + std::string(choices[i]);
    }
    return badMember(m_pointer + "/" + name, "must be " + all);
}

Result<void> Members::finish() const
{
    for (const auto& [name, value] : m_object->items())
        if (!m_read.contains(name))
            return badMember(m_pointer + "/" + name.substr(0, 80), "is not known");
    return {};
}

} // namespace artdag
