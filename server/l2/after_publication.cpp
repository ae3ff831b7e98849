// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/after_publication.h"

#include "server/db/storages.h"
#include "server/l2/copies.h"
#include "server/l2/renditions.h"

namespace artdag::server {

Result<void> planAfterPublication(Site& site, const Work& work)
{
    for (const ContentId& id : TRY(objectsOfWork(*site.database, work.id)))
        TRY(planCopies(site, id));
    return planStreams(site, work.content, work.ownerId);
}

} // namespace artdag::server
