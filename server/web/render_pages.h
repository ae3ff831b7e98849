// SPDX-License-Identifier: GPL-3.0-or-later
// What people see of a renderer: their runs, one run with its graph and its film, their recipes and bytes, and how they come
// and go. They work without a script; one of our own moves the bar of a run that is under way.
#pragma once

#include "core/recipe/recipe.h"
#include "server/db/objects.h"
#include "server/db/runs.h"
#include "server/db/saved_recipes.h"
#include "server/http/message.h"
#include "server/l2/site.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

Response runsPage(const Site& site, const std::string& user, const std::vector<Run>& runs, const std::string& next);
struct RunPage {
    Run run;
    std::optional<Recipe> recipe;   ///< to draw it
    std::optional<HeldObject> film; ///< when it is here
};
Response runPage(const Site& site, const RunPage& page);
/// `mistakes` of the recipe that was sent last, a line each.
Response recipesPage(const Site& site, const std::vector<SavedRecipe>& recipes, const std::vector<std::string>& mistakes = {}, const std::string& text = {});
Response mediaPage(const Site& site, const std::vector<OwnObject>& objects, const std::string& next);
/// `user` empty: nobody yet.
Response attachPage(const Site& site, const std::string& user);
Response leavePage(const Site& site, const std::string& user);
const std::string& progressScript();

/// A field of a form's body, or empty.
std::string formField(std::string_view body, std::string_view name);

} // namespace artdag::server
