// SPDX-License-Identifier: GPL-3.0-or-later
// Encoder profiles, chunk encoders and the muxer. Every chunk has its own encoder, so that the file is the same for
// every number of threads, and an edit re-encodes only the chunks it touches.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/picture/picture.h"
#include "core/sound/sound.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

/// What `encode` names: `share-h264`, `master-ffv1`, `png` …
struct EncodeProfile {
    std::string name;
    std::string title;      ///< one line for people
    std::string container;  ///< FFmpeg muxer: `mp4`, `matroska`, `wav`, `image2` (pictures, a file each), `hls`
    std::string extension;  ///< of the file (of a folder: of the files in it), without dot
    std::string videoCodec; ///< FFmpeg encoder: `libx264`, `ffv1`, `png`; `copy`; empty: no picture
    std::string audioCodec; ///< `aac`, `flac`, `pcm_s24le`; empty: no sound
    Coding coding;          ///< samples handed to the encoder
    bool lossless = false;  ///< picture and sound come back bit for bit
    std::string preset;     ///< x264: `medium` …; VP9: `cpu-used`
    int quality = 18;       ///< CRF, or the still codecs' own scale
    int audioBitsPerSecond = 192000;
    bool still = false;                                                ///< one picture
    bool folder = false;                                               ///< numbered pictures, or the files of a stream
    [[nodiscard]] bool copies() const { return videoCodec == "copy"; } ///< pictures are not encoded; `coding` is that of the films
    [[nodiscard]] bool losslessSound() const { return audioCodec == "flac" || audioCodec.starts_with("pcm"); }
    /// Settings and encoder build, for chunk keys and the manifest: `libx264 core 164 … medium crf18 …; aac lavc 59.37 …`.
    [[nodiscard]] std::string identity() const;
    [[nodiscard]] std::string pictureIdentity() const; ///< the part that names picture chunks
    [[nodiscard]] std::string soundIdentity() const;   ///< the part that names the sound
};

/// The known profiles in the order of the docs; NotFound with the list of names for an unknown one.
std::span<const EncodeProfile> encodeProfiles();
Result<EncodeProfile> encodeProfile(std::string_view name);

/// Which build of an encoder runs here, asked of the encoder itself: `libx264 core 164 r3095 baee400`, `ffv1 lavc 59.37`.
std::string encoderBuild(std::string_view encoder);

/// What decides the bytes of a file besides its packets: our way of writing it and FFmpeg's build.
std::string muxerBuild();

/// One compressed packet; times in frames (picture) or samples (sound), relative to the start of its chunk.
struct Packet {
    std::int64_t pts = 0;
    std::int64_t dts = 0;
    std::int64_t duration = 1;
    bool key = false;
    Bytes data;
    Bytes side; ///< VP9: the coded alpha of the picture
};

/// A chunk as it is stored: packets with relative times, and the codec's parameter sets.
struct EncodedChunk {
    Bytes extradata;
    std::int64_t frames = 0;
    std::vector<Packet> packets;
};
/// By how many places the most delayed picture of a chunk lies behind where it is decoded.
std::int64_t delayOf(const EncodedChunk& chunk);
Bytes bytesOfChunk(const EncodedChunk& chunk);
Result<EncodedChunk> chunkOfBytes(ByteView bytes); ///< Corrupt for anything it did not write

/// Encodes the frames of one chunk, in order. Not thread-safe; different chunks on different threads.
class ChunkEncoder {
public:
    virtual ~ChunkEncoder() = default;
    virtual Result<void> add(const PackedPicture& picture) = 0;
    virtual Result<EncodedChunk> finish() = 0;
};
Result<std::unique_ptr<ChunkEncoder>> makeChunkEncoder(const EncodeProfile& profile, int width, int height, Rate rate);
/// About how many bytes an encoder of one chunk holds at most; 0 for a profile without pictures.
std::size_t encoderBytes(const EncodeProfile& profile, int width, int height);

/// All sound of an output, encoded in one pass (priming is kept for the container's edit list).
struct EncodedSound {
    Bytes extradata;
    std::int64_t priming = 0; ///< samples before the first
    std::int64_t samples = 0;
    int frameSize = 0;
    std::vector<Packet> packets;
};
/// Encodes sound piece by piece. Not thread-safe.
class SoundEncoder {
public:
    virtual ~SoundEncoder() = default;
    /// What follows, as canonical samples: toS24 for lossless profiles, else toS16. The packets that are done now.
    virtual Result<std::vector<Packet>> add(ByteView canonical) = 0;
    /// After all samples: what is known of the whole, with the last packets. BadInput when there was no sample.
    virtual Result<EncodedSound> finish() = 0;
};
Result<std::unique_ptr<SoundEncoder>> makeSoundEncoder(const EncodeProfile& profile, int sampleRate);
Result<EncodedSound> encodeSound(const EncodeProfile& profile, const Sound& sound, int sampleRate);
/// The same from its canonical samples.
Result<EncodedSound> encodeSound(const EncodeProfile& profile, ByteView canonical, int sampleRate);

class FileSource;
class StoredPackets;

struct MuxInput {
    EncodeProfile profile;
    int width = 0, height = 0;
    Rate rate;
    int sampleRate = 48000;
    std::vector<EncodedChunk> chunks; ///< in order; equal extradata or BadInput
    /// Instead of `chunks`, so that a long film need not fit into memory: asked for 0 … chunkCount − 1, in order, twice; once where
    /// `delay` is known.
    std::function<Result<EncodedChunk>(std::size_t)> chunkAt;
    std::size_t chunkCount = 0;
    std::shared_ptr<StoredPackets> copied; ///< a film that the chunks were copied from, and all of them are coded like
    std::optional<std::int64_t> delay;     ///< the largest delayOf of all chunks; of copied ones it must be known
    std::optional<EncodedSound> sound;
    /// Instead of sound->packets, in order, some each time, until it gives none.
    std::function<Result<std::vector<Packet>>()> soundPackets;
    std::vector<std::pair<std::string, std::string>> metadata; ///< title, comment …
    /// Sees the finished file of a muxer from another thread while the disk makes it durable; not asked for folders and still pictures.
    std::function<void(const FileSource&)> written;
};
/// Writes the film, the same bytes for the same input: faststart MP4 with the sound's priming in the edit list, Matroska
/// bitexact, a single picture file, or a folder (`frame.0001.png` …, or `index.m3u8` with its segments). A folder that is
/// there already is replaced if it holds nothing else: Conflict otherwise.
Result<void> muxFile(const MuxInput& input, const std::filesystem::path& path);

} // namespace artdag
