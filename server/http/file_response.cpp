// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/file_response.h"

#include <algorithm>
#include <charconv>

namespace artdag::server {

namespace {

std::optional<std::uint64_t> numberOf(std::string_view text)
{
    std::uint64_t value = 0;
    const auto end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value);
    if (text.empty() || result.ec != std::errc{} || result.ptr != end)
        return {};
    return value;
}

enum class RangeKind {
    Whole,
    Part,
    Impossible
};

/// One `bytes=` range; anything that is not exactly that asks for the whole (a server may ignore Range).
RangeKind readRange(std::string_view header, std::uint64_t size, std::uint64_t& first, std::uint64_t& length)
{
    if (!header.starts_with("bytes=") || header.find(',') != std::string_view::npos)
        return RangeKind::Whole;
    header.remove_prefix(6);
    const auto dash = header.find('-');
    if (dash == std::string_view::npos)
        return RangeKind::Whole;
    const auto from = numberOf(header.substr(0, dash));
    const auto to = numberOf(header.substr(dash + 1));
    if (dash == 0) {
        if (!to)
            return RangeKind::Whole;
        length = std::min(*to, size);
        first = size - length;
        return length == 0 ? RangeKind::Impossible : RangeKind::Part;
    }
    if (!from || (dash + 1 != header.size() && (!to || *to < *from)))
        return RangeKind::Whole;
    if (*from >= size)
        return RangeKind::Impossible;
    first = *from;
    length = (to ? std::min(*to, size - 1) : size - 1) - first + 1;
    return RangeKind::Part;
}

bool listsTag(std::string_view header, const std::string& etag)
{
    return header == "*" || header.find(etag) != std::string_view::npos;
}

} // namespace

Response fileResponse(const Request& request, const ServedFile& file)
{
    Response response;
    response.with("Content-Type", file.type).with("ETag", file.etag).with("Cache-Control", file.cacheControl).with("Accept-Ranges", "bytes");
    if (listsTag(request.header("if-none-match"), file.etag) && !request.header("if-none-match").empty()) {
        response.status = 304;
        return response;
    }
    std::uint64_t first = 0;
    std::uint64_t length = file.size;
    const std::string_view condition = request.header("if-range");
    const bool ranged = request.method == "GET" && (condition.empty() || condition == file.etag);
    const RangeKind kind = ranged ? readRange(request.header("range"), file.size, first, length) : RangeKind::Whole;
    if (kind == RangeKind::Impossible) {
        Response refusal = problem(416, "The range is outside of the file.");
        return std::move(refusal.with("Content-Range", "bytes */" + std::to_string(file.size)));
    }
    if (kind == RangeKind::Part) {
        response.status = 206;
        response.with("Content-Range", "bytes " + std::to_string(first) + "-" + std::to_string(first + length - 1) + "/" + std::to_string(file.size));
    } else {
        first = 0;
        length = file.size;
    }
    response.file = FileRange{file.path, first, length};
    return response;
}

} // namespace artdag::server
