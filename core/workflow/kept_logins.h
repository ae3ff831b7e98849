// SPDX-License-Identifier: GPL-3.0-or-later
// Where logins are kept: who and where in artdagHome()/accounts.json (mode 0600), the tokens in the keychain. Without a keychain that
// works the tokens stay in that file, and the session says so; no login is ever lost on the way (docs/adr/0116).
#pragma once

#include "core/identity/secret_ring.h"
#include "core/workflow/server_session.h"

namespace artdag {

/// Tokens that an earlier version kept in the file go into the keychain; each leaves the file only when the keychain has given it
/// back, and one stays for which the file was chosen. How many went. The keychain's error when it did not take them: then they are where they were.
Result<int> moveLogins(SecretRing& ring);

/// Forgets a login, here and in the keychain.
Result<void> forgetSession(const std::string& server, SecretRing* ring);

/// The file is read, changed and written by one at a time, in all programs of one home.
class AccountsLock {
public:
    AccountsLock();
    ~AccountsLock();
    AccountsLock(const AccountsLock&) = delete;
    AccountsLock& operator=(const AccountsLock&) = delete;

private:
    int m_file;
};

} // namespace artdag
