// SPDX-License-Identifier: GPL-3.0-or-later
// What a renderer attests of a run in the words of others' tools: an in-toto Statement v1 with a SLSA Provenance v1 predicate, in a DSSE
// envelope (https://github.com/in-toto/attestation, https://slsa.dev/spec/v1.0/provenance, https://github.com/secure-systems-lab/dsse,
// protocol 1.0.2). It says what the manifest says, and nothing that the manifest does not; the manifest is what `artdag verify` reads.
#pragma once

#include "core/identity/keys.h"
#include "core/provenance/manifest.h"

#include <functional>
#include <string>
#include <string_view>

namespace artdag {

inline constexpr std::string_view statementType = "application/vnd.in-toto+json";

/// What the manifest does not say, because it is of one machine and one moment.
struct RunCircumstances {
    std::string builder;               ///< the renderer's base URL
    std::string invocation;            ///< the run's URL there
    std::string startedAt, finishedAt; ///< RFC 3339, UTC; empty: not known
    Digest sha256{};                   ///< of the film
};
/// The unsigned statement about the film of a manifest.
Json runStatement(const RunFacts& run, const ManifestId& manifest, const RunCircumstances& circumstances);

/// "DSSEv1 " ‖ length and bytes of type and payload: what is signed.
std::string preAuthEncoding(std::string_view type, std::string_view payload);
/// The envelope {payload, payloadType, signatures: [{keyid, sig}]}, signed by one key; `keyid` is its kid.
Result<Json> sealEnvelope(std::string_view type, std::string_view payload, const SigningKey& key);
/// The payload of an envelope of that type with one good signature at least. Denied when none is by a key that `find` knows; BadInput for what is no envelope.
Result<std::string> openEnvelope(const Json& envelope, std::string_view type, const std::function<Result<PublicKey>(const std::string& kid)>& find);

} // namespace artdag
