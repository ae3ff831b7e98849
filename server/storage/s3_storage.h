// SPDX-License-Identifier: GPL-3.0-or-later
// Copies in a bucket of anything that speaks S3: one PUT, or a multipart upload for what is longer than a part. Every
// request is signed with the digest of its bytes, so that a damaged or changed upload is refused by the other side.
#pragma once

#include "core/net/http_client.h"
#include "server/storage/aws_signature.h"
#include "server/storage/storage_provider.h"

#include <memory>

namespace artdag::server {

struct S3Options {
    std::string endpoint; ///< `https://s3.example`, without a final slash; buckets are in the path
    std::string bucket;
    std::string prefix; ///< of keys, may be empty
    AwsCredentials credentials;
    std::uint64_t partBytes = 16U << 20; ///< at least 5 MiB, which S3 asks of all parts but the last
};

/// BadInput for a bucket or prefix whose characters would need encoding.
Result<std::unique_ptr<StorageProvider>> openS3Storage(std::unique_ptr<HttpClient> http, S3Options options);

} // namespace artdag::server
