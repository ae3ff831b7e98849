// SPDX-License-Identifier: GPL-3.0-or-later
// Published works with their claims, manifests, tags and lineage. A work and all that belongs to it is written in one
// transaction, together with the activity that announces it.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "server/db/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace artdag::server {

struct Work {
    std::int64_t id = 0;
    std::int64_t ownerId = 0;
    std::string owner; ///< user name
    std::string name;
    std::string title;
    std::string description; ///< plain text
    std::string assetType;   ///< video, image, audio, effect, recipe, infrastructure
    ContentId content;
    std::optional<FramesHash> framesHash;
    std::string license;
    std::string visibility = "public";
    std::string alt;
    std::string proof = "server_attested";
    std::optional<ManifestId> claim, manifest; ///< ids of the signed documents
    std::optional<ContentId> recipe, poster;
    Json media = Json::object();      ///< width, height, rate, frames, type: from the manifest, else from the bytes
    Json provenance = Json::object(); ///< inputs, effects, recipe's name, l1_server, run_id: as told
    std::vector<std::string> tags;
    std::int64_t createdAt = 0, updatedAt = 0;
    std::string state = "living"; ///< living, withdrawn (by its owner), taken_down (by a moderator), erased (with its account)
    std::int64_t version = 1;     ///< of the object's URL: no two works of the same bytes have the same
    std::int64_t endedAt = 0;     ///< 0: living
    std::string warning;          ///< shown before the work; empty: none
    std::string blurhash;
    std::int64_t pinnedAt = 0;           ///< 0: not pinned
    std::string mediaToken, posterToken; ///< the way to the bytes of a work that is not open; new with every change of that

    [[nodiscard]] bool isOpen() const { return visibility == "public" || visibility == "unlisted"; }
    [[nodiscard]] bool isLiving() const { return state == "living"; }
};

struct LineageEdge {
    std::optional<ContentId> parent;
    std::string url, owner, role;
    int weight = -1; ///< basis points, -1: not said
};

/// An activity as it is kept and served: these bytes, never made again.
struct Activity {
    std::int64_t seq = 0;
    std::string uuid;
    std::int64_t userId = 0, workId = 0;
    std::string type = "Create";
    bool open = true; ///< addressed to everyone
    std::string bytes;
    std::int64_t published = 0;
};

struct NewWork {
    Work work;
    std::string claimBytes, manifestBytes;                  ///< as received; empty when there is none
    std::vector<std::pair<ContentId, std::string>> objects; ///< cited bytes and their role: input, recipe, font …
    std::string keptFor;                                    ///< `followers` or `request`: who may read `kept`; empty: nothing is kept
    std::vector<std::pair<ContentId, std::string>> kept;    ///< bytes that are not everyone's and their role: recipe, baked
    std::vector<LineageEdge> lineage;
    std::optional<Activity> activity;
};

/// Conflict when the owner has another living work of that name.
Result<Work> addWork(Database& database, NewWork work);
/// Gives a work its claim, or a newer one: replaces everything but id, owner, name, version and time of creation.
Result<Work> replaceWork(Database& database, std::int64_t id, NewWork work);

/// Also one that is gone, until its owner uses the name again.
Result<Work> findWork(Database& database, std::string_view owner, std::string_view name);
/// All living works of that name, at most `limit`.
Result<std::vector<Work>> findWorksNamed(Database& database, std::string_view name, int limit);
/// Living works of these bytes: signed ones first, then in order of arrival.
Result<std::vector<Work>> findWorksOf(Database& database, const ContentId& content);
/// Living signed works of these pixels.
Result<std::vector<Work>> findWorksOf(Database& database, const FramesHash& frames);
Result<Work> findWork(Database& database, std::int64_t id);
/// All works of these bytes with at least this version, living or not, in order of version.
Result<std::vector<Work>> findVersions(Database& database, const ContentId& content, std::int64_t from);
/// For the next work of these bytes.
Result<std::int64_t> nextVersion(Database& database, const ContentId& content);

struct WorkFilter {
    std::string owner;       ///< empty: anyone
    std::string tag;         ///< empty: any
    std::string text;        ///< in title, name or description, whatever the case; empty: any
    std::string type;        ///< asset type; empty: any
    std::string license;     ///< empty: any
    std::string proof;       ///< creator_signed or server_attested; empty: any
    std::int64_t before = 0; ///< cursor: only ids below; 0: from the newest
    bool hidden = false;     ///< also what is not public (for the owner)
    int limit = 20;
};
/// Living works, newest first (this and the next three are in work_list.cpp).
Result<std::vector<Work>> listWorks(Database& database, const WorkFilter& filter);
/// Public signed works whose claims cite these bytes, newest first, with ids below `before` (0: from the newest).
Result<std::vector<Work>> findUses(Database& database, const ContentId& content, int limit, std::int64_t before = 0);
/// Public works that the account pinned, the last one first.
Result<std::vector<Work>> listPinned(Database& database, std::int64_t ownerId);
Result<std::int64_t> countWorks(Database& database, std::int64_t ownerId); ///< public ones; 0: of everyone

Result<std::string> claimBytes(Database& database, const ManifestId& id);
Result<std::string> manifestBytes(Database& database, const ManifestId& id);

Result<Activity> findActivity(Database& database, std::string_view uuid);
Result<Activity> findActivity(Database& database, std::int64_t seq);
/// Open activities of an account about what is still there, newest first, with seq below `before` (0: from the newest).
Result<std::vector<Activity>> listActivities(Database& database, std::int64_t userId, std::int64_t before, int limit);
/// The same of everybody here.
Result<std::vector<Activity>> listActivities(Database& database, std::int64_t before, int limit);
Result<std::int64_t> countActivities(Database& database, std::int64_t userId);

} // namespace artdag::server
