// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filters/libav_filter.h"

#include "core/filters/filter_rules.h"
#include "core/filters/libav_options.h"

extern "C" {
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
}

#include <dlfcn.h>
#include <fmt/core.h>

#include <algorithm>
#include <cstring>

namespace artdag {

namespace {

struct GraphFree {
    void operator()(AVFilterGraph* graph) const { avfilter_graph_free(&graph); }
};
struct FrameFree {
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
struct MemoryFree {
    void operator()(void* memory) const { av_free(memory); }
};

/// The filter's first words about a mistake, which the later ones only wrap: this process runs one filter at a time.
std::string& firstWords()
{
    static std::string words;
    return words;
}

void keepWords(void*, int level, const char* format, va_list arguments)
{
    if (level > AV_LOG_ERROR)
        return;
    char line[400];
    std::vsnprintf(line, sizeof line, format, arguments);
    std::string text(line);
    while (!text.empty() && (text.back() == '\n' || text.back() == '.'))
        text.pop_back();
    if (firstWords().empty())
        firstWords() = text;
}

tl::unexpected<Error> refused(const std::string& filter, int code)
{
    char words[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, words, sizeof words);
    const std::string said = std::exchange(firstWords(), {});
    return fail(code == AVERROR(ENOMEM) ? Fault::Unavailable : Fault::BadInput, fmt::format("filter '{}': {}", filter, said.empty() ? words : said.c_str()));
}

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

class LibavFilter final : public OpenFilter {
public:
    Result<void> open(const FilterRequest& request, SampleFormat format)
    {
        const AVFilter* filter = avfilter_get_by_name(request.filter.c_str());
        m_name = request.filter;
        m_rate = {static_cast<int>(request.rate.numerator), static_cast<int>(request.rate.denominator)};
        m_graph.reset(avfilter_graph_alloc());
        m_graph->nb_threads = 1;
        avfilter_graph_set_auto_convert(m_graph.get(), AVFILTER_AUTO_CONVERT_NONE); // swscale would choose a matrix of its own
        m_filter = avfilter_graph_alloc_filter(m_graph.get(), filter, "filter");
        if (m_filter == nullptr)
            return refused(m_name, AVERROR(ENOMEM));
        TRY(setOptions(request));
        for (std::size_t i = 0; i < request.sizes.size(); ++i)
            TRY(addSource(static_cast<unsigned>(i), request.sizes[i], format));
        m_sink = avfilter_graph_alloc_filter(m_graph.get(), avfilter_get_by_name("buffersink"), "out");
        TRY(checked(avfilter_init_str(m_sink, nullptr)));
        TRY(checked(avfilter_link(m_filter, 0, m_sink, 0)));
        TRY(checked(avfilter_graph_config(m_graph.get(), nullptr)));
        const char* name = av_get_pix_fmt_name(static_cast<AVPixelFormat>(av_buffersink_get_format(m_sink)));
        const auto layout = layoutNamed(name != nullptr ? name : "");
        if (!layout)
            return fail(Fault::BadInput, fmt::format("filter '{}': gives pictures of the format {}, which are not kept here", m_name, name != nullptr ? name : "?"));
        m_output = {av_buffersink_get_w(m_sink), av_buffersink_get_h(m_sink), *layout, shapeOf(format).family != Family::Ycc};
        if (m_output.width < 1 || m_output.height < 1 || m_output.width > largestSide || m_output.height > largestSide)
            return fail(Fault::BadInput, fmt::format("filter '{}': its picture would be {}×{} px; 1 to {} work", m_name, m_output.width, m_output.height, largestSide));
        return {};
    }

    [[nodiscard]] const std::vector<FilterFrames>& inputs() const override { return m_inputs; }
    [[nodiscard]] const FilterFrames& output() const override { return m_output; }
    [[nodiscard]] AVFilterContext& context() const { return *m_filter; }

    Result<void> put(int input, std::int64_t frame, std::span<const std::uint8_t> packed) override
    {
        const FilterFrames& shape = m_inputs[static_cast<std::size_t>(input)];
        const std::unique_ptr<AVFrame, FrameFree> picture(av_frame_alloc());
        picture->format = av_get_pix_fmt(nameOf(shape.format));
        picture->width = shape.width;
        picture->height = shape.height;
        picture->pts = frame;
        picture->pkt_duration = 1;
        tagFrame(*picture, shape.format);
        TRY(checked(av_frame_get_buffer(picture.get(), 0)));
        const std::uint8_t* from = packed.data();
        for (int index = 0; const PlaneShape& plane : planesOf(shape.format, shape.width, shape.height)) {
            for (int y = 0; y < plane.height; ++y, from += plane.rowBytes())
                std::memcpy(picture->data[index] + static_cast<std::ptrdiff_t>(y) * picture->linesize[index], from, plane.rowBytes());
            ++index;
        }
        return checked(av_buffersrc_add_frame(m_sources[static_cast<std::size_t>(input)], picture.get()));
    }

    Result<void> end(int input) override { return checked(av_buffersrc_add_frame(m_sources[static_cast<std::size_t>(input)], nullptr)); }

    Result<Taken> take(std::span<std::uint8_t> packed, std::int64_t& at) override
    {
        const std::unique_ptr<AVFrame, FrameFree> picture(av_frame_alloc());
        const int code = av_buffersink_get_frame(m_sink, picture.get());
        if (code == AVERROR(EAGAIN))
            return Taken::More;
        if (code == AVERROR_EOF)
            return Taken::End;
        TRY(checked(code));
        if (picture->width != m_output.width || picture->height != m_output.height || picture->format != av_get_pix_fmt(nameOf(m_output.format)))
            return fail(Fault::BadInput, fmt::format("filter '{}': changes the size of its pictures on the way; only one size can be kept", m_name));
        // Seen from the first frame that is not before it; a thousandth of a frame forgives a rounded time base.
        const std::int64_t thousandths = picture->pts == AV_NOPTS_VALUE ? m_last * 1000 : av_rescale_q(picture->pts, av_buffersink_get_time_base(m_sink), av_div_q(av_inv_q(m_rate), {1000, 1}));
        at = (std::max<std::int64_t>(thousandths, 0) + 990) / 1000;
        m_last = at + 1;
        std::uint8_t* to = packed.data();
        for (int index = 0; const PlaneShape& plane : planesOf(m_output.format, m_output.width, m_output.height)) {
            for (int y = 0; y < plane.height; ++y, to += plane.rowBytes())
                std::memcpy(to, picture->data[index] + static_cast<std::ptrdiff_t>(y) * picture->linesize[index], plane.rowBytes());
            ++index;
        }
        return Taken::Frame;
    }

private:
    Result<void> checked(int code) const
    {
        if (code < 0)
            return refused(m_name, code);
        return {};
    }

    Result<void> setOptions(const FilterRequest& request)
    {
        AVDictionary* options = nullptr;
        for (const auto& [name, value] : request.options) {
            if (!isDescribed(*m_filter, name)) {
                av_dict_free(&options);
                return fail(Fault::Denied, fmt::format("filter '{}': the option '{}' may not be set here", m_name, name));
            }
            av_dict_set(&options, name.c_str(), value.c_str(), 0);
        }
        const int code = avfilter_init_dict(m_filter, &options);
        av_dict_free(&options);
        return checked(code);
    }

    Result<void> addSource(unsigned input, std::pair<int, int> size, SampleFormat format)
    {
        AVFilterContext* source = avfilter_graph_alloc_filter(m_graph.get(), avfilter_get_by_name("buffer"), fmt::format("in{}", input).c_str());
        const std::unique_ptr<AVBufferSrcParameters, MemoryFree> shape(av_buffersrc_parameters_alloc());
        shape->format = av_get_pix_fmt(nameOf(format));
        shape->width = size.first;
        shape->height = size.second;
        shape->time_base = av_inv_q(m_rate);
        shape->frame_rate = m_rate;
        shape->sample_aspect_ratio = {1, 1};
        TRY(checked(av_buffersrc_parameters_set(source, shape.get())));
        TRY(checked(avfilter_init_str(source, nullptr)));
        TRY(checked(avfilter_link(source, 0, m_filter, input)));
        m_sources.push_back(source);
        m_inputs.push_back({size.first, size.second, format, true});
        return {};
    }

    std::string m_name;
    AVRational m_rate{25, 1};
    std::unique_ptr<AVFilterGraph, GraphFree> m_graph;
    AVFilterContext* m_filter = nullptr;
    AVFilterContext* m_sink = nullptr;
    std::vector<AVFilterContext*> m_sources;
    std::vector<FilterFrames> m_inputs;
    FilterFrames m_output;
    std::int64_t m_last = 0;
};

/// What a filter that has no sense at its defaults is tried with.
std::vector<std::pair<std::string, std::string>> beginning(const std::string& filter)
{
    if (filter == "geq")
        return {{"lum_expr", "lum(X,Y)"}};
    if (filter == "delogo")
        return {{"x", "1"}, {"y", "1"}, {"w", "8"}, {"h", "8"}};
    if (filter == "colormatrix")
        return {{"src", "bt709"}, {"dst", "bt601"}};
    return {};
}

bool hasPicturesOnly(const AVFilter& filter)
{
    const unsigned inputs = avfilter_filter_pad_count(&filter, 0);
    const unsigned outputs = avfilter_filter_pad_count(&filter, 1);
    if (inputs < 1 || inputs > 2 || outputs != 1 || (filter.flags & (AVFILTER_FLAG_DYNAMIC_INPUTS | AVFILTER_FLAG_DYNAMIC_OUTPUTS)) != 0)
        return false;
    for (unsigned i = 0; i < inputs; ++i)
        if (avfilter_pad_get_type(filter.inputs, static_cast<int>(i)) != AVMEDIA_TYPE_VIDEO)
            return false;
    return avfilter_pad_get_type(filter.outputs, 0) == AVMEDIA_TYPE_VIDEO;
}

Result<std::unique_ptr<LibavFilter>> openFirstFit(const FilterRequest& request)
{
    av_log_set_callback(keepWords);
    const AVFilter* filter = avfilter_get_by_name(request.filter.c_str());
    if (filter == nullptr)
        return fail(Fault::NotFound, fmt::format("filter '{}': is not in this libavfilter", request.filter));
    if (isDeniedFilter(request.filter) || !hasPicturesOnly(*filter))
        return fail(Fault::Denied, fmt::format("filter '{}': may not be used here", request.filter));
    if (request.sizes.size() != avfilter_filter_pad_count(filter, 0))
        return fail(Fault::BadInput, fmt::format("filter '{}': takes {} pictures", request.filter, avfilter_filter_pad_count(filter, 0)));
    Result<void> opened;
    Error first;
    std::vector<SampleFormat> layouts(std::begin(filterLayouts), std::end(filterLayouts));
    if (!request.deep)
        std::ranges::stable_partition(layouts, [](SampleFormat format) { return shapeOf(format).bits <= 8; });
    for (const SampleFormat format : layouts) {
        firstWords().clear();
        auto open = std::make_unique<LibavFilter>();
        opened = open->open(request, format);
        if (opened)
            return open;
        if (first.message.empty())
            first = opened.error();
    }
    return tl::unexpected<Error>(std::move(first));
}

} // namespace

std::string libavFilterVersion()
{
    const unsigned version = avfilter_version();
    return fmt::format("libavfilter {}.{}.{}", AV_VERSION_MAJOR(version), AV_VERSION_MINOR(version), AV_VERSION_MICRO(version));
}

std::string libavFilterFile()
{
    Dl_info info{};
    return ::dladdr(reinterpret_cast<const void*>(&avfilter_version), &info) != 0 && info.dli_fname != nullptr ? info.dli_fname : "";
}

std::vector<std::string> libavFilterNames()
{
    std::vector<std::string> names;
    void* state = nullptr;
    while (const AVFilter* filter = av_filter_iterate(&state))
        if (hasPicturesOnly(*filter) && !isDeniedFilter(filter->name))
            names.emplace_back(filter->name);
    std::ranges::sort(names);
    return names;
}

Result<Json> describeLibavFilter(const std::string& name)
{
    constexpr std::pair<int, int> small{320, 240};
    const AVFilter* filter = avfilter_get_by_name(name.c_str());
    if (filter == nullptr)
        return fail(Fault::NotFound, fmt::format("filter '{}': is not in this libavfilter", name));
    const auto inputs = avfilter_filter_pad_count(filter, 0);
    const auto open = TRY(openFirstFit({name, beginning(name), std::vector(inputs, small), {25, 1}}));
    // The values before the filter's init, which may change them to what it made of them.
    const std::unique_ptr<AVFilterGraph, GraphFree> graph(avfilter_graph_alloc());
    AVFilterContext* fresh = avfilter_graph_alloc_filter(graph.get(), filter, "fresh");
    if (fresh == nullptr)
        return refused(name, AVERROR(ENOMEM));
    return Json{{"kind", "ffmpeg"}, {"filter", name}, {"by", libavFilterVersion() + " " + name}, {"help", filter->description != nullptr ? filter->description : ""}, {"inputs", inputs},
        {"alpha", shapeOf(open->inputs().front().format).alpha}, {"params", describeOptions(*fresh)}};
}

Result<std::unique_ptr<OpenFilter>> openLibavFilter(const FilterRequest& request)
{
    return std::unique_ptr<OpenFilter>(TRY(openFirstFit(request)));
}

} // namespace artdag
