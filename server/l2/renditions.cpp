// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/renditions.h"

#include "server/db/renditions.h"
#include "server/db/usage.h"
#include "server/l2/bodies.h"
#include "server/l2/evict_renditions.h"
#include "server/l2/make_renditions.h"

#include <sys/stat.h>

#include <algorithm>
#include <charconv>

namespace artdag::server {

namespace {

bool isDigits(std::string_view text, std::size_t least, std::size_t most)
{
    return text.size() >= least && text.size() <= most && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// The media type of a part's name; empty for names that no stream has.
const char* typeOfPart(std::string_view level, std::string_view file)
{
    if (file == "index.m3u8" && (level.empty() || isDigits(level, 3, 4)))
        return "application/vnd.apple.mpegurl";
    if (!isDigits(level, 3, 4))
        return "";
    if (file == "init.mp4")
        return "video/mp4";
    constexpr std::string_view start = "segment";
    constexpr std::string_view end = ".m4s";
    const bool segment = file.starts_with(start) && file.ends_with(end) && file.size() > start.size() + end.size() && isDigits(file.substr(start.size(), file.size() - start.size() - end.size()), 4, 8);
    return segment ? "video/iso.segment" : "";
}

Json jsonOf(const Site& site, const Rendition& rendition, const ContentId& source, const std::string& kind, const std::string& extension)
{
    if (!rendition.problem.empty())
        return {{"problem", rendition.problem}};
    if (!rendition.words.empty())
        return {{"words", rendition.words}};
    if (rendition.object)
        return {{"url", site.instance.publicUrl + "/media/" + rendition.object->hex() + (extension.empty() ? "" : "." + extension)}, {"content_hash", rendition.object->text()}};
    return {{"url", site.instance.publicUrl + "/media/" + source.hex() + "/" + kind + "/index.m3u8"}};
}

/// Of a film; 0 for sound, which is made in a moment.
std::int64_t filmSeconds(const Json& media)
{
    const std::string rate = media.value("rate", std::string());
    const auto slash = std::min(rate.find('/'), rate.size());
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    std::from_chars(rate.data(), rate.data() + slash, numerator);
    std::from_chars(rate.data() + std::min(slash + 1, rate.size()), rate.data() + rate.size(), denominator);
    return numerator > 0 && denominator > 0 ? media.value("frames", std::int64_t{0}) * denominator / numerator : 0;
}

/// From when on this much may be made for an account: now, or the beginning of the first day that has room for it, where it is
/// counted. A film that is longer than a day's share has a day of its own.
Result<std::int64_t> placeOnDay(Site& site, std::int64_t account, std::int64_t seconds, std::int64_t now)
{
    constexpr const char* kind = "transcode_seconds";
    constexpr std::int64_t longestWait = 60;
    std::int64_t day = dayOf(now);
    for (const std::int64_t last = day + longestWait; day < last; ++day) {
        const std::int64_t used = TRY(usageOf(*site.database, account, kind, day));
        if (used == 0 || used + seconds <= site.options.transcodeMinutes * 60)
            break;
    }
    TRY(addUsage(*site.database, account, kind, day, seconds));
    return std::max(now, day * 24 * 3600 * 1'000'000);
}

} // namespace

Result<void> planRenditions(Site& site, const HeldObject& object)
{
    if (!isShown(object.type) || object.media.empty())
        return {};
    const Renditions made = TRY(renditionsOf(*site.database, object.id));
    if (made.contains("blurhash") || made.contains("stills"))
        return {};
    return addJob(*site.database, "rendition", object.id.hex(), Json::object(), nowMicroseconds());
}

Result<void> planStreams(Site& site, const ContentId& source, std::int64_t payer)
{
    const auto object = findObject(*site.database, source);
    if (!object || object->media.empty() || object->type.starts_with("image/") || !isShown(object->type))
        return {};
    std::int64_t due = nowMicroseconds();
    const auto turn = TRY(site.database->turn("streams")); // of two who plan the same film at once only one counts it
    if (payer != 0) {
        const Renditions made = TRY(renditionsOf(*site.database, source));
        if (made.contains("hls") || made.contains("sound") || TRY(isStreamPlanned(*site.database, source)))
            return {};
        due = TRY(placeOnDay(site, payer, filmSeconds(object->media), due));
    }
    return addJob(*site.database, "stream", source.hex(), Json::object(), due);
}

Result<void> ensureStills(Site& site, const ContentId& source)
{
    const HeldObject object = TRY(findObject(*site.database, source));
    const Renditions made = TRY(renditionsOf(*site.database, source));
    if (!isShown(object.type) || object.media.empty() || made.contains("blurhash") || made.contains("stills"))
        return {};
    return makeStillRenditions(site, source);
}

Result<bool> planRemaking(Site& site, const ContentId& object)
{
    const auto source = TRY(sourceOfRendition(*site.database, object));
    if (!source)
        return false;
    for (const auto& [kind, rendition] : TRY(renditionsOf(*site.database, *source)))
        if (rendition.object == object)
            TRY(addJob(*site.database, kind == "share" || kind == "sound" ? "stream" : "rendition", source->hex(), Json::object(), nowMicroseconds()));
    return true;
}

Result<std::optional<StreamPart>> streamPartIn(const std::filesystem::path& folder, std::string_view level, std::string_view file)
{
    const std::string type = typeOfPart(level, file);
    if (type.empty())
        return fail(Fault::NotFound, "stream: it has no such part");
    const std::filesystem::path path = level.empty() ? folder / file : folder / level / file;
    struct stat facts {};
    if (::lstat(path.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode))
        return std::optional<StreamPart>();
    const auto size = static_cast<std::uint64_t>(facts.st_size);
    return std::optional(StreamPart{path, size, type, "\"" + std::to_string(facts.st_mtim.tv_sec) + "-" + std::to_string(facts.st_mtim.tv_nsec) + "-" + std::to_string(size) + "\""});
}

Result<std::optional<StreamPart>> findStreamPart(Site& site, const ContentId& source, std::string_view level, std::string_view file)
{
    const auto nothing = [&] { return fail(Fault::NotFound, "stream of " + source.text() + ": it has no such part"); };
    if (*typeOfPart(level, file) == '\0')
        return nothing();
    const HeldObject object = TRY(findObject(*site.database, source));
    const std::filesystem::path folder = site.renditions(source);
    struct stat facts {};
    if (::lstat(folder.c_str(), &facts) != 0) {
        const Renditions made = TRY(renditionsOf(*site.database, source));
        const auto stream = made.find("hls");
        if (!object.type.starts_with("video/") || object.media.empty() || (stream != made.end() && !stream->second.problem.empty()))
            return nothing();
        TRY(planStreams(site, source));
        return std::optional<StreamPart>();
    }
    if (level.empty())
        noteUse(folder);
    auto part = TRY(streamPartIn(folder, level, file));
    if (!part)
        return nothing();
    return part;
}

Result<Response> getRenditions(Site& site, const Request& request)
{
    const auto source = TRY(strictName<ContentId>(request.capture("hash")));
    if (!TRY(mayRead(*site.database, source, request.caller.userId)))
        return fail(Fault::NotFound, "object " + source.text() + ": there are no such bytes here");
    Json made = Json::object();
    for (const auto& [kind, rendition] : TRY(renditionsOf(*site.database, source))) {
        const auto object = rendition.object ? findObject(*site.database, *rendition.object) : Result<HeldObject>();
        made[kind] = jsonOf(site, rendition, source, kind, object ? extensionOf(object->type) : "");
    }
    return jsonResponse(Json{{"renditions", std::move(made)}, {"waiting", TRY(isBeingMade(*site.database, source))}}).with("Cache-Control", "no-store");
}

std::pair<std::string, JobKind> renditionJob(Site& site)
{
    return {"rendition", {[&site](const Job& job, const std::atomic<bool>&) -> Result<void> { return makeStillRenditions(site, TRY(nameOfText<ContentId>(job.ref))); }, std::chrono::seconds(300), 4}};
}

std::pair<std::string, JobKind> streamJob(Site& site)
{
    return {"stream", {[&site](const Job& job, const std::atomic<bool>& stopping) -> Result<void> {
                           TRY(makeFilmRenditions(site, TRY(nameOfText<ContentId>(job.ref)), stopping));
                           return planEviction(site);
                       },
                          std::chrono::hours(6), 4}};
}

} // namespace artdag::server
