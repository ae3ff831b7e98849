// SPDX-License-Identifier: GPL-3.0-or-later
// Films played in another order: backwards, again, held. An effect says which piece of its input plays at a time; frames,
// samples and the joins between follow from that here. Ports are `picture` and `sound`, both optional, on both sides.
#pragma once

#include "core/effect/effect.h"

#include <string_view>
#include <vector>

namespace artdag {

/// What is played, in units: frames where there is a picture, which leads and to which sound keeps; else samples.
struct Played {
    int picture = -1, sound = -1; ///< indices into Call::inputs
    Rate rate;                    ///< units a second
    int sampleRate = 48000;
    std::int64_t length = StreamFacts::endless;

    explicit Played(const Call& call);
    [[nodiscard]] bool isEndless() const { return length == StreamFacts::endless; }
    [[nodiscard]] std::int64_t unitsOf(Flicks time) const; ///< nearest, ties up
    [[nodiscard]] std::int64_t sampleOf(std::int64_t unit) const;
    [[nodiscard]] std::int64_t unitAt(std::int64_t sample) const; ///< that a sample lies in
};

/// Output units [first, end) show the input's unit `from` and on from there: forwards, backwards, or held (which is silent).
struct Piece {
    std::int64_t first = 0, end = 0;
    std::int64_t from = 0;
    int step = 1; ///< 1, −1 or 0
    [[nodiscard]] std::int64_t unitAt(std::int64_t unit) const { return from + step * (unit - first); }
};
inline constexpr std::int64_t noEnd = INT64_MAX / 1024; ///< of a piece

/// The piece that a unit of the output lies in; units below 0 are asked too.
using PieceAt = Piece (*)(const Call& call, const Played& played, std::int64_t unit);

/// Facts of both outputs, `length` units long; BadInput where neither port is connected.
Result<void> piecesFacts(const Call& call, std::string_view effect, std::int64_t length, std::span<StreamFacts> outputs);
/// BadInput where the input has no end, with the remedy.
Result<void> mustEnd(const Call& call, std::string_view effect);

/// The picture's frame that an output frame shows; nothing without a picture.
void piecesNeeds(const FrameCall& call, PieceAt pieceAt, std::vector<FrameNeed>& out);
/// An output frame is the one that it shows.
int piecesPasses(const FrameCall& call);
Result<void> piecesRender(const FrameCall& call, std::span<const ConstPictureView> inputs, PictureView out);

/// Sound of `length` units. Where a piece does not go on from the one before, the piece before goes on for `overlap` units while the
/// new one comes in, at even power; without overlap both are ducked for two thousandths of a second, so that nothing clicks.
void piecesSoundNeeds(const SoundCall& call, PieceAt pieceAt, std::int64_t length, std::int64_t overlap, std::vector<SoundNeed>& out);
void piecesSound(const SoundCall& call, PieceAt pieceAt, std::int64_t length, std::int64_t overlap, std::span<const Sound> inputs, Sound& out);

/// The ports and outputs of such an effect.
std::vector<Port> piecesInputs();
std::vector<Port> piecesOutputs();

} // namespace artdag
