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

/// What a suspended server's people did here. A host may have a port, which LIKE's pattern leaves open; `_` and `%` are in no domain.
Result<void> endRelations(Database::Lease& lease, const std::string& domain)
{
    static const std::string theirs = "(SELECT id FROM actors WHERE user_id IS NULL AND (host = $1 OR host LIKE $1 || ':%' OR host LIKE '%.' || $1 OR host LIKE '%.' || $1 || ':%'))";
    for (const std::string& sql : {"DELETE FROM followers WHERE actor_id IN " + theirs, "DELETE FROM following WHERE actor_id IN " + theirs, "DELETE FROM posts WHERE actor_id IN " + theirs,
             "UPDATE interactions SET hidden = 1 WHERE actor_id IN " + theirs, std::string("DELETE FROM deliveries WHERE host = $1 OR host LIKE $1 || ':%' OR host LIKE '%.' || $1 OR host LIKE '%.' || $1 || ':%'")}) {
        auto* sweep = TRY(lease.statement(sql));
        sweep->bind(1, domain);
        TRY(sweep->run());
    }
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
        TRY(endRelations(lease, block.domain));
    return {};
}

Result<bool> removeDomainBlock(Database::Lease& lease, std::string_view domain)
{
    auto* sweep = TRY(lease.statement("DELETE FROM domain_blocks WHERE domain = $1"));
    sweep->bind(1, TRY(normalDomain(domain)));
    TRY(sweep->run());
    return sweep->changes() > 0;
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

} // namespace artdag::server
