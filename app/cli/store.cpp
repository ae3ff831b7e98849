// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <fmt/format.h>

namespace artdag::cli {

namespace {

struct StoreFlags {
    std::string id, file;
    double gigabytes = 20;
};

Result<int> stats(const Invocation& invocation)
{
    auto workspace = TRY(openWorkspace());
    const StoreStatistics now = TRY(workspace->store->statistics());
    say(fmt::format("assets  {:>8}  {}\nrenders {:>8}  {}\nlinked  {:>8}  {}\nresults {:>8}", now.assets, humanBytes(now.assetBytes), now.renders, humanBytes(now.renderBytes), now.linked, humanBytes(now.linkedBytes), now.actions));
    if (invocation.json)
        answer({{"assets", now.assets}, {"asset_bytes", now.assetBytes}, {"renders", now.renders}, {"render_bytes", now.renderBytes}, {"linked", now.linked}, {"linked_bytes", now.linkedBytes}, {"actions", now.actions}});
    return exitOk;
}

Result<int> collect(const StoreFlags& flags, const Invocation& invocation)
{
    auto workspace = TRY(openWorkspace());
    const std::uint64_t freed = TRY(workspace->store->collect(static_cast<std::uint64_t>(flags.gigabytes * 1e9)));
    say(fmt::format("{} freed; assets are never evicted", humanBytes(freed)));
    if (invocation.json)
        answer({{"freed", freed}});
    return exitOk;
}

Result<int> fsck(const Invocation& invocation)
{
    auto workspace = TRY(openWorkspace());
    const std::vector<ContentId> wrong = TRY(workspace->store->check());
    Json list = Json::array();
    for (const ContentId& id : wrong) {
        list.push_back(id.text());
        say(id.text() + ": its bytes are not what its name says; it is set aside");
    }
    say(wrong.empty() ? "every object holds" : fmt::format("{} objects were damaged: renders are made again when asked for, assets must be imported again", wrong.size()));
    if (invocation.json)
        answer({{"ok", wrong.empty()}, {"damaged", list}});
    return wrong.empty() ? exitOk : exitCorrupt;
}

Result<int> pin(const StoreFlags& flags, bool pinned)
{
    auto workspace = TRY(openWorkspace());
    const ContentId id = TRY(nameOfText<ContentId>(flags.id));
    if (pinned)
        TRY(workspace->store->pin(id));
    else
        TRY(workspace->store->unpin(id));
    say(id.text() + (pinned ? " stays" : " may be evicted"));
    return exitOk;
}

Result<int> import(const StoreFlags& flags, const Invocation& invocation)
{
    auto workspace = TRY(openWorkspace());
    const ContentId id = TRY(importMedia(*workspace, flags.file));
    say(id.text());
    if (invocation.json)
        answer({{"content_hash", id.text()}});
    return exitOk;
}

} // namespace

void addStore(CLI::App& app, Invocation& invocation)
{
    CLI::App* store = app.add_subcommand("store", "Look at and look after the store of media and renders");
    store->require_subcommand(1);
    store->footer("Example: artdag store gc --limit 5");
    auto flags = std::make_shared<StoreFlags>();
    auto add = [&](const std::string& name, const char* help, const char* arguments, auto action) {
        CLI::App* command = store->add_subcommand(name, help);
        addCommonFlags(*command, invocation);
        command->footer("Example: artdag store " + name + arguments);
        command->callback([action, &invocation] { invocation.run = action; });
        return command;
    };
    add("stats", "How much is in it", "", [&invocation] { return stats(invocation); });
    add("gc", "Evict renders, least recently used first", " --limit 5", [flags, &invocation] { return collect(*flags, invocation); })->add_option("--limit", flags->gigabytes, "Leave this many GB of renders (default 20)")->check(CLI::NonNegativeNumber);
    add("fsck", "Read and hash every object", "", [&invocation] { return fsck(invocation); });
    add("import", "Put a file in, by content", " clip.mp4", [flags, &invocation] { return import(*flags, invocation); })->add_option("FILE", flags->file, "A picture, clip, sound or font")->required();
    add("pin", "Keep an object for ever", " sha3-256:…", [flags] { return pin(*flags, true); })->add_option("ID", flags->id, "sha3-256:…")->required();
    add("unpin", "Let an object be evicted again", " sha3-256:…", [flags] { return pin(*flags, false); })->add_option("ID", flags->id, "sha3-256:…")->required();
}

} // namespace artdag::cli
