// SPDX-License-Identifier: GPL-3.0-or-later
// What a renderer and a registry say to each other about people: documents signed by the key of the instance that speaks, and
// never believed from a registry that the operator did not name.
#pragma once

#include "core/base/json.h"
#include "server/l2/site.h"

#include <cstdint>
#include <string>

namespace artdag::server {

struct AttachedPerson {
    std::string name;         ///< of the account here: `giles@artdag.example`, or `giles` of the registry in this process
    std::int64_t seconds = 0; ///< how long it may last
};

/// POST registry/auth/verify. Denied when the registry does not know the code; Unavailable when it does not answer.
Result<AttachedPerson> exchangeCode(Site& site, const std::string& registry, const std::string& code, const std::string& state, const std::string& nonce);

/// The account whose tokens are to end, of a document that a registry signed with its instance's key within ten minutes, for this
/// renderer. Denied otherwise.
Result<std::string> readRevocation(Site& site, const Json& document);

} // namespace artdag::server
