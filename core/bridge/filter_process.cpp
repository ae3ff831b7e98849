// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bridge/filter_process.h"

#include "core/worker/media_words.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>

namespace artdag {

namespace {

constexpr const char* whatToDo = "the filter is broken, or was told what breaks it: change its settings, or take another effect";

/// What is on the other side of this project's codes: sRGB, BT.709, limited range for matrices.
Coding codingFor(SampleFormat format, bool fullRange)
{
    const bool matrix = shapeOf(format).family == Family::Ycc;
    return {format, matrix ? Matrix::Bt709 : Matrix::Identity, Transfer::Srgb, Primaries::Bt709, ChromaSite::Left, shapeOf(format).family == Family::Gray ? fullRange : !matrix};
}

} // namespace

Result<FilterProcess> FilterProcess::start(const BridgeOptions& options, const std::filesystem::path& plugin, std::string object, const CancelToken& cancel)
{
    SourcePointer source;
    if (plugin.empty())
        source = std::make_shared<const FileSource>(::open("/dev/null", O_RDONLY | O_CLOEXEC), 0, "libavfilter");
    else
        source = TRY(FileSource::open(plugin));
    WorkerOptions worker;
    worker.program = options.program.empty() ? workerBesideThisProgram().parent_path() / "artdag-bridge" : options.program;
    worker.limits = options.limits;
    worker.patience = options.patience;
    worker.remedies = {whatToDo, whatToDo};
    worker.cancel = cancel;
    std::error_code code;
    if (!std::filesystem::exists(worker.program, code))
        return fail(Fault::Unavailable, fmt::format("program '{}': is not there; it belongs beside artdag: install it again", worker.program.string()));
    return FilterProcess(TRY(WorkerProcess::start(*source, worker)), std::move(object));
}

Error FilterProcess::errorOf(const WorkerEnd& end) const
{
    return {end.fault, fmt::format("{}: its process {}", m_object, end.words)};
}

tl::unexpected<Error> FilterProcess::lie()
{
    return tl::unexpected<Error>(errorOf(m_worker->distrust()));
}

Result<Json> FilterProcess::ask(Json question)
{
    auto answer = m_worker->ask(std::move(question));
    if (!answer)
        return tl::unexpected<Error>(errorOf(answer.error()));
    if (answer->contains("fault"))
        return tl::unexpected<Error>(errorOfJson(*answer, m_object));
    return std::move(*answer);
}

Result<FramesShape> FilterProcess::shapeOfJson(const Json& json)
{
    if (json.is_object() && json.contains("samples")) {
        const auto samples = wholeNumber(json, "samples", 1, largestBlock);
        return samples ? Result<FramesShape>(FramesShape{.samples = static_cast<int>(*samples)}) : lie();
    }
    const auto width = wholeNumber(json, "width", 1, largestSide), height = wholeNumber(json, "height", 1, largestSide);
    const auto format = json.is_object() && json.value("format", Json()).is_string() ? layoutNamed(json["format"].get<std::string>()) : std::nullopt;
    if (!width || !height || !format)
        return lie();
    return FramesShape{static_cast<int>(*width), static_cast<int>(*height), codingFor(*format, flag(json, "full"))};
}

Result<void> FilterProcess::open(Json request, std::size_t inputs)
{
    request["ask"] = "open";
    const Json answer = TRY(ask(std::move(request)));
    const Json list = answer.value("inputs", Json());
    if (!list.is_array() || list.size() != inputs)
        return lie();
    m_inputs.clear();
    m_places.assign(1, 0);
    for (const Json& each : list) {
        m_inputs.push_back(TRY(shapeOfJson(each)));
        m_places.push_back(m_places.back() + m_inputs.back().bytes());
    }
    m_output = TRY(shapeOfJson(answer.value("output", Json())));
    m_memory.emplace(TRY(SharedMemory::make(m_places.back() + m_output.bytes())));
    auto mapped = m_worker->ask({{"ask", "memory"}}, m_memory->descriptor());
    if (!mapped)
        return tl::unexpected<Error>(errorOf(mapped.error()));
    return mapped->contains("fault") ? Result<void>(lie()) : Result<void>();
}

Result<void> FilterProcess::set(Json options)
{
    TRY(ask({{"ask", "set"}, {"options", std::move(options)}}));
    return {};
}

Result<void> FilterProcess::put(std::size_t input, Stretch stretch, std::span<const std::uint8_t> packed)
{
    std::ranges::copy(packed, m_memory->bytes().begin() + static_cast<std::ptrdiff_t>(m_places[input]));
    TRY(ask({{"ask", "put"}, {"input", input}, {"frame", stretch.first}, {"count", stretch.count}}));
    return {};
}

Result<void> FilterProcess::end(std::size_t input)
{
    TRY(ask({{"ask", "end"}, {"input", input}}));
    return {};
}

Result<FilterProcess::Taken> FilterProcess::take(std::vector<std::uint8_t>& packed, Stretch& at)
{
    const Json answer = TRY(ask({{"ask", "take"}}));
    if (flag(answer, "more"))
        return Taken::More;
    if (flag(answer, "end"))
        return Taken::End;
    const auto frame = wholeNumber(answer, "frame", 0, std::int64_t{1} << 40), count = wholeNumber(answer, "count", 1, std::max(m_output.samples, 1));
    if (!frame || !count)
        return lie();
    at = {*frame, *count};
    const auto bytes = m_memory->bytes().subspan(m_places.back());
    packed.assign(bytes.begin(), bytes.end()); // a copy at once: the process may still scribble on its side
    return Taken::Frame;
}

} // namespace artdag
