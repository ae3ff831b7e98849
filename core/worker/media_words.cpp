// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/media_words.h"

#include <fmt/core.h>

namespace artdag {

namespace {

constexpr std::int64_t longest = std::int64_t{1} << 60; ///< flicks: 51 years
constexpr std::int64_t mostFrames = std::int64_t{1} << 40;
constexpr std::int64_t mostTicks = INT32_MAX; ///< as FFmpeg's rationals
constexpr std::size_t longestWord = 200;
constexpr std::size_t longestSentence = 1000;
constexpr std::size_t mostWarnings = 100;

tl::unexpected<Error> unbelievable(const char* name)
{
    return fail(Fault::Corrupt, fmt::format("worker: '{}' is missing or out of bounds", name));
}

const Json& member(const Json& json, const char* name)
{
    static const Json none;
    if (!json.is_object())
        return none;
    const auto found = json.find(name);
    return found == json.end() ? none : *found;
}

/// Without anything that moves a terminal's cursor, and not longer than `most` bytes.
std::string plain(std::string_view text, std::size_t most)
{
    std::string line(text.substr(0, most));
    while (text.size() > most && !line.empty() && (static_cast<unsigned char>(text[line.size()]) & 0xC0) == 0x80)
        line.pop_back(); // the cut stays between characters
    for (char& c : line)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            c = ' ';
    for (std::size_t at = 0; (at = line.find("\xC2", at)) != std::string::npos; ++at) // C1 controls, U+0080 to U+009F
        if (at + 1 < line.size() && static_cast<unsigned char>(line[at + 1]) < 0xA0)
            line.replace(at, 2, "  ");
    return line;
}

Result<std::string> word(const Json& json, const char* name)
{
    const Json& found = member(json, name);
    if (!found.is_string() || found.get_ref<const std::string&>().size() > longestWord)
        return unbelievable(name);
    return plain(found.get_ref<const std::string&>(), longestWord);
}

Json jsonOfRate(const Rate& rate)
{
    return {{"n", rate.numerator}, {"d", rate.denominator}};
}

Result<Rate> rateOfJson(const Json& json, const char* name)
{
    const Json& rate = member(json, name);
    return Rate{TRY(wholeNumber(rate, "n", 1, mostTicks)), TRY(wholeNumber(rate, "d", 1, mostTicks))};
}

template <class Kind>
Result<Kind> kindOfJson(const Json& json, const char* name, Kind last)
{
    return static_cast<Kind>(TRY(wholeNumber(json, name, 0, static_cast<std::int64_t>(last))));
}

Json jsonOfVideo(const VideoFacts& video)
{
    return {{"width", video.width}, {"height", video.height}, {"rotation", video.rotation}, {"mirrored", video.mirrored}, {"aspect", jsonOfRate(video.aspect)}, {"rate", jsonOfRate(video.rate)},
        {"frames", video.frames}, {"duration", video.duration}, {"still", video.still}, {"numbered", video.numbered}, {"coding", jsonOfCoding(video.coding)}, {"decoder", video.decoder}};
}

Result<VideoFacts> videoOfJson(const Json& json)
{
    VideoFacts video;
    video.width = static_cast<int>(TRY(wholeNumber(json, "width", 1, maximumPixels)));
    video.height = static_cast<int>(TRY(wholeNumber(json, "height", 1, maximumPixels / video.width)));
    video.rotation = static_cast<int>(TRY(wholeNumber(json, "rotation", 0, 270)));
    if (video.rotation % 90 != 0)
        return unbelievable("rotation");
    video.mirrored = flag(json, "mirrored");
    video.aspect = TRY(rateOfJson(json, "aspect"));
    // As wide as it is shown with square pixels, it is a picture still.
    const std::int64_t shown = 2 * video.width * video.aspect.numerator / video.aspect.denominator;
    if (shown < 1 || shown / 2 > maximumPixels / video.height)
        return unbelievable("aspect");
    video.rate = TRY(rateOfJson(json, "rate"));
    video.frames = TRY(wholeNumber(json, "frames", 0, mostFrames));
    video.duration = TRY(wholeNumber(json, "duration", 0, longest));
    video.still = flag(json, "still");
    video.numbered = flag(json, "numbered");
    video.coding = TRY(codingOfJson(member(json, "coding")));
    video.decoder = TRY(word(json, "decoder"));
    return video;
}

Json jsonOfAudio(const AudioFacts& audio)
{
    return {{"rate", audio.sampleRate}, {"channels", audio.channels}, {"duration", audio.duration}, {"decoder", audio.decoder}};
}

Result<AudioFacts> audioOfJson(const Json& json)
{
    AudioFacts audio;
    audio.sampleRate = static_cast<int>(TRY(wholeNumber(json, "rate", 1, 768000)));
    audio.channels = static_cast<int>(TRY(wholeNumber(json, "channels", 1, 64)));
    audio.duration = TRY(wholeNumber(json, "duration", 0, longest));
    audio.decoder = TRY(word(json, "decoder"));
    return audio;
}

} // namespace

Result<std::int64_t> wholeNumber(const Json& json, const char* name, std::int64_t least, std::int64_t most)
{
    const Json& found = member(json, name);
    if (!found.is_number_integer() || found < least || found > most)
        return unbelievable(name);
    return found.get<std::int64_t>();
}

bool flag(const Json& json, const char* name)
{
    return member(json, name) == true;
}

Json jsonOfCoding(const Coding& coding)
{
    return {{"format", static_cast<int>(coding.format)}, {"matrix", static_cast<int>(coding.matrix)}, {"transfer", static_cast<int>(coding.transfer)},
        {"primaries", static_cast<int>(coding.primaries)}, {"site", static_cast<int>(coding.site)}, {"full", coding.fullRange}};
}

Result<Coding> codingOfJson(const Json& json)
{
    Coding coding;
    coding.format = TRY(kindOfJson(json, "format", SampleFormat::Gbrapf32));
    coding.matrix = TRY(kindOfJson(json, "matrix", Matrix::Identity));
    coding.transfer = TRY(kindOfJson(json, "transfer", Transfer::Linear));
    coding.primaries = TRY(kindOfJson(json, "primaries", Primaries::Bt2020));
    coding.site = TRY(kindOfJson(json, "site", ChromaSite::TopLeft));
    coding.fullRange = flag(json, "full");
    return coding;
}

Json jsonOfFacts(const FileFacts& facts)
{
    Json json{{"format", facts.format}, {"warnings", Json::array()}};
    for (const std::string& warning : facts.warnings)
        if (json["warnings"].size() < mostWarnings)
            json["warnings"].push_back(plain(warning, longestSentence / 2)); // 100 of them fit into a message
    if (facts.video)
        json["video"] = jsonOfVideo(*facts.video);
    if (facts.audio)
        json["audio"] = jsonOfAudio(*facts.audio);
    return json;
}

Result<FileFacts> factsOfJson(const Json& json)
{
    FileFacts facts;
    facts.format = TRY(word(json, "format"));
    const Json& warnings = member(json, "warnings");
    if (!warnings.is_array() || warnings.size() > mostWarnings)
        return unbelievable("warnings");
    for (const Json& warning : warnings) {
        if (!warning.is_string())
            return unbelievable("warnings");
        facts.warnings.push_back(plain(warning.get_ref<const std::string&>(), longestSentence));
    }
    if (const Json& video = member(json, "video"); !video.is_null())
        facts.video = TRY(videoOfJson(video));
    if (const Json& audio = member(json, "audio"); !audio.is_null())
        facts.audio = TRY(audioOfJson(audio));
    return facts;
}

Json jsonOfError(const Error& error)
{
    return {{"fault", static_cast<int>(error.fault)}, {"message", plain(error.message, longestSentence)}};
}

Error errorOfJson(const Json& json, std::string_view object)
{
    const auto fault = wholeNumber(json, "fault", 0, static_cast<int>(Fault::Corrupt));
    const Json& said = member(json, "message");
    std::string message = said.is_string() ? plain(said.get_ref<const std::string&>(), longestSentence) : std::string();
    if (!message.starts_with(object))
        message = fmt::format("{}: {}", object, message.empty() ? "cannot be read" : message);
    return {fault ? static_cast<Fault>(*fault) : Fault::Corrupt, std::move(message)};
}

} // namespace artdag
