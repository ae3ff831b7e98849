// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/write_film.h"

#include "core/media/stored_packets.h"
#include "core/media/stored_sound.h"
#include "core/media/tar.h"
#include "core/plan/cost.h"
#include "core/render/copied_pictures.h"
#include "core/store/block_sums.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

namespace artdag {

namespace {

/// Gives each block of a file to all of `take`, in order.
template <class... Take>
Result<void> readThrough(const FileSource& file, Take&&... take)
{
    constexpr std::int64_t block = std::int64_t{1} << 20;
    Bytes bytes;
    for (std::int64_t at = 0; at < file.size(); at += block) {
        bytes.resize(static_cast<std::size_t>(std::min(block, file.size() - at)));
        if (!file.readAt(at, bytes))
            return fail(Fault::Conflict, file.name() + ": it changed while it was read");
        (take.add(bytes), ...);
    }
    return {};
}

Result<WrittenFilm> filmIn(const FileSource& file, const std::optional<WrittenFilm>& before)
{
    WrittenFilm film;
    film.size = static_cast<std::uint64_t>(file.size());
    if (before && before->size == film.size) {
        BlockSums sums;
        TRY(readThrough(file, sums));
        if (sha3(sums.finish()) == before->sums)
            return *before;
    }
    BlockSums sums;
    Hasher hasher;
    TRY(readThrough(file, sums, hasher));
    film.sums = sha3(sums.finish());
    film.content = ContentId{hasher.finish()};
    return film;
}

MuxInput filmOf(const PlannedRender& planned, const RunResult& run)
{
    MuxInput input;
    input.profile = planned.profile;
    input.width = run.facts.width;
    input.height = run.facts.height;
    input.rate = planned.plan->canvas.rate;
    input.sampleRate = planned.plan->canvas.sampleRate;
    return input;
}

Result<WrittenFilm> writeWithSound(MuxInput input, const RunResult& run, Store& store, const std::filesystem::path& path, const std::optional<WrittenFilm>& before)
{
    std::optional<StoredSound> sound;
    if (run.sound) {
        sound = TRY(StoredSound::open(TRY(run.room ? run.room->path(*run.sound) : store.path(*run.sound))));
        input.sound = sound->facts();
        input.soundPackets = [&] { return sound->next(); };
    }
    std::optional<Result<WrittenFilm>> written;
    input.written = [&](const FileSource& file) { written = filmIn(file, before); };
    TRY(muxFile(input, path));
    if (input.profile.folder)
        return WrittenFilm{TRY(contentIdOfDelivery(path)), 0, {}};
    WrittenFilm film = written ? TRY(std::move(*written)) : WrittenFilm();
    const auto noted = store.identify(path, written ? std::optional(film.content) : std::nullopt);
    if (noted || !written || noted.error().fault != Fault::Unavailable) // a store without room notes nothing, and the hash is known
        film.content = TRY(noted);
    std::error_code error;
    film.size = std::filesystem::file_size(path, error);
    return film;
}

/// The end of a run that copies: takes the pictures of other films as they are.
Result<WrittenFilm> copyFilm(const PlannedRender& planned, Store& store, MediaSources& sources, const RunOptions& options, const std::filesystem::path& path, RunResult& run, const std::optional<WrittenFilm>& before)
{
    const auto start = std::chrono::steady_clock::now();
    const std::vector<CopiedPiece> pieces = TRY(copiedPieces(*planned.plan, sources));
    run.pictureDigests = TRY(copiedDigests(pieces, planned.profile.coding, store, sources, options, run));
    run.framesHash = framesHash(run.facts, run.pictureDigests, run.soundDigests);
    run.piecesCopied = std::ssize(pieces);
    MuxInput film = filmOf(planned, run);
    film.copied = pieces.front().film;
    film.delay = 0;
    for (const CopiedPiece& piece : pieces)
        film.delay = std::max(*film.delay, piece.film->delay(piece.first, piece.count));
    film.chunkCount = pieces.size();
    film.chunkAt = [&](std::size_t index) { return pieces[index].film->read(pieces[index].first, pieces[index].count); };
    const WrittenFilm written = TRY(writeWithSound(std::move(film), run, store, path, before));
    run.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return written;
}

/// What this run took, for the estimates of the next plan.
void learnFrom(const Plan& plan, const EncodeProfile& profile, const RunResult& run, const RunOptions& options, Store& store)
{
    if (run.chunksCached > 0 || !options.useCache)
        return;
    double estimated = estimatedEncoding(plan, profile, plan.frames);
    for (std::size_t i = 0; i < plan.nodes.size(); ++i)
        if (plan.nodes[i].needed)
            estimated += estimatedSeconds(plan, static_cast<int>(i), framesToRender(plan, static_cast<int>(i), std::vector<bool>(plan.chunks.size())));
    const unsigned threads = options.threads > 0 ? static_cast<unsigned>(options.threads) : std::max(1U, std::thread::hardware_concurrency());
    learnPace(store, estimated, run.seconds * threads);
}

} // namespace

Result<WrittenFilm> muxRun(const PlannedRender& planned, const RunResult& run, Store& store, const std::filesystem::path& path, const std::optional<WrittenFilm>& before)
{
    MuxInput input = filmOf(planned, run);
    input.chunkCount = run.chunks.size();
    input.delay = run.delay;
    input.chunkAt = [&](std::size_t index) -> Result<EncodedChunk> { return chunkOfBytes(TRY(run.room ? run.room->get(run.chunks[index]) : store.get(run.chunks[index]))); };
    return writeWithSound(std::move(input), run, store, path, before);
}

namespace {

Result<WrittenFilm> runAndWrite(const PlannedRender& planned, Store& store, MediaSources& sources, const RunOptions& options, const std::filesystem::path& path, RunResult& run, const std::optional<WrittenFilm>& before)
{
    run = TRY(runPlan(planned.plan, planned.profile, store, sources, options));
    if (planned.profile.copies())
        return copyFilm(planned, store, sources, options, path, run, before);
    learnFrom(*planned.plan, planned.profile, run, options, store);
    auto written = muxRun(planned, run, store, path, before);
    if (!written && written.error().fault == Fault::NotFound) { // a cached chunk was damaged: it is set aside now
        run = TRY(runPlan(planned.plan, planned.profile, store, sources, options));
        written = muxRun(planned, run, store, path, before);
    }
    return written;
}

} // namespace

Result<WrittenFilm> runToFile(const PlannedRender& planned, Store& store, MediaSources& sources, const RunOptions& options, const std::filesystem::path& path, RunResult& run, const std::optional<WrittenFilm>& before)
{
    auto written = runAndWrite(planned, store, sources, options, path, run, before);
    run.room.reset();
    return written;
}

} // namespace artdag
