// SPDX-License-Identifier: GPL-3.0-or-later
// What the three forms of the older project have in common: nodes of a few types with a configuration and ordered inputs.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/recipe/json_text.h"
#include "core/recipe/recipe.h"

#include <string>
#include <utility>
#include <vector>

namespace artdag {

/// Where something is written: a pointer into JSON and YAML, a place in S-expressions.
struct OldPlace {
    std::string pointer;
    TextPlace text; ///< line 0 when only the pointer is known
};

struct OldNode {
    std::string id;
    std::string type; ///< SOURCE, SEGMENT … in capitals
    std::string name; ///< may be empty
    Json config = Json::object();
    std::vector<std::string> inputs; ///< ids
    OldPlace place;
};

/// What its author called it, else empty: ids are often hashes, and those of S-expressions are made up while reading.
inline std::string givenName(const OldNode& node)
{
    if (!node.name.empty())
        return node.name;
    return node.id.size() < 32 && node.place.text.line == 0 ? node.id : std::string();
}

struct OldAsset {
    std::string name;
    std::string hash; ///< 64 hexadecimal digits, may be empty
    std::string title;
};

struct OldGraph {
    std::string title, description, owner;
    std::vector<OldAsset> assets;
    std::vector<RecipeParam> params;
    Json canvas = Json::object(); ///< width, height, fps, duration as far as they are said
    std::vector<OldNode> nodes;
    std::string output; ///< an id
    OldPlace outputPlace;
    std::vector<Problem> notes;
};

/// Ends reading: BadInput, whose place is found from the pointer where only that is known.
struct OldFault {
    std::string message;
    OldPlace place;
};
template <class T>
using OldResult = tl::expected<T, OldFault>;

inline Problem noteAt(const OldPlace& place, std::string message)
{
    return {Problem::Severity::Warning, place.pointer, place.text.line, place.text.column, std::move(message), {}};
}

} // namespace artdag
