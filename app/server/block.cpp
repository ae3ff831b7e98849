// SPDX-License-Identifier: GPL-3.0-or-later
// `artdagd block …`: servers that this one does not deal with. A running server sees a change at its next request.
#include "app/server/command.h"
#include "core/base/files.h"
#include "server/l2/domain_block_csv.h"

#include <fmt/format.h>

namespace artdag::server {

namespace {

struct BlockFlags {
    DomainBlock block;
    std::string file;
};

Result<int> add(Database& database, const BlockFlags& flags)
{
    TRY(inTransaction(database, [&](Database::Lease& lease) { return putDomainBlock(lease, flags.block); }));
    fmt::print("{}: {}\n", flags.block.domain, flags.block.severity);
    return 0;
}

Result<int> remove(Database& database, const BlockFlags& flags)
{
    if (!TRY(inTransaction(database, [&](Database::Lease& lease) { return removeDomainBlock(lease, flags.block.domain); })))
        return fail(Fault::NotFound, "domain '" + flags.block.domain + "': it is not blocked");
    fmt::print("{} is blocked no more\n", flags.block.domain);
    return 0;
}

Result<int> list(Database& database, const BlockFlags&)
{
    auto lease = TRY(database.lease());
    for (const DomainBlock& block : TRY(listDomainBlocks(lease)))
        fmt::print("{:<40} {:<8}{}{} {}\n", block.domain, block.severity, block.rejectMedia ? " no media" : "", block.rejectReports ? " no reports" : "", block.publicComment);
    return 0;
}

/// All of a list or nothing.
Result<int> importList(Database& database, const BlockFlags& flags)
{
    const std::vector<DomainBlock> blocks = TRY(blocksOfCsv(TRY(readTextFile(flags.file, std::size_t{64} << 20))));
    TRY(inTransaction(database, [&](Database::Lease& lease) -> Result<void> {
        for (const DomainBlock& block : blocks)
            TRY(putDomainBlock(lease, block));
        return {};
    }));
    fmt::print("{} domains are blocked by {}\n", blocks.size(), flags.file);
    return 0;
}

Result<int> exportList(Database& database, const BlockFlags&)
{
    auto lease = TRY(database.lease());
    fmt::print("{}", csvOfBlocks(TRY(listDomainBlocks(lease))));
    return 0;
}

using Action = Result<int> (*)(Database&, const BlockFlags&);

CLI::App* addAction(CLI::App& group, Invocation& invocation, const std::shared_ptr<BlockFlags>& flags, const char* name, const char* help, Action action)
{
    auto* command = group.add_subcommand(name, help);
    addPlaces(*command, invocation);
    command->callback([&invocation, flags, action] {
        invocation.run = [&invocation, flags, action]() -> Result<int> {
            const auto database = TRY(openDatabase(TRY(goodSettings(invocation))));
            return action(*database, *flags);
        };
    });
    return command;
}

} // namespace

void addBlock(CLI::App& app, Invocation& invocation)
{
    auto flags = std::make_shared<BlockFlags>();
    flags->block.severity = "suspend";
    auto* block = app.add_subcommand("block", "Servers that this one does not deal with");
    block->require_subcommand(1);
    auto* domain = block->add_subcommand("domain", "A domain and everything under it");
    domain->require_subcommand(1);
    auto* added = addAction(*domain, invocation, flags, "add", "Block a domain, or change its block", add);
    added->add_option("domain", flags->block.domain, "Domain")->required();
    added->add_option("--severity", flags->block.severity, "suspend, silence or noop")->check(CLI::IsMember({"suspend", "silence", "noop"}))->capture_default_str();
    added->add_flag("--reject-media", flags->block.rejectMedia, "Fetch no media from there");
    added->add_flag("--reject-reports", flags->block.rejectReports, "Take no reports from there");
    added->add_flag("--obfuscate", flags->block.obfuscate, "Show the domain only in part to the public");
    added->add_option("--comment", flags->block.publicComment, "Reason that everyone may read");
    added->add_option("--private-comment", flags->block.privateComment, "Reason for moderators");
    auto* removed = addAction(*domain, invocation, flags, "remove", "Deal with a domain again", remove);
    removed->add_option("domain", flags->block.domain, "Domain")->required();
    addAction(*domain, invocation, flags, "list", "Show all blocks", list);
    auto* imported = addAction(*block, invocation, flags, "import", "Block the domains of a list as Mastodon exports it (CSV)", importList);
    imported->add_option("file", flags->file, "CSV file")->required()->check(CLI::ExistingFile);
    addAction(*block, invocation, flags, "export", "Print all blocks as such a list", exportList);
}

} // namespace artdag::server
