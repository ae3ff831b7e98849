// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/members.h"

#include "core/base/json.h"

namespace artdag::server {

namespace {

/// One statement that changes one column of one account.
template <class Value>
Result<void> setColumn(Database& database, std::string_view sql, std::int64_t userId, const Value& value)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement(sql));
    update->bind(1, userId).bind(2, value);
    return update->run();
}

/// Whether a statement that takes a hash and a time changed a row.
Result<bool> changed(Database& database, std::string_view sql, const Digest& hash, std::int64_t now)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement(sql));
    update->bind(1, hash).bind(2, now);
    TRY(update->run());
    return update->changes() == 1;
}

Result<std::int64_t> numberOf(Database& database, std::string_view sql, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement(sql));
    query->bind(1, userId);
    return TRY(query->step()) ? query->integer(0) : 0;
}

std::vector<ProfileLink> linksOf(const std::string& text)
{
    std::vector<ProfileLink> links;
    const auto list = readJson(text);
    if (list && list->is_array())
        for (const Json& link : *list)
            if (link.is_object())
                links.push_back({link.value("label", std::string()), link.value("url", std::string())});
    return links;
}

} // namespace

Result<Profile> findProfile(Database& database, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT display_name, summary, links, approves_followers, avatar FROM users WHERE id = $1"));
    query->bind(1, userId);
    if (!TRY(query->step()))
        return fail(Fault::NotFound, "user: there is no such account here");
    Profile profile{query->text(0), query->text(1), linksOf(query->text(2)), query->integer(3) != 0, {}};
    if (!query->isNull(4))
        profile.avatar = ContentId{TRY(query->digest(4))};
    return profile;
}

Result<void> setProfile(Database& database, std::int64_t userId, const Profile& profile)
{
    Json links = Json::array();
    for (const ProfileLink& link : profile.links)
        links.push_back(Json{{"label", link.label}, {"url", link.url}});
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE users SET display_name = $2, summary = $3, links = $4, approves_followers = $5, avatar = $6 WHERE id = $1"));
    update->bind(1, userId).bind(2, profile.displayName).bind(3, profile.summary).bind(4, links.dump()).bind(5, profile.approvesFollowers ? 1 : 0).bind(6, profile.avatar);
    return update->run();
}

Result<void> setPassword(Database& database, std::int64_t userId, std::string_view encoded)
{
    return setColumn(database, "UPDATE users SET password = $2 WHERE id = $1", userId, encoded);
}

Result<void> setQuota(Database& database, std::int64_t userId, std::int64_t quota)
{
    return setColumn(database, "UPDATE users SET quota = $2 WHERE id = $1", userId, quota);
}

Result<std::int64_t> quotaOf(Database& database, std::int64_t userId)
{
    return numberOf(database, "SELECT quota FROM users WHERE id = $1", userId);
}

Result<Bytes> totpSecret(Database& database, std::int64_t userId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT totp_secret FROM users WHERE id = $1"));
    query->bind(1, userId);
    return TRY(query->step()) && !query->isNull(0) ? query->blob(0) : Bytes();
}

Result<void> setTotpSecret(Database& database, std::int64_t userId, const Bytes& secret)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE users SET totp_secret = $2, totp_last = 0 WHERE id = $1"));
    update->bind(1, userId);
    if (secret.empty())
        update->bind(2, nullptr);
    else
        update->bind(2, ByteView(secret));
    return update->run();
}

Result<bool> useTotpStep(Database& database, std::int64_t userId, std::int64_t step)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE users SET totp_last = $2 WHERE id = $1 AND totp_last < $3"));
    update->bind(1, userId).bind(2, step).bind(3, step);
    TRY(update->run());
    return update->changes() == 1;
}

Result<void> setRecoveryCodes(Database& database, std::int64_t userId, std::span<const Digest> hashes)
{
    auto lease = TRY(database.lease());
    auto transaction = TRY(lease.begin());
    auto* sweep = TRY(lease.statement("DELETE FROM recovery_codes WHERE user_id = $1"));
    sweep->bind(1, userId);
    TRY(sweep->run());
    for (const Digest& hash : hashes) {
        auto* insert = TRY(lease.statement("INSERT INTO recovery_codes (hash, user_id) VALUES ($1, $2)"));
        insert->bind(1, hash).bind(2, userId);
        TRY(insert->run());
    }
    return transaction.commit();
}

Result<std::int64_t> countRecoveryCodes(Database& database, std::int64_t userId)
{
    return numberOf(database, "SELECT count(*) FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL", userId);
}

Result<bool> useRecoveryCode(Database& database, std::int64_t userId, const Digest& hash)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE recovery_codes SET used_at = $1 WHERE hash = $2 AND user_id = $3 AND used_at IS NULL"));
    update->bind(1, nowMicroseconds()).bind(2, hash).bind(3, userId);
    TRY(update->run());
    return update->changes() == 1;
}

Result<void> addResetLink(Database& database, const Digest& hash, std::int64_t userId, std::int64_t madeBy, std::int64_t expires)
{
    auto lease = TRY(database.lease());
    auto* insert = TRY(lease.statement("INSERT INTO reset_links (hash, user_id, made_by, expires) VALUES ($1, $2, $3, $4)"));
    insert->bind(1, hash).bind(2, userId).bind(3, madeBy).bind(4, expires);
    return insert->run();
}

Result<ResetLink> findResetLink(Database& database, const Digest& hash, std::int64_t now)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT user_id, made_by FROM reset_links WHERE hash = $1 AND used_at IS NULL AND expires > $2"));
    query->bind(1, hash).bind(2, now);
    return TRY(query->step()) ? ResetLink{query->integer(0), query->integer(1)} : ResetLink{};
}

Result<bool> useResetLink(Database& database, const Digest& hash, std::int64_t now)
{
    return changed(database, "UPDATE reset_links SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND expires > $2", hash, now);
}

Result<bool> revokeKey(Database& database, std::int64_t userId, std::string_view kid)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE user_keys SET revoked_at = $1 WHERE kid = $2 AND user_id = $3 AND revoked_at IS NULL"));
    update->bind(1, nowMicroseconds()).bind(2, kid).bind(3, userId);
    TRY(update->run());
    return update->changes() == 1;
}

Result<void> addInvitation(Database& database, const Invitation& invitation, std::int64_t madeBy)
{
    auto lease = TRY(database.lease());
    auto* insert = TRY(lease.statement("INSERT INTO invitations (hash, made_by, role, uses_left, created_at, expires) VALUES ($1, $2, $3, $4, $5, $6)"));
    insert->bind(1, invitation.hash).bind(2, madeBy).bind(3, invitation.role).bind(4, invitation.usesLeft).bind(5, invitation.createdAt).bind(6, invitation.expires);
    return insert->run();
}

Result<std::vector<Invitation>> listInvitations(Database& database, std::int64_t now)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT hash, users.name, invitations.role, uses_left, invitations.created_at, expires FROM invitations JOIN users ON users.id = made_by WHERE uses_left > 0 AND expires > $1 ORDER BY invitations.created_at DESC LIMIT 200"));
    query->bind(1, now);
    std::vector<Invitation> invitations;
    while (TRY(query->step()))
        invitations.push_back({TRY(query->digest(0)), query->text(1), query->text(2), query->integer(3), query->integer(4), query->integer(5)});
    return invitations;
}

Result<std::optional<Invitation>> findInvitation(Database& database, const Digest& hash, std::int64_t now)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT users.name, invitations.role, uses_left, invitations.created_at, expires FROM invitations JOIN users ON users.id = made_by WHERE hash = $1 AND uses_left > 0 AND expires > $2"));
    query->bind(1, hash).bind(2, now);
    if (!TRY(query->step()))
        return std::optional<Invitation>();
    return std::optional(Invitation{hash, query->text(0), query->text(1), query->integer(2), query->integer(3), query->integer(4)});
}

Result<bool> useInvitation(Database& database, const Digest& hash, std::int64_t now)
{
    return changed(database, "UPDATE invitations SET uses_left = uses_left - 1 WHERE hash = $1 AND uses_left > 0 AND expires > $2", hash, now);
}

Result<void> removeInvitation(Database& database, const Digest& hash)
{
    auto lease = TRY(database.lease());
    auto* sweep = TRY(lease.statement("DELETE FROM invitations WHERE hash = $1"));
    sweep->bind(1, hash);
    return sweep->run();
}

} // namespace artdag::server
