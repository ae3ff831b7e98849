// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/change_key.h"

#include "core/base/files.h"
#include "core/workflow/publish_work.h"

#include <algorithm>

namespace artdag {

namespace {

/// `mine-until-2026-11-29`, and a number when that is taken, too.
Result<std::string> retiredName(KeyRing& ring, const std::string& name)
{
    const std::vector<std::string> taken = TRY(ring.names());
    const std::string first = name + "-until-" + nowText().substr(0, 10);
    std::string free = first;
    for (int i = 2; std::ranges::find(taken, free) != taken.end(); ++i)
        free = first + "-" + std::to_string(i);
    return free;
}

} // namespace

Result<std::filesystem::path> backUpKey(const SigningKey& key, const std::string& name, const std::filesystem::path& folder, const std::string& passphrase)
{
    // Sealed apart and then copied: disks of other systems, on which copies lie, refuse the modes of a key file.
    const TemporaryDirectory sealed = TRY(TemporaryDirectory::make());
    TRY(openKeyFiles(sealed.path(), passphrase)->write(name, key));
    const std::filesystem::path copy = folder / (name + ".key");
    std::error_code error;
    if (std::filesystem::exists(copy, error))
        return fail(Fault::Conflict, "file '" + copy.string() + "': is there already, and is not written over");
    std::filesystem::create_directories(folder, error);
    TRY(writeFileAtomically(copy, TRY(readFile(sealed.path() / copy.filename())), 0600));
    const SigningKey again = TRY(keyOfBackup(copy, passphrase));
    if (again.publicKey().kid() != key.publicKey().kid())
        return fail(Fault::Corrupt, "file '" + copy.string() + "': what was written is not what is read; take another disk");
    return copy;
}

Result<SigningKey> keyOfBackup(const std::filesystem::path& file, const std::string& passphrase)
{
    const Bytes bytes = TRY(readFile(file));
    const TemporaryDirectory folder = TRY(TemporaryDirectory::make());
    const std::filesystem::path copy = folder.path() / "backup.key";
    TRY(writeFileAtomically(copy, bytes, 0600));
    return openKeyFiles(folder.path(), passphrase)->read("backup");
}

Result<void> revokeKeyAt(ServerConversation& server, const std::string& kid)
{
    HttpRequest request;
    request.method = "DELETE";
    const HttpAnswer answer = TRY(server.send(std::move(request), "/users/" + server.session().user + "/keys/" + kid));
    if (!answer.ok())
        return tl::unexpected<Error>(errorOfAnswer("key " + kid, answer));
    return {};
}

Result<RotatedKey> rotateKey(KeyRing& ring, const std::string& name, ServerConversation* server)
{
    const SigningKey old = TRY(ring.read(name));
    RotatedKey rotated{TRY(SigningKey::generate(old.publicKey().algorithm())), TRY(retiredName(ring, name)), old.publicKey().kid()};
    if (server != nullptr)
        TRY(registerKey(*server, rotated.key));
    TRY(ring.write(rotated.retired, rotated.key));
    TRY(ring.exchange(name, rotated.retired));
    if (server != nullptr) {
        const Result<void> told = revokeKeyAt(*server, rotated.retiredKid);
        rotated.revoked = told || told.error().fault == Fault::NotFound; // one that it never knew signs nothing there
    }
    return rotated;
}

} // namespace artdag
