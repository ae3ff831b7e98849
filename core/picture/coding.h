// SPDX-License-Identifier: GPL-3.0-or-later
// How the samples of each format lie and what their codes mean: one row of a table for each SampleFormat, so that decoding,
// encoding and sizes never ask for a format by name.
#pragma once

#include "core/picture/picture.h"
#include "core/picture/rows.h"

namespace artdag {

enum class Family {
    Gray,
    Rgb,
    Ycc,
};

inline constexpr int floatBits = 32;

struct FormatShape {
    SampleFormat format;
    const char* name;
    Family family;
    bool packed;
    bool alpha;
    int bits;
    int halvedX; ///< 1: chroma has half the columns
    int halvedY;

    [[nodiscard]] int bytesPerSample() const { return bits == floatBits ? 4 : bits > 8 ? 2
                                                                                       : 1; }
    [[nodiscard]] int channels() const { return (family == Family::Gray ? 1 : 3) + (alpha ? 1 : 0); }
};
const FormatShape& shapeOf(SampleFormat format);

/// Scales of luma, R, G, B (`light`), of colour differences (`chroma`, codes in −½ … ½) and of alpha (always full range).
struct CodeScales {
    CodeScale light, chroma, alpha;
};
CodeScales scalesOf(const Coding& coding);

/// Y'CbCr matrices of ITU-R BT.601, BT.709, BT.2020 (non-constant luminance); Identity uses BT.709 for gray.
FromYcc fromYccOf(Matrix matrix);
ToYcc toYccOf(Matrix matrix);

/// Whether its samples are R'G'B' of Space::Display, or a matrix of them.
inline bool isDisplay(const Coding& coding)
{
    return coding.transfer == Transfer::Srgb && coding.primaries == Primaries::Bt709;
}

/// Plane and first sample in it of each channel R G B A (or Y Cb Cr A), and the step from pixel to pixel.
struct ChannelPlace {
    int plane = 0;
    int first = 0;
    int step = 1;
};
ChannelPlace placeOf(const FormatShape& shape, int channel);

} // namespace artdag
