// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/attestations.h"

#include "server/db/log_leaves.h"

namespace artdag::server {

namespace {

#define CONSENT_COLUMNS "id, user_id, claim, hash, exact_bytes, received_at, coalesce(revocation, ''), coalesce(revoked_at, 0)"

Result<std::vector<Consent>> consentsOf(Statement& query)
{
    std::vector<Consent> consents;
    while (TRY(query.step()))
        consents.push_back({query.integer(0), query.integer(1), ManifestId{TRY(query.digest(2))}, ManifestId{TRY(query.digest(3))}, query.text(4), query.integer(5), query.text(6), query.integer(7)});
    return consents;
}

Result<void> tellOwner(Database::Lease& lease, const Attestation& attestation, std::int64_t ownerId)
{
    auto* insert = TRY(lease.statement("INSERT INTO notifications (user_id, kind, work_id, words, created_at) VALUES ($1, $2, $3, $4, $5)"));
    insert->bind(1, ownerId).bind(2, attestation.kind).bind(3, attestation.workId).bind(4, attestation.account.empty() ? attestation.kid : attestation.account).bind(5, attestation.receivedAt);
    return insert->run();
}

} // namespace

Result<bool> recordAttestation(Database& database, const Attestation& attestation, std::int64_t ownerId)
{
    auto lease = TRY(database.lease());
    auto transaction = TRY(lease.begin());
    auto* insert = TRY(lease.statement("INSERT INTO attestations (work_id, kind, by_account, kid, hash, exact_bytes, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING id"));
    insert->bind(1, attestation.workId).bind(2, attestation.kind).bind(3, attestation.account).bind(4, attestation.kid).bind(5, attestation.hash.digest).bind(6, attestation.bytes).bind(7, attestation.receivedAt);
    const bool isNew = TRY(insert->step());
    insert->reset();
    if (!isNew)
        return false;
    TRY(addLeaf(lease, "attestation", attestation.hash.text(), bytesOf(attestation.bytes), attestation.receivedAt));
    if (ownerId != 0)
        TRY(tellOwner(lease, attestation, ownerId));
    TRY(transaction.commit());
    return true;
}

Result<std::vector<Attestation>> listAttestations(Database& database, std::int64_t workId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT id, work_id, kind, by_account, kid, hash, exact_bytes, received_at FROM attestations WHERE work_id = $1 ORDER BY id LIMIT 1000"));
    query->bind(1, workId);
    std::vector<Attestation> list;
    while (TRY(query->step()))
        list.push_back({query->integer(0), query->integer(1), query->text(2), query->text(3), query->text(4), ManifestId{TRY(query->digest(5))}, query->text(6), query->integer(7)});
    return list;
}

Result<bool> recordConsent(Database& database, const Consent& consent)
{
    auto lease = TRY(database.lease());
    auto transaction = TRY(lease.begin());
    auto* insert = TRY(lease.statement("INSERT INTO consents (user_id, claim, hash, exact_bytes, received_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING id"));
    insert->bind(1, consent.userId).bind(2, consent.claim.digest).bind(3, consent.hash.digest).bind(4, consent.bytes).bind(5, consent.receivedAt);
    const bool isNew = TRY(insert->step());
    insert->reset();
    if (!isNew)
        return false;
    TRY(addLeaf(lease, "consent", consent.hash.text(), bytesOf(consent.bytes), consent.receivedAt));
    TRY(transaction.commit());
    return true;
}

Result<Consent> findConsent(Database& database, const ManifestId& hash)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " CONSENT_COLUMNS " FROM consents WHERE hash = $1"));
    query->bind(1, hash.digest);
    std::vector<Consent> found = TRY(consentsOf(*query));
    if (found.empty())
        return fail(Fault::NotFound, "consent " + hash.text() + ": it is not here");
    return std::move(found.front());
}

Result<void> revokeConsent(Database& database, const ManifestId& hash, std::string_view revocation, std::int64_t now)
{
    auto lease = TRY(database.lease());
    auto transaction = TRY(lease.begin());
    auto* update = TRY(lease.statement("UPDATE consents SET revocation = $1, revoked_at = $2 WHERE hash = $3 AND revoked_at IS NULL RETURNING id"));
    update->bind(1, revocation).bind(2, now).bind(3, hash.digest);
    const bool isDone = TRY(update->step());
    update->reset();
    if (!isDone)
        return fail(Fault::Conflict, "consent " + hash.text() + ": it was taken back before");
    TRY(addLeaf(lease, "consent-revocation", hash.text(), bytesOf(revocation), now));
    return transaction.commit();
}

Result<std::vector<Consent>> consentsOfUser(Database& database, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " CONSENT_COLUMNS " FROM consents WHERE user_id = $1 ORDER BY id LIMIT 1000"));
    query->bind(1, userId);
    return consentsOf(*query);
}

Result<std::vector<Consent>> consentsToClaim(Database& database, const ManifestId& claim)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " CONSENT_COLUMNS " FROM consents WHERE claim = $1 ORDER BY id LIMIT 1000"));
    query->bind(1, claim.digest);
    return consentsOf(*query);
}

} // namespace artdag::server
