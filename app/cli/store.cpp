// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "core/base/files.h"
#include "core/provenance/manifest.h"
#include "core/store/archive.h"
#include "core/workflow/render_recipe.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <optional>

namespace artdag::cli {

namespace {

namespace fs = std::filesystem;

struct StoreFlags {
    std::vector<std::string> what;
    std::string folder;
    std::optional<double> gigabytes;
    double part = 0;
};

Json jsonOfIds(const std::vector<ContentId>& ids)
{
    Json list = Json::array();
    for (const ContentId& id : ids)
        list.push_back(id.text());
    return list;
}

const char* nameOf(Root::Kind kind)
{
    static constexpr std::array<const char*, 3> names{"pin", "run", "work"};
    return names[static_cast<std::size_t>(kind)];
}

Result<int> stats(const StoreFlags&, const Invocation& invocation)
{
    auto workspace = TRY(openWorkspace());
    const StoreStatistics now = TRY(workspace->store->statistics());
    const std::vector<Root> roots = TRY(workspace->store->roots());
    const std::uint64_t limit = workspace->store->diskLimit();
    say(fmt::format("assets  {:>8}  {}\nrenders {:>8}  {}\nlinked  {:>8}  {}\ntrash             {}\nresults {:>8}\nkept by {:>8}  pins, runs and works", now.assets, humanBytes(now.assetBytes), now.renders, humanBytes(now.renderBytes),
        now.linked, humanBytes(now.linkedBytes), humanBytes(now.trashBytes), now.actions, now.roots));
    say(limit == 0 ? "no limit" : "limit             " + humanBytes(limit));
    if (!invocation.json)
        return exitOk;
    Json list = Json::array();
    for (const Root& root : roots)
        list.push_back({{"kind", nameOf(root.kind)}, {"name", root.name}, {"keeps", jsonOfIds(root.keeps)}});
    answer({{"assets", now.assets}, {"asset_bytes", now.assetBytes}, {"renders", now.renders}, {"render_bytes", now.renderBytes}, {"linked", now.linked}, {"linked_bytes", now.linkedBytes}, {"actions", now.actions}, {"trash_bytes", now.trashBytes},
        {"limit_bytes", limit}, {"roots", list}});
    return exitOk;
}

Result<int> collect(const StoreFlags& flags, const Invocation& invocation)
{
    auto workspace = TRY(openWorkspace());
    const std::uint64_t freed = TRY(workspace->store->collect(static_cast<std::uint64_t>(flags.gigabytes.value_or(20) * 1e9)));
    say(fmt::format("{} evicted; the disk has them back two collections from now. Assets are never evicted.", humanBytes(freed)));
    if (invocation.json)
        answer({{"freed", freed}});
    return exitOk;
}

Result<int> fsck(const StoreFlags& flags, const Invocation& invocation)
{
    auto workspace = TRY(openWorkspace());
    const std::vector<ContentId> wrong = flags.part > 0 ? TRY(workspace->store->scrub(static_cast<std::uint64_t>(flags.part * 1e9))) : TRY(workspace->store->check());
    for (const ContentId& id : wrong)
        say(id.text() + ": damaged or gone; what was left of it is in trash/quarantine");
    say(wrong.empty() ? "every object that was read holds" : fmt::format("{} objects were damaged: renders are made again when asked for, assets must be imported again", wrong.size()));
    if (invocation.json)
        answer({{"ok", wrong.empty()}, {"damaged", jsonOfIds(wrong)}});
    return wrong.empty() ? exitOk : exitCorrupt;
}

Result<int> pinAll(const StoreFlags& flags, const Invocation& invocation, bool pinned)
{
    std::vector<ContentId> ids; // all are read before the first is pinned
    for (const std::string& text : flags.what)
        ids.push_back(TRY(nameOfText<ContentId>(text)));
    auto workspace = TRY(openWorkspace());
    for (const ContentId& id : ids) {
        TRY(pinned ? workspace->store->pin(id) : workspace->store->unpin(id));
        say(id.text() + (pinned ? " stays" : " may be evicted"));
    }
    if (invocation.json)
        answer({{pinned ? "pinned" : "unpinned", jsonOfIds(ids)}});
    return exitOk;
}

Result<int> limit(const StoreFlags& flags, const Invocation& invocation)
{
    auto workspace = TRY(openWorkspace());
    if (flags.gigabytes)
        TRY(workspace->store->setDiskLimit(static_cast<std::uint64_t>(*flags.gigabytes * 1e9)));
    const std::uint64_t bytes = workspace->store->diskLimit();
    say(bytes == 0 ? "no limit" : "at most " + humanBytes(bytes));
    if (invocation.json)
        answer({{"limit_bytes", bytes}});
    return exitOk;
}

Result<int> relink(const StoreFlags& flags, const Invocation& invocation)
{
    auto workspace = TRY(openWorkspace());
    const std::vector<ContentId> found = TRY(workspace->store->relink(flags.folder));
    for (const ContentId& id : found)
        say(id.text() + " is found again");
    say(fmt::format("{} files found", found.size()));
    if (invocation.json)
        answer({{"found", jsonOfIds(found)}});
    return exitOk;
}

/// What a film needs to be rendered and verified again, from the papers beside it.
Result<void> addFilm(const fs::path& film, Workspace& workspace, std::vector<ContentId>& ids, std::vector<fs::path>& papers)
{
    const std::string beside = provenancePathOf(film).string();
    const auto text = readTextFile(beside);
    if (!text)
        return fail(text.error().fault, fmt::format("{}: the film's provenance is needed to know what it is made of", text.error().message));
    const ProvenanceFile provenance = TRY(readProvenance(*text));
    const RunFacts facts = TRY(readManifest(provenance.manifest));
    ids.push_back(TRY(workspace.store->put(bytesOf(provenance.recipeText), ObjectClass::Asset)));
    ids.push_back(TRY(workspace.store->put(bytesOfDigests(provenance.pictureDigests, provenance.soundDigests), ObjectClass::Asset)));
    for (const ManifestInput& input : facts.inputs)
        ids.push_back(input.contentHash);
    for (const ManifestBake& bake : facts.baked)
        ids.push_back(bake.contentHash);
    ids.insert(ids.end(), facts.fonts.begin(), facts.fonts.end());
    papers.insert(papers.end(), {film, beside});
    return {};
}

/// The objects that an argument names: a content id, a film, or a kept run or work.
Result<void> addWork(const std::string& what, Workspace& workspace, std::vector<ContentId>& ids, std::vector<fs::path>& papers)
{
    if (what.starts_with("sha3-256:")) {
        ids.push_back(TRY(nameOfText<ContentId>(what)));
        return {};
    }
    for (const Root& root : TRY(workspace.store->roots()))
        if (root.name == what && root.kind != Root::Kind::Pin) {
            ids.insert(ids.end(), root.keeps.begin(), root.keeps.end());
            return {};
        }
    return addFilm(what, workspace, ids, papers);
}

Result<int> exportWorks(const StoreFlags& flags, const Invocation& invocation)
{
    auto workspace = TRY(openWorkspace());
    std::vector<ContentId> ids;
    std::vector<fs::path> papers;
    for (const std::string& what : flags.what)
        TRY(addWork(what, *workspace, ids, papers));
    const auto objects = TRY(exportObjects(*workspace->store, ids, flags.folder));
    std::error_code error;
    fs::create_directories(fs::path(flags.folder) / "works", error);
    for (const fs::path& paper : papers)
        if (fs::copy_file(paper, fs::path(flags.folder) / "works" / paper.filename(), error); error)
            return tl::unexpected<Error>(systemError("file '" + paper.string() + "'", error.value()));
    std::uint64_t bytes = 0;
    for (const ArchivedObject& object : objects)
        bytes += object.size;
    say(fmt::format("{} objects, {}, in '{}'. Elsewhere: artdag store import '{}'", objects.size(), humanBytes(bytes), flags.folder, flags.folder));
    if (invocation.json)
        answer({{"objects", objects.size()}, {"bytes", bytes}, {"folder", flags.folder}});
    return exitOk;
}

Result<int> import(const StoreFlags& flags, const Invocation& invocation)
{
    auto workspace = TRY(openWorkspace());
    std::error_code ignored;
    if (!fs::is_directory(flags.folder, ignored)) {
        const ContentId id = TRY(importMedia(*workspace, flags.folder));
        say(id.text());
        if (invocation.json)
            answer({{"content_hash", id.text()}});
        return exitOk;
    }
    std::vector<ContentId> ids;
    for (const ArchivedObject& object : TRY(importObjects(*workspace->store, flags.folder)))
        ids.push_back(object.id);
    say(fmt::format("{} objects taken in, each checked against its name", ids.size()));
    if (invocation.json)
        answer({{"objects", jsonOfIds(ids)}});
    return exitOk;
}

using Action = Result<int> (*)(const StoreFlags&, const Invocation&);

CLI::App& addCommand(CLI::App& store, Invocation& invocation, std::shared_ptr<StoreFlags> flags, const char* name, const char* help, const char* more, Action action)
{
    CLI::App* command = store.add_subcommand(name, help);
    addCommonFlags(*command, invocation);
    command->footer(std::string(more).find("Example: ") == std::string::npos ? std::string(more) + "\nExample: artdag store " + name : std::string(more));
    command->callback([action, flags, &invocation] { invocation.run = [action, flags, &invocation] { return action(*flags, invocation); }; });
    return *command;
}

} // namespace

void addStore(CLI::App& app, Invocation& invocation)
{
    CLI::App* store = app.add_subcommand("store", "Look at and look after the store of media and renders");
    store->require_subcommand(1);
    store->footer("Assets (what you import, recipes, papers) are never evicted. Renders are a cache: they go when room is needed and come\n"
                  "back when they are asked for. A pin, a kept run or a published work keeps its objects.\n\nExample: artdag store stats");
    auto flags = std::make_shared<StoreFlags>();
    auto add = [&](const char* name, const char* help, const char* more, Action action) -> CLI::App& { return addCommand(*store, invocation, flags, name, help, more, action); };

    add("stats", "How much is in it, and why it stays", "Linked files stay where they are on your disk; they are believed while they do not change.", stats);
    add("gc", "Evict renders that are cheap to make again", "First goes what costs least to render again for each byte and was not used for long. Twice more empties the trash.\nExample: artdag store gc --limit 5", collect)
        .add_option("--limit", flags->gigabytes, "Leave this many GB of renders (default 20)")
        ->check(CLI::NonNegativeNumber);
    add("fsck", "Read and hash every object", "Damaged objects are set aside in trash/quarantine. Exit code 6 when there was one.\nExample: artdag store fsck --part 10 reads the next 10 GB, and goes on from there the next time.", fsck)
        .add_option("--part", flags->part, "Read this many GB, and go on from there the next time")
        ->check(CLI::PositiveNumber);
    add("limit", "Show or set how much it may take on the disk", "At the limit renders are evicted down to 90 % of it. 0 is no limit. Holds for programs started from now on.\nExample: artdag store limit 50", limit)
        .add_option("GB", flags->gigabytes, "Gigabytes on the disk, trash included")
        ->check(CLI::NonNegativeNumber);
    add("pin", "Keep objects for ever", "A pin outlasts any eviction; 'artdag store unpin' ends it.", [](const StoreFlags& all, const Invocation& how) { return pinAll(all, how, true); }).add_option("ID", flags->what, "sha3-256:…")->required();
    add("unpin", "Let objects be evicted again", "Kept runs and published works keep their objects with or without a pin.", [](const StoreFlags& all, const Invocation& how) { return pinAll(all, how, false); }).add_option("ID", flags->what, "sha3-256:…")->required();
    add("relink", "Find linked files that were moved", "Files of the right length are hashed; one that has the right content id takes the place of the lost one.", relink).add_option("FOLDER", flags->folder, "Where to look, and below")->required();
    CLI::App& exporting = add("export", "Copy works with all they need into a folder", "WORK is a film with its provenance beside it, the name of a kept run or a published work, or a content id.\nExample: artdag store export cat.mp4 --to /media/stick/cat\nThe folder holds objects/, export.json, and the films with their papers in works/.", exportWorks);
    exporting.add_option("WORK", flags->what, "What to export")->required();
    exporting.add_option("--to", flags->folder, "A folder that holds no export yet")->type_name("FOLDER")->required();
    add("import", "Put a file in, or all of an exported folder", "Every object is checked against its name. Exit code 6 when one is damaged.\nExample: artdag store import /media/stick/cat", import).add_option("PATH", flags->folder, "A picture, clip, sound or font; or the folder of an export")->required();
}

} // namespace artdag::cli
