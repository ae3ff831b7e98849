// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/s3_storage.h"

#include "core/base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <vector>

namespace artdag::server {

namespace {

constexpr std::uint64_t mostParts = 10'000;
constexpr std::uint64_t anyLength = std::uint64_t{1} << 50;

/// SHA-256 of a part of a file, in hexadecimal.
Result<std::string> digestOfPart(const std::filesystem::path& file, std::uint64_t first, std::uint64_t length)
{
    const int number = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (number < 0)
        return tl::unexpected<Error>(systemError("storage", errno));
    Hasher hasher(Hasher::Algorithm::Sha256);
    Bytes block(256U << 10);
    bool whole = true;
    while (length > 0 && whole) {
        const ssize_t count = ::pread(number, block.data(), static_cast<std::size_t>(std::min<std::uint64_t>(block.size(), length)), static_cast<off_t>(first));
        whole = count > 0;
        hasher.add(ByteView(block.data(), whole ? static_cast<std::size_t>(count) : 0));
        first += static_cast<std::uint64_t>(std::max<ssize_t>(count, 0));
        length -= static_cast<std::uint64_t>(std::max<ssize_t>(count, 0));
    }
    ::close(number);
    if (!whole)
        return fail(Fault::NotFound, "storage: the file to be copied is shorter than it was");
    return hexOf(hasher.finish());
}

/// The text of the first element of that name, without entities: enough for identifiers and codes.
std::string elementOf(std::string_view xml, const std::string& name)
{
    const auto open = xml.find("<" + name + ">");
    if (open == std::string_view::npos)
        return {};
    const auto start = open + name.size() + 2;
    const auto end = xml.find("</" + name + ">", start);
    return end == std::string_view::npos ? std::string() : std::string(xml.substr(start, end - start));
}

bool isUnreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

std::string encoded(std::string_view text)
{
    std::string out;
    for (const char c : text)
        out += isUnreserved(c) ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    return out;
}

class S3Storage final : public StorageProvider {
public:
    S3Storage(std::unique_ptr<HttpClient> http, S3Options options)
        : m_http(std::move(http)),
          m_options(std::move(options)) {}

    Result<std::string> put(const ContentId& id, const std::filesystem::path& file) override
    {
        const std::string address = m_options.prefix + id.hex();
        std::error_code error;
        const std::uint64_t size = std::filesystem::file_size(file, error);
        if (error)
            return fail(Fault::NotFound, "storage: the file to be copied is not there");
        if (size > m_options.partBytes) {
            TRY(putParts(address, file, size));
            return address;
        }
        TRY(sent("PUT", address, "", file, 0, size));
        return address;
    }

    Result<void> get(const std::string& address, const ByteRange& range, const std::filesystem::path& saveTo) override
    {
        TRY(checkAddress(address));
        HttpRequest request = plain("GET", address, "");
        request.saveTo = saveTo;
        request.limit = anyLength;
        if (range.length != ByteRange{}.length)
            request.headers.emplace_back("Range", fmt::format("bytes={}-{}", range.first, range.first + range.length - 1));
        else if (range.first > 0)
            request.headers.emplace_back("Range", fmt::format("bytes={}-", range.first));
        const HttpAnswer answer = TRY(send(std::move(request), emptyDigest()));
        return answer.ok() ? Result<void>() : refused(answer);
    }

    Result<bool> has(const std::string& address) override
    {
        TRY(checkAddress(address));
        const HttpAnswer answer = TRY(send(plain("HEAD", address, ""), emptyDigest()));
        if (answer.status == 404)
            return false;
        if (!answer.ok())
            return tl::unexpected<Error>(refused(answer).error());
        return true;
    }

    Result<void> remove(const std::string& address) override
    {
        TRY(checkAddress(address));
        const HttpAnswer answer = TRY(send(plain("DELETE", address, ""), emptyDigest()));
        return answer.ok() || answer.status == 404 ? Result<void>() : refused(answer);
    }

private:
    static std::string emptyDigest() { return hexOf(sha256({})); }

    /// One of ours, and no other path of the bucket or the bucket itself.
    [[nodiscard]] Result<void> checkAddress(std::string_view address) const
    {
        const bool good = address.starts_with(m_options.prefix) && digestOfText(address.substr(m_options.prefix.size()));
        return good ? Result<void>() : fail(Fault::BadInput, "storage: this is no address of a copy");
    }

    [[nodiscard]] HttpRequest plain(std::string method, const std::string& address, const std::string& query) const
    {
        HttpRequest request;
        request.method = std::move(method);
        request.url = m_options.endpoint + "/" + m_options.bucket + "/" + address + (query.empty() ? "" : "?" + query);
        return request;
    }

    Result<HttpAnswer> send(HttpRequest request, const std::string& payload)
    {
        signForAws(request, m_options.credentials, payload, std::time(nullptr));
        return m_http->send(request);
    }

    /// A part of a file as the body; the answer when it is a good one.
    Result<HttpAnswer> sent(const char* method, const std::string& address, const std::string& query, const std::filesystem::path& file, std::uint64_t first, std::uint64_t length)
    {
        HttpRequest request = plain(method, address, query);
        request.bodyFile = file;
        request.bodyFirst = first;
        request.bodyLength = length;
        HttpAnswer answer = TRY(send(std::move(request), TRY(digestOfPart(file, first, length))));
        if (!answer.ok())
            return tl::unexpected<Error>(refused(answer).error());
        return answer;
    }

    Result<void> putParts(const std::string& address, const std::filesystem::path& file, std::uint64_t size)
    {
        HttpAnswer begun = TRY(send(plain("POST", address, "uploads="), emptyDigest()));
        if (!begun.ok())
            return refused(begun);
        const std::string upload = elementOf(begun.body, "UploadId");
        if (upload.empty())
            return fail(Fault::Unavailable, "storage: the answer to the beginning of an upload has no UploadId");
        auto done = sendParts(address, encoded(upload), file, size);
        if (!done) // parts that stay would be paid for
            (void)send(plain("DELETE", address, "uploadId=" + encoded(upload)), emptyDigest());
        return done;
    }

    Result<void> sendParts(const std::string& address, const std::string& upload, const std::filesystem::path& file, std::uint64_t size)
    {
        const std::uint64_t partBytes = std::max(m_options.partBytes, (size + mostParts - 1) / mostParts);
        std::string list = "<CompleteMultipartUpload>";
        int number = 0;
        for (std::uint64_t first = 0; first < size; first += partBytes) {
            const HttpAnswer part = TRY(sent("PUT", address, fmt::format("partNumber={}&uploadId={}", ++number, upload), file, first, std::min(partBytes, size - first)));
            std::string tag(part.header("etag"));
            std::erase(tag, '"');
            if (tag.empty() || tag.find_first_of("<&") != std::string::npos)
                return fail(Fault::Unavailable, "storage: the answer to a part has no ETag");
            list += fmt::format("<Part><PartNumber>{}</PartNumber><ETag>\"{}\"</ETag></Part>", number, tag);
        }
        HttpRequest finish = plain("POST", address, "uploadId=" + upload);
        finish.body = list + "</CompleteMultipartUpload>";
        finish.headers.emplace_back("Content-Type", "application/xml");
        const std::string digest = hexOf(sha256(bytesOf(finish.body)));
        const HttpAnswer answer = TRY(send(std::move(finish), digest));
        // It may begin with 200 to keep the connection and tell of a failure in the body.
        if (!answer.ok() || answer.body.find("CompleteMultipartUploadResult") == std::string::npos)
            return refused(answer);
        return {};
    }

    static Result<void> refused(const HttpAnswer& answer)
    {
        Error error = errorOfAnswer("storage", answer);
        const std::string code = elementOf(answer.body, "Code").substr(0, 60);
        if (std::ranges::all_of(code, isUnreserved) && !code.empty())
            error.message = fmt::format("storage: it answers {} {}", answer.status, code);
        return tl::unexpected<Error>(std::move(error));
    }

    std::unique_ptr<HttpClient> m_http;
    S3Options m_options;
};

} // namespace

Result<std::unique_ptr<StorageProvider>> openS3Storage(std::unique_ptr<HttpClient> http, S3Options options)
{
    const bool good = !options.bucket.empty() && std::ranges::all_of(options.bucket, isUnreserved) && std::ranges::all_of(options.prefix, [](char c) { return isUnreserved(c) || c == '/'; });
    if (!good || options.bucket.find("..") != std::string::npos || options.prefix.starts_with('/') || options.prefix.find("..") != std::string::npos)
        return fail(Fault::BadInput, "storage: bucket and prefix may have letters, digits and - . _ (and / in the prefix)");
    return std::unique_ptr<StorageProvider>(std::make_unique<S3Storage>(std::move(http), std::move(options)));
}

} // namespace artdag::server
