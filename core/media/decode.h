// SPDX-License-Identifier: GPL-3.0-or-later
// Media files in: probing, decoding by time, sound by sample. Files are opened only through our own I/O with an empty
// protocol list and an explicit list of formats, with limits on streams, pixels and probe bytes.
#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/media/media_origin.h"
#include "core/picture/picture.h"
#include "core/sound/sound.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace artdag {

/// No picture is larger than this.
inline constexpr std::int64_t maximumPixels = std::int64_t{16384} * 16384;

struct VideoFacts {
    int width = 0, height = 0; ///< as coded; of a drawing as shown, and its picture is larger
    int rotation = 0;          ///< clockwise degrees to show it upright: 0, 90, 180, 270
    bool mirrored = false;     ///< stored left to right; MediaFile gives its pictures mirrored back, still to be turned
    Rate aspect{1, 1};         ///< sample aspect
    Rate rate;                 ///< average
    std::int64_t frames = 0;   ///< counted or estimated; 1 for a still
    Flicks duration = 0;
    bool still = false;
    bool numbered = false; ///< pictures without times: one a frame, whatever the rate
    Coding coding;
    std::string decoder; ///< `h264 lavc 59.37`
};
struct AudioFacts {
    int sampleRate = 0, channels = 0;
    Flicks duration = 0;
    std::string decoder; ///< `aac_fixed lavc 59.37`
};
struct FileFacts {
    std::string format; ///< FFmpeg demuxer name
    std::optional<VideoFacts> video;
    std::optional<AudioFacts> audio;
    std::vector<std::string> warnings; ///< what was repaired or guessed, for people
};

class StoredPackets;

/// The sound of a file in order, in pieces: planar stereo at the file's own rate (mono doubled, more channels mixed down). Not
/// thread-safe; may outlive its file.
class SoundStream {
public:
    virtual ~SoundStream() = default;
    /// What follows, some ten thousand samples, beginning at sample 0; an empty range at the end. Corrupt names file and time for
    /// a source that breaks.
    virtual Result<Sound> next() = 0;
    /// Whether samples are the same wherever decoding begins.
    [[nodiscard]] virtual bool canSeek() const = 0;
    /// The next piece is one that begins at or before a sample, near it. False when the place is not found; what next gives then
    /// is of no use. Only where canSeek.
    virtual Result<bool> seek(std::int64_t sample) = 0;
};

/// One opened file. Not thread-safe; sticky: asking for the next picture does not seek.
class MediaFile {
public:
    virtual ~MediaFile() = default;
    [[nodiscard]] virtual const FileFacts& facts() const = 0;
    /// The last picture with pts ≤ time, compared as rationals in the stream's time base (the first picture before that,
    /// the last one after the end). Pictures come as coded (not turned upright, but never mirrored). Corrupt names file and time for a source that breaks.
    virtual Result<CodedPointer> pictureAt(Flicks time) = 0;
    /// All pictures in order from the start, for verification: nullptr after the last.
    virtual Result<CodedPointer> nextPicture() = 0;
    /// From now on the pictures of another layer of an OpenEXR file, empty for the one at the top; the facts follow. BadInput
    /// lists the layers that there are.
    virtual Result<void> chooseLayer(const std::string& layer);
    /// The sound from its beginning, by a decoder of its own.
    virtual Result<std::unique_ptr<SoundStream>> openSound();
    /// The whole sound: what the pieces of openSound are together.
    virtual Result<Sound> decodeSound() = 0;
    /// Interleaved bytes of the whole sound as the codec gave them (s16 or s32 → s24 in 4 bytes), for verification of lossless films.
    virtual Result<Bytes> decodeSoundBytes() = 0;
    /// The coded pictures as they lie in the file (stored_packets.h). BadInput where they cannot be had: pictures that are not
    /// a film's, that are turned or stretched when shown, or that a worker reads.
    /// `known` is what StoredPackets::places said of the same bytes, so that the film need not be walked through again.
    virtual Result<std::shared_ptr<StoredPackets>> packets(ByteView known = {});
    /// What opening found out, for openMedia of the same bytes later; empty where that saves nothing.
    [[nodiscard]] virtual std::string found() const { return {}; }
};

/// What decides the facts of a file besides its bytes: our way of reading it and FFmpeg's builds. Names what is remembered.
std::string probeBuild();
/// Opens a file, packed numbered pictures, or a folder of such. BadInput says what is wrong with it and what would help.
/// With the words of MediaFile::found for the same bytes and probeBuild nothing is decoded before it is asked for.
Result<std::unique_ptr<MediaFile>> openMedia(const std::filesystem::path& path, std::string_view found = {});
/// Where a drawing is drawn, which may crash or hang who does it.
enum class Draws {
    Apart, ///< in a child process with limits on time and memory
    Here,  ///< in this process, which is such a child itself
};
/// The same for bytes that are open already, perhaps by another process.
Result<std::unique_ptr<MediaFile>> openMediaFrom(const MediaOrigin& origin, Draws draws = Draws::Apart, std::string_view found = {});

/// Where the engine gets its decoded pictures and sound: `openMedia` in this process, or a worker's (core/worker). The second is
/// what MediaFile::found said of the same bytes, or empty.
using MediaOpener = std::function<Result<std::unique_ptr<MediaFile>>(const std::filesystem::path&, std::string_view)>;

} // namespace artdag
