// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/worker_media.h"

#include "core/media/drawing.h"
#include "core/worker/media_words.h"
#include "core/worker/probe_media.h"
#include "core/worker/shared_memory.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <span>
#include <vector>

namespace artdag {

namespace {

constexpr std::size_t slice = std::size_t{16} << 20;         ///< of a sound, fetched at once
constexpr std::size_t pieceBytes = std::size_t{1} << 18;     ///< of a piece of sound, at most
constexpr std::int64_t longestSound = std::int64_t{1} << 32; ///< samples: more than any decoder gives

std::size_t bytesOf(const Coding& coding, int width, int height)
{
    std::size_t bytes = 0;
    for (const PlaneShape& shape : planesOf(coding.format, width, height))
        bytes += shape.bytes();
    return bytes;
}

/// Memory of pictures that nobody looks at any more, for the next ones: the kernel need not clear it again. Thread-safe, for
/// pictures are dropped wherever they were used last.
class PicturePool {
public:
    Result<std::shared_ptr<SharedMemory>> take(std::size_t bytes)
    {
        std::unique_ptr<SharedMemory> memory;
        {
            const std::lock_guard lock(m_state->mutex);
            if (!m_state->free.empty()) {
                memory = std::move(m_state->free.back());
                m_state->free.pop_back();
            }
        }
        if (!memory || memory->bytes().size() != bytes)
            memory = std::make_unique<SharedMemory>(TRY(SharedMemory::make(bytes)));
        return std::shared_ptr<SharedMemory>(memory.release(), [state = m_state](SharedMemory* back) {
            std::unique_ptr<SharedMemory> owned(back);
            const std::lock_guard lock(state->mutex);
            if (state->free.size() < mostFree)
                state->free.push_back(std::move(owned));
        });
    }

private:
    static constexpr std::size_t mostFree = 8;
    struct State {
        std::mutex mutex;
        std::vector<std::unique_ptr<SharedMemory>> free;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

class WorkerMedia final : public MediaFile {
public:
    WorkerMedia(MediaOrigin origin, WorkerOptions options)
        : m_origin(std::move(origin)),
          m_options(std::move(options)),
          m_most(m_options.limits.memoryBytes) {}

    Result<void> open()
    {
        OpenedInWorker opened = TRY(openInWorker(m_origin, m_options));
        m_worker = std::move(opened.worker);
        m_facts = m_plainFacts = std::move(opened.facts);
        return {};
    }

    [[nodiscard]] const FileFacts& facts() const override { return m_facts; }
    Result<void> chooseLayer(const std::string& layer) override
    {
        TRY(revive());
        m_layer = layer;
        return askForLayer();
    }

    Result<CodedPointer> pictureAt(Flicks time) override
    {
        TRY(revive());
        return picture({{"ask", "picture"}, {"time", time}});
    }
    Result<CodedPointer> nextPicture() override
    {
        if (m_sequence == Sequence::Broken)
            return fail(Fault::Unavailable, name() + ": its decoder ended between two pictures; open it again");
        TRY(revive());
        m_sequence = Sequence::Broken; // unless this goes well
        CodedPointer next = TRY(picture({{"ask", "next"}}));
        m_sequence = Sequence::Goes;
        return next;
    }
    Result<std::unique_ptr<SoundStream>> openSound() override
    {
        TRY(revive());
        const Json answer = TRY(ask({{"ask", "sound stream"}}));
        SharedMemory memory = TRY(SharedMemory::make(pieceBytes));
        return std::unique_ptr<SoundStream>(std::make_unique<Pieces>(*this, ++m_streams, std::move(memory), flag(answer, "seeks")));
    }
    Result<Sound> decodeSound() override
    {
        TRY(revive());
        const std::size_t bytes = TRY(soundSize("sound", soundChannels * sizeof(float)));
        Sound sound(SampleRange{0, static_cast<std::int64_t>(bytes / (soundChannels * sizeof(float)))});
        for (int channel = 0; channel < soundChannels; ++channel)
            TRY(fetch(bytes / soundChannels * static_cast<std::size_t>(channel), {reinterpret_cast<std::uint8_t*>(sound.channel(channel)), bytes / soundChannels}));
        return sound;
    }
    Result<Bytes> decodeSoundBytes() override
    {
        TRY(revive());
        Bytes bytes(TRY(soundSize("sound bytes", 1)));
        TRY(fetch(0, bytes));
        return bytes;
    }

private:
    /// The sound as the worker decodes it. The worker has one stream at a time: the last that was begun.
    class Pieces final : public SoundStream {
    public:
        Pieces(WorkerMedia& media, std::uint64_t number, SharedMemory memory, bool seeks)
            : m_media(media),
              m_number(number),
              m_memory(std::move(memory)),
              m_seeks(seeks) {}

        Result<Sound> next() override
        {
            TRY(checkCurrent());
            const Json answer = TRY(m_media.ask({{"ask", "sound piece"}}, m_memory.descriptor()));
            const auto room = static_cast<std::int64_t>(m_memory.bytes().size() / (soundChannels * sizeof(float)));
            const auto first = wholeNumber(answer, "first", m_earliest, m_next), count = wholeNumber(answer, "samples", 0, std::min(room, longestSound - m_next));
            if (!first || !count)
                return m_media.distrusted();
            Sound piece(SampleRange{*first, *count});
            const std::uint8_t* from = m_memory.bytes().data();
            for (int channel = 0; channel < soundChannels; ++channel, from += static_cast<std::size_t>(*count) * sizeof(float))
                std::memcpy(piece.channel(channel), from, static_cast<std::size_t>(*count) * sizeof(float));
            m_earliest = m_next = piece.range().end(); // pieces go on where the last one ended
            return piece;
        }
        [[nodiscard]] bool canSeek() const override { return m_seeks; }
        Result<bool> seek(std::int64_t sample) override
        {
            TRY(checkCurrent());
            const Json answer = TRY(m_media.ask({{"ask", "sound seek"}, {"sample", sample}}));
            m_earliest = 0;
            m_next = std::min(sample, longestSound);
            return flag(answer, "found");
        }

    private:
        [[nodiscard]] Result<void> checkCurrent() const
        {
            if (m_number != m_media.m_streams)
                return fail(Fault::Unavailable, m_media.name() + ": its decoder ended, or began its sound anew, between two pieces; open it again");
            return {};
        }

        WorkerMedia& m_media;
        std::uint64_t m_number;
        SharedMemory m_memory;
        bool m_seeks;
        std::int64_t m_earliest = 0, m_next = 0; ///< where the next piece may begin
    };

    enum class Sequence {
        Goes,
        Broken,
    };

    [[nodiscard]] const std::string& name() const { return m_origin.source->name(); }

    Result<Json> ask(Json question, int descriptor = -1)
    {
        auto answer = m_worker->ask(std::move(question), descriptor);
        if (!answer)
            return ended(answer.error());
        if (answer->contains("fault"))
            return tl::unexpected<Error>(errorOfJson(*answer, name()));
        return std::move(*answer);
    }
    tl::unexpected<Error> ended(const WorkerEnd& end)
    {
        m_worker.reset();
        m_last.reset();
        ++m_streams;
        if (m_started)
            m_sequence = Sequence::Broken;
        return tl::unexpected<Error>(errorOfEnd(end, *m_origin.source));
    }
    tl::unexpected<Error> distrusted() { return ended(m_worker->distrust()); }

    /// Another worker in the place of one that ended with the question before.
    Result<void> revive()
    {
        if (m_worker)
            return {};
        OpenedInWorker opened = TRY(openInWorker(m_origin, m_options));
        m_worker = std::move(opened.worker);
        if (jsonOfFacts(opened.facts) != jsonOfFacts(m_plainFacts))
            return distrusted();
        return m_layer ? askForLayer() : Result<void>();
    }

    Result<void> askForLayer()
    {
        const Json answer = TRY(ask({{"ask", "layer"}, {"layer", *m_layer}}));
        auto facts = factsOfJson(answer.value("facts", Json()));
        if (!facts)
            return distrusted();
        m_facts = std::move(*facts);
        m_last.reset();
        return {};
    }

    Result<CodedPointer> picture(Json question)
    {
        if (!m_facts.video)
            return fail(Fault::BadInput, name() + ": has no pictures");
        const Coding& expected = m_last ? m_last->coding : m_facts.video->coding;
        auto memory = TRY(memoryFor(bytesOf(expected, m_facts.video->width, m_facts.video->height)));
        const bool next = question["ask"] == "next";
        const Json answer = TRY(ask(std::move(question), memory->descriptor()));
        m_started = m_started || next;
        if (flag(answer, "none"))
            return CodedPointer();
        if (flag(answer, "same"))
            return m_last ? Result<CodedPointer>(m_last) : distrusted();
        auto coded = std::make_shared<CodedPicture>();
        coded->width = m_facts.video->width;
        coded->height = m_facts.video->height;
        const auto coding = codingOfJson(answer.value("coding", Json()));
        const std::size_t bytes = coding ? bytesOf(*coding, coded->width, coded->height) : 0;
        const auto said = static_cast<std::int64_t>(bytes);
        if (!coding || !wholeNumber(answer, "width", coded->width, coded->width) || !wholeNumber(answer, "height", coded->height, coded->height) || !wholeNumber(answer, "bytes", said, said) || flag(answer, "filled") != (bytes <= memory->bytes().size()))
            return distrusted();
        coded->coding = *coding;
        if (!flag(answer, "filled")) { // pictures of another layout than the one before
            memory = TRY(memoryFor(bytes));
            TRY(ask({{"ask", "take"}, {"from", 0}}, memory->descriptor()));
        }
        lay(*coded, std::move(memory));
        m_last = coded;
        return CodedPointer(std::move(coded));
    }

    Result<std::shared_ptr<SharedMemory>> memoryFor(std::size_t bytes)
    {
        if (bytes > m_most)
            return fail(Fault::BadInput, fmt::format("{}: a picture takes {} MiB, more than the {} MiB that its decoder may have; export it smaller", name(), bytes >> 20, m_most >> 20));
        return m_pool.take(bytes);
    }

    static void lay(CodedPicture& coded, std::shared_ptr<SharedMemory> memory)
    {
        const auto shapes = planesOf(coded.coding.format, coded.width, coded.height);
        const std::uint8_t* at = memory->bytes().data();
        for (std::size_t plane = 0; plane < shapes.size(); at += shapes[plane++].bytes()) {
            coded.planes[plane] = at;
            coded.strides[plane] = static_cast<std::ptrdiff_t>(shapes[plane].rowBytes());
        }
        coded.owner = std::move(memory);
    }

    /// Has the sound decoded; how many bytes it takes, a multiple of `unit`. The worker holds all of them, so they are no more
    /// than it may have.
    Result<std::size_t> soundSize(const char* question, std::size_t unit)
    {
        const Json answer = TRY(ask({{"ask", question}}));
        const auto bytes = wholeNumber(answer, "bytes", 0, static_cast<std::int64_t>(std::min<std::size_t>(m_most, INT64_MAX)));
        if (!bytes || static_cast<std::size_t>(*bytes) % unit != 0)
            return distrusted();
        return static_cast<std::size_t>(*bytes);
    }

    /// What was decoded, from byte `from` on, until `out` is full.
    Result<void> fetch(std::size_t from, std::span<std::uint8_t> out)
    {
        if (out.empty())
            return {};
        const SharedMemory memory = TRY(SharedMemory::make(std::min(out.size(), slice)));
        while (!out.empty()) {
            TRY(ask({{"ask", "take"}, {"from", from}}, memory.descriptor()));
            const std::size_t count = std::min(out.size(), memory.bytes().size());
            std::memcpy(out.data(), memory.bytes().data(), count);
            out = out.subspan(count);
            from += count;
        }
        return {};
    }

    MediaOrigin m_origin;
    WorkerOptions m_options;
    std::uint64_t m_most;            ///< bytes of anything that is fetched
    FileFacts m_facts, m_plainFacts; ///< of the chosen layer; of the file as it is opened
    std::optional<std::string> m_layer;
    std::unique_ptr<WorkerProcess> m_worker;
    PicturePool m_pool;
    CodedPointer m_last;
    std::uint64_t m_streams = 0; ///< the number of the sound stream that goes on
    Sequence m_sequence = Sequence::Goes;
    bool m_started = false; ///< a worker that takes over would begin nextPicture anew
};

} // namespace

Result<std::unique_ptr<MediaFile>> openMediaInWorker(const std::filesystem::path& path, const WorkerOptions& options)
{
    MediaOrigin origin = TRY(openOrigin(path));
    if (isDrawing(*origin.source)) // needs fonts, which a worker cannot open: it has a child of its own
        return openMediaFrom(origin);
    auto media = std::make_unique<WorkerMedia>(std::move(origin), options);
    TRY(media->open());
    return std::unique_ptr<MediaFile>(std::move(media));
}

MediaOpener workerOpener(WorkerOptions options)
{
    return [options = std::move(options)](const std::filesystem::path& path, std::string_view) { return openMediaInWorker(path, options); };
}

} // namespace artdag
