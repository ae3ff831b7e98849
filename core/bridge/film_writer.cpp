// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bridge/film_writer.h"

#include "core/picture/coding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <thread>

namespace artdag {

namespace {

constexpr std::size_t framesAChunk = 8; ///< each frame of FFV1 stands alone, so a chunk is only a piece of work

/// FFV1 keeps R'G'B' of 8 bits as RGBA and of 16 bits in planes; everything else as it is.
SampleFormat keptAs(SampleFormat format)
{
    const FormatShape& shape = shapeOf(format);
    if (shape.family != Family::Rgb || format == SampleFormat::Gbrp10)
        return format;
    return shape.bits == 8 ? SampleFormat::Rgba : shape.alpha ? SampleFormat::Gbrap16
                                                              : SampleFormat::Gbrp16;
}

/// The same codes in another order; alpha is full where there was none.
PackedPicture rearranged(CodedPicture from, SampleFormat to)
{
    Coding coding = from.coding;
    coding.format = to;
    PackedPicture packed = makePacked(from.width, from.height, coding);
    const CodedPicture view = packed.view();
    const FormatShape &mine = shapeOf(to), &theirs = shapeOf(from.coding.format);
    const int size = mine.bytesPerSample();
    for (int channel = 0; channel < mine.channels(); ++channel) {
        const ChannelPlace there = placeOf(mine, channel), here = placeOf(theirs, channel);
        const bool given = channel < theirs.channels();
        for (int y = 0; y < from.height; ++y) {
            std::uint8_t* out = packed.data.data() + (view.planes[there.plane] - packed.data.data()) + y * view.strides[there.plane] + there.first * size;
            const std::uint8_t* in = given ? from.planes[here.plane] + y * from.strides[here.plane] + here.first * size : nullptr;
            for (int x = 0; x < from.width; ++x) {
                if (given)
                    std::memcpy(out + x * there.step * size, in + x * here.step * size, static_cast<std::size_t>(size));
                else
                    std::memset(out + x * there.step * size, 0xFF, static_cast<std::size_t>(size));
            }
        }
    }
    return packed;
}

Result<Bytes> encoded(const EncodeProfile& profile, Rate rate, const std::vector<PackedPicture>& pictures)
{
    const auto encoder = TRY(makeChunkEncoder(profile, pictures.front().width, pictures.front().height, rate));
    for (const PackedPicture& picture : pictures)
        TRY(encoder->add(picture));
    return bytesOfChunk(TRY(encoder->finish()));
}

} // namespace

Result<FilmWriter> FilmWriter::make(const FramesShape& shape, Rate rate, std::uint64_t mostBytes, std::string object)
{
    return FilmWriter(shape, rate, mostBytes, std::move(object), TRY(TemporaryDirectory::make("artdag-bake")));
}

FilmWriter::FilmWriter(const FramesShape& shape, Rate rate, std::uint64_t mostBytes, std::string object, TemporaryDirectory directory)
    : m_shape(shape),
      m_rate(rate),
      m_mostBytes(mostBytes),
      m_object(std::move(object)),
      m_directory(std::move(directory))
{
    m_profile.name = "baked";
    m_profile.container = "matroska";
    m_profile.extension = "mkv";
    m_profile.videoCodec = "ffv1";
    m_profile.coding = shape.coding;
    m_profile.coding.format = keptAs(shape.coding.format);
    m_profile.lossless = true;
}

std::filesystem::path FilmWriter::pathOf(std::size_t chunk) const
{
    return m_directory.path() / fmt::format("{}.chunk", chunk);
}

Result<void> FilmWriter::add(std::span<const std::uint8_t> codes)
{
    PackedPicture picture = makePacked(m_shape.width, m_shape.height, m_shape.coding);
    CHECK(picture.data.size() == codes.size());
    std::ranges::copy(codes, picture.data.begin());
    if (m_profile.coding.format != m_shape.coding.format)
        picture = rearranged(picture.view(), m_profile.coding.format);
    m_gathered.push_back(std::move(picture));
    if (m_gathered.size() < framesAChunk)
        return {};
    encodeGathered();
    return collect(std::max(1U, std::thread::hardware_concurrency()));
}

void FilmWriter::encodeGathered()
{
    m_encoding.push_back(std::async(std::launch::async, [profile = m_profile, rate = m_rate, pictures = std::exchange(m_gathered, {})] { return encoded(profile, rate, pictures); }));
}

/// Writes finished chunks down until at most `left` are on their way.
Result<void> FilmWriter::collect(std::size_t left)
{
    while (m_encoding.size() > left) {
        const Bytes chunk = TRY(m_encoding.front().get());
        m_encoding.pop_front();
        m_bytes += chunk.size();
        if (m_bytes > m_mostBytes)
            return fail(Fault::Unavailable, fmt::format("{}: its pictures take more than {} GiB, which is the most that is kept of one; use it on a shorter or smaller film", m_object, m_mostBytes >> 30));
        TRY(writeFileAtomically(pathOf(m_chunks++), chunk));
    }
    return {};
}

Result<void> FilmWriter::finish(const std::filesystem::path& film)
{
    if (!m_gathered.empty())
        encodeGathered();
    TRY(collect(0));
    MuxInput input;
    input.profile = m_profile;
    input.width = m_shape.width;
    input.height = m_shape.height;
    input.rate = m_rate;
    input.chunkCount = m_chunks;
    input.chunkAt = [this](std::size_t index) -> Result<EncodedChunk> { return chunkOfBytes(TRY(readFile(pathOf(index)))); };
    return muxFile(input, film);
}

} // namespace artdag
