// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "core/base/files.h"
#include "core/identity/certificates.h"
#include "core/workflow/change_key.h"
#include "core/workflow/server_session.h"

#include <fmt/format.h>

#include <cstdio>

namespace artdag::cli {

namespace {

struct KeysFlags {
    std::string name = "default";
    std::string algorithm = "ed25519";
    std::string file, server;
};

std::filesystem::path keyDirectory()
{
    return artdagHome() / "keys";
}

Json jsonOf(const std::string& name, const PublicKey& key)
{
    return {{"name", name}, {"algorithm", nameOf(key.algorithm())}, {"kid", key.kid()}, {"public", key.pem()}};
}

Result<int> make(const KeysFlags& flags, const Invocation& invocation)
{
    auto ring = openKeyFiles(keyDirectory(), TRY(newPassphrase("A passphrase for the new key")));
    const SigningKey key = TRY(SigningKey::generate(flags.algorithm == "rsa" ? KeyAlgorithm::Rsa2048 : KeyAlgorithm::Ed25519));
    TRY(ring->write(flags.name, key));
    say(fmt::format("key '{}' made: {}\nIt is kept encrypted in {}; keep the passphrase, nobody can reset it.", flags.name, key.publicKey().kid(), keyDirectory().string()));
    if (invocation.json)
        answer(jsonOf(flags.name, key.publicKey()));
    return exitOk;
}

Result<int> list(const Invocation& invocation)
{
    auto ring = openKeyFiles(keyDirectory(), {});
    const std::vector<std::string> names = TRY(ring->names());
    for (const std::string& name : names)
        say(name);
    if (names.empty())
        say("No keys yet: artdag keys make");
    if (invocation.json)
        answer({{"keys", names}});
    return exitOk;
}

Result<int> show(const KeysFlags& flags, const Invocation& invocation)
{
    auto ring = openKeyFiles(keyDirectory(), TRY(passphrase("Passphrase of key '" + flags.name + "'")));
    const SigningKey key = TRY(ring->read(flags.name));
    if (invocation.json)
        answer(jsonOf(flags.name, key.publicKey()));
    else
        say(fmt::format("{}  {}  {}\n{}", flags.name, nameOf(key.publicKey().algorithm()), key.publicKey().kid(), key.publicKey().pem()));
    return exitOk;
}

Result<int> certificate(const KeysFlags& flags, const Invocation& invocation)
{
    const SigningKey key = TRY(creatorKey(flags.name));
    const CertificateChain chain = TRY(certificatesOf(key));
    if (invocation.json)
        answer({{"name", flags.name}, {"kid", key.publicKey().kid()}, {"root", pemOfCertificate(chain.root)}, {"leaf", pemOfCertificate(chain.leaf)}});
    else
        std::fputs(pemOfCertificate(chain.root).c_str(), stdout);
    return exitOk;
}

Result<int> remove(const KeysFlags& flags)
{
    auto ring = openKeyFiles(keyDirectory(), TRY(passphrase("Passphrase of key '" + flags.name + "'")));
    TRY(ring->read(flags.name)); // only who can use it may remove it
    TRY(ring->remove(flags.name));
    say(fmt::format("key '{}' removed; what it signed stays signed", flags.name));
    return exitOk;
}

constexpr const char* backupVariable = "ARTDAG_BACKUP_PASSPHRASE";

Result<int> backUp(const KeysFlags& flags, const Invocation& invocation)
{
    const SigningKey key = TRY(creatorKey(flags.name));
    const std::filesystem::path copy = TRY(backUpKey(key, flags.name, flags.file, TRY(newPassphrase("A passphrase for the copy", backupVariable))));
    say(fmt::format("key '{}' is copied to {}, sealed with that passphrase.\nKeep both apart from this machine: whoever has them can sign as you.", flags.name, copy.string()));
    if (invocation.json)
        answer({{"name", flags.name}, {"kid", key.publicKey().kid()}, {"file", copy.string()}});
    return exitOk;
}

Result<int> restore(const KeysFlags& flags, const Invocation& invocation)
{
    const SigningKey key = TRY(keyOfBackup(flags.file, TRY(passphrase("Passphrase of the copy", backupVariable))));
    TRY(openKeyFiles(keyDirectory(), TRY(newPassphrase("A passphrase for the key on this machine")))->write(flags.name, key));
    say(fmt::format("key '{}' is here: {}", flags.name, key.publicKey().kid()));
    if (invocation.json)
        answer(jsonOf(flags.name, key.publicKey()));
    return exitOk;
}

Result<int> rotate(const KeysFlags& flags, const Invocation& invocation)
{
    auto ring = openKeyFiles(keyDirectory(), TRY(passphrase("Passphrase of key '" + flags.name + "'")));
    const auto http = openHttpClient();
    std::optional<Session> session;
    if (!flags.server.empty() || TRY(currentAccount()))
        session = TRY(sessionAt(*http, flags.server));
    std::optional<ServerConversation> server;
    if (session)
        server.emplace(*http, *session);
    const RotatedKey rotated = TRY(rotateKey(*ring, flags.name, server ? &*server : nullptr));
    say(fmt::format("key '{}' is a new one: {}\nThe old one is '{}' here; what it signed stays signed.", flags.name, rotated.key.publicKey().kid(), rotated.retired));
    const std::string revoke = "artdag keys revoke " + rotated.retiredKid;
    if (!session)
        say("You are logged in nowhere. Where the old one is registered, log in and revoke it:  " + revoke);
    else if (rotated.revoked)
        say(session->account + " signs with the new one from now on; the old one is revoked there.");
    else
        say(session->account + " signs with the new one from now on, but the server did not revoke the old one. Do it again:  " + revoke);
    if (invocation.json) {
        Json told = jsonOf(flags.name, rotated.key.publicKey());
        told.update({{"retired", rotated.retired}, {"retired_kid", rotated.retiredKid}, {"registered", session.has_value()}, {"revoked", rotated.revoked}});
        answer(told);
    }
    return exitOk;
}

Result<int> revoke(const KeysFlags& flags, const Invocation& invocation)
{
    const std::string kid = flags.name.starts_with("sha3-256:") ? flags.name : TRY(creatorKey(flags.name)).publicKey().kid();
    const auto http = openHttpClient();
    const Session session = TRY(sessionAt(*http, flags.server));
    ServerConversation server(*http, session);
    TRY(revokeKeyAt(server, kid));
    say(fmt::format("revoked   {}\n{} takes nothing that it signs from now on; what it signed before stays signed.", kid, session.account));
    if (invocation.json)
        answer({{"kid", kid}, {"account", session.account}, {"revoked", true}});
    return exitOk;
}

} // namespace

void addKeys(CLI::App& app, Invocation& invocation)
{
    CLI::App* keys = app.add_subcommand("keys", "Make and show the keys that sign your work");
    keys->require_subcommand(1);
    keys->footer("Example: artdag keys make mine");
    auto flags = std::make_shared<KeysFlags>();
    auto add = [&](const std::string& name, const char* help, const char* arguments, auto action) {
        CLI::App* command = keys->add_subcommand(name, help);
        addCommonFlags(*command, invocation);
        command->footer("Example: artdag keys " + name + arguments);
        command->callback([action, &invocation] { invocation.run = action; });
        return command;
    };
    CLI::App* makeCommand = add("make", "Make a key, encrypted with a passphrase", " mine", [flags, &invocation] { return make(*flags, invocation); });
    makeCommand->add_option("NAME", flags->name, "What to call it (default: default)");
    makeCommand->add_option("--algorithm", flags->algorithm, "ed25519 (default) or rsa")->check(CLI::IsMember({"ed25519", "rsa"}));
    add("list", "List the keys of this machine", "", [&invocation] { return list(invocation); });
    add("show", "Show a public key", " mine", [flags, &invocation] { return show(*flags, invocation); })->add_option("NAME", flags->name, "Which key (default: default)");
    add("certificate", "Print the certificate by which others can trust Content Credentials signed with a key", " mine > mine.pem", [flags, &invocation] { return certificate(*flags, invocation); })->add_option("NAME", flags->name, "Which key (default: default)");
    CLI::App* copy = add("backup", "Copy a key to a safe place, sealed with another passphrase", " mine --to /media/stick", [flags, &invocation] { return backUp(*flags, invocation); });
    copy->add_option("NAME", flags->name, "Which key (default: default)");
    copy->add_option("--to", flags->file, "The folder of the copy")->required()->type_name("FOLDER");
    CLI::App* back = add("restore", "Take a key back from such a copy", " /media/stick/mine.key --as mine", [flags, &invocation] { return restore(*flags, invocation); });
    back->add_option("FILE", flags->file, "The copy")->required();
    back->add_option("--as", flags->name, "What to call it here (default: default)")->type_name("NAME");
    const auto atServer = [flags](CLI::App* command) { command->add_option("--server", flags->server, "With the account at which server (default: the last one logged in to)")->type_name("URL"); };
    CLI::App* rotateCommand = add("rotate", "Replace a key by a new one, here and at the server", " mine", [flags, &invocation] { return rotate(*flags, invocation); });
    rotateCommand->add_option("NAME", flags->name, "Which key (default: default)");
    atServer(rotateCommand);
    CLI::App* revokeCommand = add("revoke", "End a key's time at the server, as when it was stolen", " mine", [flags, &invocation] { return revoke(*flags, invocation); });
    revokeCommand->add_option("KEY", flags->name, "Its name, or its id (sha3-256:…) when it is lost")->required();
    atServer(revokeCommand);
    add("remove", "Remove a key", " mine", [flags] { return remove(*flags); })->add_option("NAME", flags->name, "Which key")->required();
}

} // namespace artdag::cli
