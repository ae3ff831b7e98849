// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/found_media.h"

#include "core/base/json.h"

#include <exception>

namespace artdag {

namespace {

constexpr int version = 1; ///< of the order of members; what they say is named by probeBuild

/// Members in the order in which they are written, as only this file reads them.
class Members {
public:
    explicit Members(const Json& json)
        : m_json(json) {}
    template <class Value>
    Value next()
    {
        return m_json.at(m_next++).get<Value>();
    }
    Rate rate()
    {
        const auto numerator = next<std::int64_t>();
        return {numerator, next<std::int64_t>()};
    }
    AVRational base()
    {
        const int numerator = next<int>();
        return {numerator, next<int>()};
    }
    const Json& json() { return m_json.at(m_next++); }

private:
    const Json& m_json;
    std::size_t m_next = 0;
};

Json jsonOf(const VideoFacts& facts)
{
    const Coding& coding = facts.coding;
    return {facts.width, facts.height, facts.rotation, facts.mirrored, facts.aspect.numerator, facts.aspect.denominator, facts.rate.numerator, facts.rate.denominator, facts.frames,
        facts.duration, facts.still, facts.numbered, static_cast<int>(coding.format), static_cast<int>(coding.matrix), static_cast<int>(coding.transfer),
        static_cast<int>(coding.primaries), static_cast<int>(coding.site), coding.fullRange, facts.decoder};
}

VideoFacts videoOf(const Json& json)
{
    Members from(json);
    VideoFacts facts;
    facts.width = from.next<int>();
    facts.height = from.next<int>();
    facts.rotation = from.next<int>();
    facts.mirrored = from.next<bool>();
    facts.aspect = from.rate();
    facts.rate = from.rate();
    facts.frames = from.next<std::int64_t>();
    facts.duration = from.next<Flicks>();
    facts.still = from.next<bool>();
    facts.numbered = from.next<bool>();
    facts.coding.format = static_cast<SampleFormat>(from.next<int>());
    facts.coding.matrix = static_cast<Matrix>(from.next<int>());
    facts.coding.transfer = static_cast<Transfer>(from.next<int>());
    facts.coding.primaries = static_cast<Primaries>(from.next<int>());
    facts.coding.site = static_cast<ChromaSite>(from.next<int>());
    facts.coding.fullRange = from.next<bool>();
    facts.decoder = from.next<std::string>();
    return facts;
}

Json jsonOf(const AudioFacts& facts)
{
    return {facts.sampleRate, facts.channels, facts.duration, facts.decoder};
}

AudioFacts audioOf(const Json& json)
{
    Members from(json);
    AudioFacts facts;
    facts.sampleRate = from.next<int>();
    facts.channels = from.next<int>();
    facts.duration = from.next<Flicks>();
    facts.decoder = from.next<std::string>();
    return facts;
}

Json jsonOf(const StreamClock& clock)
{
    return {clock.base.num, clock.base.den, clock.zero, clock.zeroBase.num, clock.zeroBase.den, clock.first, clock.grid.numerator, clock.grid.denominator};
}

StreamClock clockIn(const Json& json)
{
    Members from(json);
    StreamClock clock;
    clock.base = from.base();
    clock.zero = from.next<std::int64_t>();
    clock.zeroBase = from.base();
    clock.first = from.next<std::int64_t>();
    clock.grid = from.rate();
    return clock;
}

} // namespace

std::string wordsOf(const FoundMedia& found)
{
    const Json video = found.facts.video ? jsonOf(*found.facts.video) : Json();
    const Json audio = found.facts.audio ? jsonOf(*found.facts.audio) : Json();
    return Json{version, found.facts.format, video, audio, found.facts.warnings, found.streams.picture, found.streams.sound, found.start.zero, found.start.base.num, found.start.base.den, jsonOf(found.clock)}.dump();
}

std::optional<FoundMedia> foundIn(std::string_view words)
{
    const auto json = readJson(words);
    if (!json || !json->is_array())
        return std::nullopt;
    try {
        Members from(*json);
        FoundMedia found;
        if (from.next<int>() != version)
            return std::nullopt;
        found.facts.format = from.next<std::string>();
        if (const Json& video = from.json(); !video.is_null())
            found.facts.video = videoOf(video);
        if (const Json& audio = from.json(); !audio.is_null())
            found.facts.audio = audioOf(audio);
        found.facts.warnings = from.next<std::vector<std::string>>();
        found.streams.picture = from.next<int>();
        found.streams.sound = from.next<int>();
        found.start.zero = from.next<std::int64_t>();
        found.start.base = from.base();
        found.clock = clockIn(from.json());
        const bool fits = found.facts.video.has_value() == (found.streams.picture >= 0) && found.facts.audio.has_value() == (found.streams.sound >= 0);
        return fits ? std::optional(std::move(found)) : std::nullopt;
    } catch (const std::exception&) { // of the JSON library: not as it was written
        return std::nullopt;
    }
}

} // namespace artdag
