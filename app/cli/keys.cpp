// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "core/base/files.h"
#include "core/identity/certificates.h"

#include <fmt/format.h>

#include <cstdio>

namespace artdag::cli {

namespace {

struct KeysFlags {
    std::string name = "default";
    std::string algorithm = "ed25519";
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
    auto ring = openKeyFiles(keyDirectory(), TRY(passphrase("A passphrase for the new key")));
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
    add("remove", "Remove a key", " mine", [flags] { return remove(*flags); })->add_option("NAME", flags->name, "Which key")->required();
}

} // namespace artdag::cli
