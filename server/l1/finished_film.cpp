// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l1/finished_film.h"

#include "core/base/files.h"
#include "core/identity/keys.h"
#include "server/db/objects.h"
#include "server/l1/renderer.h"
#include "server/l2/look_at_upload.h"

#include <fstream>

namespace artdag::server {

namespace {

/// SHA-256 and size are what we find, not what the process said; so is the content id.
Result<HeldObject> heldFile(const std::filesystem::path& file)
{
    HeldObject object;
    Hasher sha3;
    Hasher sha256(Hasher::Algorithm::Sha256);
    std::ifstream stream(file, std::ios::binary);
    std::vector<char> block(1U << 20);
    while (stream) {
        stream.read(block.data(), static_cast<std::streamsize>(block.size()));
        const ByteView bytes(reinterpret_cast<const std::uint8_t*>(block.data()), static_cast<std::size_t>(stream.gcount()));
        sha3.add(bytes);
        sha256.add(bytes);
        object.size += bytes.size();
    }
    if (!stream.eof() || object.size == 0)
        return fail(Fault::Unavailable, "film: cannot be read back");
    object.id = ContentId{sha3.finish()};
    object.sha256 = sha256.finish();
    return object;
}

/// Looked at like an upload, so that pages know what to show.
Result<HeldObject> keepFile(const Site& site, const std::filesystem::path& file, std::string_view declared)
{
    HeldObject object = TRY(heldFile(file));
    const UploadFacts facts = TRY(lookAtUpload(site, file, declared));
    object.type = facts.type;
    object.media = facts.media;
    TRY(site.objects.adopt(file, object.id));
    return object;
}

} // namespace

Result<void> keepFilm(Site& site, const Run& run, const Json& film)
{
    const auto turn = TRY(site.database->turn("publish")); // not between the last one's giving the same bytes up and their end
    const HeldObject content = TRY(keepFile(site, film.at("path").get<std::string>(), unknownType));
    const HeldObject digests = TRY(keepFile(site, film.at("digests").get<std::string>(), digestsType));
    Json manifest = film.at("manifest");
    TRY(signDocument(manifestPrefix, manifest, *site.renderer->key));
    RunEnd end;
    end.state = film.value("frames_rendered", std::int64_t{0}) == 0 ? "cached" : "completed";
    end.content = content.id;
    end.framesHash = TRY(nameOfText<FramesHash>(film.at("frames_hash").get<std::string>()));
    end.manifest = canonicalJson(manifest);
    end.manifestId = documentId(manifest);
    for (auto users = TRY(waitingFor(*site.database, run.runKey, run.recipe)); !users.empty(); users = TRY(waitingFor(*site.database, run.runKey, run.recipe)))
        for (const std::int64_t user : users) {
            TRY(addObject(*site.database, content, user));
            TRY(addObject(*site.database, digests, user));
            TRY(endRuns(*site.database, run.runKey, run.recipe, user, end));
        }
    return {};
}

} // namespace artdag::server
