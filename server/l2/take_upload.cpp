// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/take_upload.h"

#include "core/base/files.h"
#include "server/db/hash_blocks.h"
#include "server/l2/look_at_upload.h"
#include "server/l2/photo_secrets.h"
#include "server/l2/renditions.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace artdag::server {

Result<void> hashAgain(UploadedFile& file)
{
    const int number = ::open(file.path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (number < 0)
        return tl::unexpected<Error>(systemError("upload", errno));
    Hasher sha3;
    Hasher sha256(Hasher::Algorithm::Sha256);
    Bytes block(256U << 10);
    ssize_t count = 0;
    while ((count = ::read(number, block.data(), block.size())) > 0) {
        const ByteView bytes(block.data(), static_cast<std::size_t>(count));
        sha3.add(bytes);
        sha256.add(bytes);
    }
    const int code = errno;
    ::close(number);
    if (count < 0)
        return tl::unexpected<Error>(systemError("upload", code));
    file.id = ContentId{sha3.finish()};
    file.sha256 = sha256.finish();
    return {};
}

Result<TakenUpload> takeUpload(Site& site, const Caller& caller, const UploadedFile& file, std::string_view declared)
{
    if (TRY(isHashBlocked(*site.database, file.id.digest)))
        return fail(Fault::Denied, "upload: these bytes were taken down here by a moderator");
    const UploadFacts facts = TRY(lookAtUpload(site, file.path, declared));
    TakenUpload taken{{file.id, file.sha256, file.size, facts.type, facts.media}, facts.problem, {}};
    if (facts.type == "image/jpeg")
        taken.warnings = photoWarnings(file.path);
    TRY(site.objects.adopt(file.path, file.id));
    TRY(addObject(*site.database, taken.object, caller.userId));
    taken.object = TRY(findObject(*site.database, file.id)); // the type of the first upload stays
    TRY(planRenditions(site, taken.object));
    return taken;
}

} // namespace artdag::server
