// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rendition/fingerprint.h"

#include "core/base/exact_math.h"
#include "core/base/result.h"

#include <chromaprint.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace artdag {

namespace {

constexpr int terms = 8;
constexpr std::int64_t printedSeconds = 120;

using Values = std::array<double, std::size_t{printSize} * printSize>;

Values brightnessOf(ConstPictureView linear)
{
    Values values{};
    for (int y = 0; y < printSize; ++y)
        for (int x = 0; x < printSize; ++x) {
            const auto at = [&](int plane) { return static_cast<double>(linear.at(plane, linear.rect.x0 + x, linear.rect.y0 + y)); };
            const double light = 0.2126 * at(red) + 0.7152 * at(green) + 0.0722 * at(blue);
            values[static_cast<std::size_t>(y * printSize + x)] = std::sqrt(std::clamp(light, 0.0, 1.0));
        }
    return values;
}

/// In hundredths of the greatest there can be (half of the pixels black, half white).
int contrastOf(const Values& values)
{
    double sum = 0;
    double squares = 0;
    for (const double value : values) {
        sum += value;
        squares += value * value;
    }
    const double mean = sum / values.size();
    return static_cast<int>(std::clamp(200 * std::sqrt(std::max(0.0, squares / values.size() - mean * mean)), 0.0, 100.0));
}

double termOf(const Values& values, int across, int down)
{
    const auto wave = [](int term, int place) { return exact::cos(exact::pi * term * (2 * place + 1) / (2.0 * printSize)); };
    double sum = 0;
    for (int y = 0; y < printSize; ++y)
        for (int x = 0; x < printSize; ++x)
            sum += values[static_cast<std::size_t>(y * printSize + x)] * wave(across, x) * wave(down, y);
    return sum;
}

} // namespace

Json jsonOf(const Fingerprint& print)
{
    return {{"kind", print.kind}, {"version", print.version}, {"value", hexOf(print.value)}, {"quality", print.quality}};
}

Fingerprint pictureFingerprint(ConstPictureView linear)
{
    CHECK(linear.rect.width() == printSize && linear.rect.height() == printSize);
    const Values values = brightnessOf(linear);
    std::array<double, std::size_t{terms} * terms> all{};
    for (int down = 0; down < terms; ++down)
        for (int across = 0; across < terms; ++across)
            all[static_cast<std::size_t>(down * terms + across)] = termOf(values, across + 1, down + 1);
    auto sorted = all;
    std::ranges::sort(sorted);
    const double median = (sorted[all.size() / 2 - 1] + sorted[all.size() / 2]) / 2;
    Fingerprint print{"picture", 1, Bytes(all.size() / 8), contrastOf(values)};
    for (std::size_t i = 0; i < all.size(); ++i)
        print.value[i / 8] = static_cast<std::uint8_t>(print.value[i / 8] | (all[i] > median ? 0x80U >> i % 8 : 0U));
    return print;
}

struct SoundPrinter::Context {
    ChromaprintContext* handle = chromaprint_new(CHROMAPRINT_ALGORITHM_DEFAULT);

    Context() = default;
    ~Context() { chromaprint_free(handle); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
};

SoundPrinter::SoundPrinter(int sampleRate)
{
    auto context = std::make_unique<Context>();
    if (context->handle == nullptr || chromaprint_start(context->handle, sampleRate, soundChannels) != 1)
        return;
    m_context = std::move(context);
    m_left = printedSeconds * sampleRate;
}

SoundPrinter::~SoundPrinter() = default;

void SoundPrinter::add(const Sound& piece)
{
    const auto count = std::min(m_left, piece.range().count);
    if (count <= 0)
        return;
    m_left -= count;
    const Bytes bytes = toS16(piece);
    std::vector<std::int16_t> samples(static_cast<std::size_t>(count) * soundChannels);
    std::memcpy(samples.data(), bytes.data(), samples.size() * sizeof(std::int16_t));
    if (chromaprint_feed(m_context->handle, samples.data(), static_cast<int>(samples.size())) != 1)
        m_left = 0;
}

Fingerprint SoundPrinter::finish()
{
    Fingerprint print{"sound", 1, {}, 0};
    std::uint32_t* words = nullptr;
    int count = 0;
    if (!m_context || chromaprint_finish(m_context->handle) != 1 || chromaprint_get_raw_fingerprint(m_context->handle, &words, &count) != 1)
        return print;
    int changes = 0;
    for (int i = 0; i < count; ++i) {
        changes += i > 0 && words[i] != words[i - 1] ? 1 : 0;
        for (const int shift : {24, 16, 8, 0})
            print.value.push_back(static_cast<std::uint8_t>(words[i] >> shift));
    }
    print.quality = count > 1 ? 100 * changes / (count - 1) : 0;
    chromaprint_dealloc(words);
    return print;
}

} // namespace artdag
