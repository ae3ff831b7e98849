// SPDX-License-Identifier: GPL-3.0-or-later
// Copies in another directory of this machine: a second disk, a mounted share. A file appears whole or not at all.
#pragma once

#include "server/storage/storage_provider.h"

#include <memory>

namespace artdag::server {

/// The directory must be there: a disk that is not mounted must not be taken for an empty one. NotFound otherwise.
Result<std::unique_ptr<StorageProvider>> openLocalStorage(const std::filesystem::path& directory);

} // namespace artdag::server
