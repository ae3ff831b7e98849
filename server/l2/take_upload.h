// SPDX-License-Identifier: GPL-3.0-or-later
// A file that arrived becomes an object: looked at, moved into place, noted with who brought it, and its renditions planned.
#pragma once

#include "server/db/objects.h"
#include "server/http/message.h"
#include "server/l2/site.h"

namespace artdag::server {

struct TakenUpload {
    HeldObject object;
    std::string problem;               ///< why it cannot be shown, or empty
    std::vector<std::string> warnings; ///< what its owner should know before it is published
};
/// `declared` is the media type that the sender told, which only chooses among types without a mark of their own.
Result<TakenUpload> takeUpload(Site& site, const Caller& caller, const UploadedFile& file, std::string_view declared);
/// The digests of a file that came in several pieces.
Result<void> hashAgain(UploadedFile& file);

} // namespace artdag::server
