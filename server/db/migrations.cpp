// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/db/migrations.h"

namespace artdag::server {

namespace {

// Times are INTEGER microseconds since 1970, digests 32-byte BLOBs, JSON is TEXT.
const std::string first = R"sql(
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE users (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, display_name TEXT NOT NULL, summary TEXT NOT NULL DEFAULT '',
    password TEXT NOT NULL, role TEXT NOT NULL, state TEXT NOT NULL, created_at INTEGER NOT NULL, public_pem TEXT NOT NULL
) STRICT;
CREATE TABLE revoked_tokens (id TEXT PRIMARY KEY, expires INTEGER NOT NULL) STRICT;
CREATE TABLE user_keys (
    kid TEXT PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id), alg TEXT NOT NULL, public BLOB NOT NULL,
    not_before INTEGER NOT NULL, revoked_at INTEGER
) STRICT;
CREATE INDEX user_keys_by_user ON user_keys(user_id, not_before);
CREATE TABLE objects (
    sha3 BLOB PRIMARY KEY, sha256 BLOB NOT NULL, size INTEGER NOT NULL, media_type TEXT NOT NULL, created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE object_holders (
    sha3 BLOB NOT NULL REFERENCES objects(sha3), user_id INTEGER NOT NULL REFERENCES users(id), PRIMARY KEY (sha3, user_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE claims (hash BLOB PRIMARY KEY, exact_bytes TEXT NOT NULL, proof TEXT NOT NULL, received_at INTEGER NOT NULL, seq INTEGER NOT NULL UNIQUE) STRICT;
CREATE TABLE manifests (hash BLOB PRIMARY KEY, exact_bytes TEXT NOT NULL) STRICT;
CREATE TABLE works (
    id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL REFERENCES users(id), name TEXT NOT NULL, title TEXT NOT NULL,
    description TEXT NOT NULL, asset_type TEXT NOT NULL, content BLOB NOT NULL, frames_hash BLOB, license TEXT NOT NULL,
    visibility TEXT NOT NULL, alt TEXT NOT NULL, proof TEXT NOT NULL, claim BLOB REFERENCES claims(hash),
    manifest BLOB REFERENCES manifests(hash), recipe BLOB, poster BLOB, media TEXT NOT NULL, provenance TEXT NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, UNIQUE (owner_id, name)
) STRICT;
CREATE INDEX works_by_content ON works(content);
CREATE INDEX works_by_frames ON works(frames_hash);
CREATE INDEX works_by_visibility ON works(visibility, id);
CREATE TABLE work_tags (work_id INTEGER NOT NULL REFERENCES works(id), position INTEGER NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (work_id, position)) STRICT, WITHOUT ROWID;
CREATE INDEX work_tags_by_tag ON work_tags(tag, work_id);
CREATE TABLE work_objects (work_id INTEGER NOT NULL REFERENCES works(id), sha3 BLOB NOT NULL, role TEXT NOT NULL, PRIMARY KEY (sha3, work_id, role)) STRICT, WITHOUT ROWID;
CREATE TABLE lineage_edges (
    child_claim BLOB NOT NULL REFERENCES claims(hash), position INTEGER NOT NULL, parent_hash BLOB, parent_url TEXT, parent_owner TEXT,
    role TEXT NOT NULL, weight_bp INTEGER, verified_at INTEGER, PRIMARY KEY (child_claim, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX lineage_by_parent ON lineage_edges(parent_hash);
CREATE TABLE activities (
    seq INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, user_id INTEGER NOT NULL REFERENCES users(id), work_id INTEGER REFERENCES works(id),
    type TEXT NOT NULL, public INTEGER NOT NULL, exact_bytes TEXT NOT NULL, published INTEGER NOT NULL
) STRICT;
CREATE INDEX activities_by_user ON activities(user_id, seq);
)sql";

// What a worker found when it looked at an object: see lookAtUpload. `{}` for what is no media.
const std::string objectMedia = "ALTER TABLE objects ADD COLUMN media TEXT NOT NULL DEFAULT '{}'";

const std::string steps[] = {first, objectMedia};

} // namespace

std::span<const std::string> migrations()
{
    return steps;
}

} // namespace artdag::server
