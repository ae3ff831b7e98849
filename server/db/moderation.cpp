// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/moderation.h"

#include "core/base/json.h"

namespace artdag::server {

namespace {

#define ACTION_COLUMNS "moderation_actions.id, moderator, coalesce(users.name, ''), action, target_kind, target, reason, coalesce(report_id, 0), moderation_actions.created_at, coalesce(appeal, ''), coalesce(appeal_state, '')"
#define ACTION_TABLES "moderation_actions LEFT JOIN users ON users.id = moderator"

ModerationAction actionOf(const Statement& row)
{
    return {row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6), row.integer(7), row.integer(8), row.text(9), row.text(10)};
}

Result<std::vector<ModerationAction>> actionsOf(Statement& query)
{
    std::vector<ModerationAction> actions;
    while (TRY(query.step()))
        actions.push_back(actionOf(query));
    return actions;
}

Report reportOf(const Statement& row)
{
    Report report;
    report.id = row.integer(0);
    report.uri = row.text(1);
    report.from = row.text(2);
    report.aboutUser = row.text(3);
    report.about = report.aboutUser.empty() ? row.text(4) : report.aboutUser;
    if (const auto objects = readJson(row.text(5)); objects && objects->is_array())
        for (const Json& object : *objects)
            if (object.is_string())
                report.objects.push_back(object.get<std::string>());
    report.comment = row.text(6);
    report.state = row.text(7);
    report.createdAt = row.integer(8);
    report.resolvedAt = row.integer(9);
    return report;
}

} // namespace

Result<std::int64_t> logAction(Database::Lease& lease, const ModerationAction& action)
{
    auto* insert = TRY(lease.statement("INSERT INTO moderation_actions (moderator, action, target_kind, target, reason, report_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id"));
    insert->bind(1, action.moderator).bind(2, action.action).bind(3, action.targetKind).bind(4, action.target).bind(5, action.reason).bind(7, nowMicroseconds());
    if (action.reportId != 0)
        insert->bind(6, action.reportId);
    else
        insert->bind(6, nullptr);
    TRY(insert->step());
    const std::int64_t id = insert->integer(0);
    insert->reset();
    return id;
}

Result<std::vector<ModerationAction>> listActions(Database& database, std::int64_t before, int limit, bool onlyAppeals)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement(onlyAppeals ? "SELECT " ACTION_COLUMNS " FROM " ACTION_TABLES " WHERE moderation_actions.id < $1 AND appeal_state = 'waiting' ORDER BY moderation_actions.id DESC LIMIT $2"
                                                  : "SELECT " ACTION_COLUMNS " FROM " ACTION_TABLES " WHERE moderation_actions.id < $1 ORDER BY moderation_actions.id DESC LIMIT $2"));
    query->bind(1, before == 0 ? INT64_MAX : before).bind(2, limit);
    return actionsOf(*query);
}

Result<std::vector<ModerationAction>> actionsOnWorksOf(Database& database, std::int64_t ownerId, std::int64_t before, int limit)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " ACTION_COLUMNS " FROM " ACTION_TABLES " WHERE moderation_actions.id < $1 AND target_kind = 'work' AND target IN (SELECT CAST(works.id AS TEXT) FROM works WHERE owner_id = $2) "
                                      "ORDER BY moderation_actions.id DESC LIMIT $3"));
    query->bind(1, before == 0 ? INT64_MAX : before).bind(2, ownerId).bind(3, limit);
    return actionsOf(*query);
}

Result<std::vector<ModerationAction>> actionsAbout(Database& database, std::string_view targetKind, std::string_view target)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " ACTION_COLUMNS " FROM " ACTION_TABLES " WHERE target_kind = $1 AND target = $2 ORDER BY moderation_actions.id DESC LIMIT 100"));
    query->bind(1, targetKind).bind(2, target);
    return actionsOf(*query);
}

Result<std::optional<ModerationAction>> findAction(Database& database, std::int64_t id)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT " ACTION_COLUMNS " FROM " ACTION_TABLES " WHERE moderation_actions.id = $1"));
    query->bind(1, id);
    if (!TRY(query->step()))
        return std::optional<ModerationAction>();
    return std::optional(actionOf(*query));
}

Result<std::optional<ModerationAction>> lastActionAbout(Database& database, std::string_view targetKind, std::string_view target, std::string_view action)
{
    for (ModerationAction& found : TRY(actionsAbout(database, targetKind, target)))
        if (found.action == action)
            return std::optional(std::move(found));
    return std::optional<ModerationAction>();
}

Result<void> appealAction(Database& database, std::int64_t id, std::string_view words)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE moderation_actions SET appeal = $1, appeal_state = 'waiting' WHERE id = $2 AND appeal IS NULL"));
    update->bind(1, words).bind(2, id);
    TRY(update->run());
    if (update->changes() == 0)
        return fail(Fault::Conflict, "appeal: there was one already");
    return {};
}

Result<void> decideAppeal(Database::Lease& lease, std::int64_t id, bool granted)
{
    auto* update = TRY(lease.statement("UPDATE moderation_actions SET appeal_state = $1 WHERE id = $2 AND appeal_state = 'waiting'"));
    update->bind(1, granted ? "granted" : "refused").bind(2, id);
    TRY(update->run());
    if (update->changes() == 0)
        return fail(Fault::Conflict, "appeal: none waits for an answer");
    return {};
}

Result<std::vector<Report>> listReports(Database& database, bool open, int limit)
{
    auto lease = TRY(database.lease());
    auto* query = TRY(lease.statement("SELECT reports.id, reports.uri, coalesce(sender.uri, ''), coalesce(users.name, ''), coalesce(subject.uri, ''), reports.objects, reports.comment, reports.state, reports.created_at, coalesce(reports.resolved_at, 0) "
                                      "FROM reports LEFT JOIN actors AS sender ON sender.id = reports.from_actor LEFT JOIN users ON users.id = reports.about_user LEFT JOIN actors AS subject ON subject.id = reports.about_actor "
                                      "WHERE CASE WHEN reports.state = 'open' THEN 1 ELSE 0 END = $1 ORDER BY reports.id DESC LIMIT $2"));
    query->bind(1, open ? 1 : 0).bind(2, limit);
    std::vector<Report> reports;
    while (TRY(query->step()))
        reports.push_back(reportOf(*query));
    return reports;
}

Result<bool> closeReport(Database& database, std::int64_t id, std::string_view state, std::int64_t moderator)
{
    auto lease = TRY(database.lease());
    auto* update = TRY(lease.statement("UPDATE reports SET state = $1, resolved_at = $2, resolved_by = $3 WHERE id = $4 AND state = 'open'"));
    update->bind(1, state).bind(2, nowMicroseconds()).bind(3, moderator).bind(4, id);
    TRY(update->run());
    return update->changes() == 1;
}

} // namespace artdag::server
