// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bridge/bake_film.h"

#include "core/bridge/baked_track.h"
#include "core/bridge/filter_process.h"
#include "core/effect/whole_inputs.h"
#include "core/picture/picture_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace artdag {

namespace {

/// Counts in frames or in samples, as the filter's kind has it.
class Baking {
public:
    Baking(const BridgeDescription& description, const BridgeOptions& options, const BakeCall& call, FilterProcess process)
        : m_description(description),
          m_options(options),
          m_call(call),
          m_process(std::move(process)),
          m_rate(description.sound ? Rate{call.canvas.sampleRate, 1} : call.canvas.rate),
          m_step(description.sound ? bakeBlock : 1),
          m_ended(call.inputs.size(), false),
          m_heard(call.inputs.size())
    {
        for (std::size_t i = 0; i < call.inputs.size(); ++i)
            m_lengths.push_back(description.sound ? wholeSamples(call, static_cast<int>(i)) : wholeFrames(call, static_cast<int>(i)));
        const std::int64_t canvas = frameAt(call.canvas.duration, m_rate);
        m_longest = *std::ranges::max_element(m_lengths);
        if (m_longest == 0)
            m_longest = canvas;
        for (std::int64_t& length : m_lengths) {
            m_silent.push_back(length == 0); // of a film without sound: as long as the other, or as the canvas
            length = length == 0 ? m_longest : length;
        }
        m_most = std::max(m_longest, canvas);
    }

    Result<void> run(const std::filesystem::path& film)
    {
        TRY(m_process.open(TRY(request()), m_lengths.size()));
        m_track = TRY(makeTrack({m_process.output(), m_rate, m_most, m_options.filmBytes, "filter " + m_description.name(), film}));
        for (std::int64_t at = 0; at < m_longest && !m_track->full(); at += m_step) {
            TRY(tell(at / m_step));
            for (std::size_t input = 0; input < m_lengths.size(); ++input)
                TRY(feed(input, at));
            TRY(takeAll());
        }
        for (std::size_t input = 0; input < m_lengths.size() && !m_track->full(); ++input)
            TRY(end(input));
        TRY(takeAll());
        return m_track->finish();
    }

private:
    Result<Json> request()
    {
        Json options = Json::array(), sizes = Json::array();
        for (std::size_t i = 0; i < m_description.params.size(); ++i) {
            const BridgeParam& param = m_description.params[i];
            const Value& value = m_call.args.values[i];
            m_told.push_back(TRY(optionText(m_description, param, value)));
            // What is left at its default is a filter's own affair; but some plugins have another default for each size.
            if (value != param.initial || m_description.kind == "frei0r")
                options.push_back({{"name", param.option}, {"value", m_told.back()}});
        }
        Json json{{"filter", m_description.filter}, {"options", options}, {"rate", m_rate.numerator}, {"per", m_rate.denominator}, {"deep", m_call.canvas.scale >= 1.0}};
        if (m_description.sound) {
            json["sounds"] = m_lengths.size();
            json["block"] = bakeBlock;
            return json;
        }
        for (const InputFacts& input : m_call.inputs)
            sizes.push_back({{"width", input.stream.width}, {"height", input.stream.height}});
        json["sizes"] = sizes;
        return json;
    }

    /// Tells the filter what has changed since the step before.
    Result<void> tell(std::int64_t step)
    {
        if (!m_call.argumentsAt || step == 0)
            return {};
        const std::vector<Value> values = m_call.argumentsAt(step);
        Json options = Json::array();
        for (std::size_t i = 0; i < m_description.params.size(); ++i) {
            std::string text = TRY(optionText(m_description, m_description.params[i], values[i]));
            if (text == m_told[i])
                continue;
            options.push_back({{"name", m_description.params[i].option}, {"value", text}});
            m_told[i] = std::move(text);
        }
        return options.empty() ? Result<void>() : m_process.set(std::move(options));
    }

    /// One step of one input, or its end where it is shorter than another.
    Result<void> feed(std::size_t input, std::int64_t at)
    {
        if (at >= m_lengths[input])
            return end(input);
        const Stretch stretch{at, std::min(m_step, m_lengths[input] - at)};
        return m_process.put(input, stretch, m_description.sound ? TRY(blockOf(input, stretch)) : TRY(frameOf(input, at)));
    }

    Result<void> end(std::size_t input)
    {
        if (m_ended[input])
            return {};
        m_ended[input] = true;
        return m_process.end(input);
    }

    Result<std::vector<std::uint8_t>> frameOf(std::size_t input, std::int64_t frame) const
    {
        const PicturePointer picture = TRY(m_call.pictureOf(static_cast<int>(input), frame));
        const FramesShape& shape = m_process.inputs()[input];
        PackedPicture packed = makePacked(shape.width, shape.height, shape.coding);
        if (picture->rect().width() != shape.width || picture->rect().height() != shape.height)
            return fail(Fault::Corrupt, fmt::format("filter {}: its process wants frames of {}×{} px, got {}×{}; install artdag-bridge again", m_description.name(), shape.width, shape.height, picture->rect().width(), picture->rect().height()));
        encodeFromLinear(picture->view(), packed);
        return std::move(packed.data);
    }

    /// A block out of the longer piece of sound that was asked for.
    Result<std::vector<std::uint8_t>> blockOf(std::size_t input, Stretch stretch)
    {
        constexpr std::int64_t together = 64 * bakeBlock;
        Sound& heard = m_heard[input];
        const std::int64_t from = stretch.first % together;
        std::vector<std::uint8_t> bytes(m_process.inputs()[input].bytes());
        if (m_silent[input])
            return bytes;
        if (from == 0)
            heard = TRY(m_call.soundOf(static_cast<int>(input), {stretch.first, std::min(together, m_lengths[input] - stretch.first)}));
        for (int channel = 0; channel < soundChannels; ++channel)
            std::memcpy(bytes.data() + static_cast<std::size_t>(channel) * bytes.size() / soundChannels, heard.channel(channel) + from, static_cast<std::size_t>(stretch.count) * sizeof(float));
        return bytes;
    }

    Result<void> takeAll()
    {
        while (!m_track->full()) {
            std::vector<std::uint8_t> packed;
            Stretch at;
            if (TRY(m_process.take(packed, at)) != FilterProcess::Taken::Frame)
                return {};
            TRY(m_track->add(std::move(packed), at));
        }
        return {};
    }

    const BridgeDescription& m_description;
    const BridgeOptions& m_options;
    const BakeCall& m_call;
    FilterProcess m_process;
    Rate m_rate;
    std::int64_t m_step;
    std::vector<std::int64_t> m_lengths; ///< of the inputs
    std::vector<bool> m_silent;
    std::vector<bool> m_ended;
    std::vector<Sound> m_heard;      ///< of each input: the piece that its next block is in
    std::vector<std::string> m_told; ///< each option's last value
    std::int64_t m_longest = 0;
    std::int64_t m_most = 0; ///< what is kept
    std::unique_ptr<BakedTrack> m_track;
};

} // namespace

Result<void> bakeFilm(const BridgeDescription& description, const std::filesystem::path& plugin, const BridgeOptions& options, const BakeCall& call, const std::filesystem::path& film)
{
    if (description.kind == "frei0r" && plugin.empty())
        return fail(Fault::NotFound, fmt::format("filter {}: the plugin is not on this machine: install frei0r-plugins", description.name()));
    if (std::ranges::any_of(call.inputs, [](const InputFacts& input) { return input.stream.width > largestSide || input.stream.height > largestSide; }))
        return fail(Fault::BadInput, fmt::format("filter {}: takes pictures of at most {} px each way: put a resize before it", description.name(), largestSide));
    auto process = TRY(FilterProcess::start(options, plugin, "filter " + description.name(), call.cancel));
    return Baking(description, options, call, std::move(process)).run(film);
}

} // namespace artdag
