// SPDX-License-Identifier: GPL-3.0-or-later
// A work in the two forms in which others get it: the asset of the API, and the facts of its ActivityPub Note.
#pragma once

#include "core/federation/note_document.h"
#include "server/db/works.h"
#include "server/l2/site.h"

#include <string>

namespace artdag::server {

/// The asset as its owner and strangers see it (docs/formats/http.md).
Json assetJson(Site& site, const Work& work);

/// What the activity of a work says; `uuid` of the activity.
Result<NoteFacts> noteFactsOf(Site& site, const Work& work, const std::string& uuid);

} // namespace artdag::server
