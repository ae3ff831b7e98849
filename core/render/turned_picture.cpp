// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/turned_picture.h"

#include <algorithm>

namespace artdag {

CodedPointer turned(const CodedPicture& picture, int degrees)
{
    const bool quarter = degrees == 90 || degrees == 270;
    Coding coding = picture.coding;
    const bool widen = quarter && (coding.format == SampleFormat::Yuv422p || coding.format == SampleFormat::Yuv422p10);
    if (widen)
        coding.format = coding.format == SampleFormat::Yuv422p ? SampleFormat::Yuv444p : SampleFormat::Yuv444p10;
    if (coding.site == ChromaSite::Left)
        coding.site = ChromaSite::Centre; // turned, left-sited chroma lies where no file format puts it; the middle is nearest
    PackedPicture packed = makePacked(quarter ? picture.height : picture.width, quarter ? picture.width : picture.height, coding);
    const std::vector<PlaneShape> shapes = planesOf(coding.format, packed.width, packed.height);
    const std::vector<PlaneShape> from = planesOf(picture.coding.format, picture.width, picture.height);
    std::uint8_t* out = packed.data.data();
    for (std::size_t plane = 0; plane < shapes.size(); ++plane) {
        const auto pixel = static_cast<std::size_t>(shapes[plane].samplesPerPixel * shapes[plane].bytesPerSample);
        const int width = shapes[plane].width;
        const int sourceWidth = from[plane].width;
        for (int y = 0; y < shapes[plane].height; ++y) {
            for (int x = 0; x < width; ++x) {
                int sx = degrees == 90 ? y : degrees == 270 ? shapes[plane].height - 1 - y
                                                            : width - 1 - x;
                const int sy = degrees == 90 ? width - 1 - x : degrees == 270 ? x
                                                                              : shapes[plane].height - 1 - y;
                if (widen && plane > 0)
                    sx = std::min(sx / 2, sourceWidth - 1);
                const std::uint8_t* source = picture.planes[plane] + sy * picture.strides[plane] + static_cast<std::size_t>(sx) * pixel;
                out = std::copy_n(source, pixel, out);
            }
        }
    }
    return codedOf(std::move(packed));
}

} // namespace artdag
