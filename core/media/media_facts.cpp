// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/media_facts.h"

#include "core/media/coded_frame.h"
#include "core/media/still_decoder.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace artdag {

namespace {

/// Files up to this size are walked through for exact counts where the header has none.
constexpr std::int64_t countedBytes = std::int64_t{512} << 20;

int chooseOf(const Container& container, AVMediaType type, int& count)
{
    int chosen = -1;
    bool isDefault = false;
    count = 0;
    for (unsigned i = 0; i < container->nb_streams; ++i) {
        const AVStream& stream = *container->streams[i];
        if (stream.codecpar->codec_type != type || (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0)
            continue;
        ++count;
        const bool preferred = (stream.disposition & AV_DISPOSITION_DEFAULT) != 0;
        if (chosen < 0 || (preferred && !isDefault)) {
            chosen = static_cast<int>(i);
            isDefault = preferred;
        }
    }
    return chosen;
}

Rate rateOf(AVRational rational)
{
    if (rational.num <= 0 || rational.den <= 0)
        return {0, 1};
    const std::int64_t divisor = std::gcd<std::int64_t, std::int64_t>(rational.num, rational.den);
    return {rational.num / divisor, rational.den / divisor};
}

struct Turn {
    int clockwise = 0;
    bool mirrored = false;
};

Turn turnOf(const std::int32_t* matrix)
{
    // 16.16 fixed point: (a b; c d) maps a stored pixel to where it is shown.
    const std::int64_t determinant = static_cast<std::int64_t>(matrix[0]) * matrix[4] - static_cast<std::int64_t>(matrix[1]) * matrix[3];
    std::int32_t upright[9];
    std::copy(matrix, matrix + 9, upright);
    if (determinant < 0) {
        upright[0] = -upright[0];
        upright[3] = -upright[3];
    }
    const double counterclockwise = av_display_rotation_get(upright);
    if (std::isnan(counterclockwise))
        return {};
    const int quarter = static_cast<int>(std::lround(-counterclockwise / 90.0));
    return {((quarter % 4) + 4) % 4 * 90, determinant < 0};
}

/// EXIF orientation (JEITA CP-3451 §4.6.4): how the stored picture has to be turned to stand upright.
Turn turnOfExif(int orientation)
{
    constexpr Turn turns[] = {{0, false}, {0, true}, {180, false}, {180, true}, {90, true}, {90, false}, {270, true}, {270, false}};
    return orientation >= 1 && orientation <= 8 ? turns[orientation - 1] : Turn{};
}

Turn turnOf(AVStream& stream, const AVFrame& frame)
{
    std::size_t size = 0;
    const std::uint8_t* data = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    std::int32_t matrix[9];
    if (data && size >= sizeof matrix) {
        std::copy(data, data + sizeof matrix, reinterpret_cast<std::uint8_t*>(matrix));
        return turnOf(matrix);
    }
    if (const AVFrameSideData* side = av_frame_get_side_data(&frame, AV_FRAME_DATA_DISPLAYMATRIX); side && side->size >= sizeof matrix) {
        std::copy(side->data, side->data + sizeof matrix, reinterpret_cast<std::uint8_t*>(matrix));
        return turnOf(matrix);
    }
    if (const AVDictionaryEntry* orientation = av_dict_get(frame.metadata, "Orientation", nullptr, 0))
        return turnOfExif(std::atoi(orientation->value));
    return {};
}

void nameLayers(const FileSource& source, std::vector<std::string>& warnings)
{
    const std::vector<std::string> layers = exrLayers(beginningOf(source));
    std::string names;
    for (const std::string& layer : layers)
        names += fmt::format("{}'{}'", names.empty() ? "" : ", ", layer.empty() ? "RGB" : layer);
    if (layers.size() > 1)
        warnings.push_back(fmt::format("has the layers {}; the first is used where none is named", names));
}

Flicks durationUntil(std::int64_t timestamp, const StreamClock& clock)
{
    return std::max<Flicks>(0, flicksOf(clock.at(timestamp)));
}

/// Counts frames and finds the end: from the index, by walking through the packets, or by the header's word.
Result<void> measure(const SourcePointer& source, PictureStream& pictures, VideoFacts& facts, std::vector<std::string>& warnings)
{
    AVStream& stream = pictures.stream();
    const StreamClock& clock = pictures.clock();
    const bool counts = pictures.container().indexIsComplete();
    std::int64_t discarded = 0;
    for (int i = 0; counts && i < avformat_index_get_entries_count(&stream); ++i)
        discarded += (avformat_index_get_entry(&stream, i)->flags & AVINDEX_DISCARD_FRAME) != 0;
    if (counts && stream.nb_frames > 0 && stream.duration > 0 && stream.duration < INT64_MAX / 4 && discarded == 0) {
        facts.frames = stream.nb_frames;
        const std::int64_t start = stream.start_time == AV_NOPTS_VALUE ? clock.first : stream.start_time;
        facts.duration = durationUntil(start + stream.duration, clock);
        return {};
    }
    if (counts || source->size() <= countedBytes) {
        const PacketCensus census = TRY(takeCensus(source, stream.index));
        facts.frames = std::max<std::int64_t>(1, census.packets);
        if (census.end != AV_NOPTS_VALUE)
            facts.duration = durationUntil(census.end, clock);
        if (!counts && TRY(pictures.container().endsEarly(census.fileEnd))) {
            // The promised length stands, so that whoever asks for what is missing is told.
            warnings.push_back(fmt::format("is cut off at {:.3f} s", secondsOfFlicks(facts.duration)));
            const Flicks promised = av_rescale(std::max<std::int64_t>(0, pictures.container()->duration), flicksPerSecond, AV_TIME_BASE);
            facts.duration = std::max(facts.duration, promised);
            facts.frames = std::max(facts.frames, frameAt(std::max<Flicks>(0, facts.duration - 1), facts.rate) + 1);
        }
        return {};
    }
    const std::int64_t length = pictures.container()->duration;
    facts.duration = length > 0 ? av_rescale(length, flicksPerSecond, AV_TIME_BASE) : 0;
    facts.frames = std::max<std::int64_t>(1, frameAt(std::max<Flicks>(0, facts.duration - 1), facts.rate) + 1);
    warnings.push_back("the number of pictures is estimated from the length");
    return {};
}

} // namespace

Result<ChosenStreams> chooseStreams(const Container& container)
{
    ChosenStreams chosen;
    int pictures = 0;
    int sounds = 0;
    chosen.picture = chooseOf(container, AVMEDIA_TYPE_VIDEO, pictures);
    chosen.sound = chooseOf(container, AVMEDIA_TYPE_AUDIO, sounds);
    if (chosen.picture < 0 && chosen.sound < 0)
        return fail(Fault::BadInput, container.name() + ": holds neither pictures nor sound");
    if (pictures > 1)
        chosen.warnings.push_back(fmt::format("has {} picture streams; number {} is used", pictures, chosen.picture));
    if (sounds > 1)
        chosen.warnings.push_back(fmt::format("has {} sound streams; number {} is used", sounds, chosen.sound));
    return chosen;
}

PresentationStart presentationStart(const Container& container, const ChosenStreams& chosen)
{
    std::optional<PresentationStart> earliest;
    for (const int index : {chosen.picture, chosen.sound}) {
        if (index < 0)
            continue;
        const AVStream& stream = *container->streams[index];
        std::int64_t start = stream.start_time;
        if (start == AV_NOPTS_VALUE || !StreamClock{stream.time_base}.isSane(start))
            continue;
        if (av_match_list(container->iformat->name, "matroska", ',') > 0)
            start = std::max<std::int64_t>(0, start); // what lies before 0 is the codec's priming
        if (!earliest || av_compare_ts(start, stream.time_base, earliest->zero, earliest->base) < 0)
            earliest = PresentationStart{start, stream.time_base};
    }
    return earliest.value_or(PresentationStart{});
}

StreamClock clockOf(const Container& container, int stream, PresentationStart start)
{
    const AVStream& track = *container->streams[stream];
    StreamClock clock;
    clock.base = track.time_base;
    clock.zero = start.zero;
    clock.zeroBase = start.base;
    clock.first = track.start_time == AV_NOPTS_VALUE || !clock.isSane(track.start_time) ? 0 : track.start_time;
    const Rate average = rateOf(track.avg_frame_rate);
    const Rate constant = rateOf(track.r_frame_rate);
    // Only a rate that both estimates agree on, and whose period is well above a tick, is taken for constant.
    if (average.numerator > 0 && average == constant && static_cast<__int128>(4) * track.time_base.num * average.numerator <= static_cast<__int128>(track.time_base.den) * average.denominator)
        clock.grid = average;
    return clock;
}

Result<VideoFacts> videoFacts(const SourcePointer& source, PictureStream& pictures, const TimedPicture& first, std::vector<std::string>& warnings)
{
    AVStream& stream = pictures.stream();
    VideoFacts facts;
    facts.width = first.picture->width;
    facts.height = first.picture->height;
    facts.coding = first.picture->coding;
    facts.decoder = fmt::format("{} {}{}", pictures.codec().codec->name, libavVersion(), pictures.exact() ? "" : " inexact");
    facts.rate = rateOf(stream.avg_frame_rate);
    if (facts.rate.numerator == 0)
        facts.rate = rateOf(stream.r_frame_rate);
    if (facts.rate.numerator == 0)
        facts.rate = Rate{25, 1};
    const AVRational aspect = stream.sample_aspect_ratio.num > 0 ? stream.sample_aspect_ratio : first.frame->sample_aspect_ratio;
    facts.aspect = rateOf(aspect).numerator > 0 ? rateOf(aspect) : Rate{1, 1};
    constexpr std::int64_t mostOblong = 16; // no camera's or disc's pixels are: a header that lies
    if (facts.aspect.numerator > mostOblong * facts.aspect.denominator || facts.aspect.denominator > mostOblong * facts.aspect.numerator) {
        warnings.push_back(fmt::format("says that its pixels are {}:{} wide, which is not believed: they are shown square", facts.aspect.numerator, facts.aspect.denominator));
        facts.aspect = Rate{1, 1};
    }
    const Turn turn = turnOf(stream, *first.frame);
    facts.rotation = turn.clockwise;
    facts.mirrored = turn.mirrored;
    if (turn.mirrored) // from "turned, then mirrored" to "mirrored, then turned"
        facts.rotation = (360 - turn.clockwise) % 360;
    if (first.frame->interlaced_frame != 0 || stream.codecpar->field_order > AV_FIELD_PROGRESSIVE)
        warnings.push_back("is interlaced; both fields of a picture are shown at once, so that what moves has combs: deinterlace it first");
    if (stream.codecpar->codec_id == AV_CODEC_ID_EXR)
        nameLayers(*source, warnings);
    if (losesPrecision(static_cast<AVPixelFormat>(first.frame->format)))
        warnings.push_back(fmt::format("its {} samples are read as 10-bit", av_get_pix_fmt_name(static_cast<AVPixelFormat>(first.frame->format))));
    if (stream.codecpar->width > 0 && (stream.codecpar->width != facts.width || stream.codecpar->height != facts.height))
        warnings.push_back(fmt::format("its header says {}×{}, its pictures are {}×{}", stream.codecpar->width, stream.codecpar->height, facts.width, facts.height));
    if (pictures.container().isStillFormat()) {
        facts.still = true;
        facts.frames = 1;
        facts.rate = Rate{25, 1};
        return facts;
    }
    TRY(measure(source, pictures, facts, warnings));
    if (std::string_view(pictures.container()->iformat->name) == "gif" && facts.frames == 1) {
        facts.still = true;
        facts.duration = 0;
    }
    return facts;
}

Result<AudioFacts> audioFacts(const SourcePointer& source, const Container& container, int stream, PresentationStart start)
{
    const AVStream& track = *container->streams[stream];
    AudioFacts facts;
    facts.sampleRate = track.codecpar->sample_rate;
    facts.channels = track.codecpar->ch_layout.nb_channels;
    if (facts.sampleRate < 1 || facts.sampleRate > 768000 || facts.channels < 1 || facts.channels > 64)
        return fail(Fault::BadInput, fmt::format("{}: its sound says {} channels at {} Hz", source->name(), facts.channels, facts.sampleRate));
    facts.decoder = TRY(soundDecoderOf(source, *track.codecpar));
    const std::int64_t begin = track.start_time == AV_NOPTS_VALUE ? 0 : track.start_time;
    std::optional<std::int64_t> end;
    if (track.duration > 0 && track.duration < INT64_MAX / 4)
        end = begin + track.duration;
    else if (source->size() <= countedBytes)
        if (const PacketCensus census = TRY(takeCensus(source, stream)); census.end != AV_NOPTS_VALUE)
            end = census.end;
    StreamClock clock;
    clock.base = track.time_base;
    clock.zero = start.zero;
    clock.zeroBase = start.base;
    if (end && av_compare_ts(*end, track.time_base, std::int64_t{1} << 30, AVRational{1, 1}) < 0)
        facts.duration = durationUntil(*end, clock);
    else if (container->duration > 0)
        facts.duration = av_rescale(container->duration, flicksPerSecond, AV_TIME_BASE);
    return facts;
}

} // namespace artdag
