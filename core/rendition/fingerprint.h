// SPDX-License-Identifier: GPL-3.0-or-later
// What a picture or a sound is like, in few bytes: near ones for what was scaled, encoded again or cut. Never an identity: that
// is what hashes are for.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/picture/picture.h"
#include "core/sound/sound.h"

#include <memory>

namespace artdag {

/// `quality` 0–100: how much there is to tell it by; a single colour or tone has next to nothing.
struct Fingerprint {
    const char* kind = ""; ///< `picture`, `sound`
    int version = 1;       ///< of how it is made; only those of one version can be compared
    Bytes value;
    int quality = 0;
};
/// `{"kind", "version", "value": hexadecimal, "quality"}`
Json jsonOf(const Fingerprint& print);

inline constexpr int printSize = 32; ///< px
/// 64 bits of a picture that was squeezed into printSize × printSize px: which of its 8 × 8 slowest cosine terms (without the constant ones)
/// are above their median, of the square root of luminance. After C. Zauner, "Implementation and Benchmarking of Perceptual Image
/// Hash Functions" (2010), §3.2.1. Turned or mirrored it is another picture.
Fingerprint pictureFingerprint(ConstPictureView linear);

/// The first two minutes of a sound, eight words of 32 bits a second (Chromaprint, algorithm 2).
class SoundPrinter {
public:
    explicit SoundPrinter(int sampleRate);
    ~SoundPrinter();
    SoundPrinter(const SoundPrinter&) = delete;
    SoundPrinter& operator=(const SoundPrinter&) = delete;
    /// The next samples, as the decoder gives them.
    void add(const Sound& piece);
    [[nodiscard]] bool hasEnough() const { return m_left <= 0; }
    [[nodiscard]] Fingerprint finish();

private:
    struct Context;
    std::unique_ptr<Context> m_context; ///< null for a rate that Chromaprint does not know
    std::int64_t m_left = 0;            ///< samples
};

} // namespace artdag
