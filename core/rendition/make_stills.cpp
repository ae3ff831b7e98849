// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rendition/make_stills.h"

#include "core/base/files.h"
#include "core/media/encode.h"
#include "core/picture/blurhash.h"
#include "core/rendition/fingerprint.h"
#include "core/rendition/shown_media.h"

#include <algorithm>

namespace artdag {

namespace {

struct StillKind {
    const char* kind;
    const char* file;
    const char* profile;
    const char* type;
    int most; ///< px, in both directions
    int quality;
};
constexpr StillKind kinds[] = {
    {"poster", "poster.jpg", "jpeg", "image/jpeg", 1600, 3},
    {"thumb-640", "thumb-640.webp", "webp", "image/webp", 640, 80},
    {"thumb-320", "thumb-320.webp", "webp", "image/webp", 320, 75},
};
constexpr int blurSize = 64; // px: what a blur of 4 × 3 terms can show

Result<Json> writeStill(const ShownMedia& media, const CodedPicture& coded, const StillKind& kind, const std::filesystem::path& folder)
{
    EncodeProfile profile = TRY(encodeProfile(kind.profile));
    profile.quality = kind.quality;
    const ShownSize size = sizeWithin(media.size(), kind.most, kind.most, false);
    PackedPicture packed = makePacked(size.width, size.height, profile.coding);
    encodeFromLinear(media.shown(coded, size).view(), packed);
    auto encoder = TRY(makeChunkEncoder(profile, size.width, size.height, Rate{25, 1}));
    TRY(encoder->add(packed));
    const EncodedChunk chunk = TRY(encoder->finish());
    if (chunk.packets.size() != 1)
        return fail(Fault::Corrupt, std::string("rendition '") + kind.kind + "': is not one picture");
    TRY(writeFileAtomically(folder / kind.file, chunk.packets[0].data));
    return Json{{"kind", kind.kind}, {"file", kind.file}, {"type", kind.type}, {"width", size.width}, {"height", size.height}};
}

} // namespace

Result<Json> makeStills(const std::filesystem::path& source, const std::filesystem::path& folder, const WorkerOptions& worker)
{
    ShownMedia media = TRY(ShownMedia::open(source, worker));
    Json made{{"files", Json::array()}, {"blurhash", ""}};
    if (!media.facts().video)
        return made;
    const VideoFacts& video = *media.facts().video;
    const CodedPointer coded = TRY(media.pictureAt(video.still ? 0 : std::min(video.duration / 10, 3 * flicksPerSecond)));
    for (const StillKind& kind : kinds)
        made["files"].push_back(TRY(writeStill(media, *coded, kind, folder)));
    const ShownSize small = sizeWithin(media.size(), blurSize, blurSize, false);
    const Picture blur = media.shown(*coded, small);
    made["fingerprint"] = jsonOf(pictureFingerprint(media.shown(*coded, {printSize, printSize}).view()));
    made["blurhash"] = small.width >= small.height ? blurhashOf(blur.view(), 4, 3) : blurhashOf(blur.view(), 3, 4);
    return made;
}

} // namespace artdag
