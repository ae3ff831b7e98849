// SPDX-License-Identifier: GPL-3.0-or-later
// A body on its way into a file of ours, hashed while it comes. The file is removed at the end unless the answer moved it.
#pragma once

#include "server/http/message.h"

namespace artdag::server {

class IncomingFile {
public:
    /// A new file of a random name; a failure shows at the first add.
    explicit IncomingFile(const std::filesystem::path& directory);
    ~IncomingFile();
    IncomingFile(const IncomingFile&) = delete;
    IncomingFile& operator=(const IncomingFile&) = delete;

    /// False when the disk does not take it.
    bool add(ByteView bytes);
    /// May be called once, after the last add.
    UploadedFile finish();

private:
    void close();
    std::filesystem::path m_path;
    int m_fd = -1;
    std::uint64_t m_size = 0;
    Hasher m_sha3;
    Hasher m_sha256{Hasher::Algorithm::Sha256};
};

} // namespace artdag::server
