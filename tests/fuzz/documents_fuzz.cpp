// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a signed document: reading never crashes, what is read can be made again, and nothing verifies but what the
// key of the corpus signed.
#include "core/base/json.h"
#include "core/provenance/check_provenance.h"
#include "core/provenance/consent.h"
#include "core/provenance/cosignature.h"
#include "core/provenance/disclosure.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

using namespace artdag;

namespace {

/// The public half of the key that signed the corpus (tests/identity/goldens/ed25519.pem).
Result<PublicKey> corpusKey(const std::string&)
{
    return PublicKey::fromDer(*bytesOfHex("302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
}

void require(bool condition)
{
    if (!condition)
        std::abort();
}

Json unsignedOf(Json document)
{
    document.erase("sig");
    return document;
}

/// The golden ids of tests/provenance and tests/identity: all that this key has ever signed.
bool isOfTheCorpus(const Json& document)
{
    constexpr std::array<std::string_view, 4> signedOnes{
        "sha3-256:4a86a50ffa251913151c176dc0e2d53876d7a35d4a456ccb818f9e9540040107",
        "sha3-256:7ccf0575cf34e6e6be5071c8420726f6b903a2b370193c210d2b830448d66e4d",
        "sha3-256:abe39ef7bf6d0bcb507fa08862c70efd17860015e144e4ed0434ae5c9a48fd15",
        "sha3-256:80a073f708933ba3573c8cadda2d69434031a92efd047fd49023659e73a62768"};
    const std::string id = documentId(document).text();
    return std::find(signedOnes.begin(), signedOnes.end(), id) != signedOnes.end();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto file = readReverificationFile(text);
    require(!file || !allOk(checkReverification(*file, {})) || isOfTheCorpus(file->document));
    if (const auto disclosure = readDisclosure(text)) {
        require(canonicalJson(jsonOf(*disclosure)) == canonicalJson(*readJson(text)));
        (void)checkDisclosure(*disclosure, {});
    }
    const auto document = readJson(text);
    if (!document)
        return 0;
    if (const auto facts = readManifest(*document)) {
        const auto made = makeManifest(*facts);
        require(made && canonicalJson(*made) == canonicalJson(unsignedOf(*document)));
        require(!ingredientsOf(*facts).empty());
    }
    if (const auto facts = readClaim(*document)) {
        const auto made = makeClaim(*facts);
        require(made && canonicalJson(*made) == canonicalJson(unsignedOf(*document)));
    }
    if (const auto facts = readReverification(*document)) {
        const auto made = makeReverification(*facts);
        require(made && canonicalJson(*made) == canonicalJson(unsignedOf(*document)));
    }
    if (const auto facts = readCosignature(*document)) {
        const auto made = makeCosignature(*facts);
        require(made && canonicalJson(*made) == canonicalJson(unsignedOf(*document)));
    }
    if (const auto facts = readConsent(*document)) {
        const auto made = makeConsent(*facts);
        require(made && canonicalJson(*made) == canonicalJson(unsignedOf(*document)));
    }
    (void)readConsentRevocation(*document);
    (void)readCosignatureFile(*document);
    for (const auto prefix : {manifestPrefix, claimPrefix, reverificationPrefix, cosignaturePrefix, consentPrefix, consentRevocationPrefix})
        require(!verifyDocument(prefix, *document, corpusKey) || isOfTheCorpus(*document));
    ProvenanceEvidence evidence;
    evidence.claim = *document;
    evidence.manifest = *document;
    evidence.findKey = corpusKey;
    require(!allOk(checkProvenance(evidence))); // no document is both
    return 0;
}
