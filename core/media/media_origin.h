// SPDX-License-Identifier: GPL-3.0-or-later
// What there is to decode, before anything is: one run of bytes and how to read it. Opening it is the only step that needs
// names of files, so a process that may open nothing can do the rest.
#pragma once

#include "core/media/file_source.h"

namespace artdag {

struct MediaOrigin {
    /// Which stream's first moment is time zero.
    enum class Begins {
        Together,     ///< whatever comes first
        WithPictures, ///< sound before them is a codec's priming: segments say so nowhere else
    };
    SourcePointer source;
    Begins begins = Begins::Together;
};

/// Opens a file; joins the segments of a stream's folder; packs a folder of numbered pictures. What is joined or packed
/// takes room for temporary files until nobody reads it any more. Decodes nothing.
Result<MediaOrigin> openOrigin(const std::filesystem::path& path);

} // namespace artdag
