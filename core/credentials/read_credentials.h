// SPDX-License-Identifier: GPL-3.0-or-later
// Reads Content Credentials (C2PA) of anybody: who signed, what was done, and whether it holds. Only the newest manifest of a store is
// judged; those of its ingredients are what their makers say. Timestamps of authorities are not checked.
#pragma once

#include "core/base/json.h"
#include "core/credentials/binding.h"
#include "core/identity/certificates.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

/// From good to bad; that of the whole is the worst of all its findings.
enum class CredentialState {
    Valid,
    Untrusted, ///< it holds, but whose certificate this is nobody knows here, or it is of no good
    Unknown,   ///< it is bound to the file, or signed, in a way that is not known here
    Tampered,
};
const char* nameOf(CredentialState state); ///< `valid`, `untrusted`, `unknown`, `tampered`

/// One thing that was checked, by the codes of C2PA 2.1 §15.2.
struct CredentialFinding {
    std::string code; ///< `assertion.dataHash.mismatch`
    CredentialState state = CredentialState::Valid;
    std::string words;
};

/// All texts are as the signer wrote them.
struct Credentials {
    std::string label; ///< of the manifest: `urn:c2pa:…`
    std::string title, generator;
    struct {
        std::string name, organization;
        std::string kid; ///< of the key, as artdag names keys
        std::string algorithm;
        bool hasTimestamp = false;
    } signer;
    struct Action {
        std::string action, source, when;
    };
    std::vector<Action> actions;
    struct Ingredient {
        std::string title, relationship, id;
        bool hasCredentials = false;
    };
    std::vector<Ingredient> ingredients;
    std::string manifest, recipe, rendered; ///< of runAssertion; empty in those of others
    std::vector<CredentialFinding> findings;
    [[nodiscard]] CredentialState state() const;
    [[nodiscard]] bool areOurs() const { return !manifest.empty(); }
};

struct CredentialReading {
    Credentials credentials;
    Binding binding; ///< what has still to be compared with the file
};
/// `roots` are the certificates (DER) that are trusted; `now` is in seconds since 1970. BadInput for a store that cannot be read.
Result<CredentialReading> readCredentialStore(ByteView store, const std::vector<Bytes>& roots, std::int64_t now);

/// Whether the newest manifest is one that artdag wrote, going by runAssertion: nothing is verified, and no certificate is read.
bool areOurCredentials(ByteView store);

Json jsonOf(const Credentials& credentials);
/// Lines for people, without what would move a terminal's cursor.
std::vector<std::string> wordsOf(const Credentials& credentials);

} // namespace artdag
