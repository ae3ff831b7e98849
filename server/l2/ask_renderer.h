// SPDX-License-Identifier: GPL-3.0-or-later
// Asking an L1 that the operator configured about a run, or for bytes. Nothing that it says is believed about bytes: those are
// hashed here. No other server is ever asked.
#pragma once

#include "server/l2/site.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

/// The configured base URLs; this server's own `/l1` when there are none.
std::vector<std::string> renderersOf(const Site& site);

struct RendererRun {
    std::string id;
    ContentId content;
    std::optional<FramesHash> framesHash;
    std::string mediaType, title, recipe;     ///< recipe: its name or hash; each empty when it is not said
    std::vector<std::string> inputs, effects; ///< as told
};

/// An L1 that is down, slow or talks nonsense is Unavailable (502 to those who asked us). BadInput: no such id; Denied: not
/// one of the renderers; NotFound: it knows no such run for this caller; Conflict: not finished. `token`: of the caller at
/// that L1, may be empty.
Result<RendererRun> askForRun(const Site& site, std::string_view renderer, const std::string& runId, const std::string& token);
/// Its bytes, in a new file `saveTo`.
Result<void> askForBytes(const Site& site, std::string_view renderer, const ContentId& id, const std::string& token, const std::filesystem::path& saveTo);

} // namespace artdag::server
