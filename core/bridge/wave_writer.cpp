// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bridge/wave_writer.h"

#include "core/base/files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cmath>

namespace artdag {

namespace {

constexpr std::uint32_t headerBytes = 58, sampleBytes = soundChannels * sizeof(float);
constexpr std::uint64_t longestFile = 0xFFFFFFF0U;

/// RIFF, `fmt ` with the tag of floating point, `fact` with the number of samples, and the head of `data`.
std::string headerOf(std::uint32_t samples, std::uint32_t sampleRate)
{
    std::string header;
    const auto number = [&](std::uint32_t value, int bytes) {
        for (int i = 0; i < bytes; ++i)
            header.push_back(static_cast<char>(value >> (8 * i)));
    };
    const std::uint32_t data = samples * sampleBytes;
    header += "RIFF";
    number(data + headerBytes - 8, 4);
    header += "WAVEfmt ";
    number(18, 4);
    number(3, 2);
    number(soundChannels, 2);
    number(sampleRate, 4);
    number(sampleRate * sampleBytes, 4);
    number(sampleBytes, 2);
    number(32, 2);
    number(0, 2);
    header += "fact";
    number(4, 4);
    number(samples, 4);
    header += "data";
    number(data, 4);
    return header;
}

} // namespace

WaveWriter::WaveWriter(std::filesystem::path path, int sampleRate, std::uint64_t mostBytes, std::string object)
    : m_path(std::move(path)),
      m_file(m_path, std::ios::binary),
      m_sampleRate(sampleRate),
      m_mostBytes(std::min(mostBytes, longestFile)),
      m_object(std::move(object))
{
    const std::string header = headerOf(0, static_cast<std::uint32_t>(sampleRate));
    CHECK(header.size() == headerBytes);
    m_file.write(header.data(), headerBytes);
}

Result<void> WaveWriter::add(const float* left, const float* right, std::int64_t count)
{
    if (headerBytes + static_cast<std::uint64_t>(m_samples + count) * sampleBytes > m_mostBytes)
        return fail(Fault::Unavailable, fmt::format("{}: its sound takes more than {} GiB, which is the most that is kept of one; use it on a shorter sound", m_object, (m_mostBytes + 16) >> 30));
    const auto clean = [](float value) { return std::isfinite(value) ? value + 0.0F : 0.0F; };
    m_interleaved.resize(static_cast<std::size_t>(count) * soundChannels);
    for (std::int64_t i = 0; i < count; ++i) {
        m_interleaved[static_cast<std::size_t>(2 * i)] = clean(left[i]);
        m_interleaved[static_cast<std::size_t>(2 * i + 1)] = clean(right[i]);
    }
    m_file.write(reinterpret_cast<const char*>(m_interleaved.data()), static_cast<std::streamsize>(m_interleaved.size() * sizeof(float)));
    m_samples += count;
    return m_file ? Result<void>() : tl::unexpected<Error>(systemError(m_object, errno));
}

Result<void> WaveWriter::addSilence(std::int64_t count)
{
    const std::vector<float> silence(static_cast<std::size_t>(std::min<std::int64_t>(count, 65536)));
    for (std::int64_t left = count; left > 0; left -= 65536)
        TRY(add(silence.data(), silence.data(), std::min<std::int64_t>(left, 65536)));
    return {};
}

Result<void> WaveWriter::finish()
{
    const std::string header = headerOf(static_cast<std::uint32_t>(m_samples), static_cast<std::uint32_t>(m_sampleRate));
    m_file.seekp(0);
    m_file.write(header.data(), headerBytes);
    m_file.close();
    return m_file ? Result<void>() : tl::unexpected<Error>(systemError(m_object, errno));
}

} // namespace artdag
