// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/worker_media.h"

#include "core/base/files.h"
#include "core/worker/worker_process.h"

#include <fmt/format.h>

#include <cstring>
#include <mutex>
#include <vector>

namespace artdag {

namespace {

constexpr std::size_t mostSound = std::size_t{1} << 34; ///< 12 h of stereo floats, as openMedia allows

std::size_t bytesOf(const Coding& coding, int width, int height)
{
    std::size_t bytes = 0;
    for (const PlaneShape& shape : planesOf(coding.format, width, height))
        bytes += shape.bytes();
    return bytes;
}

/// Memory of pictures that nobody looks at any more, for the next ones: the kernel need not clear it again.
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
        if (!memory || memory->size() != bytes)
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
    WorkerMedia(std::filesystem::path path, WorkerOptions options)
        : m_path(std::move(path)),
          m_options(std::move(options)),
          m_name("file '" + m_path.filename().string() + "'") {}

    Result<void> open()
    {
        const Json answer = TRY(ask({{"ask", "facts"}}, -1));
        m_facts = TRY(factsOfJson(answer.value("facts", Json())));
        return {};
    }

    [[nodiscard]] const FileFacts& facts() const override { return m_facts; }
    Result<CodedPointer> pictureAt(Flicks time) override { return picture({{"ask", "picture"}, {"time", time}}); }
    Result<CodedPointer> nextPicture() override
    {
        CodedPointer given = TRY(picture({{"ask", "next"}, {"index", m_next}}));
        ++m_next;
        return given;
    }
    Result<Sound> decodeSound() override
    {
        const auto memory = TRY(soundMemory("sound"));
        const auto count = static_cast<std::int64_t>(memory ? memory->size() / (soundChannels * sizeof(float)) : 0);
        Sound sound(SampleRange{0, count});
        for (int channel = 0; channel < soundChannels && count > 0; ++channel)
            std::memcpy(sound.channel(channel), memory->bytes() + static_cast<std::size_t>(channel * count) * sizeof(float), static_cast<std::size_t>(count) * sizeof(float));
        return sound;
    }
    Result<Bytes> decodeSoundBytes() override
    {
        const auto memory = TRY(soundMemory("sound bytes"));
        return memory ? Bytes(memory->bytes(), memory->bytes() + memory->size()) : Bytes();
    }

private:
    Result<CodedPointer> picture(Json question)
    {
        if (!m_facts.video)
            return fail(Fault::BadInput, m_name + ": has no pictures");
        const std::size_t bytes = bytesOf(m_facts.video->coding, m_facts.video->width, m_facts.video->height);
        const auto memory = TRY(m_pool.take(bytes));
        question["bytes"] = bytes;
        const Json answer = TRY(ask(question, memory->descriptor()));
        if (answer.contains("none"))
            return CodedPointer();
        if (answer.contains("same") && m_last)
            return m_last;
        auto coded = std::make_shared<CodedPicture>();
        coded->width = m_facts.video->width;
        coded->height = m_facts.video->height;
        coded->coding = TRY(codingOfJson(answer.value("coding", Json())));
        if (answer.value("width", Json()) != coded->width || answer.value("height", Json()) != coded->height || bytesOf(coded->coding, coded->width, coded->height) > bytes)
            return fail(Fault::Corrupt, m_name + ": its pictures change their size or layout");
        const auto shapes = planesOf(coded->coding.format, coded->width, coded->height);
        const std::uint8_t* at = memory->bytes();
        for (std::size_t plane = 0; plane < shapes.size(); at += shapes[plane++].bytes()) {
            coded->planes[plane] = at;
            coded->strides[plane] = static_cast<std::ptrdiff_t>(shapes[plane].rowBytes());
        }
        coded->owner = memory;
        m_last = coded;
        return CodedPointer(std::move(coded));
    }

    /// Null for a sound without a sample.
    Result<std::optional<SharedMemory>> soundMemory(const char* question)
    {
        for (int attempt = 0;; ++attempt) { // a worker that dies between question and taking has forgotten the answer
            const Json answer = TRY(ask({{"ask", question}}, -1));
            const Json said = answer.value("bytes", Json());
            if (!said.is_number_unsigned() || said.get<std::size_t>() > mostSound)
                return fail(Fault::Corrupt, m_name + ": its decoder does not say how long the sound is");
            const auto bytes = said.get<std::size_t>();
            if (bytes == 0)
                return std::optional<SharedMemory>();
            SharedMemory memory = TRY(SharedMemory::make(bytes));
            const std::int64_t before = m_started;
            TRY(ask({{"ask", "take"}, {"bytes", bytes}}, memory.descriptor()));
            if (m_started == before)
                return std::optional<SharedMemory>(std::move(memory));
            if (attempt > 0)
                return fail(Fault::Corrupt, m_name + ": its decoder died again and again");
        }
    }

    /// One question, one answer. A dead worker is replaced once.
    Result<Json> ask(const Json& question, int descriptor)
    {
        std::string death;
        for (int attempt = 0; attempt < 2; ++attempt) {
            if (!m_worker)
                death = TRY(start());
            if (m_worker && question.value("ask", "") == "facts")
                return m_opened;
            auto answer = m_worker ? m_worker->ask(question, descriptor, m_options.patience) : std::nullopt;
            if (answer && answer->contains("fault"))
                return tl::unexpected<Error>(errorOfJson(*answer));
            if (answer)
                return *answer;
            if (m_worker)
                death = m_worker->end();
            m_worker.reset();
            m_last.reset();
        }
        return fail(Fault::Corrupt, fmt::format("{}: its decoder {}, twice; the file is damaged or made to do harm, or needs more memory than a decoder may have", m_name, death));
    }

    /// Starts a worker and has it open the file. What killed it, or empty; errors when there can be none.
    Result<std::string> start()
    {
        ++m_started;
        m_worker = TRY(WorkerProcess::start(m_options.program, m_path, m_options.limits));
        const auto answer = m_worker->ask({{"ask", "open"}, {"name", m_name}}, -1, m_options.patience);
        if (answer && answer->contains("fault")) {
            m_worker.reset();
            return tl::unexpected<Error>(errorOfJson(*answer));
        }
        if (answer) {
            m_opened = *answer;
            return std::string();
        }
        std::string death = m_worker->end();
        m_worker.reset();
        return death;
    }

    std::filesystem::path m_path;
    WorkerOptions m_options;
    std::string m_name;
    FileFacts m_facts;
    std::unique_ptr<WorkerProcess> m_worker;
    Json m_opened;
    std::int64_t m_started = 0;
    PicturePool m_pool;
    CodedPointer m_last;
    std::int64_t m_next = 0;
};

} // namespace

Result<std::unique_ptr<MediaFile>> openMediaInWorker(const std::filesystem::path& path, const WorkerOptions& options)
{
    auto media = std::make_unique<WorkerMedia>(path, options);
    TRY(media->open());
    return std::unique_ptr<MediaFile>(std::move(media));
}

} // namespace artdag
