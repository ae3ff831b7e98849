// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/picture_writer.h"
#include "core/base/result.h"
#include "core/picture/coding.h"
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

} // namespace

/// Writes rows as codes. Rows come in order; a chroma row is written when the last row it needs is there.
struct PictureWriter::Rows {
public:
    Rows(const CodedPicture& target, std::uint8_t* data, Space space)
        : m_target(target),
          m_space(space),
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

    /// The next row of the picture, and the chroma rows that it completes.
    void row(ConstPictureView strip, int y)
    {
        const long n = m_target.width;
        const float* rows[4];
        signalOf(strip, y, rows);
        if (m_shape.alpha)
            store(alpha, y, n, m_scales.alpha, rows[alpha]);
        if (m_shape.family == Family::Rgb) {
            for (int channel = 0; channel < 3; ++channel)
                store(channel, y, n, m_scales.light, rows[channel]);
        } else if (m_shape.family == Family::Gray) {
            m_kernels.luma(rows, m_luma.data(), n, m_toYcc);
            store(0, y, n, m_scales.light, m_luma.data());
        } else {
            m_kernels.toYcc(rows, m_luma.data(), m_full[0].data() + margin, m_full[1].data() + margin, n, m_toYcc);
            store(0, y, n, m_scales.light, m_luma.data());
            gather(0, y);
            gather(1, y);
            // All rows up to chroma·2 + reach are there, or there are no more.
            const int reach = m_shape.halvedY != 0 ? 2 : 0;
            for (; m_chroma < m_chromaHeight && ((m_chroma << m_shape.halvedY) + reach <= y || y + 1 == m_target.height); ++m_chroma)
                chromaRow(m_chroma);
        }
    }

private:
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

    /// The coded R'G'B' of a row: straight where the format has alpha, else over black.
    void signalOf(ConstPictureView strip, int y, const float* rows[4])
    {
        const long n = m_target.width;
        const float* in[4] = {strip.row(0, y), strip.row(1, y), strip.row(2, y), strip.row(3, y)};
        float* const work[4] = {m_work[0].data(), m_work[1].data(), m_work[2].data(), m_work[3].data()};
        const bool premultiplied = m_shape.bits == floatBits; // as OpenEXR wants it
        const bool opaque = strip.opaque || premultiplied || m_kernels.allOne(in[alpha], n) != 0;
        rows[alpha] = in[alpha];
        if (m_space == Space::Display && (opaque || m_shape.alpha)) {
            std::copy_n(in, 3, rows);
            return;
        }
        std::copy_n(work, 3, rows);
        if (m_space == Space::Display)
            m_kernels.fromDisplay(in, work, n);
        else if (m_shape.alpha && !opaque)
            m_kernels.unpremultiply(in, work, n);
        const bool moved = m_space == Space::Display || (m_shape.alpha && !opaque);
        transferFromLinear(m_target.coding, moved ? work : in, work, n);
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

    const CodedPicture m_target;
    const Space m_space;
    const FormatShape& m_shape;
    const RowKernels& m_kernels = rowKernels();
    CodeScales m_scales;
    ToYcc m_toYcc;
    bool m_centredX, m_centredY;
    std::uint8_t* m_planes[4] = {};
    int m_chromaWidth = 0, m_chromaHeight = 0;
    int m_chroma = 0; ///< the next chroma row
    std::vector<float> m_work[4], m_luma, m_mixed, m_full[2], m_ring[2];
};

PictureWriter::PictureWriter(PackedPicture& out, Space space)
    : m_rows(std::make_unique<Rows>(out.view(), out.data.data(), space)),
      m_width(out.width)
{
    CHECK(space == Space::Linear || isDisplay(out.coding));
}

PictureWriter::~PictureWriter() = default;

void PictureWriter::add(ConstPictureView strip)
{
    CHECK(strip.rect.x0 == 0 && strip.rect.x1 == m_width && strip.rect.y0 == m_next);
    for (; m_next < strip.rect.y1; ++m_next)
        m_rows->row(strip, m_next);
}

void encodeFromLinear(ConstPictureView linear, PackedPicture& out)
{
    CHECK(linear.rect.width() == out.width && linear.rect.height() == out.height);
    PictureWriter(out, Space::Linear).add(linear.movedBy(-linear.rect.x0, -linear.rect.y0));
}

} // namespace artdag
