// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/serve_media.h"

#include "core/worker/media_words.h"
#include "core/worker/shared_memory.h"
#include "core/worker/worker_start.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <vector>

namespace artdag {

namespace {

/// Something large that was decoded, until the other side has fetched all of it: its bytes in order, wherever they lie.
struct Decoded {
    std::vector<std::span<const std::uint8_t>> parts;
    std::shared_ptr<const void> owner;

    [[nodiscard]] std::size_t bytes() const
    {
        std::size_t sum = 0;
        for (const auto& part : parts)
            sum += part.size();
        return sum;
    }
    /// As much as there is room for, from byte `from` on.
    void copy(std::size_t from, std::span<std::uint8_t> to) const
    {
        for (auto part : parts) {
            const std::size_t skipped = std::min(from, part.size());
            from -= skipped;
            part = part.subspan(skipped);
            const std::size_t count = std::min(part.size(), to.size());
            std::copy_n(part.begin(), count, to.begin());
            to = to.subspan(count);
        }
    }
};

std::span<const std::uint8_t> bytesOfSamples(const float* samples, std::int64_t count)
{
    return {reinterpret_cast<const std::uint8_t*>(samples), static_cast<std::size_t>(count) * sizeof(float)};
}

class MediaService {
public:
    explicit MediaService(Descriptor media)
        : m_media(std::move(media)) {}

    Result<Json> answer(Message request)
    {
        const std::string what = request.json.value("ask", std::string());
        if (what == "open")
            return open(request.json);
        if (!m_file)
            return fail(Fault::BadInput, "worker: nothing is open");
        if (what == "layer") {
            TRY(m_file->chooseLayer(request.json.value("layer", std::string())));
            m_last.reset();
            return Json{{"facts", jsonOfFacts(m_file->facts())}};
        }
        if (what == "picture")
            return picture(TRY(m_file->pictureAt(request.json.value("time", Flicks{0}))), std::move(request.descriptor));
        if (what == "next")
            return picture(TRY(m_file->nextPicture()), std::move(request.descriptor));
        if (what == "sound")
            return sound();
        if (what == "sound bytes")
            return soundBytes();
        if (what == "sound stream") {
            m_stream = TRY(m_file->openSound());
            m_piece = Sound();
            return Json{{"seeks", m_stream->canSeek()}};
        }
        if (what == "sound piece")
            return piece(std::move(request.descriptor));
        if (what == "sound seek") {
            if (!m_stream || !m_stream->canSeek())
                return fail(Fault::BadInput, "worker: there is no sound to seek in");
            m_piece = Sound();
            return Json{{"found", TRY(m_stream->seek(request.json.value("sample", std::int64_t{0})))}};
        }
        if (what == "take")
            return take(request.json.value("from", std::size_t{0}), std::move(request.descriptor));
        return fail(Fault::BadInput, "worker: does not know '" + what + "'");
    }

private:
    Result<Json> open(const Json& question)
    {
        if (!m_media.isOpen())
            return fail(Fault::BadInput, "worker: a file is open already");
        const std::int64_t size = ::lseek(m_media.number(), 0, SEEK_END);
        MediaOrigin origin{std::make_shared<const FileSource>(m_media.release(), size, question.value("name", std::string("file"))), {}};
        if (question.value("pictures first", false))
            origin.begins = MediaOrigin::Begins::WithPictures;
        m_file = TRY(openMediaFrom(origin, Draws::Here));
        return Json{{"facts", jsonOfFacts(m_file->facts())}};
    }

    /// Rows without padding, at once if they fit into the memory that came with the question.
    Result<Json> picture(const CodedPointer& picture, Descriptor memory)
    {
        if (picture == nullptr)
            return Json{{"none", true}};
        if (picture == m_last)
            return Json{{"same", true}};
        m_last = picture;
        m_decoded = Decoded{{}, picture};
        const auto shapes = planesOf(picture->coding.format, picture->width, picture->height);
        for (std::size_t plane = 0; plane < shapes.size(); ++plane)
            for (int y = 0; y < shapes[plane].height; ++y)
                m_decoded.parts.emplace_back(picture->planes[plane] + y * picture->strides[plane], shapes[plane].rowBytes());
        const std::size_t bytes = m_decoded.bytes();
        const SharedMemory shared = TRY(SharedMemory::map(std::move(memory)));
        const bool fits = bytes <= shared.bytes().size();
        if (fits) {
            m_decoded.copy(0, shared.bytes());
            m_decoded = Decoded();
        }
        return Json{{"width", picture->width}, {"height", picture->height}, {"coding", jsonOfCoding(picture->coding)}, {"bytes", bytes}, {"filled", fits}};
    }

    Result<Json> sound()
    {
        auto sound = std::make_shared<const Sound>(TRY(m_file->decodeSound()));
        m_decoded = Decoded{{}, sound};
        for (int channel = 0; channel < soundChannels; ++channel)
            m_decoded.parts.push_back(bytesOfSamples(sound->channel(channel), sound->range().count));
        return Json{{"bytes", m_decoded.bytes()}};
    }

    Result<Json> soundBytes()
    {
        auto bytes = std::make_shared<const Bytes>(TRY(m_file->decodeSoundBytes()));
        m_decoded = Decoded{{*bytes}, bytes};
        return Json{{"bytes", bytes->size()}};
    }

    /// As much of the piece at hand, or of the next one, as there is room for: all of the left channel, then all of the right.
    Result<Json> piece(Descriptor memory)
    {
        if (!m_stream)
            return fail(Fault::BadInput, "worker: no sound was begun");
        if (m_pieceAt >= m_piece.range().count) {
            m_piece = TRY(m_stream->next());
            m_pieceAt = 0;
        }
        const SharedMemory shared = TRY(SharedMemory::map(std::move(memory)));
        const std::int64_t first = m_piece.range().first + m_pieceAt;
        const std::int64_t count = std::min(static_cast<std::int64_t>(shared.bytes().size() / (soundChannels * sizeof(float))), m_piece.range().count - m_pieceAt);
        std::uint8_t* to = shared.bytes().data();
        for (int channel = 0; channel < soundChannels; ++channel)
            to = std::ranges::copy(bytesOfSamples(m_piece.channel(channel) + m_pieceAt, count), to).out;
        m_pieceAt += count;
        return Json{{"first", first}, {"samples", count}};
    }

    Result<Json> take(std::size_t from, Descriptor memory) const
    {
        m_decoded.copy(from, TRY(SharedMemory::map(std::move(memory))).bytes());
        return Json::object();
    }

    Descriptor m_media;
    std::unique_ptr<MediaFile> m_file;
    CodedPointer m_last;
    Decoded m_decoded;
    std::unique_ptr<SoundStream> m_stream;
    Sound m_piece;
    std::int64_t m_pieceAt = 0; ///< how much of it was given
};

} // namespace

void serveMedia(int socket, Descriptor media)
{
    MediaService service(std::move(media));
    answerAll(socket, [&](Message request) { return service.answer(std::move(request)); });
}

} // namespace artdag
