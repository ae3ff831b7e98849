// SPDX-License-Identifier: GPL-3.0-or-later
// The creator's side of a sealed recipe: what opens it is kept at home, and parts are shown from there.
#pragma once

#include "core/net/http_client.h"
#include "core/provenance/disclosure.h"
#include "core/workflow/server_session.h"

#include <string>
#include <vector>

namespace artdag {

/// The seal of the work that a run made, from artdagHome()/sealed (mode 0600), made when it is not there yet.
Result<Seal> sealOfRun(const ManifestId& run, const std::string& recipe);
/// NotFound when this home did not publish that work sealed.
Result<Seal> findSeal(const ManifestId& run);

/// Parts of one's own published work (`name`) for its claim of now. BadInput when its recipe is not sealed, or names something that is not in it.
Result<Disclosure> discloseWork(HttpClient& http, const Session& session, const std::string& name, const std::vector<std::string>& names);

} // namespace artdag
