// SPDX-License-Identifier: GPL-3.0-or-later
// Recipe and manifest id inside of a rendered file, so that it says by itself how it was made: PNG, JPEG, WebP, MP4 (and MOV), Matroska (and WebM), WAV. Pictures and
// sound stay as they are, byte for byte; what was put in can be taken out, which gives the file that the renderer wrote. Docs: docs/formats/embedding.md.
#pragma once

#include "core/base/digest.h"

#include <filesystem>
#include <string>

namespace artdag {

struct Embedded {
    std::string manifest; ///< id of the run manifest, `sha3-256:…`; empty: none
    std::string recipe;   ///< the recipe document as the manifest names it; empty: none
    bool operator==(const Embedded&) const = default;
    [[nodiscard]] bool empty() const { return manifest.empty() && recipe.empty(); }
};

/// Writes a copy of `film` that carries `embedded` to the new file `to`. BadInput for a file of another kind, a damaged one, or one that carries something already;
/// Conflict when `to` exists. Any thread.
Result<void> writeEmbedded(const std::filesystem::path& film, const std::filesystem::path& to, const Embedded& embedded);
/// What a file carries; nothing for files of other kinds. BadInput for a damaged file. Any thread.
Result<Embedded> readEmbedded(const std::filesystem::path& film);
/// The content id that a file has without what writeEmbedded put into it: that of what the renderer wrote.
Result<ContentId> bareContentId(const std::filesystem::path& film);
/// Writes a copy of `film` without what writeEmbedded put into it to the new file `to`.
Result<void> writeBare(const std::filesystem::path& film, const std::filesystem::path& to);

} // namespace artdag
