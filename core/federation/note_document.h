// SPDX-License-Identifier: GPL-3.0-or-later
// A published work as the fediverse sees it: Create{Note} with the media attached, since a bare Document is invisible
// everywhere. No number in it is fractional and nothing nests deeper than eight levels.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/federation/actor_document.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

enum class Visibility {
    Public,
    Unlisted,
    Followers,
    Direct
};
Result<Visibility> visibilityOfText(std::string_view text); ///< public, unlisted, followers, private

struct NoteMedia {
    ContentId content;
    std::string extension; ///< of the media URL, without dot
    std::string mediaType;
    std::string alt;
    int width = 0, height = 0; ///< 0: not known
    std::optional<ContentId> poster;
    std::string posterExtension, posterType;
    std::string token, posterToken; ///< of works that are not open: the only way to their bytes
    std::string blurhash;           ///< empty: not known
};

struct NoteFacts {
    std::string user;
    std::string activity; ///< uuid
    std::string published;
    std::string updated; ///< empty: never
    Visibility visibility = Visibility::Public;
    ContentId content;
    std::int64_t version = 1;             ///< of the object: higher once an earlier one was deleted
    std::string warning;                  ///< what to warn of before it is shown; empty: nothing
    std::string name, title, description; ///< plain text
    std::string assetType;
    std::vector<std::string> tags;
    std::optional<NoteMedia> media; ///< none when the server does not hold the bytes
    std::string license;            ///< as on the claim
    std::optional<ManifestId> manifest, claim;
    std::optional<FramesHash> framesHash;
    std::optional<ContentId> recipe;
    std::vector<ContentId> inputs, effects;
};

/// `https://host/objects/<hex>`, with `/2` and so on for later versions: an id that was deleted cannot come back elsewhere.
std::string objectUrl(const Instance& instance, const ContentId& content, std::int64_t version = 1);

Json noteDocument(const Instance& instance, const NoteFacts& note); ///< without @context
Json createDocument(const Instance& instance, const NoteFacts& note);
/// The whole object again, for those who have an older one.
Json updateDocument(const Instance& instance, const NoteFacts& note);
/// Of the object as it was: told to those it was addressed to. `when` as RFC 3339.
Json deleteDocument(const Instance& instance, const NoteFacts& note, const std::string& when);
/// Of a whole account.
Json deletePersonDocument(const Instance& instance, const std::string& user, const std::string& activity, const std::string& when);
/// Add to, or Remove from, the author's featured collection.
Json featureDocument(const Instance& instance, const NoteFacts& note, bool pinned, const std::string& when);
/// What is at the id of something deleted: with its former type, `Note` or `Person`. Without @context.
Json tombstoneDocument(const std::string& id, const std::string& formerType, const std::string& deleted);
/// The short form of an activity that plain `application/json` gets (docs/formats/http.md).
Json shortCreateDocument(const Instance& instance, const NoteFacts& note);

/// Plain text as HTML: escaped, its lines broken where they were.
std::string linesHtml(std::string_view text);

/// `CC-BY-4.0` → `https://creativecommons.org/licenses/by/4.0/`; a URL stays, an SPDX name becomes its page there; empty for
/// what is none of these.
std::string licenseUrl(std::string_view license);
/// `CC-BY-4.0` → `CC BY 4.0`.
std::string licenseWords(std::string_view license);

} // namespace artdag
