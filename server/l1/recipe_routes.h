// SPDX-License-Identifier: GPL-3.0-or-later
// Recipes that people keep on a renderer.
#pragma once

#include "server/http/message.h"

namespace artdag::server {

struct Site;

Result<Response> postRecipe(Site& site, const Request& request);
Result<Response> getRecipes(Site& site, const Request& request);
Result<Response> getRecipe(Site& site, const Request& request);
Result<Response> deleteRecipe(Site& site, const Request& request);

} // namespace artdag::server
