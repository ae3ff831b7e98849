// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/copied_pictures.h"

#include "core/render/digest_list.h"
#include "core/render/frame_origin.h"
#include "core/render/progress_meter.h"

#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace artdag {

namespace {

constexpr const char* otherwise = "choose an encoding such as share-h264 or master-ffv1";

struct FoundPicture {
    FilePicture file;
    int node = 0;
};

Result<FoundPicture> fileFrame(const Plan& plan, MediaSources& sources, std::int64_t frame)
{
    if (!plan.output.picture)
        return fail(Fault::BadInput, fmt::format("output '{}': has no picture to copy; {}", plan.output.name, otherwise));
    const FrameOrigin made = madeAt(plan, sources, {*plan.output.picture, frame});
    auto file = TRY(filePictureOf(plan, sources, made));
    if (!file)
        return tl::unexpected<Error>(named(Error{Fault::BadInput, fmt::format("frame {} of the output is computed here, and only films that pass through untouched can be copied; {}", frame, otherwise)}, plan, made.port.node));
    return FoundPicture{std::move(*file), made.port.node};
}

/// Consecutive frames that are consecutive pictures of one film.
struct Run {
    std::shared_ptr<StoredPackets> film;
    ContentId media;
    std::int64_t first = 0, count = 0, frame = 0;
    int node = 0;
};

Result<std::vector<Run>> runsOf(const Plan& plan, MediaSources& sources)
{
    std::vector<Run> runs;
    for (std::int64_t frame = 0; frame < plan.frames; ++frame) {
        const FoundPicture found = TRY(fileFrame(plan, sources, frame));
        auto film = runs.empty() || runs.back().media != found.file.media ? sources.packets(found.file.media) : Result<std::shared_ptr<StoredPackets>>(runs.back().film);
        if (!film)
            return tl::unexpected<Error>(named(std::move(film).error(), plan, found.node));
        const std::int64_t picture = (*film)->shownAt(found.file.time);
        if (!runs.empty() && runs.back().film == *film && runs.back().first + runs.back().count == picture)
            ++runs.back().count;
        else
            runs.push_back({*film, found.file.media, picture, 1, frame, found.node});
    }
    return runs;
}

std::string placeOf(const Run& run, std::int64_t picture)
{
    return fmt::format("{:.3f} s (picture {})", secondsOfFlicks(run.film->timeOf(picture)), picture);
}

Error cutAt(const Plan& plan, const Run& run, std::int64_t picture)
{
    const auto [before, after] = run.film->startsAround(picture);
    std::string places = before ? placeOf(run, *before) : "";
    if (after)
        places += (places.empty() ? "" : " or ") + placeOf(run, *after);
    const std::string what = fmt::format("frame {} of the output is picture {} of its film, which cannot be copied without others that are not shown; the film can be cut as it is at {}. Cut there, or {}",
        run.frame + picture - run.first, picture, places.empty() ? "no place" : places, otherwise);
    return named({Fault::BadInput, what}, plan, run.node);
}

Result<void> mustJoin(const Plan& plan, const Run& one, const Run& other, MediaSources& sources)
{
    const bool same = one.film->isCodedLike(*other.film) && TRY(sources.facts(one.media)).coding == TRY(sources.facts(other.media)).coding;
    if (same)
        return {};
    return tl::unexpected<Error>(named({Fault::BadInput, fmt::format("its film is coded with other settings than that of node '{}', so they cannot be joined as they are; {}", plan.graph->nodes[static_cast<std::size_t>(one.node)].name, otherwise)}, plan, other.node));
}

/// The coded pictures of one piece after the other, decoded in order and digested side by side.
Result<std::vector<Digest>> decodedDigests(const CopiedPiece& piece, const Coding& coding, MediaSources& sources, const RunOptions& options)
{
    std::vector<Digest> digests(static_cast<std::size_t>(piece.count));
    std::optional<Error> error;
    std::int64_t next = 0;
    const auto decoded = [&](tbb::flow_control& flow) -> std::pair<std::int64_t, CodedPointer> {
        if (next == piece.count || error || options.cancel.cancelled()) {
            flow.stop();
            return {};
        }
        auto picture = sources.picture(piece.media, piece.film->timeOf(piece.first + next));
        if (picture && (*picture)->coding == coding)
            return {next++, *picture};
        error = picture ? Error{Fault::BadInput, fmt::format("media {}: the coding of its pictures changes at {:.3f} s; {}", piece.media.text(), secondsOfFlicks(piece.film->timeOf(piece.first + next)), otherwise)} : picture.error();
        flow.stop();
        return {};
    };
    const auto digested = [&](const std::pair<std::int64_t, CodedPointer>& picture) {
        PackedPicture packed = makePacked(picture.second->width, picture.second->height, coding);
        packCodes(*picture.second, packed.data.data());
        digests[static_cast<std::size_t>(picture.first)] = pixelsDigest(packed.data);
    };
    const std::size_t threads = options.threads > 0 ? static_cast<std::size_t>(options.threads) : std::max(1U, std::thread::hardware_concurrency());
    tbb::task_arena(static_cast<int>(threads)).execute([&] {
        tbb::parallel_pipeline(2 * threads, tbb::make_filter<void, std::pair<std::int64_t, CodedPointer>>(tbb::filter_mode::serial_in_order, decoded) & tbb::make_filter<std::pair<std::int64_t, CodedPointer>, void>(tbb::filter_mode::parallel, digested));
    });
    if (error)
        return tl::unexpected<Error>(*error);
    if (options.cancel.cancelled())
        return fail(Fault::Cancelled, "the render was cancelled");
    return digests;
}

} // namespace

Result<Coding> copiedCoding(const Plan& plan, MediaSources& sources)
{
    return TRY(sources.facts(TRY(fileFrame(plan, sources, 0)).file.media)).coding;
}

Result<std::vector<CopiedPiece>> copiedPieces(const Plan& plan, MediaSources& sources)
{
    std::vector<CopiedPiece> pieces;
    const std::vector<Run> runs = TRY(runsOf(plan, sources));
    for (const Run& run : runs) {
        TRY(mustJoin(plan, runs.front(), run, sources));
        for (std::int64_t done = 0; done < run.count;) {
            const std::int64_t count = run.film->copyable(run.first + done, run.count - done);
            if (count == 0)
                return tl::unexpected<Error>(cutAt(plan, run, run.first + done));
            pieces.push_back({run.film, run.media, run.first + done, count, run.frame + done});
            done += count;
        }
    }
    return pieces;
}

Result<std::vector<Digest>> copiedDigests(const std::vector<CopiedPiece>& pieces, const Coding& coding, Store& store, MediaSources& sources, const RunOptions& options, RunResult& result)
{
    std::vector<Digest> all;
    ProgressMeter meter;
    const std::int64_t total = pieces.empty() ? 0 : pieces.back().frame + pieces.back().count;
    for (const CopiedPiece& piece : pieces) {
        Hasher hasher;
        hasher.add("artdag.copied.1\n").add(piece.media.digest).addText(TRY(sources.facts(piece.media)).decoder);
        const Digest key = hasher.addU64(static_cast<std::uint64_t>(piece.first)).addU64(static_cast<std::uint64_t>(piece.count)).finish();
        const auto hit = options.useCache ? store.action("copied", key) : std::nullopt;
        std::vector<Digest> digests = hit ? digestsOfJson(hit->facts.value("digests", Json::array())) : std::vector<Digest>();
        if (digests.size() == static_cast<std::size_t>(piece.count)) {
            ++result.cacheReads;
        } else {
            digests = TRY(decodedDigests(piece, coding, sources, options));
            result.framesRendered += piece.count;
            static_cast<void>(store.putAction("copied", key, {{}, Json{{"digests", jsonOfDigests(digests)}}}));
        }
        all.insert(all.end(), digests.begin(), digests.end());
        if (options.progress && meter.isDue())
            options.progress(meter.progress(static_cast<std::int64_t>(all.size()), total, result.framesRendered, total));
    }
    return all;
}

} // namespace artdag
