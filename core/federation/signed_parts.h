// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a request that both forms of HTTP signature cover, and the checks they share. What is wrong is Denied, and the
// message names the header. Nothing here looks at a key.
#pragma once

#include "core/federation/http_signature.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

std::string lowerAscii(std::string_view text);

/// Every line of a header, surrounding blanks cut, in order.
std::vector<std::string> linesOf(const SignableRequest& request, std::string_view name);
/// The only line of a header; Denied when there is none, when there are more, and when it is empty, longer than 8 kB or
/// holds a control character (a folded line would).
Result<std::string> onlyLine(const SignableRequest& request, std::string_view name);
/// The lines joined by `, ` (RFC 9421 §2.1), with the same limits.
Result<std::string> joinedLines(const SignableRequest& request, std::string_view name);

/// `L2.example:443` with `https` → `l2.example`.
std::string authorityOf(std::string_view host, std::string_view scheme);
/// True when the signature must cover the body: for every method but GET and HEAD, and when there is a body at all.
bool mustCoverBody(const SignableRequest& request);

inline constexpr std::int64_t signatureWindow = 3600; ///< seconds that a date may lie before or after now
Result<void> checkInWindow(std::string_view what, std::int64_t seconds, std::int64_t now);

/// `Digest: SHA-256=…` (RFC 3230) is there once and is the body's.
Result<void> checkDigest(const SignableRequest& request);
/// `Content-Digest: sha-256=:…:` (RFC 9530) likewise.
Result<void> checkContentDigest(const SignableRequest& request);

} // namespace artdag
