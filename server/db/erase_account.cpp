// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/erase_account.h"

namespace artdag::server {

namespace {

/// Works end with what was said about them; claims and manifests keep their hash, which others may cite, and lose their bytes.
constexpr const char* worksGo[] = {
    "UPDATE claims SET exact_bytes = '' WHERE hash IN (SELECT claim FROM works WHERE owner_id = $1)",
    "UPDATE manifests SET exact_bytes = '' WHERE hash IN (SELECT manifest FROM works WHERE owner_id = $1) AND hash NOT IN (SELECT manifest FROM works WHERE owner_id <> $1 AND manifest IS NOT NULL)",
    "DELETE FROM lineage_edges WHERE child_claim IN (SELECT claim FROM works WHERE owner_id = $1)",
    "DELETE FROM media_tokens WHERE work_id IN (SELECT id FROM works WHERE owner_id = $1)",
    "DELETE FROM work_tags WHERE work_id IN (SELECT id FROM works WHERE owner_id = $1)",
    "DELETE FROM work_objects WHERE work_id IN (SELECT id FROM works WHERE owner_id = $1)",
    "DELETE FROM kept_objects WHERE work_id IN (SELECT id FROM works WHERE owner_id = $1)",
    "DELETE FROM recipe_requests WHERE work_id IN (SELECT id FROM works WHERE owner_id = $1)",
    "DELETE FROM former_names WHERE owner_id = $1",
    "UPDATE works SET title = '', description = '', alt = '', warning = '', license = '', blurhash = '', media = '{}', provenance = '{}', name = 'erased~' || CAST(id AS TEXT), recipe = NULL, poster = NULL, "
    "pinned_at = NULL, state = 'erased' WHERE owner_id = $1",
};

constexpr const char* wordsGo[] = {
    "UPDATE log_leaves SET salt = NULL WHERE kind = 'activity' AND ref IN (SELECT uuid FROM activities WHERE user_id = $1)",
    "UPDATE activities SET exact_bytes = '' WHERE user_id = $1",
    "DELETE FROM deliveries WHERE user_id = $1",
    "DELETE FROM notifications WHERE user_id = $1",
    "DELETE FROM notifications WHERE actor_id IN (SELECT id FROM actors WHERE user_id = $1)",
    "DELETE FROM interactions WHERE actor_id IN (SELECT id FROM actors WHERE user_id = $1)",
    "DELETE FROM following WHERE user_id = $1",
    "DELETE FROM following WHERE actor_id IN (SELECT id FROM actors WHERE user_id = $1)",
    "DELETE FROM followers WHERE actor_id IN (SELECT id FROM actors WHERE user_id = $1)",
    "DELETE FROM actor_blocks WHERE user_id = $1",
    "DELETE FROM recipe_requests WHERE user_id = $1",
    "DELETE FROM consents WHERE user_id = $1",
    "DELETE FROM prepared_activities WHERE user_id = $1",
    "DELETE FROM recorded_runs WHERE user_id = $1",
    "DELETE FROM uploads WHERE user_id = $1",
    "DELETE FROM usage_daily WHERE user_id = $1",
    "DELETE FROM object_locations WHERE provider_id IN (SELECT id FROM storage_providers WHERE user_id = $1)",
    "DELETE FROM storage_providers WHERE user_id = $1",
    "DELETE FROM runs WHERE user_id = $1",
    "DELETE FROM recipes WHERE user_id = $1",
    "DELETE FROM jobs WHERE kind IN ('mail-confirmation', 'mail-reset') AND ref = CAST($1 AS TEXT)",
};

constexpr const char* waysInGo[] = {
    "DELETE FROM sessions WHERE user_id = $1",
    "DELETE FROM recovery_codes WHERE user_id = $1",
    "DELETE FROM reset_links WHERE user_id = $1",
    "DELETE FROM invitations WHERE made_by = $1",
    "DELETE FROM device_codes WHERE user_id = $1",
    "DELETE FROM authorization_codes WHERE user_id = $1",
    "DELETE FROM refresh_tokens WHERE user_id = $1",
    "DELETE FROM attach_codes WHERE user_id = $1",
    "DELETE FROM user_renderers WHERE user_id = $1",
    "DELETE FROM user_keys WHERE user_id = $1",
    "UPDATE users SET display_name = '', summary = '', password = '', role = 'member', state = 'erased', links = '[]', avatar = NULL, mail = '', mail_asked = '', totp_secret = NULL, moved_to = NULL, also_known_as = '[]', "
    "token_epoch = token_epoch + 1 WHERE id = $1",
};

template <std::size_t Count>
Result<void> runAll(Database::Lease& lease, const char* const (&statements)[Count], std::int64_t userId)
{
    for (const char* sql : statements) {
        auto* statement = TRY(lease.statement(sql));
        statement->bind(1, userId);
        TRY(statement->run());
    }
    return {};
}

} // namespace

Result<void> eraseAccount(Database::Lease& lease, std::int64_t userId, std::int64_t now)
{
    auto* end = TRY(lease.statement("UPDATE works SET ended_at = $2 WHERE owner_id = $1 AND state = 'living'"));
    end->bind(1, userId).bind(2, now);
    TRY(end->run());
    TRY(runAll(lease, worksGo, userId));
    TRY(runAll(lease, wordsGo, userId));
    TRY(runAll(lease, waysInGo, userId));
    auto* actor = TRY(lease.statement("UPDATE actors SET display_name = '', summary = '', icon = '', document = '' WHERE user_id = $1"));
    actor->bind(1, userId);
    return actor->run();
}

Result<void> forgetTransportKey(Database& database, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto transaction = TRY(lease.begin());
    auto* forget = TRY(lease.statement("UPDATE users SET public_pem = '' WHERE id = $1 AND state = 'erased'"));
    forget->bind(1, userId);
    TRY(forget->run());
    for (const char* sql : {"DELETE FROM followers WHERE user_id = $1", "DELETE FROM former_transport_keys WHERE user_id = $1"}) {
        auto* sweep = TRY(lease.statement(sql));
        sweep->bind(1, userId);
        TRY(sweep->run());
    }
    return transaction.commit();
}

} // namespace artdag::server
