// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/copies.h"

#include "core/base/files.h"
#include "server/db/objects.h"
#include "server/db/storages.h"
#include "server/l2/open_storage.h"

namespace artdag::server {

namespace {

constexpr const char* removalKind = "remove-copies";
constexpr std::int64_t nobody = 0; // as who asks without a login

Result<void> checkRoom(Site& site, const Storage& storage, std::uint64_t size)
{
    if (storage.quota < 0)
        return {};
    const Copies copies = TRY(copiesIn(*site.database, storage.id));
    if (static_cast<std::uint64_t>(copies.bytes) + size > static_cast<std::uint64_t>(storage.quota))
        return fail(Fault::Denied, "storage '" + storage.name + "': its quota of " + std::to_string(storage.quota) + " bytes is used up");
    return {};
}

Result<void> copyTo(Site& site, const Storage& storage, const HeldObject& object)
{
    TRY(checkRoom(site, storage, object.size));
    auto provider = TRY(openStorage(site, storage));
    const std::string address = TRY(provider->put(object.id, site.objects.path(object.id)));
    return addCopy(*site.database, object.id, storage.id, address);
}

/// To each storage, whatever happens with the others; a place that cannot be reached is tried again.
Result<void> copyObject(Site& site, const ContentId& id, const std::atomic<bool>& stopping)
{
    const HeldObject object = TRY(findObject(*site.database, id));
    Result<void> later;
    for (const Storage& storage : TRY(storagesFor(*site.database, id))) {
        if (stopping)
            return fail(Fault::Cancelled, "copy: the server stops");
        const auto copied = copyTo(site, storage, object);
        if (copied)
            continue;
        TRY(noteStorage(*site.database, storage.id, storage.testedAt, copied.error().message));
        if (copied.error().fault == Fault::Unavailable)
            later = copied;
    }
    if (!TRY(mayRead(*site.database, id, nobody))) // it was taken down or withdrawn meanwhile, when there was no copy to remove
        TRY(removeCopies(site, id));
    return later;
}

Result<void> bringBack(Site& site, const ContentId& id, const CopyPlace& place)
{
    const std::filesystem::path file = site.uploads() / ("restored-" + hexOf(secureRandom(8)));
    auto provider = TRY(openStorage(site, place.storage));
    auto got = provider->get(place.address, {}, file);
    std::error_code ignored;
    if (got && TRY(contentIdOfFile(file)) != id)
        got = fail(Fault::Corrupt, "storage '" + place.storage.name + "': other bytes came back than were put there");
    if (got)
        got = site.objects.adopt(file, id);
    std::filesystem::remove(file, ignored);
    return got;
}

Result<void> restoreObject(Site& site, const ContentId& id)
{
    if (site.objects.has(id))
        return {};
    Result<void> last = fail(Fault::NotFound, "object " + id.text() + ": no storage has a copy of it");
    for (const CopyPlace& place : TRY(copiesOf(*site.database, id))) {
        last = bringBack(site, id, place);
        if (last)
            return {};
        TRY(noteStorage(*site.database, place.storage.id, place.storage.testedAt, last.error().message));
    }
    return last;
}

} // namespace

Result<void> planCopies(Site& site, const ContentId& id)
{
    if (TRY(storagesFor(*site.database, id)).empty())
        return {};
    auto lease = TRY(site.database->lease());
    return addJobAgain(lease, "copy", id.hex(), Json::object(), nowMicroseconds());
}

Result<bool> planRestore(Site& site, const ContentId& id)
{
    if (TRY(copiesOf(*site.database, id)).empty())
        return false;
    TRY(addJob(*site.database, "restore", id.hex(), Json::object(), nowMicroseconds()));
    return true;
}

Result<void> planRemoval(Database::Lease& lease, const ContentId& id, std::string_view cause)
{
    return addJobAgain(lease, removalKind, id.hex() + "/" + std::string(cause), Json{{"content", id.text()}}, nowMicroseconds());
}

Result<void> planRemovals(Database::Lease& lease, std::int64_t workId)
{
    for (const ContentId& id : TRY(copiedObjectsOf(lease, workId)))
        TRY(planRemoval(lease, id, std::to_string(workId)));
    return {};
}

Result<void> removeCopies(Site& site, const ContentId& id)
{
    Result<void> result;
    for (const CopyPlace& place : TRY(copiesOf(*site.database, id))) {
        auto provider = openStorage(site, place.storage);
        const Result<void> removed = provider ? (*provider)->remove(place.address) : tl::unexpected<Error>(provider.error());
        if (removed) {
            TRY(removeCopy(*site.database, id, place.storage.id));
            continue;
        }
        TRY(noteStorage(*site.database, place.storage.id, place.storage.testedAt, removed.error().message));
        if (result)
            result = fail(Fault::Unavailable, removed.error().message); // whatever it is now, it is tried again
    }
    return result;
}

std::pair<std::string, JobKind> copyJob(Site& site)
{
    return {"copy", {[&site](const Job& job, const std::atomic<bool>& stopping) -> Result<void> { return copyObject(site, TRY(nameOfText<ContentId>(job.ref)), stopping); }, std::chrono::hours(2)}};
}

std::pair<std::string, JobKind> restoreJob(Site& site)
{
    return {"restore", {[&site](const Job& job, const std::atomic<bool>&) -> Result<void> { return restoreObject(site, TRY(nameOfText<ContentId>(job.ref))); }, std::chrono::hours(2)}};
}

std::pair<std::string, JobKind> removalJob(Site& site)
{
    JobKind kind;
    kind.run = [&site](const Job& job, const std::atomic<bool>&) -> Result<void> {
        const auto id = TRY(nameOfText<ContentId>(job.payload.value("content", std::string())));
        if (TRY(mayRead(*site.database, id, nobody))) // another living work shows these bytes, or it was published again
            return {};
        TRY(removeCopies(site, id));
        // Opened again meanwhile, when its copies seemed to be there.
        return TRY(mayRead(*site.database, id, nobody)) ? planCopies(site, id) : Result<void>();
    };
    return {removalKind, std::move(kind)};
}

} // namespace artdag::server
