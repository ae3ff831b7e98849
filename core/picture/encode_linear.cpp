// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"
#include "core/picture/coding.h"
#include "core/picture/picture.h"
#include "core/picture/transfer.h"

#include <algorithm>

namespace artdag {

namespace {

constexpr int ringRows = 8; ///< more than the five rows that a chroma row is made of; a power of two
constexpr int margin = 4;   ///< samples beyond both ends of a row that the gathering kernels read

/// Index of the sample that stands for `i` in a line of n. Centred chroma mirrors (half-sample), co-sited repeats the
/// last sample: with these, down is the exact inverse of bilinear up at the edges too, for even and odd n.
int standIn(int i, int n, bool centred)
{
    if (centred && i < 0)
        i = -1 - i;
    else if (centred && i >= n)
        i = 2 * n - 1 - i;
    return std::clamp(i, 0, n - 1);
}

/// Writes rows of linear light as codes. Rows come in order; a chroma row is written when the last row it needs is there.
class RowWriter {
public:
    RowWriter(const CodedPicture& target, std::uint8_t* data)
        : m_target(target),
          m_shape(shapeOf(target.coding.format)),
          m_scales(scalesOf(target.coding)),
          m_toYcc(toYccOf(target.coding.matrix)),
          m_centredX(target.coding.site == ChromaSite::Centre),
          m_centredY(target.coding.site != ChromaSite::TopLeft)
    {
        for (int plane = 0; plane < 4; ++plane)
            m_planes[plane] = target.planes[plane] == nullptr ? nullptr : data + (target.planes[plane] - target.planes[0]);
        const auto width = static_cast<std::size_t>(target.width);
        for (auto& row : m_work)
            row.resize(width);
        if (m_shape.family == Family::Gray)
            m_luma.resize(width);
        if (m_shape.family != Family::Ycc)
            return;
        m_luma.resize(width);
        m_chromaWidth = (target.width + m_shape.halvedX) >> m_shape.halvedX;
        m_chromaHeight = (target.height + m_shape.halvedY) >> m_shape.halvedY;
        m_mixed.resize(static_cast<std::size_t>(m_chromaWidth));
        for (int channel = 0; channel < 2; ++channel) {
            m_full[channel].resize(width + 2 * margin);
            m_ring[channel].resize(static_cast<std::size_t>(m_chromaWidth) * ringRows);
        }
    }

    /// Row y of the picture, or a row above or below the written ones that only their chroma needs.
    void row(ConstPictureView linear, int y, bool written)
    {
        const long n = m_target.width;
        float* const rows[4] = {m_work[0].data(), m_work[1].data(), m_work[2].data(), m_work[3].data()};
        signalOf(linear, y, rows);
        if (m_shape.alpha && written)
            store(alpha, y, n, m_scales.alpha, rows[alpha]);
        if (m_shape.family == Family::Rgb) {
            for (int channel = 0; channel < 3; ++channel)
                store(channel, y, n, m_scales.light, rows[channel]);
        } else if (m_shape.family == Family::Gray) {
            m_kernels.luma(rows, m_luma.data(), n, m_toYcc);
            store(0, y, n, m_scales.light, m_luma.data());
        } else {
            m_kernels.toYcc(rows, m_luma.data(), m_full[0].data() + margin, m_full[1].data() + margin, n, m_toYcc);
            if (written)
                store(0, y, n, m_scales.light, m_luma.data());
            gather(0, y);
            gather(1, y);
        }
    }

    /// Chroma row j from the gathered rows.
    void chromaRow(int j)
    {
        for (int channel = 0; channel < 2; ++channel) {
            const float* row = ringRow(channel, j);
            if (m_shape.halvedY != 0) {
                mixRows(channel, j);
                row = m_mixed.data();
            }
            store(channel + 1, j, m_chromaWidth, m_scales.chroma, row);
        }
    }

private:
    /// Straight R'G'B' and alpha of a row.
    void signalOf(ConstPictureView linear, int y, float* const rows[4])
    {
        const long n = m_target.width;
        const float* in[4] = {linear.row(0, y), linear.row(1, y), linear.row(2, y), linear.row(3, y)};
        const bool opaque = !m_shape.alpha || m_shape.bits == floatBits || m_kernels.allOne(in[alpha], n) != 0;
        if (!opaque)
            m_kernels.unpremultiply(in, rows, n);
        else if (m_shape.alpha)
            std::copy_n(in[alpha], n, rows[alpha]);
        const float* const work[4] = {rows[0], rows[1], rows[2], rows[3]};
        transferFromLinear(m_target.coding, opaque ? in : work, rows, n);
    }

    void store(int channel, int y, long n, const CodeScale& scale, const float* in)
    {
        const ChannelPlace place = placeOf(m_shape, channel);
        std::uint8_t* row = m_planes[place.plane] + y * m_target.strides[place.plane];
        if (m_shape.bits == floatBits)
            std::copy_n(in, n, reinterpret_cast<float*>(row));
        else if (m_shape.bits > 8)
            m_kernels.store16(in, reinterpret_cast<unsigned short*>(row) + place.first, place.step, n, scale);
        else
            m_kernels.store8(in, row + place.first, place.step, n, scale);
    }

    float* ringRow(int channel, int y) { return m_ring[channel].data() + static_cast<std::ptrdiff_t>(y & (ringRows - 1)) * m_chromaWidth; }

    void gather(int channel, int y)
    {
        float* full = m_full[channel].data() + margin;
        float* half = ringRow(channel, y);
        const int width = m_target.width;
        if (m_shape.halvedX == 0) {
            std::copy_n(full, width, half);
            return;
        }
        for (int beyond = 1; beyond < margin; ++beyond) {
            full[-beyond] = full[standIn(-beyond, width, m_centredX)];
            full[width - 1 + beyond] = full[standIn(width - 1 + beyond, width, m_centredX)];
        }
        if (m_centredX)
            m_kernels.gatherCentred(full, half, m_chromaWidth);
        else
            m_kernels.gatherCosited(full, half, m_chromaWidth);
    }

    void mixRows(int channel, int j)
    {
        const auto from = [&](int y) { return ringRow(channel, standIn(y, m_target.height, m_centredY)); };
        const int y = 2 * j;
        if (m_centredY) {
            const float* const rows[4] = {from(y - 1), from(y), from(y + 1), from(y + 2)};
            constexpr float weights[4] = {-0.25F, 0.75F, 0.75F, -0.25F};
            m_kernels.mix4(rows, m_mixed.data(), m_chromaWidth, weights);
        } else {
            const float* const rows[5] = {from(y - 2), from(y - 1), from(y), from(y + 1), from(y + 2)};
            constexpr float weights[5] = {-0.125F, 0.25F, 0.75F, 0.25F, -0.125F};
            m_kernels.mix5(rows, m_mixed.data(), m_chromaWidth, weights);
        }
    }

    const CodedPicture& m_target;
    const FormatShape& m_shape;
    const RowKernels& m_kernels = rowKernels();
    CodeScales m_scales;
    ToYcc m_toYcc;
    bool m_centredX, m_centredY;
    std::uint8_t* m_planes[4] = {};
    int m_chromaWidth = 0, m_chromaHeight = 0;
    std::vector<float> m_work[4], m_luma, m_mixed, m_full[2], m_ring[2];
};

} // namespace

void encodeRowsFromLinear(ConstPictureView linear, PackedPicture& out, int y0, int y1)
{
    if (out.width <= 0 || y0 >= y1)
        return;
    const FormatShape& shape = shapeOf(out.coding.format);
    const int unit = 1 << shape.halvedY;
    CHECK(y0 % unit == 0 && y0 >= 0 && y1 <= out.height && (y1 % unit == 0 || y1 == out.height));
    const int reach = shape.halvedY != 0 ? codedReach : 0;
    const int first = std::max(y0 - reach, 0);
    const int last = std::min(y1 + reach, out.height);
    CHECK(linear.rect.contains({0, first, out.width, last}));
    const CodedPicture target = out.view();
    RowWriter writer(target, out.data.data());
    int chroma = y0 / unit;
    const int chromaEnd = shape.family == Family::Ycc ? (y1 + unit - 1) / unit : 0;
    const ConstPictureView columns = linear.sub({0, linear.rect.y0, out.width, linear.rect.y1});
    for (int y = first; y < last; ++y) {
        writer.row(columns, y, y >= y0 && y < y1);
        // All rows up to chroma·unit + reach are there, or there are no more.
        for (; chroma < chromaEnd && (chroma * unit + reach <= y || y + 1 == last); ++chroma)
            writer.chromaRow(chroma);
    }
}

void encodeFromLinear(ConstPictureView linear, PackedPicture& out)
{
    CHECK(linear.rect.width() == out.width && linear.rect.height() == out.height);
    linear.rect = {0, 0, out.width, out.height};
    encodeRowsFromLinear(linear, out, 0, out.height);
}

} // namespace artdag
