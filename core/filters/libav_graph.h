// SPDX-License-Identifier: GPL-3.0-or-later
// One filter of libavfilter between its sources and a sink, whatever goes through: pictures or sound.
#pragma once

#include "core/filters/open_filter.h"

extern "C" {
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/frame.h>
}

namespace artdag {

struct GraphFree {
    void operator()(AVFilterGraph* graph) const { avfilter_graph_free(&graph); }
};
struct FrameFree {
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
using GraphHolder = std::unique_ptr<AVFilterGraph, GraphFree>;
using FrameHolder = std::unique_ptr<AVFrame, FrameFree>;

/// From now on the first error that libavfilter logs is kept for `refused`; what was kept before is forgotten.
void listenToFilters();
/// An error in the filter's own words, else in libavutil's.
tl::unexpected<Error> refused(const std::string& filter, int code);

class LibavGraph : public OpenFilter {
public:
    /// BadInput for what the filter refuses. Once.
    Result<void> open(const FilterRequest& request);

    [[nodiscard]] const std::vector<FilterFrames>& inputs() const override { return m_inputs; }
    [[nodiscard]] const FilterFrames& output() const override { return m_output; }
    [[nodiscard]] AVFilterContext& context() const { return *m_filter; }
    Result<void> set(const std::string& option, const std::string& value) override;
    Result<void> end(int input) override;

protected:
    /// `buffer` and `buffersink`, or those of sound.
    struct Ends {
        const char* source;
        const char* sink;
    };
    [[nodiscard]] virtual Ends ends() const = 0;
    /// What goes into an input.
    virtual FilterFrames shape(const FilterRequest& request, std::size_t input, AVBufferSrcParameters& parameters) = 0;
    /// What comes out, from m_sink; BadInput for what cannot be kept.
    virtual Result<FilterFrames> shapeOfSink() = 0;

    Result<void> push(int input, AVFrame& frame);
    Result<Taken> pull(AVFrame& frame);
    Result<void> checked(int code) const;

    std::string m_name;
    AVRational m_rate{25, 1}; ///< frames or samples a second
    AVFilterContext* m_sink = nullptr;
    std::vector<FilterFrames> m_inputs;
    FilterFrames m_output;

private:
    Result<void> setOptions(const FilterRequest& request);
    Result<void> addSource(const FilterRequest& request, std::size_t input);

    GraphHolder m_graph;
    AVFilterContext* m_filter = nullptr;
    std::vector<AVFilterContext*> m_sources;
    std::vector<std::int64_t> m_ends; ///< of each source: the frame or sample after the last
};

/// The request's pictures in one layout, or its sounds in samples of one format (of libavutil: floating point). BadInput where
/// the filter does not take it.
Result<std::unique_ptr<LibavGraph>> openPictures(const FilterRequest& request, SampleFormat layout);
Result<std::unique_ptr<LibavGraph>> openSounds(const FilterRequest& request, AVSampleFormat format);

} // namespace artdag
