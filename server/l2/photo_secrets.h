// SPDX-License-Identifier: GPL-3.0-or-later
// What a photograph tells beside its picture: the place where it was taken, numbers of the camera. The bytes that were
// uploaded are never changed, for their hash is their name; who publishes them is told, and feeds show a clean rendition.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace artdag::server {

/// A sentence for each kind of thing in the Exif segment of a JPEG file that tells of place or owner (Exif 2.32, GPS IFD,
/// BodySerialNumber, LensSerialNumber, CameraOwnerName). Empty for a file that has none, or cannot be read.
std::vector<std::string> photoWarnings(const std::filesystem::path& file);

} // namespace artdag::server
