// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/ipfs_storage.h"

#include "core/base/files.h"
#include "core/base/json.h"

#include <fmt/format.h>

#include <algorithm>

namespace artdag::server {

namespace {

constexpr std::uint64_t anyLength = std::uint64_t{1} << 50;

bool isCid(std::string_view text)
{
    return text.size() >= 10 && text.size() <= 120 && std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

class IpfsStorage final : public StorageProvider {
public:
    IpfsStorage(std::unique_ptr<HttpClient> http, IpfsOptions options)
        : m_http(std::move(http)),
          m_options(std::move(options)) {}

    Result<std::string> put(const ContentId& id, const std::filesystem::path& file) override
    {
        const std::string boundary = "artdag" + hexOf(secureRandom(16));
        HttpRequest request = question("add?cid-version=1&cid-base=base32&raw-leaves=true&pin=true&progress=false");
        request.headers.emplace_back("Content-Type", "multipart/form-data; boundary=" + boundary);
        request.bodyBefore = fmt::format("--{}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\nContent-Type: application/octet-stream\r\n\r\n", boundary, id.hex());
        request.bodyFile = file;
        request.bodyAfter = "\r\n--" + boundary + "--\r\n";
        const HttpAnswer answer = TRY(asked(request));
        // One object a line; the last names what was added.
        std::string_view lines = answer.body;
        while (lines.ends_with('\n'))
            lines.remove_suffix(1);
        const auto start = lines.rfind('\n');
        const Json last = TRY(readJson(start == std::string_view::npos ? lines : lines.substr(start + 1), {1U << 20, 8, 1000}));
        const std::string cid = last.is_object() ? last.value("Hash", "") : "";
        if (!isCid(cid))
            return fail(Fault::Unavailable, "storage: the IPFS node told no CID");
        return cid;
    }

    Result<void> get(const std::string& address, const ByteRange& range, const std::filesystem::path& saveTo) override
    {
        TRY(checkAddress(address));
        std::string query = "cat?arg=" + address + (range.first > 0 ? fmt::format("&offset={}", range.first) : "");
        if (range.length != ByteRange{}.length)
            query += fmt::format("&length={}", range.length);
        HttpRequest request = question(query);
        request.saveTo = saveTo;
        request.limit = anyLength;
        TRY(asked(request));
        return {};
    }

    /// What is pinned stays; what is not may be swept by the node at any time.
    Result<bool> has(const std::string& address) override
    {
        TRY(checkAddress(address));
        const HttpAnswer answer = TRY(m_http->send(question("pin/ls?type=recursive&cid-base=base32&arg=" + address)));
        if (answer.ok())
            return answer.body.find(address) != std::string::npos;
        if (answer.body.find("not pinned") != std::string::npos)
            return false;
        return tl::unexpected<Error>(errorOf(answer));
    }

    Result<void> remove(const std::string& address) override
    {
        TRY(checkAddress(address));
        const HttpAnswer answer = TRY(m_http->send(question("pin/rm?arg=" + address)));
        if (answer.ok() || answer.body.find("not pinned") != std::string::npos)
            return {};
        return tl::unexpected<Error>(errorOf(answer));
    }

private:
    static Result<void> checkAddress(const std::string& address)
    {
        return isCid(address) ? Result<void>() : fail(Fault::BadInput, "storage: this is no CID");
    }

    [[nodiscard]] HttpRequest question(const std::string& query) const
    {
        HttpRequest request;
        request.method = "POST"; // the RPC takes nothing else
        request.url = m_options.endpoint + "/api/v0/" + query;
        if (!m_options.authorization.empty())
            request.headers.emplace_back("Authorization", m_options.authorization);
        return request;
    }

    Result<HttpAnswer> asked(const HttpRequest& request)
    {
        HttpAnswer answer = TRY(m_http->send(request));
        if (!answer.ok())
            return tl::unexpected<Error>(errorOf(answer));
        return answer;
    }

    /// The node answers 500 to everything it cannot do; the reason is in `Message`.
    static Error errorOf(const HttpAnswer& answer)
    {
        Error error = errorOfAnswer("storage", answer);
        const auto body = readJson(answer.body, {1U << 20, 8, 1000});
        if (body && body->is_object() && body->contains("Message") && (*body)["Message"].is_string())
            error.message = "storage: the IPFS node says: " + (*body)["Message"].get<std::string>().substr(0, 200);
        return error;
    }

    std::unique_ptr<HttpClient> m_http;
    IpfsOptions m_options;
};

} // namespace

std::unique_ptr<StorageProvider> openIpfsStorage(std::unique_ptr<HttpClient> http, IpfsOptions options)
{
    return std::make_unique<IpfsStorage>(std::move(http), std::move(options));
}

} // namespace artdag::server
