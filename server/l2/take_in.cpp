// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/take_in.h"

#include "server/db/hash_blocks.h"
#include "server/l2/look_at_upload.h"

namespace artdag::server {

Result<TakenIn> takeIn(Site& site, const Caller& caller, const UploadedFile& upload, std::string_view declared)
{
    if (TRY(isHashBlocked(*site.database, upload.id.digest)))
        return fail(Fault::Denied, "upload: these bytes were taken down here by a moderator");
    const UploadFacts facts = TRY(lookAtUpload(site, upload.path, declared));
    TRY(site.objects.adopt(upload.path, upload.id));
    TRY(addObject(*site.database, {upload.id, upload.sha256, upload.size, facts.type, facts.media}, caller.userId));
    return TakenIn{TRY(findObject(*site.database, upload.id)), facts.problem};
}

} // namespace artdag::server
