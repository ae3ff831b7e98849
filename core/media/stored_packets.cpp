// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/stored_packets.h"

#include "core/media/container.h"
#include "core/media/packet_places.h"
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
    using Place = PacketPlaces::Place;
    Result<void> find();
    Result<void> walk();
    Result<void> orderShown();
    void findStarts();
    [[nodiscard]] bool begins(const AVPacket& packet) const;
    Result<void> moveTo(std::int64_t place);
    Result<std::int64_t> next();
    Result<Packet> copied(std::int64_t place);
    Result<Packet> demuxed(std::int64_t place);
    [[nodiscard]] std::optional<std::int64_t> shownOf(std::int64_t pts) const;
    [[nodiscard]] std::int64_t ptsOf(std::int64_t picture) const { return found.places[static_cast<std::size_t>(shown[static_cast<std::size_t>(picture)])].pts; }

    SourcePointer source;
    int stream = 0;
    StreamClock clock;
    PacketPlaces found;
    bool direct = false;              ///< packets are read where they lie
    std::vector<std::int64_t> shown;  ///< numbers of the places, in the order in which they are shown
    std::vector<std::int64_t> starts; ///< pictures that need none before them, nor does one behind them; the number of such a picture is its place
    std::optional<Container> container;
    PacketPointer packet = makePacket();
    std::int64_t at = 0; ///< place of the packet that is read next
};

Result<std::shared_ptr<StoredPackets>> StoredPackets::open(const SourcePointer& source, int stream, const StreamClock& clock, ByteView known)
{
    auto walk = std::make_unique<Walk>();
    walk->source = source;
    walk->stream = stream;
    walk->clock = clock;
    auto found = known.empty() ? tl::unexpected<Error>(Error{Fault::NotFound, ""}) : placesOfBytes(known, source->size());
    if (found)
        walk->found = std::move(*found);
    else
        TRY(walk->find());
    walk->direct = walk->found.lieAsTheyAre();
    TRY(walk->orderShown());
    walk->findStarts();
    return std::shared_ptr<StoredPackets>(new StoredPackets(std::move(walk)));
}

Result<void> StoredPackets::Walk::find()
{
    TRY(moveTo(0));
    found.parameters.reset(avcodec_parameters_alloc());
    CHECK(found.parameters && avcodec_parameters_copy(found.parameters.get(), (*container)->streams[stream]->codecpar) >= 0);
    const AVCodecParameters& parameters = *found.parameters;
    const AVOutputFormat* matroska = av_guess_format("matroska", nullptr, nullptr);
    if (matroska == nullptr || avformat_query_codec(matroska, parameters.codec_id, FF_COMPLIANCE_NORMAL) != 1 || (hasUnits(parameters.codec_id) && lengthSize(parameters) == 0))
        return fail(Fault::BadInput, fmt::format("{}: its pictures ({} in {}) cannot be copied into Matroska; convert it, or choose an encoding", source->name(), avcodec_get_name(parameters.codec_id), (*container)->iformat->name));
    return walk();
}

Result<void> StoredPackets::Walk::walk()
{
    while (av_read_frame(container->get(), packet.get()) >= 0) {
        const bool ours = packet->stream_index == stream;
        const Place place{.pts = packet->pts,
            .dts = packet->dts != AV_NOPTS_VALUE ? packet->dts : packet->pts,
            .at = ours ? placeInFile(*source, *packet) : -1,
            .size = packet->size,
            .key = begins(*packet),
            .marked = (packet->flags & AV_PKT_FLAG_KEY) != 0,
            .hidden = (packet->flags & AV_PKT_FLAG_DISCARD) != 0};
        const bool changes = av_packet_get_side_data(packet.get(), AV_PKT_DATA_NEW_EXTRADATA, nullptr) != nullptr;
        av_packet_unref(packet.get());
        if (!ours)
            continue;
        if (place.pts == AV_NOPTS_VALUE || !clock.isSane(place.pts))
            return fail(Fault::BadInput, fmt::format("{}: picture {} has no time, so it cannot be copied; convert the file, or choose an encoding", source->name(), found.places.size()));
        if (changes)
            return fail(Fault::BadInput, fmt::format("{}: its coding changes at {:.3f} s, so it cannot be copied; choose an encoding", source->name(), secondsOfFlicks(flicksOf(clock.at(place.pts)))));
        found.places.push_back(place);
    }
    container.reset();
    return {};
}

bool StoredPackets::Walk::begins(const AVPacket& packet) const
{
    if ((packet.flags & AV_PKT_FLAG_KEY) == 0 || !hasUnits(found.parameters->codec_id))
        return (packet.flags & AV_PKT_FLAG_KEY) != 0;
    const auto prefix = static_cast<std::size_t>(lengthSize(*found.parameters));
    ByteView rest(packet.data, static_cast<std::size_t>(packet.size));
    while (rest.size() > prefix) {
        const std::size_t length = std::accumulate(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(prefix), std::size_t{0}, [](std::size_t sum, std::uint8_t byte) { return sum << 8 | byte; });
        if (refreshes(found.parameters->codec_id, rest[prefix]))
            return true;
        if (length > rest.size() - prefix)
            return false;
        rest = rest.subspan(prefix + length);
    }
    return false;
}

Result<void> StoredPackets::Walk::orderShown()
{
    shown.resize(found.places.size());
    std::iota(shown.begin(), shown.end(), std::int64_t{0});
    const auto time = [&](std::int64_t place) { return found.places[static_cast<std::size_t>(place)].pts; };
    std::ranges::sort(shown, {}, time);
    if (std::ranges::adjacent_find(shown, {}, time) != shown.end())
        return fail(Fault::BadInput, source->name() + ": some of its pictures are stored in two parts, so they cannot be copied; choose an encoding");
    return {};
}

void StoredPackets::Walk::findStarts()
{
    const std::vector<Place>& places = found.places;
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
    const auto after = std::ranges::partition_point(m_walk->shown, [&](std::int64_t place) { return hasCome(m_walk->clock.at(m_walk->found.places[static_cast<std::size_t>(place)].pts), time); });
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
        const Walk::Place& packet = m_walk->found.places[static_cast<std::size_t>(place)];
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
    if (place > 0 && av_seek_frame(container->get(), stream, found.places[static_cast<std::size_t>(place)].dts, AVSEEK_FLAG_BACKWARD) < 0)
        container.emplace(TRY(Container::open(source))); // from the start, then
    return {};
}

std::optional<std::int64_t> StoredPackets::Walk::shownOf(std::int64_t pts) const
{
    const auto picture = std::ranges::lower_bound(shown, pts, {}, [&](std::int64_t place) { return found.places[static_cast<std::size_t>(place)].pts; });
    return picture != shown.end() && found.places[static_cast<std::size_t>(*picture)].pts == pts ? std::optional(picture - shown.begin()) : std::nullopt;
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

/// The packet at a place, from the file as it lies there.
Result<Packet> StoredPackets::Walk::copied(std::int64_t place)
{
    const Place& there = found.places[static_cast<std::size_t>(place)];
    Packet coded;
    coded.key = there.marked;
    coded.data.resize(static_cast<std::size_t>(there.size));
    if (!source->readAt(there.at, coded.data))
        return fail(Fault::Corrupt, source->name() + ": changed while it was read");
    return coded;
}

/// The same from the demuxer, which stands before it.
Result<Packet> StoredPackets::Walk::demuxed(std::int64_t place)
{
    std::int64_t reached = TRY(next());
    while (reached < place)
        reached = TRY(next());
    if (reached != place)
        return fail(Fault::Corrupt, source->name() + ": changed while it was read");
    Packet coded;
    coded.key = (packet->flags & AV_PKT_FLAG_KEY) != 0;
    coded.data.assign(packet->data, packet->data + packet->size);
    std::size_t size = 0;
    if (const std::uint8_t* side = av_packet_get_side_data(packet.get(), AV_PKT_DATA_MATROSKA_BLOCKADDITIONAL, &size))
        coded.side.assign(side, side + size);
    return coded;
}

Result<EncodedChunk> StoredPackets::read(std::int64_t first, std::int64_t count)
{
    CHECK(copyable(first, count) == count);
    if (!m_walk->direct && (!m_walk->container || m_walk->at > first || m_walk->at + 1000 < first))
        TRY(m_walk->moveTo(first));
    EncodedChunk chunk;
    chunk.extradata = m_walk->found.extradata();
    chunk.frames = count;
    chunk.packets.reserve(static_cast<std::size_t>(count));
    for (std::int64_t place = first; place < first + count; ++place) {
        Packet& packet = chunk.packets.emplace_back(TRY(m_walk->direct ? m_walk->copied(place) : m_walk->demuxed(place)));
        packet.pts = m_walk->shownOf(m_walk->found.places[static_cast<std::size_t>(place)].pts).value() - first;
        packet.dts = place - first;
    }
    return chunk;
}

Bytes StoredPackets::places() const
{
    return bytesOfPlaces(m_walk->found);
}

StoredPackets::StoredPackets(std::unique_ptr<Walk> walk)
    : m_walk(std::move(walk)) {}
StoredPackets::~StoredPackets() = default;

bool StoredPackets::isCodedLike(const StoredPackets& other) const
{
    return parameters().codec_id == other.parameters().codec_id && m_walk->found.extradata() == other.m_walk->found.extradata();
}

const AVCodecParameters& StoredPackets::parameters() const
{
    return *m_walk->found.parameters;
}

} // namespace artdag
