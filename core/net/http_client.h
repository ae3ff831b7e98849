// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP from our side: one request, one answer, with limits on time and size. Bodies may be files and then stream, so that
// a film never is in memory. The only file that knows libcurl is http_client.cpp; tests bring their own HttpClient.
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace artdag {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// Bytes gone over the wire and bytes in all (0: not known). Returning false cancels the request.
using HttpProgress = std::function<bool(std::uint64_t done, std::uint64_t total)>;

struct HttpRequest {
    std::string method = "GET";
    std::string url; ///< http or https, absolute
    HttpHeaders headers;
    std::string body;
    std::filesystem::path bodyFile;          ///< streamed instead of `body` when set
    std::uint64_t bodyFirst = 0;             ///< the part of bodyFile that is sent
    std::optional<std::uint64_t> bodyLength; ///< of that part; to the end of the file when not set
    std::string bodyBefore, bodyAfter;       ///< sent around the bytes of bodyFile
    std::filesystem::path saveTo;            ///< the body of a 2xx answer streams into this new file instead of memory
    std::uint64_t limit = 16U << 20;         ///< of the answer's body, in bytes; longer is BadInput
    int redirects = 0;                       ///< how many to follow (GET and HEAD only); credentials never go to another host
    std::chrono::seconds connectTime{10};
    std::chrono::seconds stallTime{30}; ///< no byte for so long: Unavailable
    std::chrono::seconds totalTime{0};  ///< 0: no limit but the stall
    HttpProgress progress;
};

struct HttpAnswer {
    int status = 0;
    HttpHeaders headers; ///< names in lower case
    std::string body;
    std::string url; ///< after redirects

    [[nodiscard]] bool ok() const { return status >= 200 && status < 300; }
    /// The first header of that name (lower case), or empty.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// Thread-safe: each call is on its own connection or a pooled one.
class HttpClient {
public:
    virtual ~HttpClient() = default;
    /// Any status is an answer. Unavailable: no connection, TLS, time; Denied: the address guard; Cancelled: by progress.
    virtual Result<HttpAnswer> send(const HttpRequest& request) = 0;
};

/// Which addresses a client may speak to. `PublicOnly` is for URLs that strangers gave (federation): every address of every
/// hop is checked when the socket is made, so that a name cannot be resolved twice (core/net/address_guard.h).
enum class Reach {
    Anywhere,
    PublicOnly
};

std::unique_ptr<HttpClient> openHttpClient(Reach reach = Reach::Anywhere);

/// The Error that an answer other than 2xx stands for: 400 BadInput, 401/403 Denied, 404/410 NotFound, 409 Conflict,
/// else Unavailable; with the `detail` of its problem document (RFC 9457) when it has one.
Error errorOfAnswer(const std::string& object, const HttpAnswer& answer);

} // namespace artdag
