// SPDX-License-Identifier: GPL-3.0-or-later
// What the terms of the known JSON-LD contexts mean, as tables of our own: nothing is ever fetched, so nobody can change what
// a signed document says by changing a document somewhere else.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace artdag {

struct TermMeaning;
using TermMap = std::map<std::string, TermMeaning, std::less<>>;

/// A term definition (JSON-LD 1.1 §9.15) after expansion.
struct TermMeaning {
    std::string iri;                 ///< absolute, or `@id` and `@type` for their aliases
    std::string type;                ///< `@id`, `@vocab`, the IRI of a datatype, or empty
    std::string container;           ///< `@set`, `@list`, `@language`, `@graph`, or empty
    bool isPrefix = false;           ///< may stand before the colon of a compact IRI
    const TermMap* scoped = nullptr; ///< terms that hold inside it: of that type, or in values of that property

    /// Same meaning; that a term is also a prefix says nothing about documents.
    bool operator==(const TermMeaning& other) const { return iri == other.iri && type == other.type && container == other.container && scoped == other.scoped; }
};

/// The context of a URL, or nullptr for one that is not known.
const TermMap* knownContext(std::string_view url);

/// Terms that our programs read from documents by their plain names, which therefore must mean the same everywhere:
/// ActivityStreams, security/v1, data integrity, and our own.
const TermMap& guardedTerms();

} // namespace artdag
