// SPDX-License-Identifier: GPL-3.0-or-later
// A public key made ready to verify with, for who checks many signatures by it: a PublicKey is only its bytes, and is made
// ready again for each.
#pragma once

#include "core/identity/keys.h"

#include <memory>
#include <string_view>

namespace artdag {

/// A value; copies share what was made ready. Any number of threads may verify with one at once.
class VerifyingKey {
public:
    /// As PublicKey::fromPem.
    static Result<VerifyingKey> fromPem(std::string_view pem, KeyOwner owner = KeyOwner::Creator);
    static VerifyingKey of(const PublicKey& key);
    [[nodiscard]] KeyAlgorithm algorithm() const { return m_algorithm; }
    [[nodiscard]] bool verify(ByteView message, ByteView signature) const;

private:
    KeyAlgorithm m_algorithm = KeyAlgorithm::Ed25519;
    std::shared_ptr<void> m_key;
};

} // namespace artdag
