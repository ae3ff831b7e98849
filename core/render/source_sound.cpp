// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/source_sound.h"

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <limits>

namespace artdag {

namespace {

constexpr std::int64_t resampledPiece = 65536;
constexpr std::int64_t resampledPart = 8192; ///< of a piece, side by side: small enough that its memory is used again

std::size_t bytesOf(const Sound& sound)
{
    return static_cast<std::size_t>(sound.range().count) * soundChannels * sizeof(float);
}

} // namespace

SourceSound::Piece SourceSound::Window::find(int rate, std::int64_t sample)
{
    const auto after = pieces.upper_bound({rate, sample});
    if (after == pieces.begin())
        return nullptr;
    const auto found = std::prev(after);
    if (found->first.first != rate || sample >= found->second.piece->range().end())
        return nullptr;
    found->second.used = ++clock;
    return found->second.piece;
}

void SourceSound::Window::keep(int rate, const Piece& piece, std::size_t most)
{
    Kept& place = pieces[{rate, piece->range().first}];
    bytes += bytesOf(*piece) - (place.piece ? bytesOf(*place.piece) : 0);
    place = {piece, ++clock};
    while (bytes > most && pieces.size() > 1) {
        const auto oldest = std::ranges::min_element(pieces, {}, [](const auto& one) { return one.second.used; });
        bytes -= bytesOf(*oldest->second.piece);
        pieces.erase(oldest);
    }
}

SourceSound::SourceSound(Open open, int fileRate, std::size_t window)
    : m_open(std::move(open)),
      m_rate(fileRate),
      m_most(window)
{
}

/// Puts the stream where its next pieces bring a sample.
Result<void> SourceSound::goTo(std::int64_t sample)
{
    constexpr std::int64_t far = 20; // seconds: decoding less than that costs no more than a seek
    const bool back = m_stream && sample < m_next;
    if (back && !m_stream->canSeek())
        m_stream.reset();
    m_keepsAll = m_keepsAll || (back && !m_stream);
    if (!m_stream) {
        m_stream = TRY(m_open());
        m_next = 0;
    }
    if (!m_stream->canSeek() || (!back && sample - m_next <= far * m_rate))
        return {};
    if (!TRY(m_stream->seek(sample))) { // a file whose index is wrong, or a place behind its end
        m_keepsAll = m_keepsAll || back;
        m_stream = TRY(m_open());
        sample = 0;
    }
    m_next = sample;
    return {};
}

/// The decoded piece with a sample; null behind the end.
Result<SourceSound::Piece> SourceSound::decodedAt(std::int64_t sample)
{
    if (m_end && sample >= *m_end)
        return nullptr;
    if (const Piece known = m_decoded.find(m_rate, sample))
        return known;
    TRY(goTo(sample));
    for (;;) {
        auto decoded = m_stream->next();
        if (!decoded) { // whoever asks again hears it again
            m_stream.reset();
            return tl::unexpected<Error>(std::move(decoded).error());
        }
        const auto piece = std::make_shared<const Sound>(std::move(*decoded));
        m_next = piece->range().end();
        if (piece->range().count == 0) {
            m_end = m_next;
            return nullptr;
        }
        m_samples += piece->range().count;
        m_decoded.keep(m_rate, piece, m_keepsAll ? std::numeric_limits<std::size_t>::max() : m_most);
        if (sample < piece->range().end())
            return piece;
    }
}

/// Fills a sound from pieces side by side, until there are no more.
template <class PieceAt>
Result<void> SourceSound::gather(Sound& out, PieceAt pieceAt)
{
    const SampleRange range = out.range();
    for (std::int64_t at = std::max<std::int64_t>(range.first, 0); at < range.end();) {
        const Piece piece = TRY(pieceAt(at));
        if (!piece)
            return {};
        const std::int64_t count = std::min(piece->range().end(), range.end()) - at;
        for (int channel = 0; channel < soundChannels; ++channel)
            std::copy_n(piece->channel(channel) + (at - piece->range().first), count, out.channel(channel) + (at - range.first));
        at += count;
    }
    return {};
}

/// The piece at another rate with a sample; null behind the end.
Result<SourceSound::Piece> SourceSound::resampledAt(std::int64_t sample, int sampleRate)
{
    if (const Piece known = m_resampled.find(sampleRate, sample))
        return known;
    const Resampler& resampler = m_resamplers.try_emplace(sampleRate, m_rate, sampleRate).first->second;
    SampleRange range{sample / resampledPiece * resampledPiece, resampledPiece};
    SampleRange needed = resampler.needs(range);
    needed = {std::max<std::int64_t>(needed.first, 0), needed.end() - std::max<std::int64_t>(needed.first, 0)};
    Sound in(needed);
    TRY(gather(in, [this](std::int64_t at) { return decodedAt(at); }));
    if (m_end && *m_end < needed.end()) // what is after the last sample is silence, not its echo
        range.count = std::clamp<std::int64_t>(resampler.within({0, *m_end}).end() - range.first, 0, range.count);
    if (sample >= range.end())
        return nullptr;
    const auto piece = std::make_shared<Sound>(range);
    // Its caller holds the file: a thread that waits here must not take up a frame that wants the same one.
    tbb::this_task_arena::isolate([&] {
        tbb::parallel_for(std::int64_t{0}, (range.count + resampledPart - 1) / resampledPart, [&](std::int64_t index) {
            const std::int64_t first = index * resampledPart, count = std::min(resampledPart, range.count - first);
            const Sound part = resampler.run(in, {range.first + first, count});
            for (int channel = 0; channel < soundChannels; ++channel)
                std::copy_n(part.channel(channel), count, piece->channel(channel) + first);
        });
    });
    m_resampled.keep(sampleRate, piece, m_most);
    return Piece(piece);
}

Result<Sound> SourceSound::at(SampleRange range, int sampleRate)
{
    Sound out(range);
    if (sampleRate == m_rate)
        TRY(gather(out, [this](std::int64_t sample) { return decodedAt(sample); }));
    else
        TRY(gather(out, [&](std::int64_t sample) { return resampledAt(sample, sampleRate); }));
    return out;
}

} // namespace artdag
