// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/sound_run.h"

#include "core/render/digest_list.h"
#include "core/render/thread_time.h"

#include <algorithm>
#include <future>
#include <utility>

namespace artdag {

namespace {

/// Canonical samples and the digest of each second of them.
struct CodedSound {
    Bytes bytes;
    std::vector<Digest> digests;
};

CodedSound codedSeconds(std::vector<Sound> seconds, bool lossless)
{
    CodedSound coded;
    std::size_t second = 0;
    for (const Sound& sound : seconds) {
        const Bytes bytes = lossless ? toS24(sound) : toS16(sound);
        second = std::max(second, bytes.size());
        coded.bytes.insert(coded.bytes.end(), bytes.begin(), bytes.end());
    }
    coded.digests = soundDigests(coded.bytes, std::max<std::size_t>(second, 1));
    return coded;
}

/// Some seconds are coded and digested on another thread while the next are rendered.
Result<CodedSound> codedSound(const Plan& plan, FrameServer& server, bool lossless, const CancelToken& cancel)
{
    constexpr std::size_t together = 8; // digests side by side
    CodedSound whole;
    whole.bytes.reserve(static_cast<std::size_t>(plan.sound.count) * soundChannels * (lossless ? 4 : 2));
    std::future<CodedSound> open;
    const auto take = [&] {
        if (!open.valid())
            return;
        const CodedSound coded = open.get();
        whole.bytes.insert(whole.bytes.end(), coded.bytes.begin(), coded.bytes.end());
        whole.digests.insert(whole.digests.end(), coded.digests.begin(), coded.digests.end());
    };
    std::vector<Sound> seconds;
    for (std::int64_t first = 0; first < plan.sound.count; first += plan.canvas.sampleRate) {
        seconds.push_back(TRY(server.sound(*plan.output.sound, {first, std::min<std::int64_t>(plan.canvas.sampleRate, plan.sound.count - first)}, cancel)));
        if (seconds.size() < together && first + plan.canvas.sampleRate < plan.sound.count)
            continue;
        take();
        open = std::async(std::launch::async, codedSeconds, std::exchange(seconds, {}), lossless);
    }
    take();
    return whole;
}

} // namespace

Digest soundRunKey(const Plan& plan, const EncodeProfile& profile)
{
    return Hasher().add("artdag.sound.run.1\n").addText(profile.soundIdentity()).add(plan.soundKey(*plan.output.sound, plan.sound).digest).finish();
}

/// In one pass: sound's encoders carry state from the first sample to the last.
Result<void> runSound(std::shared_ptr<const Plan> shared, const EncodeProfile& profile, Store& store, Sources& sources, const RunOptions& options, RunResult& result)
{
    const Plan& plan = *shared;
    const Digest key = soundRunKey(plan, profile);
    if (options.useCache) {
        if (auto hit = store.action("sound", key); hit && hit->objects.size() == 1) {
            result.soundDigests = digestsOfJson(hit->facts.value("digests", Json::array()));
            result.sound = hit->objects.front();
            ++result.cacheReads;
            return {};
        }
    }
    const std::uint64_t start = threadMicroseconds();
    FrameServer server(shared, sources);
    CodedSound coded = TRY(codedSound(plan, server, profile.losslessSound(), options.cancel));
    result.soundDigests = std::move(coded.digests);
    const EncodedSound encoded = TRY(encodeSound(profile, coded.bytes, plan.canvas.sampleRate));
    const std::uint64_t cost = threadMicroseconds() - start;
    result.sound = TRY(store.put(bytesOfSound(encoded), ObjectClass::Render));
    return store.putAction("sound", key, {{*result.sound}, Json{{"digests", jsonOfDigests(result.soundDigests)}}, cost});
}

} // namespace artdag
