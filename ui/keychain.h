// SPDX-License-Identifier: GPL-3.0-or-later
// One secret of ours in the desktop's keychain (Secret Service, KWallet), asked for without ever waiting: a keychain may be
// locked, slow, or not there at all. It holds the passphrase of the key file, never a key.
#pragma once

#include "core/base/result.h"

#include <QString>

#include <functional>
#include <memory>
#include <string>

namespace artdag {

inline constexpr const char* studioClient = "artdag-studio"; ///< as servers know the program that logs in

/// GUI thread; answers come once each, from its event loop or at once, and not after the keychain's own end.
class Keychain {
public:
    virtual ~Keychain() = default;
    /// NotFound: it works and has none. Denied: the user, or a lock that was not opened. Unavailable: there is no keychain.
    virtual void read(std::function<void(Result<std::string>)> done) = 0;
    virtual void write(const std::string& secret, std::function<void(Result<void>)> done) = 0;
};

/// The desktop's, by QtKeychain. `name` tells several homes apart.
std::unique_ptr<Keychain> openKeychain(const QString& name);

} // namespace artdag
