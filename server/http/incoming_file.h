// SPDX-License-Identifier: GPL-3.0-or-later
// A body on its way into a file of ours, hashed while it comes. The file is removed at the end unless the answer moved it.
#pragma once

#include "server/http/message.h"

namespace artdag::server {

class IncomingFile {
public:
    /// A new file of a random name; a failure shows at the first add.
    explicit IncomingFile(const std::filesystem::path& directory);
    /// The rest of a file that others began; it stays, whatever happens. Locked while this lives.
    IncomingFile(const std::filesystem::path& file, std::uint64_t begun);
    ~IncomingFile();
    IncomingFile(const IncomingFile&) = delete;
    IncomingFile& operator=(const IncomingFile&) = delete;

    /// Somebody else writes to it, or it is not as long as it should be.
    [[nodiscard]] bool isBusy() const { return m_busy; }
    /// False when the disk does not take it.
    bool add(ByteView bytes);
    /// May be called once, after the last add.
    UploadedFile finish();

private:
    void close();
    std::filesystem::path m_path;
    int m_fd = -1;
    bool m_stays = false, m_busy = false;
    std::uint64_t m_begun = 0; ///< bytes that were there before; with any, the digests are not those of the whole
    std::uint64_t m_size = 0;
    Hasher m_sha3;
    Hasher m_sha256{Hasher::Algorithm::Sha256};
};

} // namespace artdag::server
