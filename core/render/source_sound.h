// SPDX-License-Identifier: GPL-3.0-or-later
// The sound of one file at any sample rate: decoded as far as it is asked for, and kept in pieces while they are near.
#pragma once

#include "core/media/decode.h"
#include "core/sound/resample.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace artdag {

/// Samples are the same by whatever way they are reached. Going on costs no more than one decoding of the file; a jump back
/// behind what is kept is a seek where a decoder is exact from any place (PCM, FLAC), else decoding starts again and all of it
/// is kept decoded from then on, as nobody knows where the next jump goes. Not thread-safe.
class SourceSound {
public:
    using Open = std::function<Result<std::unique_ptr<SoundStream>>()>;
    static constexpr std::size_t usualWindow = std::size_t{24} << 20;
    /// `window`: bytes that are kept, of decoded and of resampled pieces each.
    SourceSound(Open open, int fileRate, std::size_t window = usualWindow);

    /// A range at a rate; silence beyond the ends. Errors as the decoder's.
    Result<Sound> at(SampleRange range, int sampleRate);
    /// Of all pieces that are kept.
    [[nodiscard]] std::size_t bytes() const { return m_decoded.bytes + m_resampled.bytes; }
    /// Samples that decoders gave so far, those that were decoded again too.
    [[nodiscard]] std::int64_t decoded() const { return m_samples; }

private:
    using Piece = std::shared_ptr<const Sound>;
    /// Pieces by what they are of and where they begin, those not used for longest first out.
    struct Window {
        using Place = std::pair<int, std::int64_t>; ///< rate and first sample
        struct Kept {
            Piece piece;
            std::uint64_t used = 0;
        };
        std::map<Place, Kept> pieces;
        std::size_t bytes = 0;
        std::uint64_t clock = 0;

        Piece find(int rate, std::int64_t sample);
        void keep(int rate, const Piece& piece, std::size_t most);
    };

    Result<void> goTo(std::int64_t sample);
    Result<Piece> decodedAt(std::int64_t sample);
    Result<Piece> resampledAt(std::int64_t sample, int sampleRate);
    template <class PieceAt>
    static Result<void> gather(Sound& out, PieceAt pieceAt);

    Open m_open;
    int m_rate;
    std::size_t m_most;
    bool m_keepsAll = false;
    std::unique_ptr<SoundStream> m_stream;
    std::int64_t m_next = 0;           ///< the sample after the last piece of the stream
    std::optional<std::int64_t> m_end; ///< how many samples there are, once that is known
    std::int64_t m_samples = 0;
    Window m_decoded, m_resampled;
    std::map<int, Resampler> m_resamplers; ///< by sample rate
};

} // namespace artdag
