// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/stored_packets.h"

#include "core/media/container.h"
#include "core/media/stream_clock.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <numeric>

namespace artdag {

namespace {

bool hasUnits(AVCodecID codec)
{
    return codec == AV_CODEC_ID_H264 || codec == AV_CODEC_ID_HEVC;
}

/// Bytes of the length before each unit of a packet (ISO/IEC 14496-15 §5.3.3.1, §8.3.3.1), 0 where units are marked otherwise.
int lengthSize(const AVCodecParameters& parameters)
{
    const int at = parameters.codec_id == AV_CODEC_ID_H264 ? 4 : 21;
    return parameters.extradata_size > at && parameters.extradata[0] == 1 ? (parameters.extradata[at] & 3) + 1 : 0;
}

/// Whether a unit is a picture after which no earlier one is referred to (H.264: IDR; HEVC: IDR, BLA, CRA).
bool refreshes(AVCodecID codec, std::uint8_t head)
{
    const int type = codec == AV_CODEC_ID_H264 ? head & 0x1F : (head >> 1) & 0x3F;
    return codec == AV_CODEC_ID_H264 ? type == 5 : type >= 16 && type <= 21;
}

} // namespace

struct StoredPackets::Walk {
    struct Place {
        std::int64_t pts = 0, dts = 0;
        bool key = false, hidden = false;
    };
    Result<void> walk();
    Result<void> orderShown();
    void findStarts();
    [[nodiscard]] bool begins(const AVPacket& packet) const;
    Result<void> moveTo(std::int64_t place);
    Result<std::int64_t> next();
    [[nodiscard]] std::optional<std::int64_t> shownOf(std::int64_t pts) const;
    [[nodiscard]] std::int64_t ptsOf(std::int64_t picture) const { return places[static_cast<std::size_t>(shown[static_cast<std::size_t>(picture)])].pts; }
    [[nodiscard]] Bytes extradata() const;

    SourcePointer source;
    int stream = 0;
    StreamClock clock;
    std::unique_ptr<AVCodecParameters, LibavFree> parameters;
    std::vector<Place> places;        ///< in the order in which they are decoded
    std::vector<std::int64_t> shown;  ///< their numbers, in the order in which they are shown
    std::vector<std::int64_t> starts; ///< pictures that need none before them, nor does one behind them; the number of such a picture is its place
    std::optional<Container> container;
    PacketPointer packet = makePacket();
    std::int64_t at = 0; ///< place of the packet that is read next
};

Result<std::shared_ptr<StoredPackets>> StoredPackets::open(const SourcePointer& source, int stream, const StreamClock& clock)
{
    auto walk = std::make_unique<Walk>();
    walk->source = source;
    walk->stream = stream;
    walk->clock = clock;
    TRY(walk->moveTo(0));
    walk->parameters.reset(avcodec_parameters_alloc());
    CHECK(walk->parameters && avcodec_parameters_copy(walk->parameters.get(), (*walk->container)->streams[stream]->codecpar) >= 0);
    const AVCodecParameters& parameters = *walk->parameters;
    const AVOutputFormat* matroska = av_guess_format("matroska", nullptr, nullptr);
    if (matroska == nullptr || avformat_query_codec(matroska, parameters.codec_id, FF_COMPLIANCE_NORMAL) != 1 || (hasUnits(parameters.codec_id) && lengthSize(parameters) == 0))
        return fail(Fault::BadInput, fmt::format("{}: its pictures ({} in {}) cannot be copied into Matroska; convert it, or choose an encoding", source->name(), avcodec_get_name(parameters.codec_id), (*walk->container)->iformat->name));
    TRY(walk->walk());
    TRY(walk->orderShown());
    walk->findStarts();
    return std::shared_ptr<StoredPackets>(new StoredPackets(std::move(walk)));
}

Result<void> StoredPackets::Walk::walk()
{
    while (av_read_frame(container->get(), packet.get()) >= 0) {
        const bool ours = packet->stream_index == stream;
        const Place place{packet->pts, packet->dts != AV_NOPTS_VALUE ? packet->dts : packet->pts, begins(*packet), (packet->flags & AV_PKT_FLAG_DISCARD) != 0};
        const bool changes = av_packet_get_side_data(packet.get(), AV_PKT_DATA_NEW_EXTRADATA, nullptr) != nullptr;
        av_packet_unref(packet.get());
        if (!ours)
            continue;
        if (place.pts == AV_NOPTS_VALUE || !clock.isSane(place.pts))
            return fail(Fault::BadInput, fmt::format("{}: picture {} has no time, so it cannot be copied; convert the file, or choose an encoding", source->name(), places.size()));
        if (changes)
            return fail(Fault::BadInput, fmt::format("{}: its coding changes at {:.3f} s, so it cannot be copied; choose an encoding", source->name(), secondsOfFlicks(flicksOf(clock.at(place.pts)))));
        places.push_back(place);
    }
    container.reset();
    return {};
}

bool StoredPackets::Walk::begins(const AVPacket& packet) const
{
    if ((packet.flags & AV_PKT_FLAG_KEY) == 0 || !hasUnits(parameters->codec_id))
        return (packet.flags & AV_PKT_FLAG_KEY) != 0;
    const auto prefix = static_cast<std::size_t>(lengthSize(*parameters));
    ByteView rest(packet.data, static_cast<std::size_t>(packet.size));
    while (rest.size() > prefix) {
        const std::size_t length = std::accumulate(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(prefix), std::size_t{0}, [](std::size_t sum, std::uint8_t byte) { return sum << 8 | byte; });
        if (refreshes(parameters->codec_id, rest[prefix]))
            return true;
        if (length > rest.size() - prefix)
            return false;
        rest = rest.subspan(prefix + length);
    }
    return false;
}

Result<void> StoredPackets::Walk::orderShown()
{
    shown.resize(places.size());
    std::iota(shown.begin(), shown.end(), std::int64_t{0});
    const auto time = [&](std::int64_t place) { return places[static_cast<std::size_t>(place)].pts; };
    std::ranges::sort(shown, {}, time);
    if (std::ranges::adjacent_find(shown, {}, time) != shown.end())
        return fail(Fault::BadInput, source->name() + ": some of its pictures are stored in two parts, so they cannot be copied; choose an encoding");
    return {};
}

void StoredPackets::Walk::findStarts()
{
    const std::size_t count = places.size();
    std::vector<std::int64_t> earliestBehind(count + 1, std::numeric_limits<std::int64_t>::max());
    for (std::size_t i = count; i-- > 0;)
        earliestBehind[i] = std::min(earliestBehind[i + 1], places[i].pts);
    std::int64_t latest = std::numeric_limits<std::int64_t>::min();
    for (std::size_t i = 0; i < count; ++i) {
        if (places[i].key && latest < places[i].pts && earliestBehind[i] == places[i].pts)
            starts.push_back(static_cast<std::int64_t>(i));
        latest = std::max(latest, places[i].pts);
    }
}

std::int64_t StoredPackets::shownAt(Flicks time) const
{
    const auto after = std::ranges::partition_point(m_walk->shown, [&](std::int64_t place) { return hasCome(m_walk->clock.at(m_walk->places[static_cast<std::size_t>(place)].pts), time); });
    return std::max<std::int64_t>(0, after - m_walk->shown.begin() - 1);
}

Flicks StoredPackets::timeOf(std::int64_t picture) const
{
    return flicksOf(m_walk->clock.at(m_walk->ptsOf(picture))) + 1; // rounded down, it would be too soon
}

std::int64_t StoredPackets::copyable(std::int64_t first, std::int64_t most) const
{
    const auto start = std::ranges::lower_bound(m_walk->starts, first);
    if (start == m_walk->starts.end() || *start != first)
        return 0;
    const std::int64_t end = std::next(start) == m_walk->starts.end() ? std::ssize(m_walk->shown) : *std::next(start);
    // A piece may end where all that was decoded has been shown.
    std::int64_t good = 0, latest = std::numeric_limits<std::int64_t>::min();
    for (std::int64_t place = first; place < std::min(end, first + most); ++place) {
        const Walk::Place& packet = m_walk->places[static_cast<std::size_t>(place)];
        if (packet.hidden)
            break;
        latest = std::max(latest, packet.pts);
        if (m_walk->ptsOf(place) == latest)
            good = place - first + 1;
    }
    return good;
}

std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>> StoredPackets::startsAround(std::int64_t picture) const
{
    const auto after = std::ranges::upper_bound(m_walk->starts, picture);
    return {after == m_walk->starts.begin() ? std::nullopt : std::optional(*std::prev(after)), after == m_walk->starts.end() ? std::nullopt : std::optional(*after)};
}

std::int64_t StoredPackets::delay(std::int64_t first, std::int64_t count) const
{
    std::int64_t most = 0;
    for (std::int64_t picture = first; picture < first + count; ++picture)
        most = std::max(most, m_walk->shown[static_cast<std::size_t>(picture)] - picture);
    return most;
}

Result<void> StoredPackets::Walk::moveTo(std::int64_t place)
{
    container.emplace(TRY(Container::open(source)));
    if (stream >= static_cast<int>((*container)->nb_streams))
        return fail(Fault::Corrupt, source->name() + ": changed while it was read");
    container->keepOnly(stream);
    at = 0;
    if (place > 0 && av_seek_frame(container->get(), stream, places[static_cast<std::size_t>(place)].dts, AVSEEK_FLAG_BACKWARD) < 0)
        container.emplace(TRY(Container::open(source))); // from the start, then
    return {};
}

std::optional<std::int64_t> StoredPackets::Walk::shownOf(std::int64_t pts) const
{
    const auto found = std::ranges::lower_bound(shown, pts, {}, [&](std::int64_t place) { return places[static_cast<std::size_t>(place)].pts; });
    return found != shown.end() && places[static_cast<std::size_t>(*found)].pts == pts ? std::optional(found - shown.begin()) : std::nullopt;
}

/// Reads the next packet of the pictures; its place.
Result<std::int64_t> StoredPackets::Walk::next()
{
    for (;;) {
        av_packet_unref(packet.get());
        if (av_read_frame(container->get(), packet.get()) < 0)
            return fail(Fault::Corrupt, source->name() + ": changed while it was read");
        if (packet->stream_index != stream)
            continue;
        const auto picture = shownOf(packet->pts);
        if (!picture)
            return fail(Fault::Corrupt, source->name() + ": changed while it was read");
        const std::int64_t place = shown[static_cast<std::size_t>(*picture)];
        at = place + 1;
        return place;
    }
}

Result<EncodedChunk> StoredPackets::read(std::int64_t first, std::int64_t count)
{
    CHECK(copyable(first, count) == count);
    if (!m_walk->container || m_walk->at > first || m_walk->at + 1000 < first)
        TRY(m_walk->moveTo(first));
    EncodedChunk chunk;
    chunk.extradata = m_walk->extradata();
    chunk.frames = count;
    while (chunk.packets.size() < static_cast<std::size_t>(count)) {
        const std::int64_t place = TRY(m_walk->next());
        if (place < first)
            continue;
        if (place != first + static_cast<std::int64_t>(chunk.packets.size()))
            return fail(Fault::Corrupt, m_walk->source->name() + ": changed while it was read");
        Packet& packet = chunk.packets.emplace_back();
        packet.pts = m_walk->shownOf(m_walk->packet->pts).value() - first;
        packet.dts = place - first;
        packet.key = (m_walk->packet->flags & AV_PKT_FLAG_KEY) != 0;
        packet.data.assign(m_walk->packet->data, m_walk->packet->data + m_walk->packet->size);
        std::size_t size = 0;
        if (const std::uint8_t* side = av_packet_get_side_data(m_walk->packet.get(), AV_PKT_DATA_MATROSKA_BLOCKADDITIONAL, &size))
            packet.side.assign(side, side + size);
    }
    return chunk;
}

Bytes StoredPackets::Walk::extradata() const
{
    return parameters->extradata_size > 0 ? Bytes(parameters->extradata, parameters->extradata + parameters->extradata_size) : Bytes();
}

StoredPackets::StoredPackets(std::unique_ptr<Walk> walk)
    : m_walk(std::move(walk)) {}
StoredPackets::~StoredPackets() = default;

bool StoredPackets::isCodedLike(const StoredPackets& other) const
{
    return m_walk->parameters->codec_id == other.m_walk->parameters->codec_id && m_walk->extradata() == other.m_walk->extradata();
}

const AVCodecParameters& StoredPackets::parameters() const
{
    return *m_walk->parameters;
}

} // namespace artdag
