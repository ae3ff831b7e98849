// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/anchor/block_header.h"

#include "core/base/json.h"

#include <algorithm>
#include <charconv>

namespace artdag {

namespace {

constexpr std::size_t headerLength = 80;
constexpr std::size_t rootOffset = 36;
constexpr std::size_t timeOffset = 68;
constexpr std::uint64_t longestAnswer = 10'000;

/// Where the two kinds of source keep things.
struct Source {
    std::string base;
    bool isCore = false;
    std::chrono::seconds patience;

    [[nodiscard]] std::string best() const { return isCore ? "/chaininfo.json" : "/blocks/tip/height"; }
    [[nodiscard]] std::string hashAt(std::int64_t height) const { return (isCore ? "/blockhashbyheight/" : "/block-height/") + std::to_string(height) + (isCore ? ".hex" : ""); }
    [[nodiscard]] std::string header(const std::string& hash) const { return isCore ? "/headers/1/" + hash + ".hex" : "/block/" + hash + "/header"; }
};

Source sourceOf(std::string base, std::chrono::seconds patience)
{
    while (base.ends_with('/'))
        base.pop_back();
    const bool isCore = base.ends_with("/rest");
    return {std::move(base), isCore, patience};
}

tl::unexpected<Error> complaint(const Source& source, Fault fault, const std::string& words)
{
    return fail(fault, "block headers of '" + source.base + "': " + words);
}

/// A short text without the white space around it.
Result<std::string> ask(HttpClient& http, const Source& source, const std::string& path)
{
    HttpRequest request;
    request.url = source.base + path;
    request.limit = longestAnswer;
    request.connectTime = request.stallTime = request.totalTime = source.patience;
    const auto answer = http.send(request);
    if (!answer)
        return complaint(source, Fault::Unavailable, answer.error().message);
    if (answer->status == 404)
        return complaint(source, Fault::NotFound, "there is no such block");
    if (!answer->ok())
        return complaint(source, Fault::Unavailable, "it answered " + std::to_string(answer->status));
    const auto first = answer->body.find_first_not_of(" \r\n\t");
    return first == std::string::npos ? std::string() : answer->body.substr(first, answer->body.find_last_not_of(" \r\n\t") + 1 - first);
}

Result<std::int64_t> bestHeight(HttpClient& http, const Source& source)
{
    const std::string text = TRY(ask(http, source, source.best()));
    std::int64_t height = -1;
    if (source.isCore) {
        const auto info = readJson(text);
        if (info && info->is_object() && info->contains("blocks") && (*info)["blocks"].is_number_integer())
            height = (*info)["blocks"].get<std::int64_t>();
    } else if (const auto read = std::from_chars(text.data(), text.data() + text.size(), height); read.ec != std::errc{} || read.ptr != text.data() + text.size()) {
        height = -1;
    }
    if (height < 0)
        return complaint(source, Fault::Unavailable, "its best height is no number");
    return height;
}

} // namespace

Result<BlockHeader> readBlockHeader(ByteView bytes)
{
    if (bytes.size() != headerLength)
        return fail(Fault::BadInput, "block header: must have 80 bytes");
    BlockHeader header;
    header.bytes.assign(bytes.begin(), bytes.end());
    std::copy_n(bytes.begin() + rootOffset, header.merkleRoot.size(), header.merkleRoot.begin());
    for (std::size_t i = 0; i < 4; ++i)
        header.time |= static_cast<std::int64_t>(bytes[timeOffset + i]) << (8 * i);
    return header;
}

std::string blockHashOf(const BlockHeader& header)
{
    Digest hash = sha256(sha256(header.bytes));
    std::ranges::reverse(hash);
    return hexOf(hash);
}

Result<std::int64_t> fetchBestHeight(HttpClient& http, const std::string& source, std::chrono::seconds patience)
{
    return bestHeight(http, sourceOf(source, patience));
}

Result<BlockHeader> fetchBlockHeader(HttpClient& http, const std::string& url, std::int64_t height, std::chrono::seconds patience)
{
    const Source source = sourceOf(url, patience);
    const std::string hash = TRY(ask(http, source, source.hashAt(height)));
    const auto digest = bytesOfHex(hash);
    if (!digest || digest->size() != sizeof(Digest))
        return complaint(source, Fault::Unavailable, "its answer is no block's hash");
    const auto bytes = bytesOfHex(TRY(ask(http, source, source.header(hash))));
    auto header = bytes ? readBlockHeader(*bytes) : Result<BlockHeader>(fail(Fault::BadInput, ""));
    if (!header || blockHashOf(*header) != hexOf(*digest))
        return complaint(source, Fault::Unavailable, "its header is not the one of the hash that it named");
    header->height = height;
    header->confirmations = TRY(bestHeight(http, source)) - height + 1;
    return header;
}

} // namespace artdag
