// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/serve_media.h"

#include <algorithm>
#include <cstring>
#include <optional>

namespace artdag {

namespace {

using std::chrono::milliseconds;

class MediaService {
public:
    explicit MediaService(Descriptor media)
        : m_media(std::move(media)) {}

    Result<Json> answer(Message request)
    {
        const std::string what = request.json.value("ask", "");
        if (what == "open")
            return open(request.json.value("name", ""));
        if (!m_file)
            return fail(Fault::BadInput, "worker: nothing is open");
        if (what == "picture")
            return picture(TRY(m_file->pictureAt(request.json.value("time", Flicks{0}))), std::move(request));
        if (what == "next")
            return next(request.json.value("index", std::int64_t{0}), std::move(request));
        if (what == "sound")
            return sound();
        if (what == "sound bytes")
            return soundBytes();
        if (what == "take")
            return take(std::move(request));
        return fail(Fault::BadInput, "worker: does not know '" + what + "'");
    }

private:
    Result<Json> open(const std::string& name)
    {
        m_file = TRY(openMediaOn(std::exchange(m_media, Descriptor()).release(), name));
        return Json{{"facts", jsonOfFacts(m_file->facts())}};
    }

    Result<Json> next(std::int64_t index, Message request)
    {
        CodedPointer picture;
        for (; m_next <= index; ++m_next) // a worker that takes over from a dead one goes the way again
            picture = TRY(m_file->nextPicture());
        return this->picture(picture, std::move(request));
    }

    /// Copies a picture, rows without padding, into the memory that came with the question.
    Result<Json> picture(const CodedPointer& picture, Message request)
    {
        if (picture == nullptr)
            return Json{{"none", true}};
        if (picture == m_last)
            return Json{{"same", true}};
        const auto shapes = planesOf(picture->coding.format, picture->width, picture->height);
        std::size_t bytes = 0;
        for (const PlaneShape& shape : shapes)
            bytes += shape.bytes();
        const SharedMemory memory = TRY(SharedMemory::map(std::move(request.descriptor), request.json.value("bytes", std::size_t{0})));
        if (bytes > memory.size())
            return fail(Fault::Corrupt, "worker: the picture is larger than the file promised");
        std::uint8_t* to = memory.bytes();
        for (std::size_t plane = 0; plane < shapes.size(); ++plane)
            for (int y = 0; y < shapes[plane].height; ++y, to += shapes[plane].rowBytes())
                std::memcpy(to, picture->planes[plane] + y * picture->strides[plane], shapes[plane].rowBytes());
        m_last = picture;
        return Json{{"width", picture->width}, {"height", picture->height}, {"coding", jsonOfCoding(picture->coding)}};
    }

    Result<Json> sound()
    {
        const Sound sound = TRY(m_file->decodeSound());
        const auto count = static_cast<std::size_t>(sound.range().count);
        m_taken.resize(count * soundChannels * sizeof(float));
        for (int channel = 0; channel < soundChannels && count > 0; ++channel)
            std::memcpy(m_taken.data() + static_cast<std::size_t>(channel) * count * sizeof(float), sound.channel(channel), count * sizeof(float));
        return Json{{"bytes", m_taken.size()}};
    }

    Result<Json> soundBytes()
    {
        m_taken = TRY(m_file->decodeSoundBytes());
        return Json{{"bytes", m_taken.size()}};
    }

    /// What sound() or soundBytes() decoded, into memory that is large enough now that its size is known.
    Result<Json> take(Message request)
    {
        const SharedMemory memory = TRY(SharedMemory::map(std::move(request.descriptor), request.json.value("bytes", std::size_t{0})));
        std::copy_n(m_taken.begin(), std::min(memory.size(), m_taken.size()), memory.bytes());
        m_taken = Bytes();
        return Json::object();
    }

    Descriptor m_media;
    std::unique_ptr<MediaFile> m_file;
    CodedPointer m_last;
    std::int64_t m_next = 0;
    Bytes m_taken;
};

} // namespace

void serveMedia(int socket, Descriptor media)
{
    MediaService service(std::move(media));
    for (;;) {
        auto request = receiveMessage(socket, milliseconds(0));
        if (!request)
            return;
        const auto answer = service.answer(std::move(*request));
        if (!sendMessage(socket, answer ? *answer : jsonOfError(answer.error())))
            return;
    }
}

} // namespace artdag
