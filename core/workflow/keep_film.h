// SPDX-License-Identifier: GPL-3.0-or-later
// A film with its papers, wherever it was rendered, is taken into the list of renders that the Studio shows.
#pragma once

#include "core/workflow/render_catalogue.h"

#include <filesystem>

namespace artdag {

/// Lists the film in the catalogue of a home, marked `kept`, by what its provenance file (beside it) says, with a still as its poster. One that is
/// listed already is only marked. The record. NotFound when film or papers are missing, Corrupt when the file is not the one that they name.
Result<RenderRecord> keepFilm(const std::filesystem::path& home, const std::filesystem::path& film);

} // namespace artdag
