// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/transport_keys.h"

#include "core/base/files.h"
#include "core/identity/keys.h"

#include <sys/stat.h>

#include <system_error>

namespace artdag::server {

namespace {

Result<void> checkIsPrivate(const std::filesystem::path& file)
{
    struct stat facts {};
    if (::stat(file.c_str(), &facts) != 0 || (facts.st_mode & 077U) == 0)
        return {};
    return fail(Fault::Denied, "file '" + file.string() + "': others can read this secret; make it private with chmod 600, and replace it if they may have read it");
}

Result<void> writeNewKey(const std::filesystem::path& file)
{
    const SigningKey key = TRY(SigningKey::generate(KeyAlgorithm::Rsa2048));
    return writeFileAtomically(file, bytesOf(key.pem()), 0600);
}

} // namespace

Result<std::string> replaceTransportKey(const std::filesystem::path& directory, const std::string& user)
{
    const std::filesystem::path file = directory / "keys" / (user + ".pem");
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        return fail(Fault::NotFound, "key file '" + file.string() + "': it is missing; `artdagd keys generate` makes one");
    TRY(writeNewKey(file));
    return keepTransportKey(directory, user);
}

Result<std::string> keepTransportKey(const std::filesystem::path& directory, const std::string& user)
{
    std::filesystem::path file = directory / "keys" / (user + ".pem");
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        TRY(writeNewKey(file));
    TRY(checkIsPrivate(file));
    const SigningKey key = TRY(SigningKey::fromPem(TRY(readTextFile(file, 64U << 10))));
    std::string publicPem = key.publicKey().pem();
    TRY(writeFileAtomically(file.replace_extension(".pub"), bytesOf(publicPem), 0644));
    return publicPem;
}

Result<void> checkArePrivate(const std::filesystem::path& directory)
{
    for (const char* folder : {"keys", "secrets"}) {
        std::error_code error;
        for (std::filesystem::directory_iterator entry(directory / folder, error), end; !error && entry != end; entry.increment(error))
            if (entry->path().extension() != ".pub")
                TRY(checkIsPrivate(entry->path()));
    }
    return {};
}

} // namespace artdag::server
