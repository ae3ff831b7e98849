// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/read_yaml.h"

#include <yaml.h>

#include <charconv>
#include <cmath>
#include <memory>
#include <unordered_set>

namespace artdag {

namespace {

constexpr int mostLevels = 64;
constexpr std::size_t mostValues = 200'000;

struct Event {
    Event() = default;
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;
    ~Event() { yaml_event_delete(&value); }
    yaml_event_t value{};
};

TextPlace placeOf(const yaml_mark_t& mark)
{
    return {static_cast<int>(mark.line) + 1, static_cast<int>(mark.column) + 1};
}

/// What a bare scalar means (YAML 1.2, core schema); a quoted one is always a text.
Json valueOfPlain(const std::string& text)
{
    if (text.empty() || text == "~" || text == "null")
        return nullptr;
    if (text == "true" || text == "false")
        return text == "true";
    const char* first = text.data() + (text[0] == '+' && text.size() > 1 ? 1 : 0);
    const char* last = text.data() + text.size();
    std::int64_t whole = 0;
    if (const auto read = std::from_chars(first, last, whole); read.ec == std::errc() && read.ptr == last)
        return whole;
    double real = 0;
    const bool numeric = (*first >= '0' && *first <= '9') || *first == '-' || *first == '.';
    if (const auto read = std::from_chars(first, last, real); numeric && read.ec == std::errc() && read.ptr == last && std::isfinite(real))
        return real;
    return text;
}

class YamlReader {
public:
    explicit YamlReader(std::string_view text)
    {
        CHECK(yaml_parser_initialize(m_parser.get()) == 1);
        yaml_parser_set_input_string(m_parser.get(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
        yaml_parser_set_encoding(m_parser.get(), YAML_UTF8_ENCODING);
    }
    YamlReader(const YamlReader&) = delete;
    YamlReader& operator=(const YamlReader&) = delete;
    ~YamlReader() { yaml_parser_delete(m_parser.get()); }

    OldResult<YamlDocument> read()
    {
        bool whole = expect(YAML_STREAM_START_EVENT) && expect(YAML_DOCUMENT_START_EVENT) && value(m_document.value, "", 0) && expect(YAML_DOCUMENT_END_EVENT);
        if (whole) {
            Event end;
            whole = next(end) && (end.value.type == YAML_STREAM_END_EVENT || stop(end, "a second document begins; write one recipe a file"));
        }
        if (whole)
            return std::move(m_document);
        return tl::unexpected(std::move(m_fault));
    }

private:
    bool stop(const Event& event, std::string message)
    {
        m_fault = {std::move(message), {"", placeOf(event.value.start_mark)}};
        return false;
    }
    bool next(Event& event)
    {
        if (yaml_parser_parse(m_parser.get(), &event.value) == 1)
            return true;
        const char* problem = m_parser->problem != nullptr ? m_parser->problem : "the text is not YAML";
        m_fault = {problem, {"", placeOf(m_parser->problem_mark)}};
        return false;
    }
    bool expect(yaml_event_type_t type)
    {
        Event event;
        if (!next(event))
            return false;
        return event.value.type == type || stop(event, "the text has no YAML document");
    }
    bool value(Json& out, const std::string& pointer, int level)
    {
        Event event;
        return next(event) && valueOf(event, out, pointer, level);
    }
    bool valueOf(const Event& event, Json& out, const std::string& pointer, int level)
    {
        m_document.places.emplace(pointer, placeOf(event.value.start_mark));
        if (++m_values > mostValues)
            return stop(event, "more than " + std::to_string(mostValues) + " values");
        if (level > mostLevels)
            return stop(event, "nested deeper than " + std::to_string(mostLevels) + " levels");
        switch (event.value.type) {
        case YAML_SCALAR_EVENT: {
            const auto& scalar = event.value.data.scalar;
            if (scalar.anchor != nullptr || scalar.tag != nullptr)
                return stop(event, "anchors and tags are not read here");
            const std::string text(reinterpret_cast<const char*>(scalar.value), scalar.length);
            out = scalar.style == YAML_PLAIN_SCALAR_STYLE ? valueOfPlain(text) : Json(text);
            return true;
        }
        case YAML_SEQUENCE_START_EVENT:
            if (event.value.data.sequence_start.anchor != nullptr || event.value.data.sequence_start.tag != nullptr)
                return stop(event, "anchors and tags are not read here");
            return sequence(out, pointer, level);
        case YAML_MAPPING_START_EVENT:
            if (event.value.data.mapping_start.anchor != nullptr || event.value.data.mapping_start.tag != nullptr)
                return stop(event, "anchors and tags are not read here");
            return mapping(out, pointer, level);
        case YAML_ALIAS_EVENT:
            return stop(event, "aliases are not read here");
        default:
            return stop(event, "expected a value");
        }
    }
    bool sequence(Json& out, const std::string& pointer, int level)
    {
        out = Json::array();
        for (;;) {
            Event event;
            if (!next(event))
                return false;
            if (event.value.type == YAML_SEQUENCE_END_EVENT)
                return true;
            Json item;
            if (!valueOf(event, item, pointer + "/" + std::to_string(out.size()), level + 1))
                return false;
            out.push_back(std::move(item));
        }
    }
    bool mapping(Json& out, const std::string& pointer, int level)
    {
        out = Json::object();
        std::unordered_set<std::string> names;
        for (;;) {
            Event event;
            if (!next(event))
                return false;
            if (event.value.type == YAML_MAPPING_END_EVENT)
                return true;
            const auto& scalar = event.value.data.scalar;
            if (event.value.type != YAML_SCALAR_EVENT || scalar.anchor != nullptr || scalar.tag != nullptr)
                return stop(event, "a name must be a plain text");
            std::string name(reinterpret_cast<const char*>(scalar.value), scalar.length);
            if (!names.insert(name).second)
                return stop(event, "'" + name.substr(0, 80) + "' is written twice");
            Json member;
            if (!value(member, pointerTo(pointer, name), level + 1))
                return false;
            appendMember(out, std::move(name), std::move(member));
        }
    }

    std::unique_ptr<yaml_parser_t> m_parser = std::make_unique<yaml_parser_t>();
    YamlDocument m_document;
    OldFault m_fault;
    std::size_t m_values = 0;
};

} // namespace

OldResult<YamlDocument> readYaml(std::string_view text)
{
    return YamlReader(text).read();
}

} // namespace artdag
