// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/live_pieces.h"

#include "core/media/stored_sound.h"
#include "core/render/run_plan.h"
#include "core/render/sound_run.h"

#include <string>
#include <utility>

namespace artdag {

namespace {

constexpr double secondsOfPiece = 2;

} // namespace

LivePieces::LivePieces(const PlannedRender& planned, Store& store, std::filesystem::path folder)
    : m_planned(planned),
      m_store(store),
      m_folder(std::move(folder)),
      m_isFilm(planned.plan->output.picture && !planned.profile.still && !planned.profile.folder && !planned.profile.copies())
{
}

void LivePieces::look()
{
    const auto& chunks = m_planned.plan->chunks;
    std::error_code ignored;
    if (!m_isFilm || m_written == chunks.size() || !std::filesystem::exists(m_folder / watchedName, ignored))
        return;
    while (m_known < chunks.size() && m_store.action("chunk", m_planned.plan->chunkKey(chunks[m_known], m_planned.profile).digest))
        ++m_known;
    std::int64_t frames = 0;
    for (std::size_t i = m_written; i < m_known; ++i)
        frames += chunks[i].count;
    const bool isEnough = static_cast<double>(frames) >= secondsOfPiece * m_planned.plan->canvas.rate.perSecond();
    if (frames == 0 || (!isEnough && m_known < chunks.size()))
        return;
    if (write(m_known)) {
        m_written = m_known;
        m_frames.push_back(frames);
    } else {
        m_known = m_written; // one of them is gone again
    }
}

MuxInput LivePieces::input() const
{
    const FramesFacts facts = factsOfRun(*m_planned.plan, m_planned.profile);
    MuxInput input;
    input.profile = m_planned.profile;
    input.width = facts.width;
    input.height = facts.height;
    input.rate = m_planned.plan->canvas.rate;
    input.sampleRate = m_planned.plan->canvas.sampleRate;
    return input;
}

Result<void> LivePieces::write(std::size_t end)
{
    if (!m_soundDone)
        TRY(writeSound());
    MuxInput piece = input();
    piece.chunkCount = end - m_written;
    piece.chunkAt = [&](std::size_t index) -> Result<EncodedChunk> {
        const auto hit = m_store.action("chunk", m_planned.plan->chunkKey(m_planned.plan->chunks[m_written + index], m_planned.profile).digest);
        if (!hit || hit->objects.empty())
            return fail(Fault::NotFound, "chunk: it is gone");
        return chunkOfBytes(TRY(m_store.get(hit->objects.front())));
    };
    return muxFile(piece, m_folder / ("piece-" + std::to_string(m_frames.size()) + "." + m_planned.profile.extension));
}

Result<void> LivePieces::writeSound()
{
    const Plan& plan = *m_planned.plan;
    if (plan.sound.count > 0 && !m_planned.profile.audioCodec.empty()) {
        const auto hit = m_store.action("sound", soundRunKey(plan, m_planned.profile));
        if (!hit || hit->objects.empty())
            return fail(Fault::NotFound, "sound: it is not there yet");
        StoredSound sound = TRY(StoredSound::open(TRY(m_store.path(hit->objects.front()))));
        MuxInput film = input();
        film.profile.videoCodec.clear();
        film.sound = sound.facts();
        film.soundPackets = [&] { return sound.next(); };
        TRY(muxFile(film, m_folder / ("sound." + m_planned.profile.extension)));
        m_hasSound = true;
    }
    m_soundDone = true;
    return {};
}

} // namespace artdag
