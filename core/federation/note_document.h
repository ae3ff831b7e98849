// SPDX-License-Identifier: GPL-3.0-or-later
// A published work as the fediverse sees it: Create{Note} with the media attached, since a bare Document is invisible
// everywhere. No number in it is fractional and nothing nests deeper than eight levels.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/federation/actor_document.h"

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
    std::string blurhash; ///< may be empty
};

struct NoteFacts {
    std::string user;
    std::string activity; ///< uuid
    std::string published;
    Visibility visibility = Visibility::Public;
    ContentId content;
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

Json noteDocument(const Instance& instance, const NoteFacts& note); ///< without @context
Json createDocument(const Instance& instance, const NoteFacts& note);
/// The short form of an activity that plain `application/json` gets (docs/formats/http.md).
Json shortCreateDocument(const Instance& instance, const NoteFacts& note);

/// `CC-BY-4.0` → `https://creativecommons.org/licenses/by/4.0/`; a URL stays, an SPDX name becomes its page there; empty for
/// what is none of these.
std::string licenseUrl(std::string_view license);
/// `CC-BY-4.0` → `CC BY 4.0`.
std::string licenseWords(std::string_view license);

} // namespace artdag
