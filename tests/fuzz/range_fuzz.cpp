// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: what a client asks of a file (lines: Range, If-Range, If-None-Match, the size): the answer never leaves the file, and
// its headers say what is sent.
#include "server/http/file_response.h"

#include <charconv>
#include <cstddef>
#include <cstdint>

using namespace artdag;
using namespace artdag::server;

namespace {

std::string headerOf(const Response& response, std::string_view name)
{
    for (const auto& [key, value] : response.headers)
        if (key == name)
            return value;
    return {};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    std::string_view rest(reinterpret_cast<const char*>(bytes), size);
    const auto line = [&rest] {
        const std::string_view one = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(one.size() + 1, rest.size()));
        return std::string(one);
    };
    Request request;
    request.method = "GET";
    for (const char* name : {"range", "if-range", "if-none-match"})
        if (const std::string value = line(); !value.empty())
            request.headers.emplace_back(name, value);
    std::uint64_t length = 1000;
    const std::string said = line();
    (void)std::from_chars(said.data(), said.data() + said.size(), length);
    for (const char* method : {"GET", "HEAD"}) {
        request.method = method;
        const Response response = fileResponse(request, ServedFile{"/nowhere", length, "video/mp4", "\"tag\"", "no-store"});
        CHECK(response.status == 200 || response.status == 206 || response.status == 304 || response.status == 416);
        CHECK(response.file.has_value() == (response.status == 200 || response.status == 206));
        if (response.status == 200)
            CHECK(response.file->first == 0 && response.file->length == length);
        if (response.status == 206) {
            CHECK(response.file->length > 0 && response.file->first < length && response.file->length <= length - response.file->first);
            CHECK(headerOf(response, "Content-Range") == "bytes " + std::to_string(response.file->first) + "-" + std::to_string(response.file->first + response.file->length - 1) + "/" + std::to_string(length));
        }
        if (response.status == 416)
            CHECK(headerOf(response, "Content-Range") == "bytes */" + std::to_string(length));
    }
    return 0;
}
