// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/mirrored_picture.h"

#include <algorithm>

namespace artdag {

CodedPointer mirroredPicture(const CodedPicture& picture)
{
    Coding coding = picture.coding;
    if (coding.site == ChromaSite::Left)
        coding.site = ChromaSite::Centre;
    PackedPicture packed = makePacked(picture.width, picture.height, coding);
    std::uint8_t* out = packed.data.data();
    const std::vector<PlaneShape> shapes = planesOf(coding.format, picture.width, picture.height);
    for (std::size_t plane = 0; plane < shapes.size(); ++plane) {
        const auto pixel = static_cast<std::ptrdiff_t>(shapes[plane].samplesPerPixel * shapes[plane].bytesPerSample);
        for (int y = 0; y < shapes[plane].height; ++y) {
            const std::uint8_t* row = picture.planes[plane] + y * picture.strides[plane];
            for (std::ptrdiff_t x = shapes[plane].width - 1; x >= 0; --x)
                out = std::copy_n(row + x * pixel, pixel, out);
        }
    }
    return codedOf(std::move(packed));
}

} // namespace artdag
