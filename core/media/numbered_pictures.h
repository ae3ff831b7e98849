// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures whose names differ by a number, `shot.0001.exr` …, as one input: found by pattern, packed into one file that the
// store can name by content, and read as a film of one picture a number.
#pragma once

#include "core/media/decode.h"
#include "core/media/tar.h"

namespace artdag {

/// What a number without a picture shows.
enum class Gaps {
    Refuse, ///< BadInput tells which numbers are missing
    Hold,   ///< the picture before it
    Black,  ///< nothing: black, transparent where the pictures have alpha
};

/// Whether a path means numbered pictures: a folder, or a name with `####` or `%04d`.
bool meansNumberedPictures(const std::filesystem::path& path);

/// The pictures of a folder or a pattern, a `:hold` or `:black` behind it followed, in the order of their numbers, as
/// `frame.NNNN.ext` with four digits or more: equal pictures have equal names whatever they were called. BadInput or NotFound says what does not fit.
Result<std::vector<TarFile>> numberedPictures(const std::string& pattern);

/// Opens packed pictures. Their rate is nominal: whoever plays them shows one a frame.
Result<std::unique_ptr<MediaFile>> openNumberedPictures(const std::shared_ptr<const FileSource>& source);
/// Opens the pictures of a folder as they lie.
Result<std::unique_ptr<MediaFile>> openPictureFolder(const std::filesystem::path& folder);

} // namespace artdag
