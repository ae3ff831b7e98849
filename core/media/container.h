// SPDX-License-Identifier: GPL-3.0-or-later
// A media file opened the only way this project opens one: our own reads from one descriptor, no protocols, a closed list of
// formats and decoders, limits on streams, pixels and probe bytes. It never opens a second file that the first one names.
#pragma once

#include "core/base/result.h"
#include "core/media/file_source.h"
#include "core/media/libav.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace artdag {

/// One demuxer on a source, with stream information found. Not thread-safe.
class Container {
public:
    /// With `only`, a stream that is known from before, nothing is found out about the others where the container's header tells
    /// what each of them is (MP4, Matroska), and their packets are skipped: pictures need not be decoded to hear the sound.
    static Result<Container> open(SourcePointer source, std::optional<int> only = {});
    ~Container();
    Container(Container&& other) noexcept;
    Container& operator=(Container&& other) noexcept;

    AVFormatContext* operator->() const { return m_context; }
    [[nodiscard]] AVFormatContext* get() const { return m_context; }
    [[nodiscard]] const std::string& name() const;
    /// Lets the demuxer skip the packets of all other streams.
    void keepOnly(int stream);
    /// Whether the demuxer's own index holds every packet (MP4, AVI).
    [[nodiscard]] bool indexIsComplete() const;
    [[nodiscard]] bool isStillFormat() const; ///< png_pipe, jpeg_pipe …
    /// The time stamp of the last packet that the index promises, for containers whose index is complete.
    [[nodiscard]] std::optional<std::int64_t> promisedLast(int stream) const;
    /// Whether the file is cut off although a stream of it ended without a fault at `reached` (in AV_TIME_BASE): the header
    /// promises a longer film than any stream has, or the last byte is not the format's. May walk through the file.
    [[nodiscard]] Result<bool> endsEarly(std::int64_t reached) const;
    [[nodiscard]] const SourcePointer& source() const;

private:
    struct Reader;
    Container() = default;
    std::unique_ptr<Reader> m_reader;
    AVIOContext* m_io = nullptr;
    AVFormatContext* m_context = nullptr;
};

/// A decoder and whether its output is the same on every machine.
struct DecoderChoice {
    const AVCodec* codec = nullptr;
    bool exact = true;
};
/// The decoder for a codec, best first; empty when this project does not read the codec.
std::vector<DecoderChoice> decodersFor(AVCodecID codec);
/// Samples as they are, without a code that goes from one to the next.
bool isPcm(AVCodecID codec);

/// What one walk over the packets of a stream finds, without decoding.
struct PacketCensus {
    struct Key {
        std::int64_t timestamp = 0; ///< dts where the container has one
    };
    std::int64_t packets = 0;          ///< without those an edit list discards
    std::int64_t end = AV_NOPTS_VALUE; ///< largest pts + duration
    std::int64_t fileEnd = 0;          ///< the same over all streams, in AV_TIME_BASE
    std::vector<Key> keys;
};
/// Demuxes the whole file once.
Result<PacketCensus> takeCensus(const SourcePointer& source, int stream);

} // namespace artdag
