// SPDX-License-Identifier: GPL-3.0-or-later
// Members of a work that its owner may say, read from a request: the same rules at publication and at a change.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <string>
#include <vector>

namespace artdag::server {

/// `tags`: at most 30, each a word that needs no escaping anywhere.
Result<std::vector<std::string>> readTags(const Json& body);

} // namespace artdag::server
