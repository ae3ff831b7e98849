// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of a creator's key after it was made: copied to a safe place, brought back, replaced by a new one, revoked.
// What it signed stays signed: a server publishes a former key with the time in which it counted.
#pragma once

#include "core/identity/keys.h"
#include "core/workflow/server_conversation.h"

#include <filesystem>
#include <string>

namespace artdag {

/// A copy in `folder`, `NAME.key`, sealed with a passphrase of its own and read again before this returns. Conflict when there is
/// one already.
Result<std::filesystem::path> backUpKey(const SigningKey& key, const std::string& name, const std::filesystem::path& folder, const std::string& passphrase);

/// The key of such a copy, wherever it lies: disks of other systems know no modes, so those of the copy do not matter. Denied for a
/// wrong passphrase.
Result<SigningKey> keyOfBackup(const std::filesystem::path& file, const std::string& passphrase);

/// From now on the account's server takes nothing that this key signs. The key itself is not needed: it may be lost or stolen.
/// NotFound when it is not registered there.
Result<void> revokeKeyAt(ServerConversation& server, const std::string& kid);

struct RotatedKey {
    SigningKey key;
    std::string retired;    ///< the name of the old one in the ring now
    std::string retiredKid; ///< what is to be revoked when the server could not be told
    bool revoked = false;   ///< at the server
};

/// A new key of the same algorithm takes the name of the old one, which stays in the ring under another. With a `server` the new one
/// is registered there before anything changes here, and then the old one is revoked; when that fails, `revoked` is false.
Result<RotatedKey> rotateKey(KeyRing& ring, const std::string& name, ServerConversation* server);

} // namespace artdag
