// SPDX-License-Identifier: GPL-3.0-or-later
// The signature base of HTTP Message Signatures (RFC 9421 §2.5): what a signature over some components of a request signs.
// Whether it covers enough is not asked here.
#pragma once

#include "core/federation/http_signature.h"
#include "core/federation/structured_fields.h"

#include <string>

namespace artdag {

/// The text for an inner list of component names with its parameters (the value of a member of Signature-Input). Denied for a
/// component that is there twice, that a request does not have, or that has parameters: none of ours needs one.
Result<std::string> signatureBase(const SignableRequest& request, const FieldList& components);

} // namespace artdag
