// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/stored_sound.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

namespace artdag {

namespace {

constexpr std::string_view magic = "ADsound2";
constexpr std::int64_t largestTime = std::int64_t{1} << 40;
constexpr std::size_t packetHead = 8 + 4 + 4; ///< pts, duration, size
constexpr std::size_t tailHead = 6 * 8;       ///< priming, samples, frame size, packets, where the tail begins, size of the extradata
constexpr std::size_t sumBytes = 8;
constexpr std::uint64_t longestTail = std::uint64_t{16} << 20;
constexpr std::uint64_t pieceBytes = std::uint64_t{1} << 20;

void addNumber(Bytes& bytes, std::uint64_t value, int size = 8)
{
    for (int i = 0; i < size; ++i)
        bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

std::uint64_t numberAt(ByteView bytes, std::size_t at, int size = 8)
{
    std::uint64_t value = 0;
    for (int i = 0; i < size; ++i)
        value |= static_cast<std::uint64_t>(bytes[at + static_cast<std::size_t>(i)]) << (8 * i);
    return value;
}

bool isTime(std::uint64_t value)
{
    return static_cast<std::int64_t>(value) > -largestTime && static_cast<std::int64_t>(value) < largestTime;
}

struct FreeSum {
    void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
};
using RunningSum = std::unique_ptr<XXH3_state_t, FreeSum>;

RunningSum makeSum()
{
    RunningSum sum(XXH3_createState());
    CHECK(sum && XXH3_64bits_reset(sum.get()) == XXH_OK);
    return sum;
}

tl::unexpected<Error> damaged()
{
    return fail(Fault::Corrupt, "stored sound: is damaged or of another version");
}

} // namespace

struct SoundBytes::Sum {
    RunningSum state = makeSum();
    void add(ByteView bytes) const { XXH3_64bits_update(state.get(), bytes.data(), bytes.size()); }
};

SoundBytes::SoundBytes()
    : m_sum(std::make_unique<Sum>()) {}
SoundBytes::~SoundBytes() = default;

Bytes SoundBytes::add(std::span<const Packet> packets)
{
    Bytes bytes;
    std::size_t size = magic.size();
    for (const Packet& packet : packets)
        size += packetHead + packet.data.size();
    bytes.reserve(size);
    if (m_length == 0)
        bytes.assign(magic.begin(), magic.end());
    for (const Packet& packet : packets) {
        CHECK(packet.key && packet.dts == packet.pts && packet.side.empty());
        addNumber(bytes, static_cast<std::uint64_t>(packet.pts));
        addNumber(bytes, static_cast<std::uint64_t>(packet.duration), 4);
        addNumber(bytes, packet.data.size(), 4);
        bytes.insert(bytes.end(), packet.data.begin(), packet.data.end());
    }
    m_packets += packets.size();
    m_length += bytes.size();
    m_sum->add(bytes);
    return bytes;
}

Bytes SoundBytes::finish(const EncodedSound& last)
{
    Bytes bytes = add(last.packets);
    Bytes tail = last.extradata;
    for (const std::int64_t fact : {last.priming, last.samples, static_cast<std::int64_t>(last.frameSize)})
        addNumber(tail, static_cast<std::uint64_t>(fact));
    addNumber(tail, m_packets);
    addNumber(tail, m_length);
    addNumber(tail, last.extradata.size());
    m_sum->add(tail);
    bytes.insert(bytes.end(), tail.begin(), tail.end());
    addNumber(bytes, XXH3_64bits_digest(m_sum->state.get()));
    return bytes;
}

struct StoredSound::Reading {
    SourcePointer source;
    RunningSum sum = makeSum();
    std::uint64_t at = magic.size();
    std::uint64_t end = 0; ///< where the tail begins
    std::uint64_t packets = 0;
    Bytes tail; ///< with the sum
    bool done = false;
};

StoredSound::StoredSound(std::unique_ptr<Reading> reading)
    : m_reading(std::move(reading)) {}
StoredSound::~StoredSound() = default;
StoredSound::StoredSound(StoredSound&&) noexcept = default;
StoredSound& StoredSound::operator=(StoredSound&&) noexcept = default;

Result<StoredSound> StoredSound::open(const std::filesystem::path& path)
{
    auto reading = std::make_unique<Reading>();
    auto source = FileSource::open(path);
    if (!source && source.error().fault == Fault::BadInput) // nothing in it, or no file
        return damaged();
    reading->source = TRY(std::move(source));
    const auto size = static_cast<std::uint64_t>(reading->source->size());
    if (size < magic.size() + tailHead + sumBytes)
        return damaged();
    std::array<std::uint8_t, magic.size()> begin{};
    std::array<std::uint8_t, tailHead + sumBytes> last{};
    if (!reading->source->readAt(0, begin) || !reading->source->readAt(static_cast<std::int64_t>(size - last.size()), last) || std::memcmp(begin.data(), magic.data(), magic.size()) != 0)
        return damaged();
    const std::uint64_t priming = numberAt(last, 0), samples = numberAt(last, 8), frameSize = numberAt(last, 16), extra = numberAt(last, 40);
    reading->packets = numberAt(last, 24);
    reading->end = numberAt(last, 32);
    if (extra > longestTail || reading->end < magic.size() || reading->end > size || size - reading->end != extra + last.size() || priming > largestTime || samples > largestTime || frameSize > 1U << 20)
        return damaged();
    reading->tail.resize(extra + last.size());
    if (!reading->source->readAt(static_cast<std::int64_t>(reading->end), reading->tail))
        return damaged();
    XXH3_64bits_update(reading->sum.get(), begin.data(), begin.size());
    EncodedSound facts;
    facts.extradata.assign(reading->tail.begin(), reading->tail.begin() + static_cast<std::ptrdiff_t>(extra));
    facts.priming = static_cast<std::int64_t>(priming);
    facts.samples = static_cast<std::int64_t>(samples);
    facts.frameSize = static_cast<int>(frameSize);
    StoredSound sound(std::move(reading));
    sound.m_facts = std::move(facts);
    return sound;
}

Result<std::vector<Packet>> StoredSound::next()
{
    Reading& from = *m_reading;
    std::vector<Packet> packets;
    for (std::uint64_t bytes = 0; from.at < from.end && bytes < pieceBytes;) {
        std::array<std::uint8_t, packetHead> head{};
        if (from.end - from.at < head.size() || !from.source->readAt(static_cast<std::int64_t>(from.at), head))
            return damaged();
        const std::uint64_t pts = numberAt(head, 0), size = numberAt(head, 12, 4);
        from.at += head.size();
        if (!isTime(pts) || from.packets == 0 || size > from.end - from.at || size > static_cast<std::uint64_t>(std::numeric_limits<int>::max() / 2))
            return damaged();
        Packet& packet = packets.emplace_back();
        packet.pts = packet.dts = static_cast<std::int64_t>(pts);
        packet.duration = static_cast<std::int64_t>(numberAt(head, 8, 4));
        packet.key = true;
        packet.data.resize(size);
        if (!from.source->readAt(static_cast<std::int64_t>(from.at), packet.data))
            return damaged();
        XXH3_64bits_update(from.sum.get(), head.data(), head.size());
        XXH3_64bits_update(from.sum.get(), packet.data.data(), packet.data.size());
        from.at += size;
        bytes += head.size() + size;
        --from.packets;
    }
    if (packets.empty() && !from.done) {
        from.done = true;
        const ByteView tail = ByteView(from.tail).first(from.tail.size() - sumBytes);
        XXH3_64bits_update(from.sum.get(), tail.data(), tail.size());
        if (from.packets != 0 || XXH3_64bits_digest(from.sum.get()) != numberAt(from.tail, tail.size()))
            return damaged();
    }
    return packets;
}

} // namespace artdag
