// SPDX-License-Identifier: GPL-3.0-or-later
// The body of an HTML form (application/x-www-form-urlencoded), read strictly. What a form says is text and nothing else.
#pragma once

#include "core/base/result.h"
#include "server/http/message.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace artdag::server {

struct Form {
    std::vector<std::pair<std::string, std::string>> fields;

    /// The first field of that name, or empty.
    [[nodiscard]] std::string text(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const;
    /// The same without spaces around it; BadInput when it is longer than `longest` bytes or not UTF-8.
    [[nodiscard]] Result<std::string> line(std::string_view name, std::size_t longest) const;
};

/// At most 1,000 fields. BadInput for another content type, a bad escape or NUL.
Result<Form> readForm(const Request& request);

} // namespace artdag::server
