// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: a connection's bytes (after one that says in what pieces they come) are read as requests, whatever they are; in
// pieces they are the same requests as at once; and what the server asks of a request has an answer.
#include "server/http/client_of.h"
#include "server/http/compression.h"
#include "server/http/file_response.h"
#include "server/http/parsed_request.h"
#include "server/http/router.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using namespace artdag;
using namespace artdag::server;

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

constexpr std::uint32_t headerLimit = 16U << 10;

struct Read {
    std::vector<Request> requests;
    std::string end; ///< why no more came
};

/// Bytes that come in pieces: the parser sees those that it did not take before, as from a socket's buffer.
class Pieces {
public:
    Pieces(std::string_view bytes, std::size_t size)
        : m_bytes(bytes),
          m_size(std::max<std::size_t>(size, 1))
    {
    }
    bool more()
    {
        const bool any = m_end < m_bytes.size();
        m_end = std::min(m_end + m_size, m_bytes.size());
        return any;
    }
    void take(std::size_t count) { m_begin += count; }
    [[nodiscard]] asio::const_buffer held() const { return {m_bytes.data() + m_begin, m_end - m_begin}; }

private:
    std::string_view m_bytes;
    std::size_t m_size, m_begin = 0, m_end = 0;
};

/// False when the bytes are at their end, or are no HTTP: `error`.
bool readHeader(Pieces& pieces, RequestParser& parser, boost::system::error_code& error)
{
    while (!parser.is_header_done()) {
        error = {};
        if (pieces.held().size() != 0)
            pieces.take(parser.put(pieces.held(), error));
        if (error && error != http::error::need_more)
            return false;
        if (!parser.is_header_done() && !pieces.more())
            return false;
    }
    error = {};
    return true;
}

bool readBody(Pieces& pieces, RequestParser& parser, std::string& body, boost::system::error_code& error)
{
    std::array<char, 256> block{};
    while (!parser.is_done()) {
        parser.get().body().data = block.data();
        parser.get().body().size = block.size();
        error = {};
        const std::size_t taken = pieces.held().size() == 0 ? 0 : parser.put(pieces.held(), error);
        pieces.take(taken);
        const std::size_t came = block.size() - parser.get().body().size;
        body.append(block.data(), came);
        if (error && error != http::error::need_more && error != http::error::need_buffer)
            return false;
        const bool stuck = pieces.held().size() == 0 || error == http::error::need_more || taken + came == 0;
        if (!parser.is_done() && stuck && !pieces.more())
            return false;
    }
    error = {};
    return true;
}

Read readAll(std::string_view bytes, std::size_t size)
{
    Read read;
    Pieces pieces(bytes, size);
    for (boost::system::error_code error; read.requests.size() < 50;) {
        RequestParser parser;
        prepareParser(parser, headerLimit);
        const bool headed = readHeader(pieces, parser, error);
        if (headed)
            read.requests.push_back(requestOf(parser));
        if (!headed || isAmbiguous(read.requests.back()) || !readBody(pieces, parser, read.requests.back().body, error)) {
            read.end = error == http::error::need_more ? "" : error.message();
            break;
        }
    }
    return read;
}

constexpr Route table[] = {
    {"GET", "/", nullptr},
    {"GET", "/asset/@{user}/{name}", nullptr},
    {"GET", "/media/{file}", nullptr},
    {"POST", "/users/{user}/inbox", nullptr},
};

void ask(Request request)
{
    CHECK(request.path.find('?') == std::string::npos && request.path.size() <= request.target.size());
    for (const auto& [name, value] : request.headers) {
        CHECK(name.find_first_of("\r\n: ") == std::string::npos && value.find_first_of("\r\n") == std::string::npos);
        CHECK(name.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos);
    }
    const Match match = matchRoute(table, request.method, request.path);
    for (const auto& [name, value] : match.captures)
        CHECK(!value.empty() && value != ".." && value.find_first_of(std::string_view("/\\\0", 3)) == std::string::npos);
    const auto parameter = request.parameter("a");
    CHECK(!parameter || parameter->find('\0') == std::string::npos);
    (void)prefersHtml(request);
    (void)wantsActivity(request);
    (void)acceptsGzip(request.header("accept-encoding"));
    forgetCodingOfTags(request);
    CHECK(request.header("if-none-match").find("-gzip\"") == std::string_view::npos);
    request.peer = "127.0.0.1";
    static const Networks trusted = *Networks::read({"127.0.0.1", "10.0.0.0/8"});
    static const Networks any = *Networks::read({"0.0.0.0/0", "::/0"});
    readForwarding(request, trusted);
    CHECK(any.holds(request.remote) && !request.id.empty());
    constexpr std::uint64_t size = 1000;
    const Response response = fileResponse(request, ServedFile{"/nowhere", size, "video/mp4", "\"tag\"", "no-store"});
    CHECK(!response.file || (response.file->length <= size && response.file->first + response.file->length <= size));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view stream(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    const Read whole = readAll(stream, stream.size());
    const Read parts = readAll(stream, bytes[0]);
    // Of a bad header without an end Beast says so at once, or waits for the end: in both cases there is no request.
    CHECK(whole.requests.size() == parts.requests.size() && (whole.end == parts.end || parts.end.empty()));
    for (std::size_t i = 0; i < whole.requests.size(); ++i) {
        const Request& a = whole.requests[i];
        const Request& b = parts.requests[i];
        CHECK(a.method == b.method && a.target == b.target && a.headers == b.headers && a.body == b.body);
        ask(a);
    }
    return 0;
}
