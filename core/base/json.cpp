// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace artdag {

namespace {

/// Code units of UTF-16, for the order of members (RFC 8785 §3.2.3). The text is valid UTF-8: nlohmann checked it.
std::u16string utf16(const std::string& text)
{
    std::u16string units;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2
            : lead < 0xF0                                        ? 3
                                                                 : 4;
        char32_t point = length == 1 ? lead : lead & (0xFFU >> (length + 1));
        for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
            point = point << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        i += length;
        if (point < 0x10000) {
            units.push_back(static_cast<char16_t>(point));
        } else {
            units.push_back(static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10)));
            units.push_back(static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FF)));
        }
    }
    return units;
}

void writeText(const std::string& text, std::string& out)
{
    out += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void write(const Json& value, std::string& out)
{
    switch (value.type()) {
    case Json::value_t::object: {
        std::vector<std::pair<std::u16string, const Json::object_t::value_type*>> members;
        for (const auto& member : value.get_ref<const Json::object_t&>())
            members.emplace_back(utf16(member.first), &member);
        std::ranges::sort(members, {}, [](const auto& member) -> const std::u16string& { return member.first; });
        out.push_back('{');
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (i != 0)
                out.push_back(',');
            writeText(members[i].second->first, out);
            out.push_back(':');
            write(members[i].second->second, out);
        }
        out.push_back('}');
        return;
    }
    case Json::value_t::array:
        out.push_back('[');
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (i != 0)
                out.push_back(',');
            write(value[i], out);
        }
        out.push_back(']');
        return;
    case Json::value_t::string:
        writeText(value.get_ref<const std::string&>(), out);
        return;
    case Json::value_t::boolean:
        out += value.get<bool>() ? "true" : "false";
        return;
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float:
        out += ecmaNumber(value.get<double>());
        return;
    default:
        out += "null";
    }
}

/// Builds a Json while it enforces what nlohmann does not: limits and duplicate members.
class Builder : public nlohmann::json_sax<Json> {
public:
    explicit Builder(const JsonLimits& limits)
        : m_limits(limits) {}

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(value); }
    bool number_unsigned(number_unsigned_t value) override { return put(value); }
    bool number_float(number_float_t value, const string_t& text) override
    {
        return std::isfinite(value) ? put(value) : refuse("number " + text.substr(0, 40) + " is out of range");
    }
    bool string(string_t& value) override { return put(std::move(value)); }
    bool binary(binary_t&) override { return refuse("binary value"); }
    bool start_object(std::size_t) override { return open(); }
    bool start_array(std::size_t) override { return open(); }
    bool end_object() override
    {
        const std::span<Member> members = std::span(m_members).subspan(m_open.back().first);
        if (const std::string* twice = writtenTwice(members))
            return refuse("member '" + twice->substr(0, 80) + "' is written twice");
        Json::object_t object;
        object.reserve(members.size());
        for (Member& member : members) // known to be new: ordered_map would look for each name
            static_cast<std::vector<Json::object_t::value_type, Json::object_t::allocator_type>&>(object).emplace_back(std::move(member.first), std::move(member.second));
        return close(std::move(object));
    }
    bool end_array() override
    {
        Json::array_t array;
        array.reserve(m_members.size() - m_open.back().first);
        for (Member& member : std::span(m_members).subspan(m_open.back().first))
            array.push_back(std::move(member.second));
        return close(std::move(array));
    }
    bool key(string_t& name) override
    {
        m_key = std::move(name);
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override
    {
        m_position = position;
        const std::string what = error.what();
        const auto cut = what.find(": ");
        return refuse(cut == std::string::npos ? what : what.substr(cut + 2), true);
    }

    Json value;
    std::string reason;
    std::size_t m_position = 0;

private:
    bool refuse(std::string why, bool syntax = false)
    {
        if (reason.empty())
            reason = std::move(why);
        (void)syntax;
        return false;
    }
    using Member = std::pair<std::string, Json>;
    /// An object or array that is not closed yet: its members are the last of m_members. Growing an object itself would copy
    /// all that is in it, as its names are const.
    struct Open {
        std::size_t first;
        std::string key; ///< under which it will stand
    };

    const std::string* writtenTwice(std::span<const Member> members)
    {
        m_names.clear();
        for (const Member& member : members)
            m_names.push_back(&member.first);
        const auto less = [](const std::string* a, const std::string* b) { return *a < *b; };
        std::ranges::sort(m_names, less);
        const auto twice = std::ranges::adjacent_find(m_names, [](const std::string* a, const std::string* b) { return *a == *b; });
        return twice == m_names.end() ? nullptr : *twice;
    }
    bool counted()
    {
        return ++m_values <= m_limits.values || refuse("more than " + std::to_string(m_limits.values) + " values");
    }
    bool put(Json item)
    {
        if (!counted())
            return false;
        add(std::move(item));
        return true;
    }
    void add(Json item)
    {
        if (m_open.empty())
            value = std::move(item);
        else
            m_members.emplace_back(std::move(m_key), std::move(item));
    }
    bool open()
    {
        if (static_cast<int>(m_open.size()) >= m_limits.depth)
            return refuse("nested deeper than " + std::to_string(m_limits.depth) + " levels");
        if (!counted())
            return false;
        m_open.push_back({m_members.size(), std::move(m_key)});
        return true;
    }
    template <class Container>
    bool close(Container container)
    {
        m_members.resize(m_open.back().first);
        m_key = std::move(m_open.back().key);
        m_open.pop_back();
        add(Json(std::move(container)));
        return true;
    }

    JsonLimits m_limits;
    std::vector<Open> m_open;
    std::vector<Member> m_members;
    std::vector<const std::string*> m_names;
    std::string m_key;
    std::size_t m_values = 0;
};

} // namespace

Result<Json> readJson(std::string_view text, const JsonLimits& limits)
{
    if (text.size() > limits.bytes)
        return fail(Fault::BadInput, "JSON text is longer than " + std::to_string(limits.bytes) + " bytes");
    // nlohmann takes a zero byte for the end of the text and would let anything hide behind it.
    if (const auto zero = text.find('\0'); zero != std::string_view::npos)
        return fail(Fault::BadInput, "JSON text: a zero byte at offset " + std::to_string(zero));
    Builder builder(limits);
    bool ok = false;
    try {
        ok = Json::sax_parse(text.begin(), text.end(), &builder);
    } catch (const std::exception& error) {
        builder.reason = error.what();
    }
    if (ok)
        return std::move(builder.value);
    const std::string_view before = text.substr(0, std::min(builder.m_position, text.size()));
    const auto line = 1 + std::ranges::count(before, '\n');
    const auto lastBreak = before.rfind('\n');
    const auto column = lastBreak == std::string_view::npos ? before.size() : before.size() - lastBreak - 1;
    const std::string where = builder.m_position == 0 ? "" : " at line " + std::to_string(line) + ", column " + std::to_string(column);
    return fail(Fault::BadInput, "JSON text" + where + ": " + builder.reason);
}

std::string canonicalJson(const Json& value)
{
    std::string out;
    write(value, out);
    return out;
}

std::string ecmaNumber(double value)
{
    CHECK(std::isfinite(value));
    if (value == 0.0)
        return "0";
    // Shortest digits that read back the same, then ECMAScript's rule for where the point goes.
    char buffer[40];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, std::fabs(value), std::chars_format::scientific).ptr;
    std::string text(buffer, end);
    const auto mark = text.find('e');
    int exponent = std::stoi(text.substr(mark + 1)) + 1; // the value is 0.digits × 10^exponent
    std::string digits = text.substr(0, mark);
    std::erase(digits, '.');
    const int count = static_cast<int>(digits.size());
    std::string out = value < 0 ? "-" : "";
    if (count <= exponent && exponent <= 21)
        return out + digits + std::string(static_cast<std::size_t>(exponent - count), '0');
    if (0 < exponent && exponent <= 21)
        return out + digits.substr(0, static_cast<std::size_t>(exponent)) + "." + digits.substr(static_cast<std::size_t>(exponent));
    if (-6 < exponent && exponent <= 0)
        return out + "0." + std::string(static_cast<std::size_t>(-exponent), '0') + digits;
    const int power = exponent - 1;
    out += digits.substr(0, 1);
    if (count > 1)
        out += "." + digits.substr(1);
    return out + "e" + (power < 0 ? "-" : "+") + std::to_string(std::abs(power));
}

} // namespace artdag
