// SPDX-License-Identifier: GPL-3.0-or-later
// YAML as JSON values with their places. Strict: one document, no anchors, aliases or tags, no member twice, 64 levels.
// The only place that knows libyaml.
#pragma once

#include "core/import/old_graph.h"

#include <string_view>
#include <unordered_map>

namespace artdag {

struct YamlDocument {
    Json value;
    std::unordered_map<std::string, TextPlace> places; ///< by JSON pointer
};

OldResult<YamlDocument> readYaml(std::string_view text);

} // namespace artdag
