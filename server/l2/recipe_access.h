// SPDX-License-Identifier: GPL-3.0-or-later
// Who may read the recipe of a work that does not give it to everyone, and how people come to be let in: they ask once, the owner
// answers, and may answer otherwise later.
#pragma once

#include "server/db/kept_recipes.h"
#include "server/db/works.h"
#include "server/http/message.h"
#include "server/l2/site.h"

#include <optional>
#include <string>
#include <vector>

namespace artdag::server {

/// True for an accepted follower: who is logged in here, or signs this GET.
Result<bool> isFollower(Site& site, const Request& request, std::int64_t ownerId);
/// The work that the captures name, for who may read its recipe if anyone may: NotFound for one that they may not see.
Result<Work> workToRead(Site& site, const Request& request);
/// The owner; for `followers` accepted ones; for `request` whom the owner lets. Neither side may block the other.
Result<bool> mayReadKept(Site& site, const Request& request, const Work& work, const KeptRecipe& kept);
/// The public recipe, or the kept one when it is theirs to read; nothing else is told.
Result<std::optional<ContentId>> recipeFor(Site& site, const Request& request, const Work& work);

/// NotFound when this work's recipe is not to be asked for, Denied when either side blocks the other. `isNew` is
/// false when they asked before; nothing when they asked for too many in a day.
struct Asked {
    RecipeRequest request;
    bool isNew = false;
};
Result<std::optional<Asked>> askForRecipe(Site& site, const Caller& caller, const Work& work);
/// The owner's answer to one who asked; both answers may follow each other. NotFound when that account never asked.
Result<RecipeRequest> answerRecipeRequest(Site& site, const Work& work, std::int64_t userId, bool accept);

} // namespace artdag::server
