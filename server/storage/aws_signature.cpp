// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/aws_signature.h"

#include "core/base/digest.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <ctime>

namespace artdag::server {

namespace {

Bytes hmac(ByteView key, std::string_view text)
{
    Bytes out(32);
    unsigned length = 0;
    CHECK(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()), text.size(), out.data(), &length) != nullptr && length == out.size());
    return out;
}

struct UrlParts {
    std::string host, path, query; ///< the host as the Host header has it: without the scheme's own port
};

UrlParts partsOf(const std::string& url)
{
    const auto scheme = url.find("://");
    const auto start = scheme == std::string::npos ? 0 : scheme + 3;
    const auto slash = std::min(url.find('/', start), url.size());
    const auto question = std::min(url.find('?', slash), url.size());
    UrlParts parts{url.substr(start, slash - start), url.substr(slash, question - slash), question < url.size() ? url.substr(question + 1) : ""};
    if (parts.path.empty())
        parts.path = "/";
    const std::string own = url.starts_with("https:") ? ":443" : ":80";
    if (parts.host.ends_with(own))
        parts.host.resize(parts.host.size() - own.size());
    return parts;
}

/// `name=value` sorted by name; a name alone gets its `=`.
std::string canonicalQuery(const std::string& query)
{
    std::vector<std::string> members;
    for (std::size_t at = 0; at < query.size();) {
        const auto end = std::min(query.find('&', at), query.size());
        std::string member = query.substr(at, end - at);
        if (member.find('=') == std::string::npos)
            member += '=';
        members.push_back(std::move(member));
        at = end + 1;
    }
    std::ranges::sort(members);
    return fmt::format("{}", fmt::join(members, "&"));
}

} // namespace

void signForAws(HttpRequest& request, const AwsCredentials& credentials, std::string_view payload, std::int64_t secondsSince1970)
{
    const std::time_t seconds = secondsSince1970;
    std::tm time{};
    ::gmtime_r(&seconds, &time);
    const std::string day = fmt::format("{:04}{:02}{:02}", time.tm_year + 1900, time.tm_mon + 1, time.tm_mday);
    const std::string moment = fmt::format("{}T{:02}{:02}{:02}Z", day, time.tm_hour, time.tm_min, time.tm_sec);
    const UrlParts parts = partsOf(request.url);
    request.headers.emplace_back("x-amz-content-sha256", payload);
    request.headers.emplace_back("x-amz-date", moment);
    constexpr std::string_view names = "host;x-amz-content-sha256;x-amz-date";
    const std::string canonical = fmt::format("{}\n{}\n{}\nhost:{}\nx-amz-content-sha256:{}\nx-amz-date:{}\n\n{}\n{}",
        request.method, parts.path, canonicalQuery(parts.query), parts.host, payload, moment, names, payload);
    const std::string scope = day + "/" + credentials.region + "/s3/aws4_request";
    const std::string toSign = "AWS4-HMAC-SHA256\n" + moment + "\n" + scope + "\n" + hexOf(sha256(bytesOf(canonical)));
    Bytes key = hmac(bytesOf("AWS4" + credentials.secretKey), day);
    for (const std::string& word : {credentials.region, std::string("s3"), std::string("aws4_request")})
        key = hmac(key, word);
    request.headers.emplace_back("Authorization", fmt::format("AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={}, Signature={}", credentials.accessKey, scope, names, hexOf(hmac(key, toSign))));
}

} // namespace artdag::server
