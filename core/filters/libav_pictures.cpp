// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filters/libav_graph.h"

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavutil/pixdesc.h>
}

#include <fmt/core.h>

#include <algorithm>
#include <cstring>

namespace artdag {

namespace {

/// The words of colour that a film of this layout has here (docs/formats.md): BT.709, limited range for its matrices.
void tagFrame(AVFrame& frame, SampleFormat format)
{
    const bool matrix = shapeOf(format).family == Family::Ycc;
    frame.color_range = matrix ? AVCOL_RANGE_MPEG : AVCOL_RANGE_JPEG;
    frame.colorspace = matrix ? AVCOL_SPC_BT709 : AVCOL_SPC_RGB;
    frame.color_primaries = AVCOL_PRI_BT709;
    frame.color_trc = matrix ? AVCOL_TRC_BT709 : AVCOL_TRC_IEC61966_2_1;
    frame.chroma_location = AVCHROMA_LOC_LEFT;
    frame.sample_aspect_ratio = {1, 1};
}

class LibavPictures final : public LibavGraph {
public:
    explicit LibavPictures(SampleFormat layout)
        : m_layout(layout) {}

    Result<void> put(int input, Stretch stretch, std::span<const std::uint8_t> packed) override
    {
        const FilterFrames& shape = m_inputs[static_cast<std::size_t>(input)];
        const FrameHolder picture(av_frame_alloc());
        picture->format = av_get_pix_fmt(nameOf(shape.format));
        picture->width = shape.width;
        picture->height = shape.height;
        picture->pts = stretch.first;
        picture->pkt_duration = 1;
        tagFrame(*picture, shape.format);
        TRY(checked(av_frame_get_buffer(picture.get(), 0)));
        const std::uint8_t* from = packed.data();
        for (int index = 0; const PlaneShape& plane : planesOf(shape.format, shape.width, shape.height)) {
            for (int y = 0; y < plane.height; ++y, from += plane.rowBytes())
                std::memcpy(picture->data[index] + static_cast<std::ptrdiff_t>(y) * picture->linesize[index], from, plane.rowBytes());
            ++index;
        }
        return push(input, *picture);
    }

    Result<Taken> take(std::span<std::uint8_t> packed, Stretch& at) override
    {
        const FrameHolder picture(av_frame_alloc());
        if (const Taken taken = TRY(pull(*picture)); taken != Taken::Frame)
            return taken;
        if (picture->width != m_output.width || picture->height != m_output.height || picture->format != av_get_pix_fmt(nameOf(m_output.format)))
            return fail(Fault::BadInput, fmt::format("filter '{}': changes the size of its pictures on the way; only one size can be kept", m_name));
        // Seen from the first frame that is not before it; a thousandth of a frame forgives a rounded time base.
        const std::int64_t thousandths = picture->pts == AV_NOPTS_VALUE ? m_last * 1000 : av_rescale_q(picture->pts, av_buffersink_get_time_base(m_sink), av_div_q(av_inv_q(m_rate), {1000, 1}));
        at = {(std::max<std::int64_t>(thousandths, 0) + 990) / 1000, 1};
        m_last = at.first + 1;
        std::uint8_t* to = packed.data();
        for (int index = 0; const PlaneShape& plane : planesOf(m_output.format, m_output.width, m_output.height)) {
            for (int y = 0; y < plane.height; ++y, to += plane.rowBytes())
                std::memcpy(to, picture->data[index] + static_cast<std::ptrdiff_t>(y) * picture->linesize[index], plane.rowBytes());
            ++index;
        }
        return Taken::Frame;
    }

private:
    [[nodiscard]] Ends ends() const override { return {"buffer", "buffersink"}; }

    FilterFrames shape(const FilterRequest& request, std::size_t input, AVBufferSrcParameters& parameters) override
    {
        const auto [width, height] = request.sizes[input];
        parameters.format = av_get_pix_fmt(nameOf(m_layout));
        parameters.width = width;
        parameters.height = height;
        parameters.frame_rate = m_rate;
        parameters.sample_aspect_ratio = {1, 1};
        return {.width = width, .height = height, .format = m_layout};
    }

    Result<FilterFrames> shapeOfSink() override
    {
        const char* name = av_get_pix_fmt_name(static_cast<AVPixelFormat>(av_buffersink_get_format(m_sink)));
        const auto layout = layoutNamed(name != nullptr ? name : "");
        if (!layout)
            return fail(Fault::BadInput, fmt::format("filter '{}': gives pictures of the format {}, which are not kept here", m_name, name != nullptr ? name : "?"));
        const FilterFrames output{.width = av_buffersink_get_w(m_sink), .height = av_buffersink_get_h(m_sink), .format = *layout, .fullRange = shapeOf(m_layout).family != Family::Ycc};
        if (output.width < 1 || output.height < 1 || output.width > largestSide || output.height > largestSide)
            return fail(Fault::BadInput, fmt::format("filter '{}': its picture would be {}×{} px; 1 to {} work", m_name, output.width, output.height, largestSide));
        return output;
    }

    SampleFormat m_layout;
    std::int64_t m_last = 0;
};

} // namespace

Result<std::unique_ptr<LibavGraph>> openPictures(const FilterRequest& request, SampleFormat layout)
{
    auto pictures = std::make_unique<LibavPictures>(layout);
    TRY(pictures->open(request));
    return std::unique_ptr<LibavGraph>(std::move(pictures));
}

} // namespace artdag
