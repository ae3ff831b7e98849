// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l1/release_bytes.h"

#include "core/store/store.h"
#include "server/db/renditions.h"
#include "server/db/runs.h"
#include "server/l1/renderer.h"
#include "server/l2/trash.h"

namespace artdag::server {

Result<void> releaseBytes(Site& site, std::int64_t userId, const ContentId& id)
{
    const auto turn = TRY(site.database->turn("publish")); // an upload of the same bytes comes before or after
    if (!TRY(releaseObject(*site.database, userId, id)))
        return {};
    std::vector<ContentId> gone;
    {
        auto lease = TRY(site.database->lease());
        auto transaction = TRY(lease.begin());
        gone = TRY(forgetRenditions(lease, id));
        TRY(transaction.commit());
    }
    gone.push_back(id);
    removeFiles(site, gone);
    if (!std::filesystem::exists(site.renderer->store()))
        return {};
    const auto store = TRY(openStore(site.renderer->store()));
    if (store->facts(id))
        (void)store->remove(id); // held by a render: it is evicted later
    return {};
}

} // namespace artdag::server
