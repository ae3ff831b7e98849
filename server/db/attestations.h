// SPDX-License-Identifier: GPL-3.0-or-later
// What others say about a work, with their signatures: co-signatures, reverifications, disputes; and payees' consents to splits.
// Each is a leaf of the sequence. Nothing is overwritten; a consent that was taken back stays, with the word that did so.
#pragma once

#include "core/base/digest.h"
#include "server/db/database.h"

#include <cstdint>
#include <string>
#include <vector>

namespace artdag::server {

struct Attestation {
    std::int64_t id = 0, workId = 0;
    std::string kind;    ///< `cosignature`, `reverification`, `dispute`
    std::string account; ///< `@carol@artdag.example` when the key is registered here; empty: known by key only
    std::string kid;     ///< empty for a dispute, which a login stands for
    ManifestId hash;     ///< of the bytes: the same words of two parties are two attestations
    std::string bytes;
    std::int64_t receivedAt = 0;
};
/// False when it was there before. Tells the work's owner (`ownerId`, 0: nobody) of a new one.
Result<bool> recordAttestation(Database& database, const Attestation& attestation, std::int64_t ownerId);
/// Oldest first; at most 1,000.
Result<std::vector<Attestation>> listAttestations(Database& database, std::int64_t workId);

struct Consent {
    std::int64_t id = 0, userId = 0;
    ManifestId claim, hash;
    std::string bytes;
    std::int64_t receivedAt = 0;
    std::string revocation; ///< the signed word that takes it back; empty: it holds
    std::int64_t revokedAt = 0;
};
/// False when it was there before.
Result<bool> recordConsent(Database& database, const Consent& consent);
Result<Consent> findConsent(Database& database, const ManifestId& hash);
/// Conflict when it was taken back before.
Result<void> revokeConsent(Database& database, const ManifestId& hash, std::string_view revocation, std::int64_t now);
/// Oldest first, at most 1,000.
Result<std::vector<Consent>> consentsOfUser(Database& database, std::int64_t userId);
Result<std::vector<Consent>> consentsToClaim(Database& database, const ManifestId& claim);

} // namespace artdag::server
