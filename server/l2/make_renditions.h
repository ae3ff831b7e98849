// SPDX-License-Identifier: GPL-3.0-or-later
// Renditions made by `artdag-rendition`, a process without network, and taken in: files become objects, streams a folder,
// and what cannot be made leaves its reason.
#pragma once

#include "server/l2/site.h"

#include <atomic>

namespace artdag::server {

/// Unavailable: try again later (the bytes are not here now, the program is missing). Whatever else goes wrong with the media
/// is noted as the rendition's problem, and no error.
Result<void> makeStillRenditions(Site& site, const ContentId& source);
/// Cancelled soon after `stopping` turns true.
Result<void> makeFilmRenditions(Site& site, const ContentId& source, const std::atomic<bool>& stopping);

} // namespace artdag::server
