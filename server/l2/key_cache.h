// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of those who send much, as they were last read: to read one again for each of their activities takes longer than to
// check the signature.
#pragma once

#include "core/identity/verifying_key.h"

#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace artdag::server {

/// By the text of the key, so that a changed key is another one. Any thread. Bounded: of more than a thousand keys (some 5 kB
/// each) those go that were not asked for lately.
class KeyCache {
public:
    /// As VerifyingKey::fromPem, of a stranger; what cannot be read is not kept.
    Result<VerifyingKey> read(const std::string& pem);
    [[nodiscard]] std::size_t size();

private:
    std::optional<VerifyingKey> find(const std::string& pem);
    void keep(const std::string& pem, const VerifyingKey& key); ///< the mutex is held
    using Keys = std::unordered_map<std::string, VerifyingKey>;
    std::mutex m_mutex;
    Keys m_recent, m_before; ///< when the first is full it becomes the second
};

} // namespace artdag::server
