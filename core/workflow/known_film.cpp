// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/known_film.h"

#include "core/render/sound_run.h"

#include <algorithm>

namespace artdag {

namespace {

bool hasSound(const PlannedRender& planned)
{
    return planned.plan->sound.count > 0 && !planned.profile.audioCodec.empty();
}

/// Chunk and sound keys name frames, samples and encoders; the rest is what the container says besides.
Digest keyOf(const PlannedRender& planned)
{
    const Plan& plan = *planned.plan;
    Hasher hasher;
    hasher.add("artdag.film.2\n").addText(planned.profile.name).addText(planned.profile.identity()).addText(muxerBuild());
    const FramesFacts facts = factsOfRun(plan, planned.profile);
    for (const std::int64_t number : {static_cast<std::int64_t>(facts.width), static_cast<std::int64_t>(facts.height), plan.canvas.rate.numerator, plan.canvas.rate.denominator,
             static_cast<std::int64_t>(plan.canvas.sampleRate), plan.frames, plan.sound.count})
        hasher.addU64(static_cast<std::uint64_t>(number));
    if (plan.output.picture)
        for (const PlanChunk& chunk : plan.chunks)
            hasher.add(plan.chunkKey(chunk, planned.profile).digest);
    if (hasSound(planned))
        hasher.add(soundRunKey(plan, planned.profile));
    return hasher.finish();
}

/// The digests as the manifest's object has them: of pictures, then of sound.
bool readDigests(const PlannedRender& planned, const Bytes& bytes, RunResult& run)
{
    const std::size_t pictures = planned.plan->output.picture ? static_cast<std::size_t>(planned.plan->frames) : 0;
    const std::size_t all = bytes.size() / sizeof(Digest);
    if (bytes.size() % sizeof(Digest) != 0 || all < pictures || (all > pictures) != hasSound(planned))
        return false;
    for (std::size_t i = 0; i < all; ++i) {
        Digest digest;
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * sizeof(Digest)), sizeof(Digest), digest.begin());
        (i < pictures ? run.pictureDigests : run.soundDigests).push_back(digest);
    }
    return true;
}

} // namespace

std::optional<KnownFilm> knownFilm(const PlannedRender& planned, Store& store)
{
    const auto hit = store.action("film", keyOf(planned));
    const std::size_t chunks = planned.plan->output.picture && !planned.profile.copies() ? planned.plan->chunks.size() : 0;
    if (!hit || hit->objects.size() != 1 + chunks + (hasSound(planned) ? 1 : 0))
        return std::nullopt;
    KnownFilm film;
    try {
        film.file.content = nameOfText<ContentId>(hit->facts.at("content").get<std::string>()).value();
        film.file.size = hit->facts.at("size").get<std::uint64_t>();
        film.file.sums = digestOfText(hit->facts.at("sums").get<std::string>()).value();
        film.run.psnr = hit->facts.at("psnr").get<std::vector<std::string>>();
    } catch (const std::exception&) { // of the JSON library: not as it was written
        return std::nullopt;
    }
    const auto digests = store.get(hit->objects.front());
    if (!digests || !readDigests(planned, *digests, film.run))
        return std::nullopt;
    film.run.chunks.assign(hit->objects.begin() + 1, hit->objects.begin() + 1 + static_cast<std::ptrdiff_t>(chunks));
    if (hasSound(planned))
        film.run.sound = hit->objects.back();
    film.run.facts = factsOfRun(*planned.plan, planned.profile);
    film.run.framesHash = framesHash(film.run.facts, film.run.pictureDigests, film.run.soundDigests);
    film.run.chunksCached = static_cast<std::int64_t>(chunks);
    film.run.cacheReads = film.run.chunksCached + (hasSound(planned) ? 1 : 0);
    return film;
}

void noteFilm(const PlannedRender& planned, Store& store, const KnownFilm& film, const ContentId& digests)
{
    ActionResult result{{digests}, Json{{"content", film.file.content.text()}, {"size", film.file.size}, {"sums", hexOf(film.file.sums)}, {"psnr", film.run.psnr}}};
    result.objects.insert(result.objects.end(), film.run.chunks.begin(), film.run.chunks.end());
    if (film.run.sound)
        result.objects.push_back(*film.run.sound);
    static_cast<void>(store.putAction("film", keyOf(planned), result));
}

bool isFilm(const KnownFilm& film, Store& store, const std::filesystem::path& path)
{
    std::error_code error;
    if (std::filesystem::file_size(path, error) != film.file.size || error)
        return false; // also for the first render to a path: nothing else is hashed
    const auto content = store.identify(path);
    return content && *content == film.file.content;
}

} // namespace artdag
