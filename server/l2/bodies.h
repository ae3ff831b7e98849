// SPDX-License-Identifier: GPL-3.0-or-later
// Reading the JSON bodies of requests strictly: a member of the wrong type is named, an unknown one is ignored.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "server/http/message.h"

#include <string>
#include <vector>

namespace artdag::server {

/// The body as a JSON object; 32 levels, 10,000 values at most; a form of a logged-in browser as an object of texts. BadInput
/// otherwise.
Result<Json> readObject(const Request& request);
/// A member that must be a text of at most `longest` bytes of UTF-8.
Result<std::string> requiredText(const Json& object, const char* name, std::size_t longest);
/// The same, but `fallback` when it is missing or null.
Result<std::string> optionalText(const Json& object, const char* name, std::size_t longest, std::string fallback = {});
/// A list of texts, empty when it is missing.
Result<std::vector<std::string>> textList(const Json& object, const char* name, std::size_t most, std::size_t longest);

/// A hash of a request: `sha3-256:<64 lower-case hex>`, or the bare hex. Capitals are refused: one object has one URL.
template <class N>
Result<N> strictName(std::string_view text)
{
    if (text.find_first_of("ABCDEF") != std::string_view::npos)
        return fail(Fault::BadInput, "hash '" + std::string(text.substr(0, 80)) + "': must be sha3-256: and 64 lower-case hexadecimal digits");
    return nameOfText<N>(text);
}

/// What a page of a list is asked for: `?limit=` (1–100) and `?cursor=`.
struct Paging {
    int limit = 20;
    std::int64_t before = 0;
};
Result<Paging> readPaging(const Request& request);

} // namespace artdag::server
