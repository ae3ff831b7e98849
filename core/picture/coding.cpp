// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/coding.h"

#include "core/base/result.h"

namespace artdag {

namespace {

constexpr FormatShape shapes[] = {
    {SampleFormat::Yuv420p, "yuv420p", Family::Ycc, false, false, 8, 1, 1},
    {SampleFormat::Yuv422p, "yuv422p", Family::Ycc, false, false, 8, 1, 0},
    {SampleFormat::Yuv444p, "yuv444p", Family::Ycc, false, false, 8, 0, 0},
    {SampleFormat::Yuv420p10, "yuv420p10le", Family::Ycc, false, false, 10, 1, 1},
    {SampleFormat::Yuv422p10, "yuv422p10le", Family::Ycc, false, false, 10, 1, 0},
    {SampleFormat::Yuv444p10, "yuv444p10le", Family::Ycc, false, false, 10, 0, 0},
    {SampleFormat::Yuva420p, "yuva420p", Family::Ycc, false, true, 8, 1, 1},
    {SampleFormat::Rgb24, "rgb24", Family::Rgb, true, false, 8, 0, 0},
    {SampleFormat::Rgba, "rgba", Family::Rgb, true, true, 8, 0, 0},
    {SampleFormat::Rgb48, "rgb48le", Family::Rgb, true, false, 16, 0, 0},
    {SampleFormat::Rgba64, "rgba64le", Family::Rgb, true, true, 16, 0, 0},
    {SampleFormat::Gray8, "gray", Family::Gray, false, false, 8, 0, 0},
    {SampleFormat::Gray16, "gray16le", Family::Gray, false, false, 16, 0, 0},
    {SampleFormat::Gbrp, "gbrp", Family::Rgb, false, false, 8, 0, 0},
    {SampleFormat::Gbrap, "gbrap", Family::Rgb, false, true, 8, 0, 0},
    {SampleFormat::Gbrp10, "gbrp10le", Family::Rgb, false, false, 10, 0, 0},
    {SampleFormat::Gbrp16, "gbrp16le", Family::Rgb, false, false, 16, 0, 0},
    {SampleFormat::Gbrap16, "gbrap16le", Family::Rgb, false, true, 16, 0, 0},
    {SampleFormat::Yuva444p10, "yuva444p10le", Family::Ycc, false, true, 10, 0, 0},
    {SampleFormat::Gbrpf32, "gbrpf32le", Family::Rgb, false, false, floatBits, 0, 0},
    {SampleFormat::Gbrapf32, "gbrapf32le", Family::Rgb, false, true, floatBits, 0, 0},
};

/// Kr and Kb of the luma equation.
struct Weights {
    double red, blue;
};
constexpr Weights weightsOf(Matrix matrix)
{
    switch (matrix) {
    case Matrix::Bt601:
        return {0.299, 0.114};
    case Matrix::Bt2020:
        return {0.2627, 0.0593};
    case Matrix::Bt709:
    case Matrix::Identity:
        break;
    }
    return {0.2126, 0.0722};
}

CodeScale scaleOf(double zero, double range, int most)
{
    return {static_cast<float>(zero), static_cast<float>(1.0 / range), static_cast<float>(range), static_cast<float>(zero), static_cast<float>(most)};
}

} // namespace

const FormatShape& shapeOf(SampleFormat format)
{
    const FormatShape& shape = shapes[static_cast<int>(format)];
    CHECK(shape.format == format);
    return shape;
}

const char* nameOf(SampleFormat format)
{
    return shapeOf(format).name;
}

bool hasAlpha(SampleFormat format)
{
    return shapeOf(format).alpha;
}

CodeScales scalesOf(const Coding& coding)
{
    const int bits = shapeOf(coding.format).bits;
    if (bits == floatBits)
        return {scaleOf(0, 1, 1), scaleOf(0, 1, 1), scaleOf(0, 1, 1)};
    const int most = (1 << bits) - 1;
    const int unit = 1 << (bits - 8);
    const CodeScale full = scaleOf(0, most, most);
    if (coding.fullRange)
        return {full, scaleOf(128 * unit, most, most), full};
    return {scaleOf(16 * unit, 219 * unit, most), scaleOf(128 * unit, 224 * unit, most), full};
}

FromYcc fromYccOf(Matrix matrix)
{
    const auto [red, blue] = weightsOf(matrix);
    const double green = 1.0 - red - blue;
    return {static_cast<float>(2 * (1 - red)), static_cast<float>(-2 * (1 - blue) * blue / green), static_cast<float>(-2 * (1 - red) * red / green),
        static_cast<float>(2 * (1 - blue))};
}

ToYcc toYccOf(Matrix matrix)
{
    const auto [red, blue] = weightsOf(matrix);
    return {static_cast<float>(red), static_cast<float>(1.0 - red - blue), static_cast<float>(blue), static_cast<float>(0.5 / (1 - blue)),
        static_cast<float>(0.5 / (1 - red))};
}

ChannelPlace placeOf(const FormatShape& shape, int channel)
{
    if (shape.packed)
        return {0, channel, shape.channels()};
    if (shape.family == Family::Gray)
        return {channel == alpha ? 1 : 0, 0, 1};
    if (shape.family == Family::Rgb && channel != alpha)
        return {(channel + 2) % 3, 0, 1}; // planes lie G, B, R
    return {channel, 0, 1};
}

std::vector<PlaneShape> planesOf(SampleFormat format, int width, int height)
{
    const FormatShape& shape = shapeOf(format);
    if (shape.packed)
        return {{width, height, shape.channels(), shape.bytesPerSample()}};
    std::vector<PlaneShape> planes;
    for (int channel = 0; channel < shape.channels(); ++channel) {
        const bool chroma = shape.family == Family::Ycc && (channel == 1 || channel == 2);
        planes.push_back({chroma ? (width + shape.halvedX) >> shape.halvedX : width, chroma ? (height + shape.halvedY) >> shape.halvedY : height, 1,
            shape.bytesPerSample()});
    }
    return planes;
}

PackedPicture makePacked(int width, int height, const Coding& coding)
{
    std::size_t bytes = 0;
    for (const PlaneShape& plane : planesOf(coding.format, width, height))
        bytes += plane.bytes();
    return {width, height, coding, std::vector<std::uint8_t>(bytes)};
}

void packCodes(const CodedPicture& picture, std::uint8_t* data)
{
    const auto shapes = planesOf(picture.coding.format, picture.width, picture.height);
    for (std::size_t plane = 0; plane < shapes.size(); ++plane)
        for (int y = 0; y < shapes[plane].height; ++y) {
            const std::uint8_t* row = picture.planes[plane] + y * picture.strides[plane];
            data = std::copy_n(row, shapes[plane].rowBytes(), data);
        }
}

CodedPointer codedOf(PackedPicture packed)
{
    auto owner = std::make_shared<PackedPicture>(std::move(packed));
    auto coded = std::make_shared<CodedPicture>(owner->view());
    coded->owner = std::move(owner);
    return coded;
}

CodedPicture PackedPicture::view() const
{
    CodedPicture view;
    view.width = width;
    view.height = height;
    view.coding = coding;
    std::size_t at = 0;
    int index = 0;
    for (const PlaneShape& plane : planesOf(coding.format, width, height)) {
        view.planes[index] = data.data() + at;
        view.strides[index] = static_cast<std::ptrdiff_t>(plane.rowBytes());
        at += plane.bytes();
        ++index;
    }
    return view;
}

} // namespace artdag
