// SPDX-License-Identifier: GPL-3.0-or-later
// Content Credentials (C2PA 2.1): one store of one manifest that says what was made of what, by which program, signed with a creator's
// key. Asks no clock and no network: the same facts and an Ed25519 key give the same bytes.
#pragma once

#include "core/credentials/binding.h"
#include "core/identity/certificates.h"

#include <string>
#include <string_view>
#include <vector>

namespace artdag {

/// Our own assertion: the run manifest's id and the recipe's content id, by which a file leads to its whole provenance.
inline constexpr std::string_view runAssertion = "com.rose-ash.artdag.run";

struct CredentialFacts {
    std::string manifest; ///< id of the run manifest
    std::string recipe;   ///< content id of the recipe
    std::string rendered; ///< content id of the file as the renderer wrote it
    std::string source;   ///< IPTC digital source type: `algorithmicMedia`
    std::string when;     ///< of the run, RFC 3339
    std::string version;  ///< of the program
    struct Input {
        std::string title;
        std::string id;          ///< content id
        std::string description; ///< owner and licence; may be empty
    };
    /// None: created. One: opened and edited. Several: created, and each placed.
    std::vector<Input> inputs;
};

/// The store: its length depends on everything but the hash in `binding` and the signature's value.
Result<Bytes> writeCredentials(const CredentialFacts& facts, const Binding& binding, const SigningKey& key, const CertificateChain& chain);

} // namespace artdag
