// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/sound_run.h"

#include "core/media/stored_sound.h"
#include "core/render/digest_list.h"
#include "core/render/thread_time.h"

#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

namespace artdag {

namespace {

/// Canonical samples and the digest of each second of them.
struct CodedSound {
    Bytes bytes;
    std::vector<Digest> digests;
};

CodedSound codedSeconds(const std::vector<Sound>& seconds, bool lossless)
{
    CodedSound coded;
    std::size_t second = 0;
    for (const Sound& sound : seconds) {
        const Bytes bytes = lossless ? toS24(sound) : toS16(sound);
        second = std::max(second, bytes.size());
        coded.bytes.reserve(second * seconds.size());
        coded.bytes.insert(coded.bytes.end(), bytes.begin(), bytes.end());
    }
    coded.digests = soundDigests(coded.bytes, std::max<std::size_t>(second, 1));
    return coded;
}

/// At most how many bytes the stored sound takes: lossless codecs do no worse than 24 bits a sample.
std::uint64_t expectedBytes(const Plan& plan, const EncodeProfile& profile)
{
    const auto samples = static_cast<std::uint64_t>(plan.sound.count);
    const auto rate = static_cast<std::uint64_t>(plan.canvas.sampleRate);
    const std::uint64_t packets = profile.losslessSound() ? samples * soundChannels * 3 : samples * static_cast<std::uint64_t>(profile.audioBitsPerSecond) / 8 / rate;
    return packets + packets / 64 + (std::uint64_t{1} << 16);
}

/// The sound of a plan on its way from the renderer through the encoder into the store: some seconds at a time, a few such
/// stretches at once, each step in order.
class SoundRun {
public:
    SoundRun(std::shared_ptr<const Plan> plan, const EncodeProfile& profile, Sources& sources, const RunOptions& options)
        : m_plan(std::move(plan)),
          m_server(m_plan, sources),
          m_lossless(profile.losslessSound()),
          m_options(options) {}

    Result<ContentId> run(const EncodeProfile& profile, Store& store)
    {
        m_encoder = TRY(makeSoundEncoder(profile, m_plan->canvas.sampleRate));
        m_writer = TRY(stored(store.write(expectedBytes(*m_plan, profile), ObjectClass::Render)));
        constexpr std::size_t stretches = 4;
        tbb::task_arena arena(m_options.threads > 0 ? m_options.threads : tbb::task_arena::automatic);
        arena.execute([&] {
            tbb::parallel_pipeline(stretches,
                tbb::make_filter<void, Seconds>(tbb::filter_mode::serial_in_order, [this](tbb::flow_control& flow) { return rendered(flow); })
                    & tbb::make_filter<Seconds, Coded>(tbb::filter_mode::parallel, [this](const Seconds& seconds) { return timed([&] { return std::make_shared<CodedSound>(codedSeconds(*seconds, m_lossless)); }); })
                    & tbb::make_filter<Coded, Stored>(tbb::filter_mode::serial_in_order, [this](const Coded& coded) { return encoded(*coded); })
                    & tbb::make_filter<Stored, void>(tbb::filter_mode::serial_in_order, [this](const Stored& bytes) { timed([&] { keep(stored(m_writer->add(*bytes))); }); }));
        });
        if (m_error)
            return tl::unexpected<Error>(*m_error);
        const EncodedSound last = TRY(m_encoder->finish());
        TRY(stored(m_writer->add(m_bytes.finish(last))));
        return stored(m_writer->finish());
    }
    /// The store has refused what came.
    [[nodiscard]] bool foundNoRoom() const { return m_foundNoRoom; }
    [[nodiscard]] std::vector<Digest> takeDigests() { return std::move(m_digests); }
    [[nodiscard]] std::uint64_t microseconds() const { return m_microseconds; }

private:
    using Seconds = std::shared_ptr<std::vector<Sound>>;
    using Coded = std::shared_ptr<CodedSound>;
    using Stored = std::shared_ptr<Bytes>;

    template <class Work>
    auto timed(Work work) -> decltype(work())
    {
        struct Clock {
            std::atomic<std::uint64_t>& sum;
            std::uint64_t start = threadMicroseconds();
            ~Clock() { sum += threadMicroseconds() - start; }
        } clock{m_microseconds};
        return work();
    }

    template <class T>
    Result<T> stored(Result<T> done)
    {
        m_foundNoRoom = m_foundNoRoom || (!done && done.error().fault == Fault::Unavailable);
        return done;
    }

    /// Notes the first error; whether there was none.
    bool keep(const Result<void>& done)
    {
        const std::lock_guard lock(m_mutex);
        if (!done && !m_error)
            m_error = done.error();
        return !m_error;
    }

    Seconds rendered(tbb::flow_control& flow)
    {
        constexpr std::size_t together = 8; // digests side by side
        auto seconds = std::make_shared<std::vector<Sound>>();
        timed([&] {
            for (; seconds->size() < together && m_next < m_plan->sound.count && keep({}); m_next += m_plan->canvas.sampleRate) {
                auto second = m_server.sound(*m_plan->output.sound, {m_next, std::min<std::int64_t>(m_plan->canvas.sampleRate, m_plan->sound.count - m_next)}, m_options.cancel);
                if (second)
                    seconds->push_back(std::move(*second));
                else
                    keep(tl::unexpected<Error>(second.error()));
            }
        });
        if (seconds->empty() || !keep({}))
            flow.stop();
        return seconds;
    }

    Stored encoded(const CodedSound& coded)
    {
        return timed([&] {
            m_digests.insert(m_digests.end(), coded.digests.begin(), coded.digests.end());
            auto packets = m_encoder->add(coded.bytes);
            if (!packets) {
                keep(tl::unexpected<Error>(packets.error()));
                return std::make_shared<Bytes>();
            }
            return std::make_shared<Bytes>(m_bytes.add(*packets));
        });
    }

    std::shared_ptr<const Plan> m_plan;
    FrameServer m_server;
    bool m_lossless;
    const RunOptions& m_options;
    std::unique_ptr<SoundEncoder> m_encoder;
    std::unique_ptr<ObjectWriter> m_writer;
    SoundBytes m_bytes;
    std::int64_t m_next = 0;
    std::vector<Digest> m_digests;
    std::atomic<std::uint64_t> m_microseconds{0}; ///< of all threads
    std::mutex m_mutex;
    std::optional<Error> m_error;
    bool m_foundNoRoom = false;
};

} // namespace

Digest soundRunKey(const Plan& plan, const EncodeProfile& profile)
{
    return Hasher().add("artdag.sound.run.2\n").addText(profile.soundIdentity()).add(plan.soundKey(*plan.output.sound, plan.sound).digest).finish();
}

/// In one pass: sound's encoders carry state from the first sample to the last.
Result<void> runSound(std::shared_ptr<const Plan> shared, const EncodeProfile& profile, RunRoom& room, Sources& sources, const RunOptions& options, RunResult& result)
{
    const Plan& plan = *shared;
    const Digest key = soundRunKey(plan, profile);
    if (options.useCache) {
        if (auto hit = room.store().action("sound", key); hit && hit->objects.size() == 1 && room.hold(hit->objects.front())) {
            result.soundDigests = digestsOfJson(hit->facts.value("digests", Json::array()));
            result.sound = hit->objects.front();
            ++result.cacheReads;
            return {};
        }
    }
    std::optional<SoundRun> run(std::in_place, shared, profile, sources, options);
    auto sound = run->run(profile, room.store());
    if (sound ? !room.hold(*sound) : run->foundNoRoom()) { // mostly before the first sample
        run.emplace(shared, profile, sources, options);
        sound = run->run(profile, *TRY(room.beside()));
    }
    result.sound = TRY(std::move(sound));
    result.soundDigests = run->takeDigests();
    // That it is not found again costs time, and no film.
    static_cast<void>(room.store().putAction("sound", key, {{*result.sound}, Json{{"digests", jsonOfDigests(result.soundDigests)}}, run->microseconds()}));
    return {};
}

} // namespace artdag
