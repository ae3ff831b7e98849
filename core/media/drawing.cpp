// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/drawing.h"

#include "core/media/draw_svg.h"
#include "core/media/run_apart.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <string_view>

namespace artdag {

namespace {

constexpr std::int64_t largestFile = std::int64_t{32} << 20;
constexpr std::size_t pixelsAt = 4096; ///< behind the answer, at a page of its own
static_assert(sizeof(SvgDrawn) <= pixelsAt);

/// Straight alpha, as PNG has it, from cairo's premultiplied words: the nearest code, which is exact where alpha is 255.
CodedPointer straightPicture(const std::uint8_t* words, int width, int height)
{
    const Coding coding{.format = SampleFormat::Rgba, .matrix = Matrix::Identity, .fullRange = true};
    PackedPicture packed = makePacked(width, height, coding);
    std::uint8_t* out = packed.data.data();
    for (std::size_t i = 0; i < packed.data.size(); i += 4) {
        std::uint32_t word = 0;
        std::memcpy(&word, words + i, sizeof word);
        const std::uint32_t opacity = word >> 24;
        for (std::size_t channel = 0; channel < 3 && opacity > 0; ++channel)
            out[i + channel] = static_cast<std::uint8_t>(std::min(255U, (((word >> (16 - 8 * channel)) & 255U) * 255 + opacity / 2) / opacity));
        out[i + 3] = static_cast<std::uint8_t>(opacity);
    }
    return codedOf(std::move(packed));
}

class Drawing final : public MediaFile {
public:
    Drawing(std::string name, Bytes svg, Draws where)
        : m_name(std::move(name)),
          m_svg(std::move(svg)),
          m_where(where)
    {
    }

    Result<void> open()
    {
        const SharedPages memory(pixelsAt);
        m_size = TRY(drawn(memory, false));
        VideoFacts facts;
        facts.width = m_size.width;
        facts.height = m_size.height;
        facts.rate = Rate{25, 1};
        facts.frames = 1;
        facts.still = true;
        facts.coding = {.format = SampleFormat::Rgba, .matrix = Matrix::Identity, .fullRange = true};
        facts.decoder = svgVersion() + " inexact";
        m_facts.format = "svg";
        m_facts.video = facts;
        if (m_size.sizeGuessed)
            m_facts.warnings.push_back(fmt::format("says no size; {}×{} is taken, as browsers do: give it a viewBox", m_size.width, m_size.height));
        return {};
    }

    [[nodiscard]] const FileFacts& facts() const override { return m_facts; }

    Result<CodedPointer> pictureAt(Flicks) override
    {
        if (!m_picture) {
            const SharedPages memory(pixelsAt + m_size.bytes());
            const SvgDrawn done = TRY(drawn(memory, true));
            if (done.bytes() != m_size.bytes())
                return fail(Fault::Unavailable, m_name + ": is drawn in two sizes");
            m_picture = straightPicture(memory.data() + pixelsAt, done.width * done.enlarged, done.height * done.enlarged);
        }
        return m_picture;
    }
    Result<CodedPointer> nextPicture() override
    {
        return std::exchange(m_given, true) ? Result<CodedPointer>(CodedPointer()) : pictureAt(0);
    }
    Result<Sound> decodeSound() override { return fail(Fault::BadInput, m_name + ": has no sound"); }
    Result<Bytes> decodeSoundBytes() override { return fail(Fault::BadInput, m_name + ": has no sound"); }

private:
    /// The size, or with `pixels` the whole drawing, behind the answer in `memory`.
    Result<SvgDrawn> drawn(const SharedPages& memory, bool pixels) const
    {
        if (memory.data() == nullptr)
            return fail(Fault::Unavailable, m_name + ": there is not enough memory to draw it");
        auto* answer = new (memory.data()) SvgDrawn;
        const auto draw = [&] { drawSvg(m_svg, *answer, pixels ? memory.data() + pixelsAt : nullptr); };
        const ApartLimits limits;
        Ended ended = Ended::Well;
        if (m_where == Draws::Apart)
            ended = runApart(limits, draw);
        else
            draw();
        if (ended == Ended::NotStarted)
            return fail(Fault::Unavailable, m_name + ": the system has no room for a process that draws it");
        if (ended == Ended::TooLate)
            return fail(Fault::BadInput, fmt::format("{}: takes longer than {} s to draw; simplify it, or export it as PNG", m_name, limits.seconds));
        if (ended == Ended::Crashed)
            return fail(Fault::BadInput, m_name + ": cannot be drawn: it needs too much memory, or what draws it fails on it; simplify it, or export it as PNG");
        if (!answer->done)
            return fail(Fault::BadInput, fmt::format("{}: {}", m_name, answer->trouble.data()));
        return *answer;
    }

    std::string m_name;
    Bytes m_svg;
    Draws m_where;
    FileFacts m_facts;
    SvgDrawn m_size;
    CodedPointer m_picture;
    bool m_given = false;
};

} // namespace

bool isDrawing(const FileSource& source)
{
    std::string head(static_cast<std::size_t>(std::min<std::int64_t>(source.size(), 4096)), '\0');
    if (!source.readAt(0, {reinterpret_cast<std::uint8_t*>(head.data()), head.size()}))
        return false;
    const std::size_t first = head.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    const std::size_t begin = head.find_first_not_of(" \t\r\n", first);
    return begin != std::string::npos && head[begin] == '<' && head.find("<svg") != std::string::npos;
}

Result<std::unique_ptr<MediaFile>> openDrawing(const SourcePointer& source, Draws where)
{
    if (source->size() > largestFile)
        return fail(Fault::BadInput, source->name() + ": is larger than 32 MiB, which a drawing may be; export it as PNG");
    Bytes svg(static_cast<std::size_t>(source->size()));
    if (!source->readAt(0, svg))
        return fail(Fault::Corrupt, source->name() + ": changed while it was read");
    auto file = std::make_unique<Drawing>(source->name(), std::move(svg), where);
    TRY(file->open());
    return std::unique_ptr<MediaFile>(std::move(file));
}

} // namespace artdag
