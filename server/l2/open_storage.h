// SPDX-License-Identifier: GPL-3.0-or-later
// From a row of the database to a provider that can be used, and the rules for what an account may configure: which members
// each type has, and which hosts the operator approved.
#pragma once

#include "server/db/storages.h"
#include "server/l2/site.h"
#include "server/storage/storage_provider.h"

#include <memory>

namespace artdag::server {

/// Splits what a person configured into settings that may be shown and a secret that may not, both checked. Denied for a
/// host that the operator did not approve, and for a local directory unless `mayLocal`.
struct StorageWords {
    Json settings = Json::object();
    std::string secret; ///< JSON, to be sealed; empty when there is none
};
Result<StorageWords> readStorageWords(const Site& site, std::string_view type, const Json& body, bool mayLocal);

Bytes sealedFor(const Site& site, std::int64_t userId, std::string_view secret);
Result<std::unique_ptr<StorageProvider>> openStorage(const Site& site, const Storage& storage);

} // namespace artdag::server
