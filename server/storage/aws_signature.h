// SPDX-License-Identifier: GPL-3.0-or-later
// AWS Signature Version 4 for S3, in the Authorization header: what says to a storage that a request is its customer's and
// arrived unchanged. Pure: the clock and the digest of the payload are given.
#pragma once

#include "core/net/http_client.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace artdag::server {

struct AwsCredentials {
    std::string accessKey, secretKey;
    std::string region = "us-east-1";
};

/// Adds `x-amz-date`, `x-amz-content-sha256` and `Authorization`. The request's URL is as it is sent: path and query are
/// percent-encoded already, with RFC 3986's unreserved characters and '/' left as they are. `payload` is the hexadecimal
/// SHA-256 of the body. (AWS General Reference, "Create a signed AWS API request")
void signForAws(HttpRequest& request, const AwsCredentials& credentials, std::string_view payload, std::int64_t secondsSince1970);

} // namespace artdag::server
