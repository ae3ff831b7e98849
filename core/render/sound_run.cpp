// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/sound_run.h"

#include "core/render/digest_list.h"
#include "core/render/thread_time.h"

#include <algorithm>

namespace artdag {

namespace {

Result<Sound> wholeSound(const Plan& plan, FrameServer& server, const CancelToken& cancel)
{
    Sound whole(plan.sound);
    for (std::int64_t first = 0; first < plan.sound.count; first += plan.canvas.sampleRate) {
        const SampleRange second{first, std::min<std::int64_t>(plan.canvas.sampleRate, plan.sound.count - first)};
        const Sound part = TRY(server.sound(*plan.output.sound, second, cancel));
        for (int channel = 0; channel < soundChannels; ++channel)
            std::copy_n(part.channel(channel), second.count, whole.channel(channel) + first);
    }
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
    const Sound whole = TRY(wholeSound(plan, server, options.cancel));
    const std::vector<std::uint8_t> bytes = profile.losslessSound() ? toS24(whole) : toS16(whole);
    const std::size_t second = static_cast<std::size_t>(plan.canvas.sampleRate) * soundChannels * (profile.losslessSound() ? 4 : 2);
    for (std::size_t at = 0; at < bytes.size(); at += second)
        result.soundDigests.push_back(soundDigest(ByteView(bytes).subspan(at, std::min(second, bytes.size() - at))));
    const EncodedSound encoded = TRY(encodeSound(profile, whole, plan.canvas.sampleRate));
    const std::uint64_t cost = threadMicroseconds() - start;
    result.sound = TRY(store.put(bytesOfSound(encoded), ObjectClass::Render));
    return store.putAction("sound", key, {{*result.sound}, Json{{"digests", jsonOfDigests(result.soundDigests)}}, cost});
}

} // namespace artdag
