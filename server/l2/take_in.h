// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes that came, by whatever way, become an object that their bringer holds: looked at, moved into place, recorded.
#pragma once

#include "server/db/objects.h"
#include "server/http/message.h"
#include "server/l2/site.h"

#include <string>
#include <string_view>

namespace artdag::server {

struct TakenIn {
    HeldObject object;   ///< with the type of the first upload
    std::string problem; ///< why they could not be decoded; empty: they could, or are no media
};
/// Denied for bytes that were taken down here. `declared` as for mediaTypeOf. Quotas were checked before.
Result<TakenIn> takeIn(Site& site, const Caller& caller, const UploadedFile& upload, std::string_view declared);

} // namespace artdag::server
