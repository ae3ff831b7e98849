// SPDX-License-Identifier: GPL-3.0-or-later
// One order for the engine as a JSON document, and what comes of it as others: how `artdag-render` works for `artdagd`, which
// decodes, renders and encodes nothing itself. Media are read in workers; bridges are not among its effects. It believes the
// order: who may read which bytes is its sender's to know.
#pragma once

#include "core/base/json.h"
#include "core/render/frame_server.h"

#include <functional>

namespace artdag {

/// The order: `{"do": "effects" | "plan" | "render", "home": …, "worker": …, "recipe": text, "inputs": {name: hash}, "params": {},
/// "output": "", "encode": "", "objects": {hash: path}, "limits": {"pixels", "seconds", "nodes"}, "folder": …, "threads", "memory"}`.
/// `say` hears any number of `{"progress": …}` and at the end one of `{"effects": […]}`, `{"plan": …}`, `{"film": …}`,
/// `{"problems": […]}`, `{"error": {"fault", "message"}}`. A film and the digests of its frames lie in `folder` then.
void serveOrder(const Json& order, const CancelToken& cancel, const std::function<void(const Json&)>& say);

} // namespace artdag
