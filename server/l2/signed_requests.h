// SPDX-License-Identifier: GPL-3.0-or-later
// Which actor signed a request to this server: its signature read strictly, its key found, fetched or fetched again.
#pragma once

#include "server/db/actors.h"
#include "server/http/message.h"
#include "server/l2/site.h"

#include <optional>

namespace artdag::server {

struct Signer {
    Actor actor;
    Digest signature{}; ///< names this signature, to know it again
};

/// A signer, or the answer to give: 401 with the reason, 403 for a server that is blocked here, 503 when the key cannot be had
/// just now. `gone` when the key is gone for good, as of an account that was deleted.
struct SignerCheck {
    std::optional<Signer> signer;
    bool gone = false;
    std::string keyId;
    Response refusal;
};
SignerCheck checkSigner(Site& site, const Request& request);

/// The verified signer of a GET, when there is a good signature; nothing otherwise.
std::optional<Actor> signerOf(Site& site, const Request& request);
/// In secure mode: the 401 for a request without a good signature; nothing when it may be answered.
std::optional<Response> refuseUnsigned(Site& site, const Request& request);

} // namespace artdag::server
