// SPDX-License-Identifier: GPL-3.0-or-later
// From what a person asks to what the engine is told: the recipe's text, what is put in, and the bytes that it reads, each of
// which the person must be allowed to read. The engine's store is shared by all, so nothing else keeps strangers apart there.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "server/db/runs.h"
#include "server/http/message.h"
#include "server/l1/render_process.h"
#include "server/l2/site.h"

#include <string>

namespace artdag::server {

struct RenderWish {
    std::string recipeText;
    Json request = Json::object(); ///< as Run::request
};

/// Reads the body of POST /runs and /plan: `recipe` is a document, a content id, or the id or name of a kept recipe. NotFound
/// for bytes that the caller may not read, as for those that are not here.
Result<RenderWish> readWish(Site& site, const Request& request);

/// The order for serveOrder; `what` is `plan` or `render`.
Json orderOf(const Site& site, const char* what, const RenderWish& wish);
/// For a look at a recipe, and for a run.
RenderProcess planProcess(const Renderer& renderer);
RenderProcess renderProcess(const Renderer& renderer);

/// The plan of a wish. BadInput with the recipe's problems in `problems`, if that is what is wrong. One at a time for each user:
/// Conflict else.
Result<Json> planOfWish(Site& site, std::int64_t userId, const RenderWish& wish, Json& problems);

/// The text of an object that the user may read.
Result<std::string> readOwnText(Site& site, std::int64_t userId, const ContentId& id);
/// Bytes become an object of this user's.
Result<ContentId> keepText(Site& site, std::int64_t userId, std::string_view text, std::string_view type);

} // namespace artdag::server
