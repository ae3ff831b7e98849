// SPDX-License-Identifier: GPL-3.0-or-later
// Who asked for the recipe of a work, for its owner to answer; and what others see of a recipe that is not everyone's.
#pragma once

#include "server/db/kept_recipes.h"
#include "server/db/works.h"
#include "server/http/message.h"
#include "server/l2/site.h"

#include <string>
#include <vector>

namespace artdag::server {

/// What the one who looks at a work may do about its recipe.
struct RecipeDoor {
    std::string access;       ///< `followers` or `request`; empty: nothing is kept
    std::string state;        ///< of their request: asked, granted, refused; empty: they did not ask
    std::int64_t waiting = 0; ///< requests that wait for the owner
    bool isOwner = false, isMember = false;
    std::string token; ///< of their forms
};
/// For the row of buttons under a work; nothing for who cannot ask, or did. Its form is in recipeDoorHtml.
std::string askButton(const RecipeDoor& door);
/// A line of words under them; nothing when there is nothing to say.
std::string recipeDoorHtml(const Work& work, const RecipeDoor& door);

Response recipeRequestsPage(const Site& site, const std::string& token, const Work& work, const std::vector<RecipeRequest>& requests);

} // namespace artdag::server
