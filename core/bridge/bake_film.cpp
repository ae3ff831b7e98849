// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bridge/bake_film.h"

#include "core/bridge/film_writer.h"
#include "core/bridge/filter_process.h"
#include "core/effect/whole_inputs.h"
#include "core/picture/picture_writer.h"

#include <fmt/format.h>

#include <algorithm>

namespace artdag {

namespace {

class Baking {
public:
    Baking(const BridgeDescription& description, const BridgeOptions& options, const AnalysisCall& call, FilterProcess process)
        : m_description(description),
          m_options(options),
          m_call(call),
          m_process(std::move(process))
    {
        for (std::size_t i = 0; i < call.inputs.size(); ++i)
            m_lengths.push_back(wholeFrames(call, static_cast<int>(i)));
        m_longest = *std::ranges::max_element(m_lengths);
        m_most = std::max(m_longest, frameAt(call.canvas.duration, call.canvas.rate));
    }

    Result<void> run(const std::filesystem::path& film)
    {
        TRY(m_process.open(TRY(request()), m_lengths.size()));
        m_writer.emplace(TRY(FilmWriter::make(m_process.output(), m_call.canvas.rate, m_options.filmBytes, "filter " + m_description.name())));
        for (std::int64_t frame = 0; frame < m_longest && !full(); ++frame) {
            for (std::size_t input = 0; input < m_lengths.size(); ++input)
                TRY(feed(input, frame));
            TRY(takeAll());
        }
        for (std::size_t input = 0; input < m_lengths.size() && !full(); ++input)
            if (m_lengths[input] == m_longest)
                TRY(m_process.end(input));
        if (!full())
            TRY(takeAll());
        return finish(film);
    }

private:
    Result<Json> request() const
    {
        Json options = Json::array(), sizes = Json::array();
        for (std::size_t i = 0; i < m_description.params.size(); ++i) {
            const BridgeParam& param = m_description.params[i];
            const Value& value = m_call.args.values[i];
            // What is left at its default is a filter's own affair; but some plugins have another default for each size.
            if (value != param.initial || m_description.kind == "frei0r")
                options.push_back({{"name", param.option}, {"value", TRY(optionText(m_description, param, value))}});
        }
        for (const InputFacts& input : m_call.inputs)
            sizes.push_back({{"width", input.stream.width}, {"height", input.stream.height}});
        return Json{{"filter", m_description.filter}, {"options", options}, {"sizes", sizes}, {"rate", m_call.canvas.rate.numerator}, {"per", m_call.canvas.rate.denominator}, {"deep", m_call.canvas.scale >= 1.0}};
    }

    /// One frame of one input, or its end where it is shorter than another.
    Result<void> feed(std::size_t input, std::int64_t frame)
    {
        if (frame == m_lengths[input])
            return m_process.end(input);
        if (frame > m_lengths[input])
            return {};
        const PicturePointer picture = TRY(m_call.pictureOf(static_cast<int>(input), frame));
        const FramesShape& shape = m_process.inputs()[input];
        PackedPicture packed = makePacked(shape.width, shape.height, shape.coding);
        if (picture->rect().width() != shape.width || picture->rect().height() != shape.height)
            return fail(Fault::Corrupt, fmt::format("filter {}: its process wants frames of {}×{} px, got {}×{}; install artdag-bridge again", m_description.name(), shape.width, shape.height, picture->rect().width(), picture->rect().height()));
        encodeFromLinear(picture->view(), packed);
        return m_process.put(input, frame, packed.data);
    }

    [[nodiscard]] bool full() const { return m_next >= m_most; }

    /// Each of the filter's pictures is seen until the next one's time; the first one also before its own.
    Result<void> takeAll()
    {
        while (!full()) {
            std::vector<std::uint8_t> codes;
            std::int64_t at = 0;
            if (TRY(m_process.take(codes, at)) != FilterProcess::Taken::Frame)
                return {};
            TRY(showUntil(at));
            m_shown = std::move(codes);
            m_from = std::max(at, m_from);
        }
        return {};
    }

    Result<void> showUntil(std::int64_t end)
    {
        for (; !m_shown.empty() && m_next < end && !full(); ++m_next)
            TRY(m_writer->add(m_shown));
        return {};
    }

    Result<void> finish(const std::filesystem::path& film)
    {
        if (m_shown.empty())
            return fail(Fault::BadInput, fmt::format("filter {}: gave no picture for {} frames; it may need more of them", m_description.name(), m_longest));
        TRY(showUntil(m_from + 1));
        return m_writer->finish(film);
    }

    const BridgeDescription& m_description;
    const BridgeOptions& m_options;
    const AnalysisCall& m_call;
    FilterProcess m_process;
    std::vector<std::int64_t> m_lengths; ///< of the inputs, frames
    std::int64_t m_longest = 0;
    std::int64_t m_most = 0; ///< frames that are kept
    std::optional<FilmWriter> m_writer;
    std::vector<std::uint8_t> m_shown; ///< the filter's last picture
    std::int64_t m_from = 0;           ///< the frame from which it is seen
    std::int64_t m_next = 0;           ///< the frame to be written next
};

} // namespace

Result<void> bakeFilm(const BridgeDescription& description, const std::filesystem::path& plugin, const BridgeOptions& options, const AnalysisCall& call, const std::filesystem::path& film)
{
    if (description.kind == "frei0r" && plugin.empty())
        return fail(Fault::NotFound, fmt::format("filter {}: the plugin is not on this machine: install frei0r-plugins", description.name()));
    if (std::ranges::any_of(call.inputs, [](const InputFacts& input) { return input.stream.width > largestSide || input.stream.height > largestSide; }))
        return fail(Fault::BadInput, fmt::format("filter {}: takes pictures of at most {} px each way: put a resize before it", description.name(), largestSide));
    auto process = TRY(FilterProcess::start(options, plugin, "filter " + description.name()));
    return Baking(description, options, call, std::move(process)).run(film);
}

} // namespace artdag
