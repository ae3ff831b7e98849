// SPDX-License-Identifier: GPL-3.0-or-later
// The recipe of a work for whom it is; asking for one, and the owner's answers, for programs and as forms.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

/// 404, the same for all, to whom it is not given.
Result<Response> getAssetRecipe(Site& site, const Request& request);
/// Bytes that were baked into a recipe which is not everyone's.
Result<Response> getRecipePart(Site& site, const Request& request);

/// For the owner everybody who asked; for others their own request.
Result<Response> getRecipeRequests(Site& site, const Request& request);
Result<Response> postRecipeRequests(Site& site, const Request& request);
Result<Response> patchRecipeRequests(Site& site, const Request& request);

Result<Response> postRecipeAskForm(Site& site, const Request& request);
Result<Response> getRecipeRequestsPage(Site& site, const Request& request);
Result<Response> postRecipeRequestsForm(Site& site, const Request& request);

} // namespace artdag::server
