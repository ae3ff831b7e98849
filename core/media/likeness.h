// SPDX-License-Identifier: GPL-3.0-or-later
// How like its pictures a lossy chunk is, in decibels: measured when it is encoded, written into the manifest, measured
// again by whoever verifies (docs/adr/0060-likeness.md). Not a judgement of quality.
#pragma once

#include "core/media/encode.h"
#include "core/picture/picture.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

/// Decodes a chunk by itself; `take` gets its pictures in the order shown. Corrupt when it does not hold `chunk.frames`.
Result<void> decodeChunk(const EncodeProfile& profile, const EncodedChunk& chunk, const std::function<Result<void>(std::int64_t index, const CodedPicture&)>& take);

/// The rows by which picture `index` of a chunk of `count` is compared, one after another: in each plane those rows y with
/// y mod s = index mod s, where s = min(16, count, rows of the plane). All rows of a plane within any s pictures.
Bytes comparedRows(const CodedPicture& picture, std::int64_t index, std::int64_t count);

/// 10 · log10(255² / mean squared difference) of two pictures' compared rows of 8-bit samples, rounded to 1/100 dB;
/// +infinity for the same, 0 for other sizes.
double likeness(ByteView one, ByteView other);
/// The least likeness of a second of interleaved stereo s16 to the same of another sound as long, to full scale.
double soundLikeness(ByteView one, ByteView other, int sampleRate);
/// The least likeness of a chunk's pictures, `rows` being the compared rows of what was encoded, in order.
Result<double> leastLikeness(const EncodeProfile& profile, const EncodedChunk& chunk, const std::vector<Bytes>& rows);

std::string decibels(double value); ///< `41.23` or `inf`, as manifests hold it
std::optional<double> readDecibels(std::string_view text);

} // namespace artdag
