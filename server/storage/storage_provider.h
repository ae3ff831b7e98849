// SPDX-License-Identifier: GPL-3.0-or-later
// A place outside of the server's own directory where copies of published bytes are kept. Whatever it is, bytes that come
// back are checked against their content id by who asked; a provider is trusted with nothing but keeping.
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>

namespace artdag::server {

struct ByteRange {
    std::uint64_t first = 0;
    std::uint64_t length = std::numeric_limits<std::uint64_t>::max(); ///< to the end
};

/// Called by one thread at a time. Denied: the place does not accept us; Unavailable: it cannot be reached, or has no room.
class StorageProvider {
public:
    virtual ~StorageProvider() = default;
    /// Keeps the bytes of a file, streamed; the address under which they are found again. Twice is as good as once.
    virtual Result<std::string> put(const ContentId& id, const std::filesystem::path& file) = 0;
    /// Writes bytes of what is kept into a new file. NotFound when nothing is there.
    virtual Result<void> get(const std::string& address, const ByteRange& range, const std::filesystem::path& saveTo) = 0;
    virtual Result<bool> has(const std::string& address) = 0;
    /// What is not there any more is no error.
    virtual Result<void> remove(const std::string& address) = 0;
};

/// The Test button: puts random bytes, finds them, reads all and a part of them, removes them, and sees that they are gone.
/// `directory` is for files on their way. The first thing that fails is the error.
Result<void> tryProvider(StorageProvider& provider, const std::filesystem::path& directory);

} // namespace artdag::server
