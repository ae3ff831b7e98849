// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"
#include "core/picture/coding.h"
#include "core/picture/picture.h"
#include "core/picture/transfer.h"

#include <algorithm>
#include <utility>

namespace artdag {

namespace {

/// Reads coded rows as float rows. Everything depends on absolute coordinates only, so any rectangle gives the same pixels.
class RowReader {
public:
    RowReader(const CodedPicture& coded, Rect rect)
        : m_coded(coded),
          m_shape(shapeOf(coded.coding.format)),
          m_scales(scalesOf(coded.coding)),
          m_rect(rect),
          m_fromYcc(fromYccOf(coded.coding.matrix))
    {
        if (m_shape.family != Family::Ycc)
            return;
        m_luma.resize(static_cast<std::size_t>(rect.width()));
        m_chromaWidth = (coded.width + m_shape.halvedX) >> m_shape.halvedX;
        m_chromaHeight = (coded.height + m_shape.halvedY) >> m_shape.halvedY;
        m_first = rect.x0 >> m_shape.halvedX;
        m_count = ((rect.x1 - 1) >> m_shape.halvedX) + 1 - m_first;
        m_half.resize(static_cast<std::size_t>(m_count) + 2);
        m_loaded.resize(2 * m_half.size() * loadedRows);
        for (auto& rows : m_loadedAt)
            std::fill_n(rows, loadedRows, -1);
        for (auto& row : m_chroma)
            row.resize(static_cast<std::size_t>(m_count) * 2 + 2);
    }

    /// R'G'B' of row y into three rows.
    void colour(int y, float* const rgb[3])
    {
        const long n = m_rect.width();
        if (m_shape.family == Family::Ycc) {
            load(0, y, m_rect.x0, n, m_scales.light, m_luma.data());
            const int skip = m_shape.halvedX != 0 ? m_rect.x0 & 1 : 0;
            for (int channel : {1, 2})
                chroma(channel, y, m_chroma[channel - 1].data());
            m_kernels.fromYcc(m_luma.data(), m_chroma[0].data() + skip, m_chroma[1].data() + skip, rgb, n, m_fromYcc);
            return;
        }
        for (int channel = 0; channel < 3; ++channel) {
            if (m_shape.family == Family::Gray && channel > 0)
                std::copy_n(rgb[0], n, rgb[channel]);
            else
                load(channel, y, m_rect.x0, n, m_scales.light, rgb[channel]);
        }
    }

    void coverage(int y, float* out)
    {
        if (m_shape.alpha)
            load(alpha, y, m_rect.x0, m_rect.width(), m_scales.alpha, out);
        else
            m_kernels.fill(out, m_rect.width(), 1.0F);
    }

private:
    void load(int channel, int y, int x, long n, const CodeScale& scale, float* out) const
    {
        const ChannelPlace place = placeOf(m_shape, channel);
        const std::uint8_t* row = m_coded.planes[place.plane] + y * m_coded.strides[place.plane];
        const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(x) * place.step + place.first;
        if (m_shape.bits == floatBits) // a file's infinities and not-a-numbers would spread over whole pictures
            std::transform(reinterpret_cast<const float*>(row) + at, reinterpret_cast<const float*>(row) + at + n, out, [](float value) { return value - value == 0.0F ? value : 0.0F; });
        else if (m_shape.bits > 8)
            m_kernels.load16(reinterpret_cast<const unsigned short*>(row) + at, place.step, out, n, scale);
        else
            m_kernels.load8(row + at, place.step, out, n, scale);
    }

    /// Chroma samples [m_first − 1, m_first + m_count + 1) of chroma row j, the nearest one beyond the edges.
    const float* chromaRow(int channel, int j)
    {
        j = std::clamp(j, 0, m_chromaHeight - 1);
        const int slot = j % loadedRows;
        float* out = m_loaded.data() + static_cast<std::size_t>((channel - 1) * loadedRows + slot) * m_half.size();
        if (std::exchange(m_loadedAt[channel - 1][slot], j) == j)
            return out; // the luma row before needed it too
        const int from = std::max(m_first - 1, 0);
        const int to = std::min(m_first + m_count + 1, m_chromaWidth);
        load(channel, j, from, to - from, m_scales.chroma, out + (from - (m_first - 1)));
        if (from > m_first - 1)
            out[0] = out[1];
        if (to < m_first + m_count + 1)
            out[m_count + 1] = out[m_count];
        return out;
    }

    /// Chroma of luma row y at full width, beginning at the even column m_first · 2.
    void chroma(int channel, int y, float* out)
    {
        const float* row = nullptr;
        const int j = y >> m_shape.halvedY;
        const bool odd = (y & 1) != 0;
        if (m_shape.halvedY == 0 || (m_coded.coding.site == ChromaSite::TopLeft && !odd)) {
            row = chromaRow(channel, j);
        } else {
            const bool centred = m_coded.coding.site != ChromaSite::TopLeft;
            const float* near = chromaRow(channel, j);
            const float* far = chromaRow(channel, centred && !odd ? j - 1 : j + 1);
            m_kernels.mix2(near, far, m_half.data(), m_count + 2, centred ? 0.75F : 0.5F, centred ? 0.25F : 0.5F);
            row = m_half.data();
        }
        if (m_shape.halvedX == 0)
            std::copy_n(row + 1, m_count, out);
        else if (m_coded.coding.site == ChromaSite::Centre)
            m_kernels.spreadCentred(row + 1, out, m_count);
        else
            m_kernels.spreadCosited(row + 1, out, m_count);
    }

    const CodedPicture& m_coded;
    const FormatShape& m_shape;
    const RowKernels& m_kernels = rowKernels();
    CodeScales m_scales;
    Rect m_rect;
    FromYcc m_fromYcc;
    int m_chromaWidth = 0, m_chromaHeight = 0;
    int m_first = 0;                     ///< first chroma column in use
    int m_count = 0;                     ///< chroma columns in use
    static constexpr int loadedRows = 3; ///< a luma row lies between two chroma rows; the next may need a third
    std::vector<float> m_luma, m_half, m_chroma[2];
    std::vector<float> m_loaded; ///< chroma rows as numbers: by channel, then row modulo loadedRows
    int m_loadedAt[2][loadedRows] = {};
};

} // namespace

void decodeCoded(const CodedPicture& coded, Space space, PictureView out)
{
    if (out.rect.empty())
        return;
    CHECK((Rect{0, 0, coded.width, coded.height}.contains(out.rect)));
    const RowKernels& kernels = rowKernels();
    RowReader reader(coded, out.rect);
    const bool withAlpha = hasAlpha(coded.coding.format) && shapeOf(coded.coding.format).bits != floatBits; // floats are premultiplied
    const bool asCoded = space == Space::Display && isDisplay(coded.coding);
    const long n = out.rect.width();
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        float* const rows[4] = {out.row(red, y), out.row(green, y), out.row(blue, y), out.row(alpha, y)};
        reader.colour(y, rows);
        reader.coverage(y, rows[alpha]);
        if (!asCoded)
            transferToLinear(coded.coding, rows, n);
        const bool clear = withAlpha && kernels.allOne(rows[alpha], n) == 0;
        if (clear && asCoded)
            kernels.blacken(rows, n);
        else if (clear)
            kernels.premultiply(rows, rows, n);
        if (space == Space::Display && !asCoded)
            kernels.toDisplay(rows, rows, n);
    }
}

} // namespace artdag
