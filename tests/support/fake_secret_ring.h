// SPDX-License-Identifier: GPL-3.0-or-later
// A keychain in memory, which can be locked, absent or forgetful.
#pragma once

#include "core/identity/secret_ring.h"

#include <map>
#include <optional>

namespace artdag {

class FakeSecretRing : public SecretRing {
public:
    std::map<std::string, std::string> secrets;
    std::optional<Error> trouble; ///< of every call
    bool forgets = false;         ///< takes everything and keeps nothing
    int writesLeft = 1 << 20;     ///< then it is locked

    Result<std::string> read(const std::string& name) override
    {
        if (trouble)
            return tl::unexpected<Error>(*trouble);
        const auto secret = secrets.find(name);
        if (secret == secrets.end())
            return fail(Fault::NotFound, "keychain: none");
        return secret->second;
    }
    Result<void> write(const std::string& name, const std::string& secret) override
    {
        if (trouble)
            return tl::unexpected<Error>(*trouble);
        if (writesLeft-- <= 0)
            return fail(Fault::Denied, "keychain: locked");
        if (!forgets)
            secrets[name] = secret;
        return {};
    }
    Result<void> remove(const std::string& name) override
    {
        if (trouble)
            return tl::unexpected<Error>(*trouble);
        secrets.erase(name);
        return {};
    }
    void giveUp() override {}
};

} // namespace artdag
