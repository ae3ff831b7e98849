// SPDX-License-Identifier: GPL-3.0-or-later
// The names in the text of an expression, so that parameters can be found and replaced without compiling it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace artdag {

/// The expression with each name for which `replace` gives a text put in its place. Functions (a name before a bracket), `t`
/// and `frame` are no names here; neither is the `e` of `1e5`.
std::string replaceNames(std::string_view expression, const std::function<std::optional<std::string>(std::string_view name)>& replace);

} // namespace artdag
