// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/animated_webp.h"

#include "core/media/still_decoder.h"
#include "core/media/stream_clock.h"
#include "core/media/webp_chunks.h"

#include <fmt/core.h>
#include <webp/demux.h>

#include <algorithm>
#include <array>
#include <list>
#include <numeric>

namespace artdag {

namespace {

constexpr std::int64_t largestFile = std::int64_t{256} << 20; ///< it is held whole
constexpr std::size_t mostCanvases = 3;
constexpr int ticks = 1000; ///< a second

/// Rates whose instants are no whole milliseconds.
constexpr std::array grids{Rate{24, 1}, Rate{30, 1}, Rate{60, 1}, Rate{15, 1}, Rate{12, 1}, Rate{48, 1}, Rate{120, 1}, Rate{24000, 1001}, Rate{30000, 1001}, Rate{60000, 1001}};

/// A rate of whose instants every picture's is within a millisecond, where no rate in whole milliseconds fits; else 0.
Rate gridOf(const AnimatedWebpChunks& webp)
{
    const auto fits = [&](Rate rate) {
        return std::ranges::all_of(webp.frames, [&](const WebpFrame& frame) {
            const std::int64_t scaled = frame.start * rate.numerator;
            const std::int64_t unit = std::int64_t{ticks} * rate.denominator;
            const std::int64_t away = std::abs((2 * scaled + unit) / (2 * unit) * unit - scaled);
            return away < rate.numerator;
        });
    };
    const std::int64_t first = webp.frames.size() > 1 ? webp.frames[1].start : 0;
    if (first == 0 || std::ranges::all_of(webp.frames, [&](const WebpFrame& frame) { return frame.start % first == 0; }))
        return {0, 1};
    const auto rate = std::ranges::find_if(grids, fits);
    return rate == grids.end() ? Rate{0, 1} : *rate;
}

Rate averageRate(const AnimatedWebpChunks& webp)
{
    const std::int64_t pictures = static_cast<std::int64_t>(webp.frames.size()) * ticks;
    const std::int64_t divisor = std::gcd(pictures, webp.end);
    return {pictures / divisor, webp.end / divisor};
}

struct DeleteCanvas {
    void operator()(WebPAnimDecoder* decoder) const { WebPAnimDecoderDelete(decoder); }
};

/// One place in the film whose pictures lie over each other: it goes on picture by picture, and back only to the start.
class LoopCanvas {
public:
    static std::unique_ptr<LoopCanvas> open(const AnimatedWebpChunks& webp)
    {
        WebPAnimDecoderOptions options;
        CHECK(WebPAnimDecoderOptionsInit(&options));
        options.color_mode = MODE_RGBA;
        options.use_threads = 0;
        const WebPData data{webp.bytes.data(), webp.bytes.size()};
        auto canvas = std::make_unique<LoopCanvas>();
        canvas->m_decoder.reset(WebPAnimDecoderNew(&data, &options));
        WebPAnimInfo info;
        const bool good = canvas->m_decoder && WebPAnimDecoderGetInfo(canvas->m_decoder.get(), &info) && info.frame_count == webp.frames.size()
            && static_cast<int>(info.canvas_width) == webp.width && static_cast<int>(info.canvas_height) == webp.height;
        return good ? std::move(canvas) : nullptr;
    }

    [[nodiscard]] std::int64_t shown() const { return m_shown; }
    /// The canvas after picture `index`, valid until the next call; null where one on the way is damaged.
    const std::uint8_t* at(std::int64_t index)
    {
        if (index <= m_shown || m_shown < 0) { // also where it stands: the pixels are given once
            WebPAnimDecoderReset(m_decoder.get());
            m_shown = -1;
        }
        std::uint8_t* pixels = nullptr;
        for (int end = 0; m_shown < index; ++m_shown)
            if (!WebPAnimDecoderGetNext(m_decoder.get(), &pixels, &end)) {
                m_shown = -1;
                return nullptr;
            }
        return pixels;
    }

private:
    std::unique_ptr<WebPAnimDecoder, DeleteCanvas> m_decoder;
    std::int64_t m_shown = -1;
};

class AnimatedWebp final : public MediaFile {
public:
    AnimatedWebp(std::string name, AnimatedWebpChunks webp)
        : m_name(std::move(name)),
          m_webp(std::move(webp)),
          m_independent(m_webp.independent())
    {
        m_clock.base = {1, ticks};
        m_clock.grid = gridOf(m_webp);
    }

    Result<void> open()
    {
        const CodedPointer first = TRY(picture(0));
        const std::int64_t frames = count();
        VideoFacts facts;
        facts.width = m_webp.width;
        facts.height = m_webp.height;
        facts.coding = first->coding;
        facts.frames = frames;
        facts.still = frames == 1 && !m_webp.cut;
        facts.rate = m_clock.grid.numerator > 0 ? m_clock.grid : averageRate(m_webp);
        facts.duration = facts.still ? 0 : flicksOf(m_clock.at(m_webp.end));
        facts.decoder = m_independent ? m_decoder : webpVersion();
        m_facts.format = "webp";
        m_facts.video = facts;
        if (m_webp.cut)
            m_facts.warnings.push_back(fmt::format("is cut off at {:.3f} s", secondsAt(m_webp.end)));
        return {};
    }

    [[nodiscard]] const FileFacts& facts() const override { return m_facts; }

    Result<CodedPointer> pictureAt(Flicks time) override
    {
        if (m_webp.cut && hasCome(m_clock.at(m_webp.end), time))
            return damagedAt(m_webp.end, "is cut off; the last whole picture ends");
        const auto after = std::ranges::partition_point(m_webp.frames, [&](const WebpFrame& frame) { return hasCome(m_clock.at(frame.start), time); });
        return picture(std::max<std::int64_t>(0, after - m_webp.frames.begin() - 1));
    }

    Result<CodedPointer> nextPicture() override
    {
        if (m_next < count())
            return picture(m_next++);
        return m_webp.cut ? damagedAt(m_webp.end, "is cut off; the last whole picture ends") : Result<CodedPointer>(CodedPointer());
    }

    Result<Sound> decodeSound() override { return fail(Fault::BadInput, m_name + ": has no sound"); }
    Result<Bytes> decodeSoundBytes() override { return fail(Fault::BadInput, m_name + ": has no sound"); }

private:
    [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(m_webp.frames.size()); }
    [[nodiscard]] double secondsAt(std::int64_t milliseconds) const { return secondsOfFlicks(flicksOf(m_clock.at(milliseconds))); }
    [[nodiscard]] Result<CodedPointer> damagedAt(std::int64_t milliseconds, const char* what) const
    {
        return fail(Fault::Corrupt, fmt::format("{}: {} at {:.3f} s", m_name, what, secondsAt(milliseconds)));
    }

    /// The same picture again gives the same pointer again.
    Result<CodedPointer> picture(std::int64_t index)
    {
        if (m_last && m_lastIndex == index)
            return m_last;
        m_last = TRY(m_independent ? alone(index) : composed(index));
        m_lastIndex = index;
        return m_last;
    }

    Result<CodedPointer> alone(std::int64_t index)
    {
        const WebpFrame& frame = m_webp.frames[static_cast<std::size_t>(index)];
        auto still = decodeStill(m_webp.stillOf(frame), m_name);
        if (!still || still->picture->width != m_webp.width || still->picture->height != m_webp.height)
            return damagedAt(frame.start, "picture data is damaged");
        m_decoder = still->decoder;
        return still->picture;
    }

    Result<CodedPointer> composed(std::int64_t index)
    {
        LoopCanvas* canvas = canvasBefore(index);
        const std::uint8_t* pixels = canvas != nullptr ? canvas->at(index) : nullptr;
        if (pixels == nullptr)
            return damagedAt(m_webp.frames[static_cast<std::size_t>(index)].start, "picture data is damaged");
        const Coding coding{.format = SampleFormat::Rgba, .matrix = Matrix::Identity, .fullRange = true};
        PackedPicture packed = makePacked(m_webp.width, m_webp.height, coding);
        std::copy_n(pixels, packed.data.size(), packed.data.begin());
        return codedOf(std::move(packed));
    }

    /// The canvas from which `index` is nearest, used last first; null for a file that the library refuses.
    LoopCanvas* canvasBefore(std::int64_t index)
    {
        auto best = m_canvases.end();
        for (auto each = m_canvases.begin(); each != m_canvases.end(); ++each)
            if ((*each)->shown() < index && (best == m_canvases.end() || (*each)->shown() > (*best)->shown()))
                best = each;
        if (best == m_canvases.end() && m_canvases.size() < mostCanvases) {
            auto canvas = LoopCanvas::open(m_webp);
            if (!canvas)
                return nullptr;
            best = m_canvases.insert(m_canvases.begin(), std::move(canvas));
        }
        m_canvases.splice(m_canvases.begin(), m_canvases, best == m_canvases.end() ? std::prev(best) : best);
        return m_canvases.front().get();
    }

    std::string m_name;
    AnimatedWebpChunks m_webp;
    bool m_independent;
    StreamClock m_clock;
    FileFacts m_facts;
    std::string m_decoder;
    std::list<std::unique_ptr<LoopCanvas>> m_canvases; ///< used last first
    std::int64_t m_next = 0;
    std::int64_t m_lastIndex = -1;
    CodedPointer m_last;
};

} // namespace

bool isAnimatedWebp(const FileSource& source)
{
    std::array<std::uint8_t, 21> head{};
    constexpr std::string_view tag = "WEBPVP8X";
    return source.readAt(0, head) && std::equal(tag.begin(), tag.end(), head.begin() + 8) && (head[20] & 0x02) != 0;
}

Result<std::unique_ptr<MediaFile>> openAnimatedWebp(const SourcePointer& source)
{
    if (source->size() > largestFile)
        return fail(Fault::BadInput, source->name() + ": is larger than 256 MiB, which an animated WebP may be; convert it to WebM");
    Bytes bytes(static_cast<std::size_t>(source->size()));
    if (!source->readAt(0, bytes))
        return fail(Fault::Corrupt, source->name() + ": changed while it was read");
    auto file = std::make_unique<AnimatedWebp>(source->name(), TRY(readWebpChunks(std::move(bytes), source->name())));
    TRY(file->open());
    return std::unique_ptr<MediaFile>(std::move(file));
}

std::string webpVersion()
{
    const int version = WebPGetDecoderVersion();
    return fmt::format("libwebp {}.{}.{}", version >> 16, (version >> 8) & 255, version & 255);
}

} // namespace artdag
