// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/linked_context.h"

#include <algorithm>
#include <set>

namespace artdag {

namespace {

constexpr std::size_t mostTerms = 500;
constexpr int deepestPrefix = 8;

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

tl::unexpected<Error> refuse(std::string_view term, const char* why)
{
    return fail(Fault::BadInput, "context, term '" + std::string(term.substr(0, 80)) + "': " + why);
}

const std::set<std::string, std::less<>>& guardedIris()
{
    static const std::set<std::string, std::less<>> iris = [] {
        std::set<std::string, std::less<>> all;
        for (const auto& [name, meaning] : guardedTerms())
            if (!meaning.isPrefix)
                all.insert(meaning.iri);
        return all;
    }();
    return iris;
}

/// Adds a term unless it is there; a second meaning would let one document be read in two ways.
Result<void> addTerm(TermMap& terms, const std::string& name, const TermMeaning& meaning)
{
    const auto [entry, isNew] = terms.try_emplace(name, meaning);
    if (!isNew && entry->second != meaning)
        return refuse(name, "is defined a second time with another meaning");
    return {};
}

/// One inline context: its definitions may use each other's prefixes in any order.
class InlineContext {
public:
    InlineContext(const Json& definitions, TermMap& terms)
        : m_definitions(definitions),
          m_terms(terms)
    {
    }

    Result<void> add()
    {
        for (const auto& [name, definition] : m_definitions.items()) {
            if (name.empty() || !std::ranges::all_of(name, [](char c) { return isLetter(c) || isDigit(c) || c == '_' || c == '-' || c == '.'; }))
                return refuse(name, "keywords and names with special characters are not accepted");
            const TermMeaning meaning = TRY(meaningOf(name, definition));
            const auto guarded = guardedTerms().find(name);
            if (guarded != guardedTerms().end() && guarded->second != meaning)
                return refuse(name, "has a fixed meaning, and this is another");
            if (guarded == guardedTerms().end() && guardedIris().contains(meaning.iri))
                return refuse(name, "is a second name for a term with a fixed meaning");
            TRY(addTerm(m_terms, name, meaning));
        }
        return {};
    }

private:
    Result<TermMeaning> meaningOf(const std::string& name, const Json& definition)
    {
        TermMeaning meaning;
        if (definition.is_string()) {
            meaning.iri = TRY(iriOf(name, definition.get_ref<const std::string&>(), 0));
            meaning.isPrefix = std::string_view(":/?#[]@").find(meaning.iri.back()) != std::string_view::npos;
            return meaning;
        }
        if (!definition.is_object() || !definition.contains("@id"))
            return refuse(name, "must be an IRI or an object with @id");
        for (const auto& [key, value] : definition.items()) {
            if (!value.is_string())
                return refuse(name, "its definition must hold texts");
            const auto& text = value.get_ref<const std::string&>();
            if (key == "@id")
                meaning.iri = TRY(iriOf(name, text, 0));
            else if (key == "@type")
                meaning.type = text == "@id" || text == "@vocab" ? text : TRY(iriOf(name, text, 0));
            else if (key == "@container" && (text == "@set" || text == "@list" || text == "@language"))
                meaning.container = text;
            else
                return refuse(name, "its definition has something else than @id, @type and @container of @set, @list or @language");
        }
        return meaning;
    }

    /// An IRI, a compact IRI, or the alias that `id` and `type` have anyway.
    Result<std::string> iriOf(const std::string& term, const std::string& text, int depth)
    {
        if ((term == "id" && text == "@id") || (term == "type" && text == "@type"))
            return text;
        const auto colon = text.find(':');
        if (depth > deepestPrefix || !isAbsoluteIri(text))
            return refuse(term, "must be mapped to an absolute IRI");
        const std::string prefix = text.substr(0, colon);
        if (std::string_view(text).substr(colon + 1).starts_with("//") || prefix == term)
            return text;
        std::string expanded;
        if (const auto known = m_terms.find(prefix); known != m_terms.end() && known->second.isPrefix)
            expanded = known->second.iri;
        else if (const auto own = m_definitions.find(prefix); own != m_definitions.end() && own->is_string())
            expanded = TRY(iriOf(prefix, own->get<std::string>(), depth + 1));
        if (expanded.empty() || std::string_view(":/?#[]@").find(expanded.back()) == std::string_view::npos)
            return text;
        return expanded + text.substr(colon + 1);
    }

    const Json& m_definitions;
    TermMap& m_terms;
};

} // namespace

bool isAbsoluteIri(std::string_view text)
{
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || !isLetter(text.front()))
        return false;
    if (!std::ranges::all_of(text.substr(0, colon), [](char c) { return isLetter(c) || isDigit(c) || c == '+' || c == '-' || c == '.'; }))
        return false;
    return std::ranges::none_of(text, [](unsigned char c) { return c <= ' ' || c == 0x7F || std::string_view("<>\"{}|\\^`").find(static_cast<char>(c)) != std::string_view::npos; });
}

Result<TermMap> readContext(const Json& context)
{
    TermMap terms;
    const Json list = context.is_array() ? context : Json::array({context});
    for (const Json& entry : list) {
        if (entry.is_object()) {
            TRY(InlineContext(entry, terms).add());
        } else {
            const TermMap* known = entry.is_string() ? knownContext(entry.get_ref<const std::string&>()) : nullptr;
            if (!known)
                return fail(Fault::BadInput, "context " + entry.dump(-1, ' ', true, Json::error_handler_t::replace).substr(0, 120) + ": is none of those that are known, and none is fetched");
            for (const auto& [name, meaning] : *known)
                TRY(addTerm(terms, name, meaning));
        }
        if (terms.size() > mostTerms)
            return fail(Fault::BadInput, "context: more than 500 terms");
    }
    return terms;
}

} // namespace artdag
