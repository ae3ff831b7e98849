// SPDX-License-Identifier: GPL-3.0-or-later
// How a row of `works` becomes a Work: for the files of this folder that select works.
#pragma once

#include "server/db/works.h"

#include <vector>

namespace artdag::server {

#define WORK_COLUMNS                                                                                                                      \
    "works.id, owner_id, users.name, works.name, title, description, asset_type, content, frames_hash, license, visibility, alt, proof, " \
    "claim, manifest, recipe, poster, media, provenance, works.created_at, works.updated_at, "                                            \
    "(SELECT json_group_array(tag) FROM (SELECT tag FROM work_tags WHERE work_id = works.id ORDER BY position) AS listed), "              \
    "works.state, works.version, coalesce(works.ended_at, 0), works.warning, works.blurhash, coalesce(works.pinned_at, 0), "              \
    "coalesce((SELECT token FROM media_tokens WHERE work_id = works.id AND sha3 = works.content), ''), "                                  \
    "coalesce((SELECT token FROM media_tokens WHERE work_id = works.id AND sha3 = works.poster), '')"
#define WORK_TABLES " FROM works JOIN users ON users.id = owner_id "

/// Of a row that was selected with WORK_COLUMNS.
Result<Work> workOf(const Statement& row);
/// All that is left of such rows.
Result<std::vector<Work>> worksOf(Statement& query);

} // namespace artdag::server
