// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/deliveries.h"

#include "core/federation/activity_fields.h"
#include "server/db/actors.h"

namespace artdag::server {

namespace {

constexpr std::int64_t givenUpAfter = 7LL * 24 * 3600 * 1'000'000;

/// One planned activity.
struct Plan {
    Database::Lease& lease;
    const Activity& activity;
    std::string object; ///< what it is about, for the order
    std::string origin; ///< of this server: what begins with it is not sent
};

/// A statement that inserts rows from a query which gives inboxes and hosts.
std::string fromInboxes(std::string_view inboxes)
{
    return "INSERT INTO deliveries (activity_seq, user_id, inbox, host, object_uri, next_at, created_at) SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), inbox, host, CAST($3 AS TEXT), CAST($4 AS BIGINT), CAST($4 AS BIGINT) "
           "FROM (SELECT DISTINCT CASE WHEN a.shared_inbox <> '' THEN a.shared_inbox ELSE a.inbox END AS inbox, a.host AS host FROM "
        + std::string(inboxes)
        + " AND a.user_id IS NULL AND a.gone_at IS NULL AND NOT EXISTS (SELECT 1 FROM hosts WHERE hosts.host = a.host AND unavailable_at IS NOT NULL)) AS reached WHERE inbox <> '' ON CONFLICT DO NOTHING";
}

void bindPlan(Statement& insert, const Plan& plan)
{
    insert.bind(1, plan.activity.seq).bind(2, plan.activity.userId).bind(3, plan.object).bind(4, plan.activity.published);
}

Result<void> planFollowers(Plan& plan)
{
    static const std::string sql = fromInboxes("followers JOIN actors AS a ON a.id = followers.actor_id WHERE followers.user_id = $2 AND followers.state = 'accepted'");
    auto* insert = TRY(plan.lease.statement(sql));
    bindPlan(*insert, plan);
    return insert->run();
}

Result<void> planAnswerers(Plan& plan)
{
    static const std::string sql = fromInboxes("interactions JOIN actors AS a ON a.id = interactions.actor_id WHERE interactions.work_id = $5");
    auto* insert = TRY(plan.lease.statement(sql));
    bindPlan(*insert, plan);
    insert->bind(5, plan.activity.workId);
    return insert->run();
}

Result<void> planOne(Plan& plan, const std::string& to)
{
    if (to.empty() || isPublicCollection(to) || to.starts_with(plan.origin))
        return {};
    const auto actor = TRY(findActor(plan.lease, to));
    if (actor && (actor->isOurs() || actor->goneAt != 0))
        return {};
    const std::string host = to.starts_with('@') ? to.substr(std::min(to.rfind('@') + 1, to.size())) : hostOfUrl(to);
    if (host.empty())
        return {};
    std::string inbox = std::string(unknownInbox) + to;
    if (actor)
        inbox = plan.activity.open && !actor->sharedInbox.empty() ? actor->sharedInbox : actor->inbox;
    auto* insert = TRY(plan.lease.statement("INSERT INTO deliveries (activity_seq, user_id, inbox, host, object_uri, next_at, created_at) VALUES ($1, $2, $5, $6, $3, $4, $4) ON CONFLICT DO NOTHING"));
    bindPlan(*insert, plan);
    insert->bind(5, inbox).bind(6, host);
    return insert->run();
}

Result<void> dropWaiting(Plan& plan)
{
    auto* sweep = TRY(plan.lease.statement("DELETE FROM deliveries WHERE object_uri = $1 AND lease_until <= $2 AND activity_seq IN (SELECT seq FROM activities WHERE type IN ('Create', 'Update'))"));
    sweep->bind(1, plan.object).bind(2, plan.activity.published);
    return sweep->run();
}

Result<void> removeRow(Database::Lease& lease, std::int64_t id)
{
    auto* sweep = TRY(lease.statement("DELETE FROM deliveries WHERE id = $1"));
    sweep->bind(1, id);
    return sweep->run();
}

/// When this host began to fail: now, when it did not before.
Result<std::int64_t> noteFailure(Database::Lease& lease, std::string_view host, std::int64_t now)
{
    auto* note = TRY(lease.statement("INSERT INTO hosts (host, failing_since) VALUES ($1, $2) ON CONFLICT (host) DO UPDATE SET failing_since = coalesce(hosts.failing_since, excluded.failing_since) RETURNING failing_since"));
    note->bind(1, host).bind(2, now);
    TRY(note->step());
    const std::int64_t since = note->integer(0);
    note->reset();
    return since;
}

Result<void> giveHostUp(Database::Lease& lease, std::string_view host, std::int64_t now)
{
    auto* mark = TRY(lease.statement("UPDATE hosts SET unavailable_at = $2 WHERE host = $1"));
    mark->bind(1, host).bind(2, now);
    TRY(mark->run());
    auto* sweep = TRY(lease.statement("DELETE FROM deliveries WHERE host = $1"));
    sweep->bind(1, host);
    return sweep->run();
}

} // namespace

Result<void> planDeliveries(Database::Lease& lease, const Activity& activity, const std::vector<std::string>& alsoTo)
{
    const Json document = TRY(readJson(activity.bytes));
    const std::string actor = idOf(document, "actor");
    Plan plan{lease, activity, subjectOf(document), originOfUrl(actor) + "/"};
    if (activity.type == "Delete")
        TRY(dropWaiting(plan));
    std::vector<std::string> addressed = addresseesOf(document);
    addressed.insert(addressed.end(), alsoTo.begin(), alsoTo.end());
    for (const std::string& to : addressed) {
        if (to == actor + "/followers")
            TRY(planFollowers(plan));
        else
            TRY(planOne(plan, to));
    }
    if (activity.workId != 0 && (activity.type == "Update" || activity.type == "Delete"))
        TRY(planAnswerers(plan));
    return {};
}

Result<std::optional<Delivery>> claimDelivery(Database& database, std::int64_t now, std::int64_t leaseUntil)
{
    auto lease = TRY(database.lease());
    auto* claim = TRY(lease.statement("UPDATE deliveries SET lease_until = $1 WHERE id = (SELECT due.id FROM deliveries AS due WHERE due.next_at <= $2 AND due.lease_until <= $2 "
                                      "AND NOT EXISTS (SELECT 1 FROM deliveries AS earlier WHERE earlier.host = due.host AND earlier.object_uri = due.object_uri AND (earlier.activity_seq < due.activity_seq OR earlier.forwarded_id < due.forwarded_id)) "
                                      "AND (SELECT count(*) FROM deliveries AS busy WHERE busy.host = due.host AND busy.lease_until > $2) < 2 ORDER BY due.next_at, due.id LIMIT 1"
        + std::string(lease.link().skipClaimed()) + ") RETURNING id, coalesce(activity_seq, forwarded_id), user_id, inbox, host, tries, CASE WHEN forwarded_id IS NULL THEN 0 ELSE 1 END"));
    claim->bind(1, leaseUntil).bind(2, now);
    if (!TRY(claim->step()))
        return std::optional<Delivery>();
    Delivery delivery;
    delivery.id = claim->integer(0);
    const std::int64_t activity = claim->integer(1);
    const std::int64_t userId = claim->integer(2);
    delivery.inbox = claim->text(3);
    delivery.host = claim->text(4);
    delivery.tries = static_cast<int>(claim->integer(5));
    const bool isForwarded = claim->integer(6) != 0;
    claim->reset();
    auto* query = TRY(lease.statement("SELECT exact_bytes, users.name, coalesce((SELECT signature FROM hosts WHERE host = $3), '') FROM "
        + std::string(isForwarded ? "forwarded_activities AS sent JOIN users ON users.id = $2 WHERE sent.id = $1" : "activities JOIN users ON users.id = $2 WHERE seq = $1")));
    query->bind(1, activity).bind(2, userId).bind(3, delivery.host);
    if (!TRY(query->step()))
        return fail(Fault::Corrupt, "delivery: its activity is missing");
    delivery.bytes = query->text(0);
    delivery.user = query->text(1);
    delivery.rfc9421 = query->text(2) == "rfc9421";
    return std::optional(std::move(delivery));
}

Result<void> freeLeases(Database& database)
{
    auto lease = TRY(database.lease());
    return TRY(lease.statement("UPDATE deliveries SET lease_until = 0 WHERE lease_until > 0"))->run();
}

Result<void> finishDelivery(Database& database, const Delivery& delivery, bool reached)
{
    auto lease = TRY(database.lease());
    auto transaction = TRY(lease.begin());
    TRY(removeRow(lease, delivery.id));
    if (reached) {
        auto* note = TRY(lease.statement("UPDATE hosts SET failing_since = NULL, unavailable_at = NULL WHERE host = $1 AND failing_since IS NOT NULL"));
        note->bind(1, delivery.host);
        TRY(note->run());
    }
    return transaction.commit();
}

Result<void> retryDelivery(Database& database, const Delivery& delivery, std::int64_t now, std::int64_t nextAt, std::string_view error)
{
    auto lease = TRY(database.lease());
    auto transaction = TRY(lease.begin());
    const std::int64_t since = TRY(noteFailure(lease, delivery.host, now));
    if (now - since > givenUpAfter) {
        TRY(giveHostUp(lease, delivery.host, now));
        return transaction.commit();
    }
    auto* again = TRY(lease.statement("UPDATE deliveries SET tries = tries + 1, next_at = $2, lease_until = 0, error = $3 WHERE id = $1"));
    again->bind(1, delivery.id).bind(2, nextAt).bind(3, error);
    TRY(again->run());
    // What else waits for this host would fail in the same way: it is not in the way of others until then.
    auto* others = TRY(lease.statement("UPDATE deliveries SET next_at = $2 WHERE host = $1 AND next_at < $2 AND lease_until = 0"));
    others->bind(1, delivery.host).bind(2, nextAt);
    TRY(others->run());
    return transaction.commit();
}

Result<void> dropInbox(Database& database, std::string_view inbox)
{
    auto lease = TRY(database.lease());
    auto transaction = TRY(lease.begin());
    for (const char* sql : {"DELETE FROM followers WHERE actor_id IN (SELECT id FROM actors WHERE inbox = $1 OR shared_inbox = $1)", "DELETE FROM deliveries WHERE inbox = $1 AND lease_until = 0"}) {
        auto* sweep = TRY(lease.statement(sql));
        sweep->bind(1, inbox);
        TRY(sweep->run());
    }
    return transaction.commit();
}

Result<void> rememberSignatureForm(Database& database, std::string_view host, bool rfc9421)
{
    auto lease = TRY(database.lease());
    auto* note = TRY(lease.statement("INSERT INTO hosts (host, signature) VALUES ($1, $2) ON CONFLICT (host) DO UPDATE SET signature = excluded.signature"));
    note->bind(1, host).bind(2, rfc9421 ? "rfc9421" : "cavage");
    return note->run();
}

Result<void> hearFrom(Database::Lease& lease, std::string_view host, std::int64_t now)
{
    auto* revive = TRY(lease.statement("UPDATE hosts SET failing_since = NULL, unavailable_at = NULL, heard_at = $2 WHERE host = $1 AND (failing_since IS NOT NULL OR unavailable_at IS NOT NULL)"));
    revive->bind(1, host).bind(2, now);
    TRY(revive->run());
    if (revive->changes() == 0)
        return {};
    auto* due = TRY(lease.statement("UPDATE deliveries SET next_at = $2 WHERE host = $1 AND next_at > $2"));
    due->bind(1, host).bind(2, now);
    return due->run();
}

Result<std::int64_t> countDeliveries(Database& database)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT count(*) FROM deliveries"));
    TRY(query->step());
    return query->integer(0);
}

} // namespace artdag::server
