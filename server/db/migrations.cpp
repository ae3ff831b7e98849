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

// Who may do what, and how they log in: sessions of browsers, tokens of programs, invitations, ways back in.
// Secrets that somebody else holds (cookies, codes, tokens) are kept as SHA3-256 only.
const std::string people = R"sql(
ALTER TABLE users ADD COLUMN quota INTEGER NOT NULL DEFAULT -1;
ALTER TABLE users ADD COLUMN token_epoch INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN approves_followers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN links TEXT NOT NULL DEFAULT '[]';
ALTER TABLE users ADD COLUMN avatar BLOB;
ALTER TABLE users ADD COLUMN totp_secret BLOB;
ALTER TABLE users ADD COLUMN totp_last INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN moved_to TEXT;
ALTER TABLE users ADD COLUMN also_known_as TEXT NOT NULL DEFAULT '[]';
CREATE TABLE sessions (
    hash BLOB PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id), agent TEXT NOT NULL, created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL, expires INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_user ON sessions(user_id, created_at);
CREATE TABLE recovery_codes (hash BLOB PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id), used_at INTEGER) STRICT;
CREATE TABLE reset_links (hash BLOB PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id), made_by INTEGER NOT NULL, expires INTEGER NOT NULL, used_at INTEGER) STRICT;
CREATE TABLE invitations (hash BLOB PRIMARY KEY, made_by INTEGER NOT NULL REFERENCES users(id), role TEXT NOT NULL, uses_left INTEGER NOT NULL, created_at INTEGER NOT NULL, expires INTEGER NOT NULL) STRICT;
CREATE TABLE device_codes (
    hash BLOB PRIMARY KEY, user_code TEXT NOT NULL UNIQUE, client TEXT NOT NULL, scope TEXT NOT NULL, user_id INTEGER REFERENCES users(id),
    state TEXT NOT NULL, expires INTEGER NOT NULL, polled_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE authorization_codes (
    hash BLOB PRIMARY KEY, client TEXT NOT NULL, redirect TEXT NOT NULL, challenge TEXT NOT NULL, scope TEXT NOT NULL,
    user_id INTEGER NOT NULL REFERENCES users(id), expires INTEGER NOT NULL, used_at INTEGER
) STRICT;
CREATE TABLE refresh_tokens (
    hash BLOB PRIMARY KEY, family TEXT NOT NULL, user_id INTEGER NOT NULL REFERENCES users(id), client TEXT NOT NULL, scope TEXT NOT NULL,
    issued INTEGER NOT NULL, expires INTEGER NOT NULL, used_at INTEGER
) STRICT;
CREATE INDEX refresh_tokens_by_family ON refresh_tokens(family);
CREATE TABLE attach_codes (
    hash BLOB PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id), renderer TEXT NOT NULL, state TEXT NOT NULL, nonce TEXT NOT NULL,
    expires INTEGER NOT NULL, used_at INTEGER
) STRICT;
CREATE TABLE user_renderers (user_id INTEGER NOT NULL REFERENCES users(id), url TEXT NOT NULL, attached_at INTEGER NOT NULL, PRIMARY KEY (user_id, url)) STRICT, WITHOUT ROWID;
)sql";

// People of other servers and of this one in one table, since both follow, like and reply. `user_id` is set for ours.
const std::string federation = R"sql(
CREATE TABLE actors (
    id INTEGER PRIMARY KEY, uri TEXT NOT NULL UNIQUE, user_id INTEGER UNIQUE REFERENCES users(id), host TEXT NOT NULL, type TEXT NOT NULL,
    name TEXT NOT NULL, display_name TEXT NOT NULL, summary TEXT NOT NULL, url TEXT NOT NULL, icon TEXT NOT NULL, inbox TEXT NOT NULL,
    shared_inbox TEXT NOT NULL, followers_url TEXT NOT NULL, key_id TEXT NOT NULL, key_pem TEXT NOT NULL, document TEXT NOT NULL,
    fetched_at INTEGER NOT NULL, gone_at INTEGER, state TEXT NOT NULL DEFAULT 'active'
) STRICT;
CREATE INDEX actors_by_host ON actors(host);
CREATE INDEX actors_by_key ON actors(key_id);
CREATE TABLE followers (
    user_id INTEGER NOT NULL REFERENCES users(id), actor_id INTEGER NOT NULL REFERENCES actors(id), follow_uri TEXT NOT NULL,
    state TEXT NOT NULL, created_at INTEGER NOT NULL, PRIMARY KEY (user_id, actor_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE following (
    user_id INTEGER NOT NULL REFERENCES users(id), actor_id INTEGER NOT NULL REFERENCES actors(id), follow_uri TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL, created_at INTEGER NOT NULL, PRIMARY KEY (user_id, actor_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE actor_blocks (user_id INTEGER NOT NULL REFERENCES users(id), actor_id INTEGER NOT NULL REFERENCES actors(id), created_at INTEGER NOT NULL, PRIMARY KEY (user_id, actor_id)) STRICT, WITHOUT ROWID;
CREATE TABLE interactions (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, actor_id INTEGER NOT NULL REFERENCES actors(id), uri TEXT NOT NULL UNIQUE, object_uri TEXT NOT NULL,
    work_id INTEGER REFERENCES works(id), url TEXT NOT NULL DEFAULT '', content TEXT NOT NULL DEFAULT '', visibility TEXT NOT NULL DEFAULT 'public',
    in_reply_to TEXT, created_at INTEGER NOT NULL, updated_at INTEGER, hidden INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX interactions_once ON interactions(kind, actor_id, object_uri) WHERE kind <> 'reply';
CREATE INDEX interactions_by_object ON interactions(object_uri, kind, id);
CREATE INDEX interactions_by_work ON interactions(work_id, kind, id);
CREATE TABLE posts (
    id INTEGER PRIMARY KEY, actor_id INTEGER NOT NULL REFERENCES actors(id), uri TEXT NOT NULL UNIQUE, url TEXT NOT NULL, content TEXT NOT NULL,
    summary TEXT NOT NULL, attachments TEXT NOT NULL, visibility TEXT NOT NULL, boosted_by INTEGER REFERENCES actors(id), published INTEGER NOT NULL, received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX posts_by_actor ON posts(actor_id, id);
CREATE TABLE notifications (
    id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id), kind TEXT NOT NULL, actor_id INTEGER REFERENCES actors(id),
    work_id INTEGER REFERENCES works(id), url TEXT NOT NULL DEFAULT '', words TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL, read_at INTEGER
) STRICT;
CREATE INDEX notifications_by_user ON notifications(user_id, id);
CREATE TABLE received_activities (uri TEXT PRIMARY KEY, actor TEXT NOT NULL, type TEXT NOT NULL, received_at INTEGER NOT NULL) STRICT;
CREATE TABLE seen_signatures (hash BLOB PRIMARY KEY, seen_at INTEGER NOT NULL) STRICT;
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY, activity_seq INTEGER NOT NULL REFERENCES activities(seq), user_id INTEGER NOT NULL REFERENCES users(id), inbox TEXT NOT NULL,
    host TEXT NOT NULL, object_uri TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL, lease_until INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL, UNIQUE (activity_seq, inbox)
) STRICT;
CREATE INDEX deliveries_due ON deliveries(next_at);
CREATE INDEX deliveries_by_host ON deliveries(host, next_at);
CREATE TABLE hosts (
    host TEXT PRIMARY KEY, failing_since INTEGER, unavailable_at INTEGER, heard_at INTEGER, signature TEXT NOT NULL DEFAULT 'cavage'
) STRICT;
CREATE TABLE domain_blocks (
    domain TEXT PRIMARY KEY, severity TEXT NOT NULL, reject_media INTEGER NOT NULL, reject_reports INTEGER NOT NULL, obfuscate INTEGER NOT NULL,
    public_comment TEXT NOT NULL, private_comment TEXT NOT NULL, created_at INTEGER NOT NULL, created_by INTEGER NOT NULL
) STRICT;
CREATE TABLE hash_blocks (hash BLOB PRIMARY KEY, reason TEXT NOT NULL, created_at INTEGER NOT NULL, created_by INTEGER NOT NULL) STRICT;
CREATE TABLE reports (
    id INTEGER PRIMARY KEY, uri TEXT NOT NULL UNIQUE, from_actor INTEGER REFERENCES actors(id), about_user INTEGER REFERENCES users(id),
    about_actor INTEGER REFERENCES actors(id), objects TEXT NOT NULL, comment TEXT NOT NULL, state TEXT NOT NULL, created_at INTEGER NOT NULL,
    resolved_at INTEGER, resolved_by INTEGER REFERENCES users(id)
) STRICT;
CREATE TABLE moderation_actions (
    id INTEGER PRIMARY KEY, moderator INTEGER NOT NULL, action TEXT NOT NULL, target_kind TEXT NOT NULL, target TEXT NOT NULL, reason TEXT NOT NULL,
    report_id INTEGER, created_at INTEGER NOT NULL, appeal TEXT, appeal_state TEXT
) STRICT;
)sql";

// Works that change, go, and are vouched for; the append-only sequence of leaves and its anchors.
const std::string registry = R"sql(
ALTER TABLE works ADD COLUMN state TEXT NOT NULL DEFAULT 'living';
ALTER TABLE works ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE works ADD COLUMN ended_at INTEGER;
ALTER TABLE works ADD COLUMN warning TEXT NOT NULL DEFAULT '';
ALTER TABLE works ADD COLUMN blurhash TEXT NOT NULL DEFAULT '';
ALTER TABLE works ADD COLUMN pinned_at INTEGER;
CREATE TABLE former_names (owner_id INTEGER NOT NULL REFERENCES users(id), name TEXT NOT NULL, work_id INTEGER NOT NULL REFERENCES works(id), PRIMARY KEY (owner_id, name)) STRICT, WITHOUT ROWID;
CREATE TABLE attestations (
    id INTEGER PRIMARY KEY, work_id INTEGER NOT NULL REFERENCES works(id), kind TEXT NOT NULL, by_account TEXT NOT NULL, kid TEXT NOT NULL,
    hash BLOB NOT NULL, exact_bytes TEXT NOT NULL, received_at INTEGER NOT NULL, UNIQUE (work_id, hash)
) STRICT;
CREATE TABLE consents (
    id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id), claim BLOB NOT NULL REFERENCES claims(hash), hash BLOB NOT NULL UNIQUE,
    exact_bytes TEXT NOT NULL, received_at INTEGER NOT NULL, revocation TEXT, revoked_at INTEGER
) STRICT;
CREATE INDEX consents_by_claim ON consents(claim, id);
CREATE INDEX consents_by_user ON consents(user_id, id);
CREATE TABLE prepared_activities (uuid TEXT PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id), request TEXT NOT NULL, document TEXT NOT NULL, expires INTEGER NOT NULL) STRICT;
CREATE TABLE recorded_runs (user_id INTEGER NOT NULL REFERENCES users(id), run_id TEXT NOT NULL, renderer TEXT NOT NULL, work_id INTEGER NOT NULL REFERENCES works(id), PRIMARY KEY (user_id, run_id)) STRICT, WITHOUT ROWID;
CREATE INDEX recorded_runs_by_run ON recorded_runs(run_id);
CREATE TABLE log_leaves (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, ref TEXT NOT NULL, salt BLOB, leaf BLOB NOT NULL, created_at INTEGER NOT NULL, anchor_id INTEGER) STRICT;
CREATE INDEX log_leaves_by_ref ON log_leaves(kind, ref);
CREATE INDEX log_leaves_by_anchor ON log_leaves(anchor_id, seq);
CREATE TABLE anchors (
    id INTEGER PRIMARY KEY, root BLOB NOT NULL UNIQUE, leaves INTEGER NOT NULL, state TEXT NOT NULL, proof BLOB NOT NULL, calendars TEXT NOT NULL,
    block INTEGER, block_time INTEGER, header BLOB, created_at INTEGER NOT NULL, checked_at INTEGER, error TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE fingerprints (sha3 BLOB NOT NULL, kind TEXT NOT NULL, version INTEGER NOT NULL, value BLOB NOT NULL, quality INTEGER NOT NULL, PRIMARY KEY (sha3, kind, version)) STRICT, WITHOUT ROWID;
)sql";

// Where bytes are, what is made of them, what they cost, and what is still to be done.
const std::string service = R"sql(
CREATE TABLE storage_providers (
    id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id), type TEXT NOT NULL, name TEXT NOT NULL, settings TEXT NOT NULL,
    secret BLOB NOT NULL, active INTEGER NOT NULL, quota INTEGER NOT NULL, created_at INTEGER NOT NULL, tested_at INTEGER, error TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE object_locations (sha3 BLOB NOT NULL, provider_id INTEGER NOT NULL REFERENCES storage_providers(id), address TEXT NOT NULL, stored_at INTEGER NOT NULL, PRIMARY KEY (sha3, provider_id)) STRICT, WITHOUT ROWID;
CREATE TABLE renditions (source BLOB NOT NULL, kind TEXT NOT NULL, object BLOB, words TEXT NOT NULL DEFAULT '', problem TEXT NOT NULL DEFAULT '', made_at INTEGER NOT NULL, PRIMARY KEY (source, kind)) STRICT, WITHOUT ROWID;
CREATE INDEX renditions_by_object ON renditions(object);
CREATE TABLE media_tokens (token TEXT PRIMARY KEY, sha3 BLOB NOT NULL, work_id INTEGER NOT NULL REFERENCES works(id), created_at INTEGER NOT NULL) STRICT;
CREATE TABLE uploads (id TEXT PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id), length INTEGER NOT NULL, received INTEGER NOT NULL, content_id TEXT NOT NULL, type TEXT NOT NULL, created_at INTEGER NOT NULL, expires INTEGER NOT NULL) STRICT;
CREATE TABLE usage_daily (day INTEGER NOT NULL, user_id INTEGER NOT NULL, kind TEXT NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (day, user_id, kind)) STRICT, WITHOUT ROWID;
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, ref TEXT NOT NULL, payload TEXT NOT NULL, state TEXT NOT NULL, run_at INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, lease_until INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX jobs_once ON jobs(kind, ref) WHERE state = 'waiting';
CREATE INDEX jobs_due ON jobs(state, run_at);
CREATE TABLE runs (
    id TEXT PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id), run_key TEXT NOT NULL, title TEXT NOT NULL, request TEXT NOT NULL,
    recipe BLOB NOT NULL, state TEXT NOT NULL, done INTEGER NOT NULL, total INTEGER NOT NULL, error TEXT NOT NULL, content BLOB, frames_hash BLOB,
    manifest BLOB REFERENCES manifests(hash), created_at INTEGER NOT NULL, started_at INTEGER, finished_at INTEGER
) STRICT;
CREATE INDEX runs_by_user ON runs(user_id, created_at);
CREATE INDEX runs_by_key ON runs(run_key, state);
CREATE TABLE recipes (id TEXT PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id), name TEXT NOT NULL, content BLOB NOT NULL, created_at INTEGER NOT NULL) STRICT;
CREATE INDEX recipes_by_user ON recipes(user_id, created_at);
)sql";

// Transport keys that were replaced, since what they signed goes on being read; objects that are like ones that came earlier, in
// thousandths; and what others wrote and this server passes on, which needs a delivery that is of no activity of ours.
const std::string passedOn = R"sql(
CREATE TABLE former_transport_keys (user_id INTEGER NOT NULL REFERENCES users(id), replaced_at INTEGER NOT NULL, public_pem TEXT NOT NULL, PRIMARY KEY (user_id, replaced_at)) STRICT, WITHOUT ROWID;
CREATE TABLE alike (sha3 BLOB NOT NULL, earlier BLOB NOT NULL, kind TEXT NOT NULL, distance INTEGER NOT NULL, PRIMARY KEY (sha3, earlier, kind)) STRICT, WITHOUT ROWID;
CREATE TABLE forwarded_activities (id INTEGER PRIMARY KEY, uri TEXT NOT NULL UNIQUE, exact_bytes TEXT NOT NULL, received_at INTEGER NOT NULL) STRICT;
CREATE TABLE all_deliveries (
    id INTEGER PRIMARY KEY, activity_seq INTEGER REFERENCES activities(seq), forwarded_id INTEGER REFERENCES forwarded_activities(id), user_id INTEGER NOT NULL REFERENCES users(id),
    inbox TEXT NOT NULL, host TEXT NOT NULL, object_uri TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL, lease_until INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL, UNIQUE (activity_seq, inbox), UNIQUE (forwarded_id, inbox)
) STRICT;
INSERT INTO all_deliveries (activity_seq, user_id, inbox, host, object_uri, tries, next_at, lease_until, error, created_at)
    SELECT activity_seq, user_id, inbox, host, object_uri, tries, next_at, lease_until, error, created_at FROM deliveries ORDER BY id;
DROP TABLE deliveries;
ALTER TABLE all_deliveries RENAME TO deliveries;
CREATE INDEX deliveries_due ON deliveries(next_at);
CREATE INDEX deliveries_by_host ON deliveries(host, next_at);
)sql";

// Addresses for mail, confirmed and not yet; empty: none.
const std::string mail = R"sql(
ALTER TABLE users ADD COLUMN mail TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN mail_asked TEXT NOT NULL DEFAULT '';
CREATE INDEX users_by_mail ON users(lower(mail));
)sql";

// Recipes that are not everyone's, with what was baked into them, and the people who asked for one.
const std::string kept = R"sql(
CREATE TABLE kept_objects (work_id INTEGER NOT NULL REFERENCES works(id), sha3 BLOB NOT NULL, role TEXT NOT NULL, access TEXT NOT NULL, PRIMARY KEY (work_id, sha3, role)) STRICT, WITHOUT ROWID;
CREATE INDEX kept_by_object ON kept_objects(sha3);
CREATE TABLE recipe_requests (
    work_id INTEGER NOT NULL REFERENCES works(id), user_id INTEGER NOT NULL REFERENCES users(id), state TEXT NOT NULL,
    asked_at INTEGER NOT NULL, decided_at INTEGER, PRIMARY KEY (work_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX recipe_requests_by_user ON recipe_requests(user_id, asked_at);
)sql";

const std::string steps[] = {first, objectMedia, people + federation + registry + service, passedOn, mail, kept};

} // namespace

std::span<const std::string> migrations()
{
    return steps;
}

} // namespace artdag::server
