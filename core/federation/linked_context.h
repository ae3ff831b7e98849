// SPDX-License-Identifier: GPL-3.0-or-later
// The `@context` of a document as a map of terms: known URLs and inline additions, nothing fetched, nothing redefined.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/federation/context_tables.h"

namespace artdag {

/// What the terms of a context mean. BadInput names the URL or the term that is not accepted.
Result<TermMap> readContext(const Json& context);

/// True for an absolute IRI without characters that could end it (RFC 3987, loosely): a scheme, a colon, no blanks, no `<>"{}|\^` or backtick.
bool isAbsoluteIri(std::string_view text);

} // namespace artdag
