// SPDX-License-Identifier: GPL-3.0-or-later
// The document that an artist edits, as values. It may be wrong, it keeps layout and what it does not understand, and it
// writes back byte for byte what it read in the one written form. It knows nothing of effects.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/base/time.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace artdag {

/// A mistake in a recipe. All of them are reported at once.
struct Problem {
    enum class Severity {
        Error,
        Warning,
    };
    Severity severity = Severity::Error;
    std::string pointer; ///< RFC 6901: `/nodes/glow/args/radius`
    int line = 0;        ///< 1-based; 0 when the recipe has no text (made in the Studio)
    int column = 0;      ///< 1-based, in characters
    std::string message; ///< begins with the object: `node 'glow': radius must be 0–512 px, got -3`
    std::string hint;    ///< what to do, may be empty: `did you mean 'radius'?`
};

/// `"node"` or `"node.port"`; an empty port is the first output.
struct Wire {
    std::string node;
    std::string port;
    bool operator==(const Wire&) const = default;
    [[nodiscard]] std::string text() const { return port.empty() ? node : node + "." + port; }
};
Result<Wire> wireOfText(std::string_view text);

/// An argument keeps its JSON as written; core/graph reads its form (literal, keys, expr, bind, param) against the effect.
struct Item {
    std::string id;
    std::optional<Wire> from;
    std::optional<Json> in; ///< a time as written: seconds, or "f120"
    std::optional<Json> out;
    std::vector<std::pair<std::string, Json>> args;
    Json unknown;       ///< an object, or null for none, as most have
    bool plain = false; ///< was written as a bare wire
};

struct PortValue {
    std::variant<Wire, std::vector<Item>> value;
};

struct Node {
    std::string name;
    std::string effect;
    std::string group; ///< instead of an effect: a group of the recipe, of which this is an instance
    std::vector<std::pair<std::string, PortValue>> in;
    std::vector<std::pair<std::string, Json>> args;
    bool bypass = false; ///< `"bypass": true`: the first input passes through
    Json unknown;        ///< an object, or null for none, as most have

    [[nodiscard]] const PortValue* port(std::string_view name) const;
    [[nodiscard]] const Json* arg(std::string_view name) const;
};

struct RecipeInput {
    std::string name;
    std::string media = "media"; ///< `media` or `still`
    std::string title;
    std::string colour = "auto";
    std::string fallback;        ///< the member "default": a content id, may be empty
    std::optional<Wire> standIn; ///< what is taken while there is no media: see stand_ins.h
    Json unknown = Json::object();
};

struct RecipeParam {
    std::string name;
    std::string type = "real"; ///< a parameter kind's name
    Json fallback;             ///< the member "default"
    std::optional<double> least, most;
    std::string unit, title;
    Json unknown = Json::object();
};

struct RecipeOutput {
    std::string name;
    std::optional<Wire> picture, sound;
    std::string encode = "share-h264";
    Json unknown = Json::object();
};

struct GroupInput {
    std::string name;
    std::string title;
    bool optional = false; ///< an instance may leave it unconnected; then what it fed is unconnected too
    Json unknown = Json::object();
};

using Layout = std::map<std::string, std::pair<double, double>>; ///< x, y on the canvas of the editor

/// A part of a graph that nodes use as if it were an effect (flattenGroups puts it in their place). It sees its own inputs
/// and params and nothing else.
struct Group {
    std::string name;
    std::string title, description;
    std::string source; ///< where it came from: a content id, may be empty
    std::vector<GroupInput> inputs;
    std::vector<RecipeParam> params;
    std::vector<Node> nodes;                           ///< wires name these nodes and inputs
    std::vector<std::pair<std::string, Wire>> outputs; ///< promoted ports; a wire that names no port means the first
    Layout layout;
    std::vector<std::string> layoutOrder;
    Json unknown = Json::object();

    [[nodiscard]] const Node* node(std::string_view name) const;
};

struct RecipeCanvas {
    int width = 1920, height = 1080;
    Rate rate;
    int sampleRate = 48000;
    double duration = 10.0; ///< seconds
    std::string workingSpace = "linear-bt709";
    Json unknown = Json::object();
};

/// Members in the written order. Copies are cheap enough for undo (a few hundred nodes); snapshots travel as
/// shared_ptr<const Recipe>.
struct Recipe {
    int version = 1; ///< the member "artdag"
    std::string title, description, license, author;
    std::vector<std::string> tags;
    std::vector<std::string> derivedFrom;
    RecipeCanvas canvas;
    std::vector<RecipeInput> inputs;
    std::vector<RecipeParam> params;
    std::vector<std::string> handles; ///< `param` or `node.arg`
    std::vector<Node> nodes;
    std::vector<RecipeOutput> outputs;
    std::vector<Group> groups;
    Layout layout;
    std::vector<std::string> layoutOrder; ///< names of `layout` in document order; new ones are appended
    Json unknown = Json::object();

    [[nodiscard]] const Node* node(std::string_view name) const;
    [[nodiscard]] Node* node(std::string_view name);
    [[nodiscard]] const Group* group(std::string_view name) const;
};

struct ReadRecipe {
    Recipe recipe;                 ///< all that could be read, also when there are errors
    std::vector<Problem> problems; ///< with positions
    bool complete = true;          ///< false: a fault of the text ended reading, so checking the recipe would only guess
    [[nodiscard]] bool ok() const; ///< no problem is an error
};

/// Reads a document. Never fails, never crashes: any bytes give a recipe and a list of problems.
ReadRecipe readRecipe(std::string_view text);

/// The one written form: members in the order of docs/formats.md, nodes in document order, unknown members last and as
/// read, numbers as ECMAScript prints them, two-space indent, a final line break. read ∘ write is the identity.
std::string writeRecipe(const Recipe& recipe);

/// The document as JSON in the same order of members.
Json jsonOfRecipe(const Recipe& recipe);
/// One member of `nodes`, and the member `groups`, as they are written.
Json jsonOfNode(const Node& node);
Json jsonOfGroups(const Recipe& recipe);

/// Gives line and column to problems that have a pointer but no position, from the text they are about. Where the pointer
/// names something that is missing, the position is that of its nearest enclosing value.
void locateProblems(std::string_view text, std::vector<Problem>& problems);

/// A time as documents write it: a number of seconds, or "f120" frames. BadInput when it is neither.
Result<Flicks> timeOfJson(const Json& value, Rate rate);

} // namespace artdag
