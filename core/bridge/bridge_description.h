// SPDX-License-Identifier: GPL-3.0-or-later
// What was introspected of one filter, read from the JSON that its process says or that a manifest cites. Checked member by
// member, for both may come from strangers.
#pragma once

#include "core/base/json.h"
#include "core/effect/effect.h"

#include <string>
#include <vector>

namespace artdag {

struct BridgeParam {
    std::string name;   ///< in recipes
    std::string option; ///< what the filter calls it
    std::string help;
    ParamKind kind = ParamKind::Real;
    Value initial = 0.0;
    double least = -std::numeric_limits<double>::infinity();
    double most = std::numeric_limits<double>::infinity();
    bool moves = false;               ///< it may change from frame to frame
    std::vector<std::string> choices; ///< of a Choice; of a text, the words that it may consist of, joined by +
};

struct BridgeDescription {
    std::string kind;   ///< `ffmpeg` or `frei0r`
    std::string filter; ///< `gblur`
    std::string by;     ///< `libavfilter 8.44.100 gblur`
    std::string title, help;
    int version = 1;    ///< Bridge::version
    bool sound = false; ///< what goes in and comes out: sound instead of pictures
    int inputs = 1;     ///< 1 or 2
    bool alpha = true;  ///< false: its pictures are laid over black
    std::vector<BridgeParam> params;
    [[nodiscard]] std::string name() const { return kind + "." + filter; }
};

/// Names of effects that are bridges begin with one of these.
inline constexpr std::string_view bridgePrefixes[] = {"ffmpeg.", "frei0r."};

/// Corrupt for what no filter process of ours says.
Result<BridgeDescription> readDescription(const Json& json);
/// An argument as the text that the filter process takes for it; BadInput for a text that cannot be one.
Result<std::string> optionText(const BridgeDescription& description, const BridgeParam& param, const Value& value);

} // namespace artdag
