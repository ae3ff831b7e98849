// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/linked_data.h"

#include "core/federation/linked_context.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <optional>
#include <set>

namespace artdag {

namespace {

constexpr int deepest = 32;
constexpr std::size_t mostValues = 10'000;
constexpr std::string_view rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view xsd = "http://www.w3.org/2001/XMLSchema#";

using Terms = std::shared_ptr<const TermMap>;

tl::unexpected<Error> refuse(std::string_view member, const char* why)
{
    return fail(Fault::BadInput, "linked data, '" + std::string(member.substr(0, 80)) + "': " + why);
}

RdfTerm ofRdf(const char* name)
{
    return RdfTerm::iri(std::string(rdf) + name);
}

RdfTerm typedLiteral(const std::string& value, const std::string& datatype)
{
    return RdfTerm::literal(value, "^^<" + datatype + ">");
}

/// xsd:double in canonical form: 1.5E0 (JSON-LD 1.1 API §8.6).
std::string doubleText(double value)
{
    char digits[40];
    std::snprintf(digits, sizeof digits, "%.15E", value);
    const std::string text = digits;
    const auto e = text.find('E');
    std::string mantissa = text.substr(0, e);
    while (mantissa.ends_with('0') && !mantissa.ends_with(".0"))
        mantissa.pop_back();
    return mantissa + "E" + std::to_string(std::stoi(text.substr(e + 1)));
}

/// True for a whole number that every program reads as the same one.
bool isExact(const Json& value)
{
    constexpr std::int64_t limit = 1LL << 53;
    if (value.is_number_unsigned())
        return value.get<std::uint64_t>() <= static_cast<std::uint64_t>(limit);
    return value.get<std::int64_t>() >= -limit && value.get<std::int64_t>() <= limit;
}

/// A boolean or a number, with the datatype of its term when that says one.
Result<RdfTerm> nativeLiteral(const std::string& member, const Json& value, const TermMeaning& meaning)
{
    const std::string said = meaning.type.starts_with('@') ? "" : meaning.type;
    const auto typed = [&](const std::string& text, const char* type) { return typedLiteral(text, said.empty() ? std::string(xsd) + type : said); };
    if (value.is_boolean())
        return typed(value.get<bool>() ? "true" : "false", "boolean");
    const double number = value.get<double>();
    if (!value.is_number_float() && !isExact(value))
        return refuse(member, "whole numbers beyond 2^53 have no one value");
    const bool isWhole = !value.is_number_float() || (number == std::trunc(number) && std::abs(number) < 0x1p53);
    if (!isWhole || said == std::string(xsd) + "double")
        return typed(doubleText(number), "double");
    return typed(std::to_string(value.is_number_float() ? static_cast<std::int64_t>(number) : value.get<std::int64_t>()), "integer");
}

bool isLanguage(std::string_view tag)
{
    return !tag.empty() && tag.size() <= 35 && std::ranges::all_of(tag, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; }) && tag.front() != '-'
        && !(tag.front() >= '0' && tag.front() <= '9') && tag.back() != '-' && tag.find("--") == std::string_view::npos;
}

class Reader {
public:
    explicit Reader(const Json& document)
        : m_document(document)
    {
    }

    Result<LinkedData> read()
    {
        if (!m_document.is_object() || !m_document.contains("@context"))
            return fail(Fault::BadInput, "linked data: must be an object with @context");
        m_top = std::make_shared<const TermMap>(TRY(readContext(m_document["@context"])));
        TRY(node(m_document, m_top, {}, 1));
        return LinkedData{std::move(m_quads), {m_unmapped.begin(), m_unmapped.end()}};
    }

private:
    /// Where a value stands: what its term means, which terms hold in nodes below it and in texts.
    struct Place {
        const std::string& member;
        const TermMeaning& meaning;
        Terms inNodes, inTexts;
        RdfTerm graph;
        int depth;
    };

    static Terms withScoped(const Terms& terms, const TermMap& scoped)
    {
        auto merged = std::make_shared<TermMap>(*terms);
        for (const auto& [name, meaning] : scoped)
            merged->insert_or_assign(name, meaning);
        return merged;
    }

    RdfTerm newBlank() { return RdfTerm::blank("n" + std::to_string(m_blanks++)); }

    Result<void> checkSize(const std::string& member, int depth)
    {
        if (depth > deepest || ++m_values > mostValues)
            return refuse(member, "more than 32 levels or 10,000 values");
        return {};
    }

    /// A context inside the document must be the document's own, which changes nothing (FEP-8b32 repeats it in the proof).
    Result<void> checkInnerContext(const Json& object, const Terms& terms)
    {
        const auto context = object.find("@context");
        if (context == object.end() || (terms == m_top && *context == m_document["@context"]))
            return {};
        return refuse("@context", "inside a document must be the document's own");
    }

    static std::vector<std::string> typesOf(const Json& object)
    {
        std::vector<std::string> types;
        if (const auto type = object.find("type"); type != object.end())
            for (const Json& name : type->is_array() ? *type : Json::array({*type}))
                if (name.is_string())
                    types.push_back(name);
        return types;
    }

    /// A node: its statements go to m_quads, its name is returned.
    Result<RdfTerm> node(const Json& object, const Terms& outer, const RdfTerm& graph, int depth)
    {
        TRY(checkSize("object", depth));
        TRY(checkInnerContext(object, outer));
        Terms terms = outer;
        auto types = typesOf(object);
        std::ranges::sort(types);
        for (const std::string& type : types)
            if (const auto meaning = outer->find(type); meaning != outer->end() && meaning->second.scoped)
                terms = withScoped(terms, *meaning->second.scoped);
        const RdfTerm subject = TRY(nameOf(object, *terms));
        for (const auto& [member, value] : object.items()) {
            if (member == "@context" || member == "id")
                continue;
            TRY(checkMember(member));
            const auto meaning = terms->find(member);
            if (meaning == terms->end())
                m_unmapped.insert(member);
            else if (meaning->second.iri == "@type")
                TRY(addTypes(subject, value, *terms, graph));
            else
                TRY(addStatements(subject, value, placeOf(*meaning, outer, terms, graph, depth)));
        }
        return subject;
    }

    static Place placeOf(const TermMap::value_type& term, const Terms& outer, const Terms& terms, const RdfTerm& graph, int depth)
    {
        const TermMap* scoped = term.second.scoped;
        // What a type brings holds in its node only, what a property brings in everything below it.
        return {term.first, term.second, scoped ? withScoped(outer, *scoped) : outer, scoped ? withScoped(terms, *scoped) : terms, graph, depth};
    }

    static Result<void> checkMember(const std::string& member)
    {
        if (member.starts_with('@'))
            return refuse(member, "keywords are not accepted");
        if (member.find(':') != std::string::npos)
            return refuse(member, "IRIs as names of members are not accepted");
        return {};
    }

    Result<RdfTerm> nameOf(const Json& object, const TermMap& terms)
    {
        const auto id = object.find("id");
        if (id == object.end() || id->is_null())
            return newBlank();
        if (!id->is_string())
            return refuse("id", "must be a text");
        const auto iri = TRY(iriOf("id", id->get_ref<const std::string&>(), terms));
        return iri.value_or(newBlank());
    }

    /// Nothing for a relative reference, which is then named as unmapped.
    Result<std::optional<RdfTerm>> iriOf(const std::string& member, const std::string& text, const TermMap& terms)
    {
        const auto colon = text.find(':');
        if (text.starts_with("_:"))
            return refuse(member, "names of blank nodes are not accepted");
        if (colon != std::string::npos && !std::string_view(text).substr(colon + 1).starts_with("//") && terms.contains(text.substr(0, colon)))
            return refuse(member, "compact IRIs are not accepted");
        if (isAbsoluteIri(text))
            return std::optional(RdfTerm::iri(text));
        if (colon != std::string::npos)
            return refuse(member, "is no IRI");
        m_unmapped.insert(member + " → " + text.substr(0, 80));
        return std::optional<RdfTerm>();
    }

    Result<void> addTypes(const RdfTerm& subject, const Json& value, const TermMap& terms, const RdfTerm& graph)
    {
        for (const Json& name : value.is_array() ? value : Json::array({value})) {
            if (!name.is_string())
                return refuse("type", "must be texts");
            TRY(checkMember(name.get_ref<const std::string&>()));
            const auto meaning = terms.find(name.get_ref<const std::string&>());
            if (meaning == terms.end() || meaning->second.iri.starts_with('@'))
                m_unmapped.insert("type → " + name.get<std::string>());
            else
                m_quads.push_back({subject, ofRdf("type"), RdfTerm::iri(meaning->second.iri), graph});
        }
        return {};
    }

    Result<void> addStatements(const RdfTerm& subject, const Json& value, const Place& place)
    {
        std::vector<RdfTerm> objects;
        TRY(collect(value, place, objects));
        if (place.meaning.container == "@list" && !value.is_null())
            objects = {listOf(objects, place.graph)};
        for (RdfTerm& object : objects)
            m_quads.push_back({subject, RdfTerm::iri(place.meaning.iri), std::move(object), place.graph});
        return {};
    }

    Result<void> collect(const Json& value, const Place& place, std::vector<RdfTerm>& objects)
    {
        TRY(checkSize(place.member, place.depth));
        if (value.is_array()) {
            for (const Json& item : value) {
                if (item.is_array())
                    return refuse(place.member, "lists in lists are not accepted");
                TRY(collect(item, place, objects));
            }
        } else if (value.is_object()) {
            TRY(collectObject(value, place, objects));
        } else if (value.is_string()) {
            if (auto object = TRY(ofText(value.get_ref<const std::string&>(), place)))
                objects.push_back(std::move(*object));
        } else if (!value.is_null()) {
            objects.push_back(TRY(nativeLiteral(place.member, value, place.meaning)));
        }
        return {};
    }

    Result<void> collectObject(const Json& value, const Place& place, std::vector<RdfTerm>& objects)
    {
        if (place.meaning.container == "@language")
            return collectLanguages(value, place, objects);
        if (place.meaning.container == "@graph") {
            objects.push_back(newBlank());
            TRY(node(value, place.inNodes, objects.back(), place.depth + 1));
        } else {
            objects.push_back(TRY(node(value, place.inNodes, place.graph, place.depth + 1)));
        }
        return {};
    }

    Result<void> collectLanguages(const Json& value, const Place& place, std::vector<RdfTerm>& objects)
    {
        for (const auto& [language, texts] : value.items())
            for (const Json& text : texts.is_array() ? texts : Json::array({texts})) {
                if (!isLanguage(language) || !(text.is_string() || text.is_null()))
                    return refuse(place.member, "must map languages to texts");
                std::string tag = language;
                std::ranges::transform(tag, tag.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
                if (text.is_string())
                    objects.push_back(RdfTerm::literal(text.get_ref<const std::string&>(), "@" + tag));
            }
        return {};
    }

    Result<std::optional<RdfTerm>> ofText(const std::string& text, const Place& place)
    {
        if (place.meaning.container == "@graph" || place.meaning.container == "@language")
            return refuse(place.member, "must be an object");
        if (place.meaning.type == "@id")
            return iriOf(place.member, text, *place.inTexts);
        if (place.meaning.type == "@vocab") {
            const auto word = place.inTexts->find(text);
            return word != place.inTexts->end() && !word->second.iri.starts_with('@') ? std::optional(RdfTerm::iri(word->second.iri)) : TRY(iriOf(place.member, text, *place.inTexts));
        }
        return std::optional(place.meaning.type.empty() ? RdfTerm::literal(text) : typedLiteral(text, place.meaning.type));
    }

    /// The cells of an rdf:List.
    RdfTerm listOf(const std::vector<RdfTerm>& items, const RdfTerm& graph)
    {
        RdfTerm rest = ofRdf("nil");
        for (auto item = items.rbegin(); item != items.rend(); ++item) {
            const RdfTerm cell = newBlank();
            m_quads.push_back({cell, ofRdf("first"), *item, graph});
            m_quads.push_back({cell, ofRdf("rest"), rest, graph});
            rest = cell;
        }
        return rest;
    }

    const Json& m_document;
    Terms m_top;
    std::vector<Quad> m_quads;
    std::set<std::string> m_unmapped;
    std::size_t m_blanks = 0;
    std::size_t m_values = 0;
};

} // namespace

Result<LinkedData> readLinkedData(const Json& document)
{
    return Reader(document).read();
}

} // namespace artdag
