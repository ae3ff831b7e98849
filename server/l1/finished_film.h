// SPDX-License-Identifier: GPL-3.0-or-later
// The end of a run: its film and the digests of its frames become objects of all who waited for it, its manifest is signed by
// the instance, the runs say so.
#pragma once

#include "server/db/runs.h"
#include "server/l2/site.h"

namespace artdag::server {

/// `film` as serveOrder says it; its files are moved away.
Result<void> keepFilm(Site& site, const Run& run, const Json& film);

} // namespace artdag::server
