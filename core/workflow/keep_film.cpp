// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/keep_film.h"

#include "core/base/files.h"
#include "core/embed/embed.h"
#include "core/provenance/manifest.h"
#include "core/workflow/make_poster.h"
#include "core/workflow/render_recipe.h"

#include <algorithm>
#include <chrono>

namespace artdag {

namespace {

constexpr const char* kept = "kept";

RenderRecord recordOf(const RunFacts& run, const std::filesystem::path& film)
{
    const MediaFacts& media = run.output.media;
    RenderRecord record;
    record.id = hexOf(secureRandom(16));
    record.title = run.recipe.name;
    record.film = film.string();
    record.provenance = provenancePathOf(film).string();
    record.contentHash = run.output.contentHash.text();
    record.framesHash = run.output.framesHash.text();
    record.encode = run.output.encode;
    record.width = media.width;
    record.height = media.height;
    record.seconds = media.frames > 0 ? static_cast<double>(media.frames) * static_cast<double>(media.rate.denominator) / static_cast<double>(media.rate.numerator)
        : media.sampleRate > 0        ? static_cast<double>(media.samples) / media.sampleRate
                                      : 0;
    record.made = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    record.mark = kept;
    return record;
}

} // namespace

Result<RenderRecord> keepFilm(const std::filesystem::path& home, const std::filesystem::path& film)
{
    std::error_code error;
    const std::filesystem::path whole = std::filesystem::absolute(film, error);
    const ProvenanceFile papers = TRY(readProvenance(TRY(readTextFile(provenancePathOf(whole)))));
    const RunFacts run = TRY(readManifest(papers.manifest));
    if (const ContentId found = TRY(contentIdOfFile(whole)); found != run.output.contentHash && TRY(bareContentId(whole)) != run.output.contentHash)
        return fail(Fault::Corrupt, "film '" + film.string() + "': it is not the one of which the papers beside it speak");
    RenderCatalogue catalogue = TRY(RenderCatalogue::open(home / "studio"));
    std::vector<RenderRecord> records = TRY(catalogue.all());
    const auto known = std::ranges::find_if(records, [&](const RenderRecord& one) { return one.film == whole.string() && one.contentHash == run.output.contentHash.text(); });
    if (known != records.end()) {
        known->mark = kept;
        TRY(catalogue.update({*known}));
        return *known;
    }
    RenderRecord record = recordOf(run, whole);
    const std::filesystem::path poster = home / "studio" / "posters" / (record.id + ".jpg");
    std::filesystem::create_directories(poster.parent_path(), error);
    if (makePoster(whole, poster)) // what has no picture has no poster
        record.poster = poster.string();
    TRY(catalogue.put(record, papers.recipeText));
    return record;
}

} // namespace artdag
