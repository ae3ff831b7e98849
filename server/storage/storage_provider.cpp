// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/storage_provider.h"

#include "core/base/files.h"

#include <algorithm>

namespace artdag::server {

namespace {

constexpr std::size_t trialBytes = 1000;

Result<Bytes> readBack(StorageProvider& provider, const std::string& address, const ByteRange& range, const std::filesystem::path& file)
{
    TRY(provider.get(address, range, file));
    auto bytes = readFile(file);
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
    return bytes;
}

Result<void> tryWith(StorageProvider& provider, const Bytes& bytes, const std::filesystem::path& file)
{
    const std::string address = TRY(provider.put(ContentId{sha3(bytes)}, file));
    if (!TRY(provider.has(address)))
        return fail(Fault::Unavailable, "storage: what was put there is not found again");
    std::filesystem::path back = file;
    back += ".back";
    const Bytes whole = TRY(readBack(provider, address, {}, back));
    const Bytes part = TRY(readBack(provider, address, {10, 20}, back));
    if (whole != bytes || part != Bytes(bytes.begin() + 10, bytes.begin() + 30))
        return fail(Fault::Corrupt, "storage: other bytes come back than were put there");
    TRY(provider.remove(address));
    if (TRY(provider.has(address)))
        return fail(Fault::Unavailable, "storage: what was removed is still there");
    return {};
}

} // namespace

Result<void> tryProvider(StorageProvider& provider, const std::filesystem::path& directory)
{
    const Bytes bytes = secureRandom(trialBytes);
    const std::filesystem::path file = directory / ("trial-" + hexOf(secureRandom(8)));
    TRY(writeFileAtomically(file, bytes, 0600));
    auto done = tryWith(provider, bytes, file);
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
    return done;
}

} // namespace artdag::server
