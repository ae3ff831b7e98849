// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http_client.h"

#include "core/base/files.h"
#include "core/base/json.h"
#include "core/net/address_guard.h"
#include "core/net/curl_handle.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <mutex>

namespace artdag {

namespace {

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using FilePointer = std::unique_ptr<std::FILE, CloseFile>;

/// What the callbacks of one transfer see.
struct Transfer {
    const HttpRequest& request;
    CURL* handle = nullptr;
    HttpAnswer answer;
    FilePointer upload, download;
    std::filesystem::path part; ///< where the download grows until it is whole
    std::uint64_t received = 0;
    std::uint64_t fileLength = 0, sent = 0; ///< bytes of the upload's file that are to go, and of the whole body that went
    bool tooLong = false, diskFailed = false, cancelled = false, refused = false;
};

std::size_t takeHeader(char* bytes, std::size_t, std::size_t count, void* context)
{
    auto& transfer = *static_cast<Transfer*>(context);
    std::string_view line(bytes, count);
    if (line.starts_with("HTTP/")) { // a new answer begins: after a redirect, or after 100 Continue
        transfer.answer.headers.clear();
        return count;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || transfer.answer.headers.size() > 200)
        return count;
    std::string name(line.substr(0, colon));
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
    std::string_view value = line.substr(colon + 1);
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t'))
        value.remove_prefix(1);
    while (!value.empty() && (value.back() == '\r' || value.back() == '\n' || value.back() == ' '))
        value.remove_suffix(1);
    transfer.answer.headers.emplace_back(std::move(name), value);
    return count;
}

std::size_t takeBody(char* bytes, std::size_t, std::size_t count, void* context)
{
    auto& transfer = *static_cast<Transfer*>(context);
    long status = 0;
    curl_easy_getinfo(transfer.handle, CURLINFO_RESPONSE_CODE, &status);
    const bool toFile = !transfer.request.saveTo.empty() && status >= 200 && status < 300;
    transfer.received += count;
    // The text of a refusal needs no more room than this, whatever was hoped for.
    const std::uint64_t limit = toFile || transfer.request.saveTo.empty() ? transfer.request.limit : std::uint64_t{1} << 20;
    if (transfer.received > limit) {
        transfer.tooLong = true;
        return 0;
    }
    if (!toFile) {
        transfer.answer.body.append(bytes, count);
        return count;
    }
    if (!transfer.download)
        transfer.download.reset(std::fopen(transfer.part.c_str(), "wbxe"));
    transfer.diskFailed = !transfer.download || std::fwrite(bytes, 1, count, transfer.download.get()) != count;
    return transfer.diskFailed ? 0 : count;
}

/// Up to `count` of the bytes of `text` that begin at `offset`.
std::size_t copyPart(std::string_view text, std::uint64_t offset, char* bytes, std::size_t count)
{
    const std::string_view part = text.substr(static_cast<std::size_t>(offset), count);
    std::memcpy(bytes, part.data(), part.size());
    return part.size();
}

/// What comes next of: the words before, the part of the file, the words after.
std::size_t giveBody(char* bytes, std::size_t, std::size_t count, void* context)
{
    auto& transfer = *static_cast<Transfer*>(context);
    const HttpRequest& request = transfer.request;
    const std::uint64_t fileEnd = request.bodyBefore.size() + transfer.fileLength;
    std::size_t given = 0;
    if (transfer.sent < request.bodyBefore.size()) {
        given = copyPart(request.bodyBefore, transfer.sent, bytes, count);
    } else if (transfer.sent < fileEnd) {
        const auto want = std::min<std::uint64_t>(count, fileEnd - transfer.sent);
        const auto at = request.bodyFirst + (transfer.sent - request.bodyBefore.size());
        const ssize_t got = ::pread(::fileno(transfer.upload.get()), bytes, static_cast<std::size_t>(want), static_cast<off_t>(at));
        if (got <= 0)
            return CURL_READFUNC_ABORT; // the file is shorter than it was
        given = static_cast<std::size_t>(got);
    } else {
        given = copyPart(request.bodyAfter, transfer.sent - fileEnd, bytes, count);
    }
    transfer.sent += given;
    return given;
}

int rewindBody(void* context, curl_off_t offset, int origin)
{
    if (origin != SEEK_SET || offset < 0)
        return CURL_SEEKFUNC_CANTSEEK;
    static_cast<Transfer*>(context)->sent = static_cast<std::uint64_t>(offset);
    return CURL_SEEKFUNC_OK;
}

int tellProgress(void* context, curl_off_t downTotal, curl_off_t down, curl_off_t upTotal, curl_off_t up)
{
    auto& transfer = *static_cast<Transfer*>(context);
    const bool uploads = upTotal > 0;
    if (transfer.request.progress)
        transfer.cancelled = !transfer.request.progress(static_cast<std::uint64_t>(uploads ? up : down), static_cast<std::uint64_t>(uploads ? upTotal : downTotal));
    return transfer.cancelled ? 1 : 0;
}

/// The guard: the address that is about to be connected to, not a name that may resolve differently next time.
curl_socket_t openPublicSocket(void* context, curlsocktype, curl_sockaddr* address)
{
    bool allowed = false;
    if (address->family == AF_INET) {
        Ipv4 bytes{};
        const auto* to = reinterpret_cast<const sockaddr_in*>(&address->addr);
        std::memcpy(bytes.data(), &to->sin_addr, bytes.size());
        allowed = isPublicAddress(bytes) && ntohs(to->sin_port) == 443;
    } else if (address->family == AF_INET6) {
        Ipv6 bytes{};
        const auto* to = reinterpret_cast<const sockaddr_in6*>(&address->addr);
        std::memcpy(bytes.data(), &to->sin6_addr, bytes.size());
        allowed = isPublicAddress(bytes) && ntohs(to->sin6_port) == 443;
    }
    if (!allowed) {
        static_cast<Transfer*>(context)->refused = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

class CurlClient final : public HttpClient {
public:
    explicit CurlClient(Reach reach)
        : m_reach(reach)
    {
    }
    Result<HttpAnswer> send(const HttpRequest& request) override;

private:
    Result<void> prepare(Transfer& transfer, CurlList& headers) const;
    CurlPointer takeHandle()
    {
        const std::lock_guard lock(m_mutex);
        if (m_free.empty())
            return makeCurl();
        CurlPointer handle = std::move(m_free.back());
        m_free.pop_back();
        return handle;
    }
    void giveBack(CurlPointer handle)
    {
        curl_easy_reset(handle.get()); // keeps its live connections
        const std::lock_guard lock(m_mutex);
        if (m_free.size() < 8)
            m_free.push_back(std::move(handle));
    }

    Reach m_reach;
    std::mutex m_mutex;
    std::vector<CurlPointer> m_free;
};

Result<void> prepareUpload(Transfer& transfer)
{
    const auto& request = transfer.request;
    CURL* curl = transfer.handle;
    if (!request.bodyFile.empty()) {
        std::error_code error;
        const auto size = std::filesystem::file_size(request.bodyFile, error);
        transfer.upload.reset(error ? nullptr : std::fopen(request.bodyFile.c_str(), "rbe"));
        if (!transfer.upload)
            return fail(Fault::NotFound, "file '" + request.bodyFile.string() + "' cannot be read");
        if (request.bodyFirst > size || request.bodyLength.value_or(0) > size - request.bodyFirst)
            return fail(Fault::BadInput, "file '" + request.bodyFile.string() + "' is shorter than the part that is to be sent");
        transfer.fileLength = request.bodyLength.value_or(size - request.bodyFirst);
        curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request.bodyBefore.size() + transfer.fileLength + request.bodyAfter.size()));
        curl_easy_setopt(curl, CURLOPT_READFUNCTION, giveBody);
        curl_easy_setopt(curl, CURLOPT_READDATA, &transfer);
        curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, rewindBody);
        curl_easy_setopt(curl, CURLOPT_SEEKDATA, &transfer);
    } else if (!request.body.empty() || request.method == "POST" || request.method == "PUT" || request.method == "PATCH") {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.c_str());
    } else if (request.method == "HEAD") {
        curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    }
    return {};
}

Result<void> CurlClient::prepare(Transfer& transfer, CurlList& headers) const
{
    const auto& request = transfer.request;
    CURL* curl = transfer.handle;
    if (m_reach == Reach::PublicOnly)
        TRY(checkStrangersUrl(request.url));
    curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
    TRY(prepareUpload(transfer));
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    for (const auto& [name, value] : request.headers) {
        if ((name + value).find_first_of("\r\n") != std::string::npos)
            return fail(Fault::BadInput, "header '" + name + "' has a line break");
        headers.reset(curl_slist_append(headers.release(), (name + ": " + value).c_str()));
    }
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "artdag/" ARTDAG_VERSION);
    const char* protocols = m_reach == Reach::PublicOnly ? "https" : "http,https";
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, request.url.starts_with("https:") ? "https" : protocols);
    const bool mayFollow = request.redirects > 0 && (request.method == "GET" || request.method == "HEAD");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, mayFollow ? 1L : 0L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, static_cast<long>(request.redirects));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(request.connectTime.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(request.totalTime.count()));
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(request.stallTime.count()));
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_BUFFERSIZE, 256L << 10);
    curl_easy_setopt(curl, CURLOPT_UPLOAD_BUFFERSIZE, 256L << 10);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, takeHeader);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, takeBody);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, request.progress ? 0L : 1L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, tellProgress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &transfer);
    if (m_reach == Reach::PublicOnly) {
        curl_easy_setopt(curl, CURLOPT_PROXY, "");
        curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, openPublicSocket);
        curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &transfer);
    }
    return {};
}

Result<void> finishDownload(Transfer& transfer)
{
    std::FILE* file = transfer.download.get();
    if (file == nullptr) // an empty body
        return writeFileAtomically(transfer.request.saveTo, {});
    const bool whole = std::fflush(file) == 0 && ::fdatasync(::fileno(file)) == 0;
    transfer.download.reset();
    std::error_code error;
    if (whole)
        std::filesystem::rename(transfer.part, transfer.request.saveTo, error);
    if (!whole || error)
        return fail(Fault::Unavailable, "file '" + transfer.request.saveTo.string() + "' cannot be written");
    return {};
}

Result<HttpAnswer> CurlClient::send(const HttpRequest& request)
{
    Transfer transfer{request};
    CurlPointer handle = takeHandle();
    transfer.handle = handle.get();
    if (!request.saveTo.empty()) {
        transfer.part = request.saveTo;
        transfer.part += ".part-" + hexOf(secureRandom(6));
    }
    CurlList headers;
    TRY(prepare(transfer, headers));
    const CURLcode code = curl_easy_perform(handle.get());
    const std::string object = request.method + " " + request.url + ": ";
    Result<HttpAnswer> result = [&]() -> Result<HttpAnswer> {
        if (transfer.cancelled)
            return fail(Fault::Cancelled, object + "cancelled");
        if (transfer.refused)
            return fail(Fault::Denied, object + "the address is not a public one");
        if (transfer.tooLong)
            return fail(Fault::BadInput, object + "the answer is longer than " + std::to_string(request.limit) + " bytes");
        if (transfer.diskFailed)
            return fail(Fault::Unavailable, object + "file '" + request.saveTo.string() + "' cannot be written");
        long status = 0;
        curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
        // A server that refuses an upload early may reset the connection after its answer: the answer counts.
        if (code != CURLE_OK && !(code == CURLE_SEND_ERROR && status >= 400))
            return fail(Fault::Unavailable, object + curl_easy_strerror(code));
        char* last = nullptr;
        curl_easy_getinfo(handle.get(), CURLINFO_EFFECTIVE_URL, &last);
        transfer.answer.status = static_cast<int>(status);
        transfer.answer.url = last != nullptr ? last : request.url;
        if (!request.saveTo.empty() && transfer.answer.ok())
            TRY(finishDownload(transfer));
        return std::move(transfer.answer);
    }();
    transfer.download.reset();
    std::error_code ignored;
    if (!transfer.part.empty())
        std::filesystem::remove(transfer.part, ignored);
    giveBack(std::move(handle));
    return result;
}

} // namespace

std::string_view HttpAnswer::header(std::string_view name) const
{
    const auto found = std::ranges::find(headers, name, &std::pair<std::string, std::string>::first);
    return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

std::unique_ptr<HttpClient> openHttpClient(Reach reach)
{
    return std::make_unique<CurlClient>(reach);
}

Error errorOfAnswer(const std::string& object, const HttpAnswer& answer)
{
    std::string reason = "the server answers " + std::to_string(answer.status);
    if (const auto document = readJson(answer.body, {1U << 20, 16, 10'000}); document && document->is_object()) {
        if (const auto detail = document->find("detail"); detail != document->end() && detail->is_string())
            reason = detail->get<std::string>();
    }
    const int status = answer.status;
    const Fault fault = status == 401 || status == 403 ? Fault::Denied
        : status == 404 || status == 410               ? Fault::NotFound
        : status == 409                                ? Fault::Conflict
        : status == 429 || status >= 500               ? Fault::Unavailable
                                                       : Fault::BadInput;
    return {fault, object + ": " + reason};
}

} // namespace artdag
