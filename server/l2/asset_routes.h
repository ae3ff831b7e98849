// SPDX-License-Identifier: GPL-3.0-or-later
// /assets: publish, list, read, with claim and manifest.
#pragma once

#include "server/db/works.h"
#include "server/http/router.h"
#include "server/l2/publish_asset.h"

#include <optional>
#include <string_view>

namespace artdag::server {

Result<Response> postAssets(Site& site, const Request& request);
Result<Response> getAssets(Site& site, const Request& request);
Result<Response> getAssetByName(Site& site, const Request& request);
Result<Response> getAsset(Site& site, const Request& request);
Result<Response> getAssetClaim(Site& site, const Request& request);
Result<Response> getAssetProvenance(Site& site, const Request& request);

/// The work that the captures `user` and `name` name, if the caller may see it; NotFound otherwise.
Result<Work> workOfRequest(Site& site, const Request& request);
/// For `@{user}/{name}`: where a renamed work went (`root` and its names), or that it is gone; nothing when it may be here.
Result<std::optional<Response>> elsewhereResponse(Site& site, const Request& request, std::string_view root);
/// The answer to a publication, which counts when it is new.
Result<Response> publishedResponse(Site& site, const tl::expected<Published, Standing>& outcome);
/// True when this living work is nobody's secret, or the caller's own.
bool maySee(const Work& work, const Request& request);
/// The stored bytes of a work's claim or manifest, as they were signed.
Result<Response> claimResponse(Site& site, const Work& work);
Result<Response> manifestResponse(Site& site, const Work& work);

} // namespace artdag::server
