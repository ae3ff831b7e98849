// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/work_rows.h"

namespace artdag::server {

namespace {

/// `%text%` for LIKE, with what LIKE would read as its own taken literally.
std::string patternOf(std::string_view text)
{
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\')
            pattern.push_back('\\');
        pattern.push_back(c);
    }
    return pattern + "%";
}

} // namespace

Result<std::vector<Work>> listWorks(Database& database, const WorkFilter& filter)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " WORK_COLUMNS WORK_TABLES "WHERE works.state = 'living' AND (visibility = 'public' OR $1 = 1) AND (CAST($2 AS TEXT) = '' OR users.name = $2) "
                                      "AND (CAST($3 AS TEXT) = '' OR EXISTS (SELECT 1 FROM work_tags WHERE work_id = works.id AND tag = $3)) "
                                      "AND (CAST($4 AS TEXT) = '%%' OR lower(title) LIKE lower($4) ESCAPE '\\' OR works.name LIKE lower($4) ESCAPE '\\' OR lower(description) LIKE lower($4) ESCAPE '\\') "
                                      "AND (CAST($5 AS TEXT) = '' OR asset_type = $5) AND (CAST($6 AS TEXT) = '' OR license = $6) AND (CAST($7 AS TEXT) = '' OR proof = $7) "
                                      "AND ($8 = 0 OR works.id < $8) ORDER BY works.id DESC LIMIT $9"));
    query->bind(1, filter.hidden ? 1 : 0).bind(2, filter.owner).bind(3, filter.tag).bind(4, patternOf(filter.text)).bind(5, filter.type).bind(6, filter.license).bind(7, filter.proof);
    query->bind(8, filter.before).bind(9, filter.limit);
    return worksOf(*query);
}

Result<std::vector<Work>> findUses(Database& database, const ContentId& content, int limit, std::int64_t before)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " WORK_COLUMNS WORK_TABLES "WHERE works.state = 'living' AND visibility = 'public' AND ($2 = 0 OR works.id < $2) "
                                      "AND claim IN (SELECT child_claim FROM lineage_edges WHERE parent_hash = $1) ORDER BY works.id DESC LIMIT $3"));
    query->bind(1, content.digest).bind(2, before).bind(3, limit);
    return worksOf(*query);
}

Result<std::vector<Work>> listPinned(Database& database, std::int64_t ownerId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " WORK_COLUMNS WORK_TABLES "WHERE owner_id = $1 AND works.state = 'living' AND visibility = 'public' AND pinned_at IS NOT NULL ORDER BY pinned_at DESC LIMIT 50"));
    query->bind(1, ownerId);
    return worksOf(*query);
}

Result<std::int64_t> countWorks(Database& database, std::int64_t ownerId)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT count(*) FROM works WHERE state = 'living' AND visibility = 'public' AND ($1 = 0 OR owner_id = $1)"));
    query->bind(1, ownerId);
    TRY(query->step());
    return query->integer(0);
}

} // namespace artdag::server
