// SPDX-License-Identifier: GPL-3.0-or-later
// The schema is written once, for SQLite; this is what its words are called on PostgreSQL.
#pragma once

#include <string>
#include <string_view>

namespace artdag::server {

/// INTEGER is BIGINT, and counts by itself as a primary key; BLOB is BYTEA; TEXT is compared byte by byte as SQLite does;
/// STRICT and WITHOUT ROWID go. What is between quotes stays.
std::string postgresSchema(std::string_view sqlite);

/// What is there before the first table: the number of the schema, and the aggregate of SQLite that makes a list.
std::string_view postgresBeginnings();

} // namespace artdag::server
