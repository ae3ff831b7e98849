// SPDX-License-Identifier: GPL-3.0-or-later
// All integers are little-endian and of 64 bits: a magic word, parameters, extradata, places.
#include "core/media/packet_places.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string_view>
#include <utility>

namespace artdag {

namespace {

constexpr std::string_view magic = "ADplace1";
constexpr std::int64_t longestHead = 32; ///< of a block, between where the demuxer says it is and its packet (Matroska: 4)
constexpr std::int64_t largestTime = std::int64_t{1} << 60;
constexpr std::size_t placeBytes = 5 * 8;

static_assert(std::endian::native == std::endian::little);

void add(Bytes& bytes, std::int64_t value)
{
    const auto raw = std::bit_cast<std::array<std::uint8_t, 8>>(value);
    bytes.insert(bytes.end(), raw.begin(), raw.end());
}

/// Calls `with` for each number of the parameters that a muxer or a decoder may look at.
template <class Parameters, class With>
void eachNumber(Parameters& p, const With& with)
{
    with(p.codec_type);
    with(p.codec_id);
    with(p.codec_tag);
    with(p.format);
    with(p.bit_rate);
    with(p.bits_per_coded_sample);
    with(p.bits_per_raw_sample);
    with(p.profile);
    with(p.level);
    with(p.width);
    with(p.height);
    with(p.sample_aspect_ratio.num);
    with(p.sample_aspect_ratio.den);
    with(p.field_order);
    with(p.color_range);
    with(p.color_primaries);
    with(p.color_trc);
    with(p.color_space);
    with(p.chroma_location);
    with(p.video_delay);
}

/// Each read is checked against what is left; the first fault sticks.
struct Scanner {
    ByteView rest;
    bool good = true;

    std::int64_t next()
    {
        good = good && rest.size() >= 8;
        if (!good)
            return 0;
        std::array<std::uint8_t, 8> raw{};
        std::copy_n(rest.begin(), raw.size(), raw.begin());
        rest = rest.subspan(raw.size());
        return std::bit_cast<std::int64_t>(raw);
    }
    ByteView bytes(std::int64_t count)
    {
        good = good && count >= 0 && static_cast<std::uint64_t>(count) <= rest.size();
        const ByteView found = rest.first(good ? static_cast<std::size_t>(count) : 0);
        rest = rest.subspan(found.size());
        return found;
    }
};

bool isTime(std::int64_t time)
{
    return time > -largestTime && time < largestTime;
}

} // namespace

bool PacketPlaces::lieAsTheyAre() const
{
    return std::ranges::all_of(places, [](const Place& place) { return place.at >= 0; });
}

Bytes PacketPlaces::extradata() const
{
    return parameters->extradata_size > 0 ? Bytes(parameters->extradata, parameters->extradata + parameters->extradata_size) : Bytes();
}

std::int64_t placeInFile(const FileSource& source, const AVPacket& packet)
{
    if (packet.pos < 0 || packet.size <= 0 || packet.side_data_elems > 0 || packet.size > source.size() - packet.pos)
        return -1;
    const std::int64_t slack = std::min(longestHead, source.size() - packet.pos - packet.size);
    Bytes bytes(static_cast<std::size_t>(packet.size + slack));
    if (!source.readAt(packet.pos, bytes))
        return -1;
    for (std::int64_t head = 0; head <= slack; ++head)
        if (std::memcmp(bytes.data() + head, packet.data, static_cast<std::size_t>(packet.size)) == 0)
            return packet.pos + head;
    return -1;
}

Bytes bytesOfPlaces(const PacketPlaces& places)
{
    Bytes bytes(magic.begin(), magic.end());
    eachNumber(std::as_const(*places.parameters), [&](auto number) { add(bytes, static_cast<std::int64_t>(number)); });
    const Bytes extradata = places.extradata();
    add(bytes, std::ssize(extradata));
    bytes.insert(bytes.end(), extradata.begin(), extradata.end());
    add(bytes, std::ssize(places.places));
    bytes.reserve(bytes.size() + places.places.size() * placeBytes);
    for (const PacketPlaces::Place& place : places.places)
        for (const std::int64_t number : {place.pts, place.dts, place.at, place.size, static_cast<std::int64_t>(place.key) | static_cast<std::int64_t>(place.marked) << 1 | static_cast<std::int64_t>(place.hidden) << 2})
            add(bytes, number);
    return bytes;
}

Result<PacketPlaces> placesOfBytes(ByteView bytes, std::int64_t fileSize)
{
    Scanner scanner{bytes};
    const ByteView word = scanner.bytes(std::ssize(magic));
    PacketPlaces found;
    found.parameters.reset(avcodec_parameters_alloc());
    CHECK(found.parameters);
    eachNumber(*found.parameters, [&](auto& number) { number = static_cast<std::remove_reference_t<decltype(number)>>(scanner.next()); });
    const ByteView extradata = scanner.bytes(scanner.next());
    const std::int64_t count = scanner.next();
    if (!scanner.good || !std::ranges::equal(word, bytesOf(magic)) || count < 1 || static_cast<std::uint64_t>(count) != scanner.rest.size() / placeBytes || scanner.rest.size() % placeBytes != 0)
        return fail(Fault::Corrupt, "stored places of packets: are damaged or of another version");
    if (!extradata.empty()) {
        found.parameters->extradata = static_cast<std::uint8_t*>(av_mallocz(extradata.size() + AV_INPUT_BUFFER_PADDING_SIZE));
        CHECK(found.parameters->extradata);
        std::ranges::copy(extradata, found.parameters->extradata);
        found.parameters->extradata_size = static_cast<int>(extradata.size());
    }
    found.places.resize(static_cast<std::size_t>(count));
    for (PacketPlaces::Place& place : found.places) {
        place.pts = scanner.next();
        place.dts = scanner.next();
        place.at = scanner.next();
        place.size = scanner.next();
        const std::int64_t flags = scanner.next();
        place.key = (flags & 1) != 0;
        place.marked = (flags & 2) != 0;
        place.hidden = (flags & 4) != 0;
        const bool lies = place.at == -1 || (place.at >= 0 && place.size > 0 && place.size < INT32_MAX / 2 && place.at <= fileSize - place.size);
        if (!isTime(place.pts) || !isTime(place.dts) || !lies || flags < 0 || flags > 7)
            return fail(Fault::Corrupt, "stored places of packets: are damaged or of another file");
    }
    return found;
}

} // namespace artdag
