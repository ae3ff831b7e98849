// SPDX-License-Identifier: GPL-3.0-or-later
// JSON-LD → RDF for documents of the fediverse, so that linked-data signatures can be made and checked. Only what such
// documents need, and strictly: reading a document by its plain member names and reading it as RDF must say the same, or a
// signature over the RDF would vouch for a document that was rearranged.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/federation/rdf.h"

#include <string>
#include <vector>

namespace artdag {

struct LinkedData {
    std::vector<Quad> quads;
    std::vector<std::string> unmapped; ///< sorted: members, types and relative references that no statement covers
};

/// The statements of a document. Contexts are the known ones by URL (context_tables.h) and inline ones that only add terms.
/// BadInput for other URLs, for every keyword (`@graph`, `@included`, `@reverse`, `@nest`, `@vocab`, `@base`, `@import` …) but
/// `@context`, for a keyword's alias, for a term that is redefined, nulled, or another name of a guarded one, for full or compact
/// IRIs where a plain name belongs, for blank node names, for more than 32 levels or 10,000 values.
Result<LinkedData> readLinkedData(const Json& document);

} // namespace artdag
