// SPDX-License-Identifier: GPL-3.0-or-later
// Copies on an IPFS node, through its RPC (Kubo's /api/v0): added and pinned under a CID, read and unpinned by it.
#pragma once

#include "core/net/http_client.h"
#include "server/storage/storage_provider.h"

#include <memory>

namespace artdag::server {

struct IpfsOptions {
    std::string endpoint;      ///< `http://127.0.0.1:5001`, without a final slash
    std::string authorization; ///< header for a node behind a proxy, may be empty
};

/// An address is a CID of version 1 with raw leaves: for bytes of one block it is that of their SHA-256 alone.
std::unique_ptr<StorageProvider> openIpfsStorage(std::unique_ptr<HttpClient> http, IpfsOptions options);

} // namespace artdag::server
