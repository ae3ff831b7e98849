// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/compression.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <optional>

namespace artdag::server {

namespace {

constexpr std::size_t shortest = 1024; // bytes: below that a packet is a packet
constexpr std::string_view tagEnd = "-gzip\"";

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view{} : text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

std::string lower(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

/// Thousandths of `;q=0.5`; 1000 without one, 0 for what is no number.
int qualityOf(std::string_view parameters)
{
    while (!parameters.empty()) {
        const auto end = parameters.find(';');
        const std::string one = lower(trimmed(parameters.substr(0, end)));
        parameters = end == std::string_view::npos ? std::string_view{} : parameters.substr(end + 1);
        if (!one.starts_with("q="))
            continue;
        const std::string_view value = std::string_view(one).substr(2);
        const bool good = value.size() <= 5 && (value.starts_with('0') || value.starts_with('1')) && (value.size() == 1 || value[1] == '.');
        int quality = good ? (value[0] - '0') * 1000 : 0;
        int scale = 100;
        for (const char c : good ? value.substr(std::min<std::size_t>(2, value.size())) : std::string_view{}) {
            if (c < '0' || c > '9')
                return 0;
            quality += (c - '0') * scale;
            scale /= 10;
        }
        return std::min(quality, 1000);
    }
    return 1000;
}

std::string* find(Response& response, std::string_view name)
{
    const auto found = std::ranges::find(response.headers, name, &std::pair<std::string, std::string>::first);
    return found == response.headers.end() ? nullptr : &found->second;
}

bool isText(std::string_view type)
{
    const std::string bare = lower(trimmed(type.substr(0, type.find(';'))));
    constexpr std::array<std::string_view, 5> others{"application/javascript", "application/xml", "application/vnd.apple.mpegurl", "image/svg+xml", "application/json"};
    return bare.starts_with("text/") || bare.ends_with("+json") || bare.ends_with("+xml") || std::ranges::find(others, bare) != others.end();
}

/// BREACH: who can make a browser ask for a page that holds a secret (the token of a form, a code, what is only for that person)
/// beside text of the attacker's choice (a query that is shown again), and sees how long the answers are, learns the secret
/// letter by letter, whatever TLS does. So nothing is compressed that is only for the one who asks: every answer to a session
/// or token, every page with a form, and every refusal is `private` or `no-store`, and whatever sets a cookie is left alone.
bool isPrivate(Response& response)
{
    const std::string* cache = find(response, "Cache-Control");
    return (cache != nullptr && (cache->find("private") != std::string::npos || cache->find("no-store") != std::string::npos)) || response.keepsVisit || find(response, "Set-Cookie") != nullptr;
}

void vary(Response& response)
{
    std::string* known = find(response, "Vary");
    if (known == nullptr)
        response.with("Vary", "Accept-Encoding");
    else if (known->find("Accept-Encoding") == std::string::npos)
        *known += ", Accept-Encoding";
}

} // namespace

bool acceptsGzip(std::string_view acceptEncoding)
{
    std::optional<int> gzip;
    std::optional<int> any;
    std::optional<int> identity;
    while (!acceptEncoding.empty()) {
        const auto comma = acceptEncoding.find(',');
        const std::string_view entry = acceptEncoding.substr(0, comma);
        acceptEncoding = comma == std::string_view::npos ? std::string_view{} : acceptEncoding.substr(comma + 1);
        const auto semicolon = entry.find(';');
        const std::string name = lower(trimmed(entry.substr(0, semicolon)));
        const int quality = qualityOf(semicolon == std::string_view::npos ? std::string_view{} : entry.substr(semicolon + 1));
        if (name == "gzip" || name == "x-gzip")
            gzip = quality;
        else if (name == "*")
            any = quality;
        else if (name == "identity")
            identity = quality;
    }
    const int wish = gzip.value_or(any.value_or(0));
    return wish > 0 && wish >= identity.value_or(0);
}

std::string gzipped(std::string_view bytes)
{
    // A compressor takes 256 KiB; each thread keeps its own, and clears it instead of making another.
    struct Deflater {
        z_stream stream{};
        bool good;
        Deflater()
            : good(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK) // + 16: with gzip's head and tail
        {
        }
        ~Deflater() { deflateEnd(&stream); }
        Deflater(const Deflater&) = delete;
        Deflater& operator=(const Deflater&) = delete;
    };
    thread_local Deflater deflater;
    if (!deflater.good || deflateReset(&deflater.stream) != Z_OK)
        return {};
    z_stream& stream = deflater.stream;
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data())); // zlib does not write there
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        return {};
    out.resize(stream.total_out);
    return out;
}

void compress(const Request& request, Response& response)
{
    constexpr std::size_t longest = 64U << 20; // bytes: such bodies are not made in memory
    const std::string* type = find(response, "Content-Type");
    const std::string* tag = find(response, "ETag");
    const bool isAnswer = response.status == 304 ? tag != nullptr : response.status >= 200 && response.status < 300 && response.status != 206 && response.body.size() >= shortest && response.body.size() < longest;
    if (response.file || response.stream || !isAnswer || type == nullptr || !isText(*type) || find(response, "Content-Encoding") != nullptr || isPrivate(response))
        return;
    vary(response); // also when this client gets the bytes as they are
    if (!acceptsGzip(request.header("accept-encoding")))
        return;
    if (response.status != 304) {
        std::string body = gzipped(response.body);
        if (body.empty() || body.size() >= response.body.size())
            return;
        response.body = std::move(body);
        response.headers.emplace_back("Content-Encoding", "gzip");
    }
    if (std::string* strong = find(response, "ETag"); strong != nullptr && strong->ends_with('"') && !strong->starts_with("W/"))
        *strong = strong->substr(0, strong->size() - 1) + std::string(tagEnd);
}

void forgetCodingOfTags(Request& request)
{
    for (auto& [name, value] : request.headers)
        if (name == "if-none-match")
            for (auto at = value.find(tagEnd); at != std::string::npos; at = value.find(tagEnd, at))
                value.erase(at, tagEnd.size() - 1);
}

} // namespace artdag::server
