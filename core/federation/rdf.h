// SPDX-License-Identifier: GPL-3.0-or-later
// RDF statements and their canonical form (URDNA2015, the RDF Dataset Normalization of 2015): two documents that say the same
// become the same text, whatever order and blank node names they were written with.
#pragma once

#include "core/base/result.h"

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

/// `<iri>`, `"literal"^^<type>` or a blank node, as N-Quads writes it; empty for the default graph.
struct RdfTerm {
    std::string text;

    static RdfTerm iri(std::string_view iri) { return {"<" + std::string(iri) + ">"}; }
    static RdfTerm blank(std::string_view label) { return {"_:" + std::string(label)}; }
    /// Quoted and escaped; `suffix` is `@en`, `^^<type>`, or empty for a plain string.
    static RdfTerm literal(std::string_view value, const std::string& suffix = {});
    [[nodiscard]] bool isBlank() const { return text.starts_with("_:"); }
    auto operator<=>(const RdfTerm&) const = default;
};

struct Quad {
    RdfTerm subject, predicate, object, graph;
    auto operator<=>(const Quad&) const = default;
};

/// How much naming blank nodes may cost before a document is refused as a poison graph: hashes computed.
inline constexpr std::size_t canonicalBudget = 20'000;

/// Sorted N-Quads with blank nodes named `_:c14n0`, `_:c14n1` … BadInput when the budget is exceeded.
Result<std::string> canonicalQuads(std::vector<Quad> quads, std::size_t budget = canonicalBudget);

} // namespace artdag
