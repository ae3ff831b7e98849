// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/make_renditions.h"

#include "core/base/files.h"
#include "core/worker/media_words.h"
#include "server/db/renditions.h"
#include "server/l2/alike.h"
#include "server/l2/copies.h"
#include "server/l2/take_upload.h"

#include <algorithm>

namespace artdag::server {

namespace {

/// A folder for what is being made, removed with what is left in it.
class Workshop {
public:
    explicit Workshop(const std::filesystem::path& place)
        : m_path(place / ("making-" + hexOf(secureRandom(8))))
    {
        std::filesystem::create_directories(m_path, m_error);
    }
    ~Workshop() { std::filesystem::remove_all(m_path, m_error); }
    Workshop(const Workshop&) = delete;
    Workshop& operator=(const Workshop&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
    std::error_code m_error;
};

WorkerOptions makerOptions(std::uint64_t cpuSeconds, std::chrono::seconds patience)
{
    WorkerOptions options;
    options.program = workerBesideThisProgram().parent_path() / "artdag-rendition";
    options.limits.memoryBytes = std::uint64_t{4} << 30;
    options.limits.cpuSeconds = cpuSeconds;
    options.patience = patience;
    return options;
}

Result<SourcePointer> openSource(Site& site, const ContentId& source)
{
    if (!site.objects.has(source)) {
        TRY(planRestore(site, source));
        return fail(Fault::Unavailable, "object " + source.text() + ": its bytes are not here now");
    }
    return FileSource::open(site.objects.path(source));
}

Result<void> noteProblem(Site& site, const ContentId& source, const char* kind, const std::string& problem)
{
    // A path of ours means nothing to people.
    std::string words = problem;
    const std::string path = site.objects.path(source).filename().string();
    if (const auto at = words.find(path); at != std::string::npos)
        words.replace(at, path.size(), "upload");
    return noteRendition(*site.database, source, kind, {{}, "", words, nowMicroseconds()});
}

/// Names that the program may have written, and nothing else.
bool isOwnName(std::string_view name)
{
    constexpr std::string_view names[] = {"poster.jpg", "thumb-640.webp", "thumb-320.webp", "share.mp4", "sound.m4a"};
    return std::ranges::find(names, name) != std::end(names);
}

Result<void> takeFile(Site& site, const ContentId& source, const std::filesystem::path& folder, const Json& made)
{
    const std::string name = made.value("file", "");
    if (!isOwnName(name))
        return fail(Fault::Corrupt, "rendition: its program made a file that it was not asked for");
    UploadedFile file{folder / name, 0, {}, {}};
    std::error_code error;
    file.size = std::filesystem::file_size(file.path, error);
    if (error)
        return fail(Fault::Corrupt, "rendition: a file that its program made is not there");
    TRY(hashAgain(file));
    const Json media{{"type", made.value("type", "")}, {"width", made.value("width", 0)}, {"height", made.value("height", 0)}};
    TRY(site.objects.adopt(file.path, file.id));
    TRY(addMadeObject(*site.database, {file.id, file.sha256, file.size, made.value("type", ""), media}));
    return noteRendition(*site.database, source, made.value("kind", ""), {file.id, "", "", nowMicroseconds()});
}

/// In the place of what was there before.
Result<void> takeStream(Site& site, const ContentId& source, const std::filesystem::path& folder)
{
    const std::filesystem::path target = site.renditions(source);
    std::error_code error;
    std::filesystem::create_directories(target.parent_path(), error);
    std::filesystem::remove_all(target, error);
    std::filesystem::rename(folder / "hls", target, error);
    if (error)
        return fail(Fault::Unavailable, "rendition: a stream cannot be put into its place: " + error.message());
    return noteRendition(*site.database, source, "hls", {{}, "", "", nowMicroseconds()});
}

Result<void> takeAll(Site& site, const ContentId& source, const std::filesystem::path& folder, const Json& answer)
{
    for (const Json& made : answer.value("files", Json::array())) {
        if (made.value("kind", "") == "hls")
            TRY(takeStream(site, source, folder));
        else
            TRY(takeFile(site, source, folder, made));
    }
    return {};
}

} // namespace

Result<RenditionMaker> RenditionMaker::startFilms(const FileSource& source)
{
    RenditionMaker maker;
    maker.m_worker = TRY(WorkerProcess::start(source, makerOptions(4 * 3600, std::chrono::minutes(5))));
    return maker;
}

Result<RenditionMaker> RenditionMaker::startStills(const FileSource& source)
{
    RenditionMaker maker;
    maker.m_worker = TRY(WorkerProcess::start(source, makerOptions(60, std::chrono::seconds(60))));
    return maker;
}

tl::expected<Json, std::string> RenditionMaker::ask(Json question)
{
    auto answer = m_worker->ask(std::move(question));
    if (!answer)
        return tl::unexpected("rendition: its program " + answer.error().words);
    if (answer->contains("fault"))
        return tl::unexpected(errorOfJson(*answer, "").message);
    return std::move(*answer);
}

Result<void> takeFilmRenditions(Site& site, const ContentId& source, const std::filesystem::path& folder, const Json& answer)
{
    TRY(takeAll(site, source, folder, answer));
    TRY(takePrint(site, source, answer.value("fingerprint", Json())));
    if (answer.value("original", false))
        TRY(noteRendition(*site.database, source, "share", {source, "", "", nowMicroseconds()}));
    return {};
}

Result<void> makeStillRenditions(Site& site, const ContentId& source)
{
    const SourcePointer bytes = TRY(openSource(site, source));
    const Workshop workshop(site.uploads());
    RenditionMaker maker = TRY(RenditionMaker::startStills(*bytes));
    const auto answer = maker.ask({{"ask", "stills"}, {"source", site.objects.path(source).string()}, {"folder", workshop.path().string()}});
    if (!answer)
        return noteProblem(site, source, "stills", answer.error());
    TRY(takeAll(site, source, workshop.path(), *answer));
    TRY(takePrint(site, source, answer->value("fingerprint", Json())));
    const std::string blur = answer->value("blurhash", "");
    if (blur.size() > 100)
        return fail(Fault::Corrupt, "rendition: its program gave no blurhash");
    return noteRendition(*site.database, source, blur.empty() ? "stills" : "blurhash", {{}, blur, "", nowMicroseconds()});
}

Result<void> makeFilmRenditions(Site& site, const ContentId& source, const std::atomic<bool>& stopping)
{
    const SourcePointer bytes = TRY(openSource(site, source));
    const Workshop workshop(site.options.directory / "renditions");
    RenditionMaker maker = TRY(RenditionMaker::startFilms(*bytes));
    auto answer = maker.ask({{"ask", "films"}, {"source", site.objects.path(source).string()}, {"folder", workshop.path().string()}});
    while (answer && !answer->value("done", true)) {
        if (stopping)
            return fail(Fault::Cancelled, "rendition: the server stops");
        answer = maker.ask({{"ask", "step"}});
    }
    if (!answer)
        return noteProblem(site, source, "hls", answer.error());
    return takeFilmRenditions(site, source, workshop.path(), *answer);
}

} // namespace artdag::server
