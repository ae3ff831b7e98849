// SPDX-License-Identifier: GPL-3.0-or-later
// A film that was written before, by the keys of all it is made of: a second render need not look at its chunks, and
// leaves a file alone that is still what it was.
#pragma once

#include "core/workflow/write_film.h"

#include <optional>

namespace artdag {

struct KnownFilm {
    WrittenFilm file;
    RunResult run; ///< as of a run whose chunks were all cached
};

/// Nothing unless all chunks, the sound and the frame digests are in the store.
std::optional<KnownFilm> knownFilm(const PlannedRender& planned, Store& store);
/// Remembers what a run gave; `digests` is the object with the digests of its frames. That it could not be remembered harms nobody.
void noteFilm(const PlannedRender& planned, Store& store, const KnownFilm& film, const ContentId& digests);
/// Whether the file at `path` is that film, believed by its mark or hashed (core/store/store.h, identify).
bool isFilm(const KnownFilm& film, Store& store, const std::filesystem::path& path);

} // namespace artdag
