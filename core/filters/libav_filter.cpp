// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filters/libav_filter.h"

#include "core/filters/filter_rules.h"
#include "core/filters/libav_graph.h"
#include "core/filters/libav_options.h"

extern "C" {
#include <libavutil/samplefmt.h>
}

#include <dlfcn.h>
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>

namespace artdag {

namespace {

/// What a filter that has no sense at its defaults is tried with.
std::vector<std::pair<std::string, std::string>> beginning(const std::string& filter)
{
    if (filter == "geq")
        return {{"lum_expr", "lum(X,Y)"}};
    if (filter == "delogo")
        return {{"x", "1"}, {"y", "1"}, {"w", "8"}, {"h", "8"}};
    if (filter == "colormatrix")
        return {{"src", "bt709"}, {"dst", "bt601"}};
    if (filter == "equalizer")
        return {{"frequency", "1000"}, {"width", "1"}};
    if (filter == "chorus")
        return {{"delays", "40"}, {"decays", "0.5"}, {"speeds", "0.25"}, {"depths", "2"}};
    return {};
}

/// What goes through a filter with one or two inputs and one output, all of one kind; none for any other.
std::optional<AVMediaType> kindOf(const AVFilter& filter)
{
    const unsigned inputs = avfilter_filter_pad_count(&filter, 0);
    const unsigned outputs = avfilter_filter_pad_count(&filter, 1);
    if (inputs < 1 || inputs > 2 || outputs != 1 || (filter.flags & (AVFILTER_FLAG_DYNAMIC_INPUTS | AVFILTER_FLAG_DYNAMIC_OUTPUTS)) != 0)
        return std::nullopt;
    const AVMediaType kind = avfilter_pad_get_type(filter.outputs, 0);
    for (unsigned i = 0; i < inputs; ++i)
        if (avfilter_pad_get_type(filter.inputs, static_cast<int>(i)) != kind)
            return std::nullopt;
    return kind == AVMEDIA_TYPE_VIDEO || kind == AVMEDIA_TYPE_AUDIO ? std::optional(kind) : std::nullopt;
}

/// libavfilter's words for a format that is not a filter's own, which say less than what it says to its own.
bool isOfFormat(const Error& error)
{
    return error.message.find("common format") != std::string::npos;
}

/// The first way that a filter takes its pictures or sounds; else the error of the best one that it knows.
template <class Formats, class Open>
Result<std::unique_ptr<LibavGraph>> firstFit(const Formats& formats, Open open)
{
    std::optional<Error> first;
    for (const auto format : formats) {
        listenToFilters();
        auto opened = open(format);
        if (opened)
            return opened;
        if (!first || (isOfFormat(*first) && !isOfFormat(opened.error())))
            first = opened.error();
    }
    return tl::unexpected<Error>(std::move(*first));
}

Result<std::unique_ptr<LibavGraph>> openFirstFit(const FilterRequest& request)
{
    const AVFilter* filter = avfilter_get_by_name(request.filter.c_str());
    if (filter == nullptr)
        return fail(Fault::NotFound, fmt::format("filter '{}': is not in this libavfilter", request.filter));
    const auto kind = kindOf(*filter);
    if (isDeniedFilter(request.filter) || !kind)
        return fail(Fault::Denied, fmt::format("filter '{}': may not be used here", request.filter));
    const bool sound = kind == AVMEDIA_TYPE_AUDIO;
    const std::size_t inputs = avfilter_filter_pad_count(filter, 0), given = sound ? static_cast<std::size_t>(request.sounds) : request.sizes.size();
    if (given != inputs || (sound ? !request.sizes.empty() : request.sounds != 0))
        return fail(Fault::BadInput, fmt::format("filter '{}': takes {} {}", request.filter, inputs, sound ? "sounds" : "pictures"));
    if (sound)
        return firstFit(std::array{AV_SAMPLE_FMT_FLTP, AV_SAMPLE_FMT_FLT, AV_SAMPLE_FMT_DBLP, AV_SAMPLE_FMT_DBL}, [&](AVSampleFormat format) { return openSounds(request, format); });
    std::vector<SampleFormat> layouts(std::begin(filterLayouts), std::end(filterLayouts));
    if (!request.deep)
        std::ranges::stable_partition(layouts, [](SampleFormat format) { return shapeOf(format).bits <= 8; });
    return firstFit(layouts, [&](SampleFormat layout) { return openPictures(request, layout); });
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
        if (kindOf(*filter) && !isDeniedFilter(filter->name))
            names.emplace_back(filter->name);
    std::ranges::sort(names);
    return names;
}

Result<Json> describeLibavFilter(const std::string& name)
{
    const AVFilter* filter = avfilter_get_by_name(name.c_str());
    if (filter == nullptr)
        return fail(Fault::NotFound, fmt::format("filter '{}': is not in this libavfilter", name));
    const auto inputs = avfilter_filter_pad_count(filter, 0);
    const bool sound = kindOf(*filter) == AVMEDIA_TYPE_AUDIO;
    FilterRequest small{.filter = name, .options = beginning(name), .rate = {25, 1}};
    if (sound) {
        small.sounds = static_cast<int>(inputs);
        small.block = 1024;
        small.rate = {48000, 1};
    } else {
        small.sizes.assign(inputs, {320, 240});
    }
    const auto open = TRY(openFirstFit(small));
    // The values before the filter's init, which may change them to what it made of them.
    const GraphHolder graph(avfilter_graph_alloc());
    AVFilterContext* fresh = avfilter_graph_alloc_filter(graph.get(), filter, "fresh");
    if (fresh == nullptr)
        return refused(name, AVERROR(ENOMEM));
    return Json{{"kind", "ffmpeg"}, {"filter", name}, {"by", libavFilterVersion() + " " + name}, {"help", filter->description != nullptr ? filter->description : ""}, {"inputs", inputs},
        {"version", 2}, {"sound", sound}, {"alpha", sound || shapeOf(open->inputs().front().format).alpha}, {"params", describeOptions(*fresh, open->context())}};
}

Result<std::unique_ptr<OpenFilter>> openLibavFilter(const FilterRequest& request)
{
    return std::unique_ptr<OpenFilter>(TRY(openFirstFit(request)));
}

} // namespace artdag
