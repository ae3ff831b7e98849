// SPDX-License-Identifier: GPL-3.0-or-later
// Small secrets (the tokens of logins) in the desktop's keychain, for programs with and without Qt (docs/adr/0116). It asks the
// Secret Service (GNOME Keyring, KWallet, KeePassXC) through libsecret, which is loaded at the first call and needs not be there.
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <memory>
#include <string>

namespace artdag {

/// Secrets by name. Two implementations: the desktop's, and the tests' own.
class SecretRing {
public:
    virtual ~SecretRing() = default;
    /// NotFound: it has none of that name, or does not say more. Denied: it is locked, or its owner said no. Unavailable: there is no keychain, or it does not answer.
    virtual Result<std::string> read(const std::string& name) = 0;
    virtual Result<void> write(const std::string& name, const std::string& secret) = 0; ///< takes the place of an earlier one
    virtual Result<void> remove(const std::string& name) = 0;
    /// What waits, and all that comes, ends with Unavailable within a moment. Any thread.
    virtual void giveUp() = 0;
};

/// The desktop's. Any thread but one that must not wait: a locked keychain asks its owner, for up to `patience`.
std::unique_ptr<SecretRing> openSecretService(std::chrono::seconds patience = std::chrono::seconds(60));

} // namespace artdag
