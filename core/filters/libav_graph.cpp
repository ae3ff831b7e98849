// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filters/libav_graph.h"

#include "core/filters/libav_options.h"

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavutil/opt.h>
}

#include <fmt/core.h>

#include <cstdio>

namespace artdag {

namespace {

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

} // namespace

void listenToFilters()
{
    av_log_set_callback(keepWords);
    firstWords().clear();
}

tl::unexpected<Error> refused(const std::string& filter, int code)
{
    char words[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, words, sizeof words);
    const std::string said = std::exchange(firstWords(), {});
    return fail(code == AVERROR(ENOMEM) ? Fault::Unavailable : Fault::BadInput, fmt::format("filter '{}': {}", filter, said.empty() ? words : said.c_str()));
}

Result<void> LibavGraph::open(const FilterRequest& request)
{
    m_name = request.filter;
    m_rate = {static_cast<int>(request.rate.numerator), static_cast<int>(request.rate.denominator)};
    m_graph.reset(avfilter_graph_alloc());
    m_graph->nb_threads = 1;
    avfilter_graph_set_auto_convert(m_graph.get(), AVFILTER_AUTO_CONVERT_NONE); // swscale would choose a matrix of its own
    m_filter = avfilter_graph_alloc_filter(m_graph.get(), avfilter_get_by_name(request.filter.c_str()), "filter");
    if (m_filter == nullptr)
        return refused(m_name, AVERROR(ENOMEM));
    TRY(setOptions(request));
    for (std::size_t i = 0; i < request.sizes.size() + static_cast<std::size_t>(request.sounds); ++i)
        TRY(addSource(request, i));
    m_sink = avfilter_graph_alloc_filter(m_graph.get(), avfilter_get_by_name(ends().sink), "out");
    TRY(checked(avfilter_init_str(m_sink, nullptr)));
    TRY(checked(avfilter_link(m_filter, 0, m_sink, 0)));
    TRY(checked(avfilter_graph_config(m_graph.get(), nullptr)));
    m_output = TRY(shapeOfSink());
    return {};
}

Result<void> LibavGraph::setOptions(const FilterRequest& request)
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

Result<void> LibavGraph::addSource(const FilterRequest& request, std::size_t input)
{
    AVFilterContext* source = avfilter_graph_alloc_filter(m_graph.get(), avfilter_get_by_name(ends().source), fmt::format("in{}", input).c_str());
    const std::unique_ptr<AVBufferSrcParameters, MemoryFree> parameters(av_buffersrc_parameters_alloc());
    m_inputs.push_back(shape(request, input, *parameters));
    parameters->time_base = av_inv_q(m_rate);
    TRY(checked(av_buffersrc_parameters_set(source, parameters.get())));
    TRY(checked(avfilter_init_str(source, nullptr)));
    TRY(checked(avfilter_link(source, 0, m_filter, static_cast<unsigned>(input))));
    m_sources.push_back(source);
    m_ends.push_back(0);
    return {};
}

Result<void> LibavGraph::set(const std::string& option, const std::string& value)
{
    if (!mayMove(*m_filter, option)) // libavfilter itself would take "enable", too
        return fail(Fault::Denied, fmt::format("filter '{}': the option '{}' cannot change on the way", m_name, option));
    char answer[64] = {};
    return checked(avfilter_process_command(m_filter, option.c_str(), value.c_str(), answer, sizeof answer, 0));
}

Result<void> LibavGraph::end(int input)
{
    // Told where the end is: else it is the last frame's own time, and what a filter appends takes that frame's place.
    return checked(av_buffersrc_close(m_sources[static_cast<std::size_t>(input)], m_ends[static_cast<std::size_t>(input)], 0));
}

Result<void> LibavGraph::push(int input, AVFrame& frame)
{
    m_ends[static_cast<std::size_t>(input)] = frame.pts + (frame.nb_samples > 0 ? frame.nb_samples : 1);
    return checked(av_buffersrc_add_frame(m_sources[static_cast<std::size_t>(input)], &frame));
}

Result<OpenFilter::Taken> LibavGraph::pull(AVFrame& frame)
{
    const int code = av_buffersink_get_frame(m_sink, &frame);
    if (code == AVERROR(EAGAIN))
        return Taken::More;
    if (code == AVERROR_EOF)
        return Taken::End;
    TRY(checked(code));
    return Taken::Frame;
}

Result<void> LibavGraph::checked(int code) const
{
    if (code < 0)
        return refused(m_name, code);
    return {};
}

} // namespace artdag
