// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/domain_blocks.h"

#include "core/net/domain_name.h"

namespace artdag::server {

namespace {

#define BLOCK_COLUMNS "domain, severity, reject_media, reject_reports, obfuscate, public_comment, private_comment, created_at, created_by"

DomainBlock blockOf(const Statement& row)
{
    return {row.text(0), row.text(1), row.integer(2) != 0, row.integer(3) != 0, row.integer(4) != 0, row.text(5), row.text(6), row.integer(7), row.integer(8)};
}

/// A host may have a port, which LIKE's pattern leaves open; `_` and `%` are in no domain.
#define UNDER_DOMAIN "(host = $1 OR host LIKE $1 || ':%' OR host LIKE '%.' || $1 OR host LIKE '%.' || $1 || ':%')"

Result<void> endRelationsUnder(Database::Lease& lease, const std::string& domain)
{
#define THEIRS "(SELECT id FROM actors WHERE user_id IS NULL AND " UNDER_DOMAIN ")"
    for (const char* sql : {"DELETE FROM followers WHERE actor_id IN " THEIRS, "DELETE FROM following WHERE actor_id IN " THEIRS, "DELETE FROM posts WHERE actor_id IN " THEIRS, "DELETE FROM deliveries WHERE " UNDER_DOMAIN}) {
        auto* sweep = TRY(lease.statement(sql));
        sweep->bind(1, domain);
        TRY(sweep->run());
    }
#undef THEIRS
    return {};
}

/// Likes, boosts and replies are shown or hidden by how their author is dealt with now.
Result<void> reviewAnswers(Database::Lease& lease, const Actor& actor)
{
    const Standing standing = TRY(standingOf(lease, actor));
    auto* update = TRY(lease.statement("UPDATE interactions SET hidden = $2 WHERE actor_id = $1"));
    update->bind(1, actor.id).bind(2, standing.isHidden() || actor.goneAt != 0 ? 1 : 0);
    return update->run();
}

Result<std::vector<Actor>> readActors(Statement& query)
{
    std::vector<Actor> actors;
    while (TRY(query.step()))
        actors.push_back(actorOf(query));
    return actors;
}

Result<void> reviewAnswersUnder(Database::Lease& lease, const std::string& domain)
{
    auto* query = TRY(lease.statement("SELECT " ACTOR_COLUMNS " FROM actors WHERE user_id IS NULL AND " UNDER_DOMAIN " AND id IN (SELECT actor_id FROM interactions)"));
    query->bind(1, domain);
    for (const Actor& actor : TRY(readActors(*query)))
        TRY(reviewAnswers(lease, actor));
    return {};
}

} // namespace

Result<void> putDomainBlock(Database::Lease& lease, DomainBlock block)
{
    block.domain = TRY(normalDomain(block.domain));
    if (block.severity != "suspend" && block.severity != "silence" && block.severity != "noop")
        return fail(Fault::BadInput, "domain '" + block.domain + "': severity must be suspend, silence or noop");
    auto* insert = TRY(lease.statement("INSERT INTO domain_blocks (" BLOCK_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (domain) DO UPDATE SET severity = excluded.severity, reject_media = excluded.reject_media, "
                                       "reject_reports = excluded.reject_reports, obfuscate = excluded.obfuscate, public_comment = excluded.public_comment, private_comment = excluded.private_comment"));
    insert->bind(1, block.domain).bind(2, block.severity).bind(3, block.rejectMedia ? 1 : 0).bind(4, block.rejectReports ? 1 : 0).bind(5, block.obfuscate ? 1 : 0);
    insert->bind(6, block.publicComment).bind(7, block.privateComment).bind(8, block.createdAt != 0 ? block.createdAt : nowMicroseconds()).bind(9, block.createdBy);
    TRY(insert->run());
    if (block.severity == "suspend")
        TRY(endRelationsUnder(lease, block.domain));
    return reviewAnswersUnder(lease, block.domain);
}

Result<bool> removeDomainBlock(Database::Lease& lease, std::string_view domain)
{
    auto* sweep = TRY(lease.statement("DELETE FROM domain_blocks WHERE domain = $1"));
    const std::string name = TRY(normalDomain(domain));
    sweep->bind(1, name);
    TRY(sweep->run());
    const bool wasBlocked = sweep->changes() > 0;
    TRY(reviewAnswersUnder(lease, name));
    return wasBlocked;
}

Result<std::vector<DomainBlock>> listDomainBlocks(Database::Lease& lease)
{
    auto* query = TRY(lease.statement("SELECT " BLOCK_COLUMNS " FROM domain_blocks ORDER BY domain"));
    std::vector<DomainBlock> blocks;
    while (TRY(query->step()))
        blocks.push_back(blockOf(*query));
    return blocks;
}

Result<std::optional<DomainBlock>> findDomainBlock(Database::Lease& lease, std::string_view host)
{
    const auto domain = normalDomain(host.substr(0, host.find(':')));
    if (!domain)
        return std::optional<DomainBlock>();
    auto* query = TRY(lease.statement("SELECT " BLOCK_COLUMNS " FROM domain_blocks WHERE domain = $1"));
    for (std::string_view name = *domain; !name.empty();) {
        query->reset();
        query->bind(1, name);
        if (TRY(query->step())) {
            DomainBlock block = blockOf(*query);
            query->reset();
            return std::optional(std::move(block));
        }
        const auto dot = name.find('.');
        name = dot == std::string_view::npos ? std::string_view{} : name.substr(dot + 1);
    }
    return std::optional<DomainBlock>();
}

Result<bool> isSuspended(Database::Lease& lease, std::string_view host)
{
    const auto block = TRY(findDomainBlock(lease, host));
    return block && block->severity == "suspend";
}

Result<Standing> standingOf(Database::Lease& lease, const Actor& actor)
{
    Standing standing{actor.state == "suspended", actor.state == "silenced"};
    if (actor.isOurs())
        return standing;
    if (const auto block = TRY(findDomainBlock(lease, actor.host))) {
        standing.suspended = standing.suspended || block->severity == "suspend";
        standing.silenced = standing.silenced || block->severity == "silence";
        standing.rejectsMedia = block->rejectMedia;
        standing.rejectsReports = block->rejectReports;
    }
    return standing;
}

Result<void> setActorState(Database::Lease& lease, const Actor& actor, std::string_view state)
{
    if (actor.isOurs() || (state != "active" && state != "silenced" && state != "suspended"))
        return fail(Fault::BadInput, "account " + actor.account() + ": an account of another server is active, silenced or suspended");
    auto* update = TRY(lease.statement("UPDATE actors SET state = $2 WHERE id = $1"));
    update->bind(1, actor.id).bind(2, state);
    TRY(update->run());
    if (state == "suspended")
        TRY(endRelations(lease, actor.id));
    Actor now = actor;
    now.state = state;
    return reviewAnswers(lease, now);
}

Result<std::vector<Actor>> listPeople(Database& database, std::string_view state, std::string_view text, int limit)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " ACTOR_COLUMNS " FROM actors WHERE user_id IS NULL AND gone_at IS NULL AND ($1 = '' OR state = $1) AND ($2 = '' OR lower('@' || name || '@' || host || ' ' || display_name || ' ' || uri) LIKE '%' || lower($2) || '%') "
                                      "ORDER BY id DESC LIMIT $3"));
    query->bind(1, state).bind(2, text).bind(3, limit);
    return readActors(*query);
}

} // namespace artdag::server
