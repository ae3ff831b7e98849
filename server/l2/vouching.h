// SPDX-License-Identifier: GPL-3.0-or-later
// What parties other than its owner say about a work, checked: who stands by it, who rendered it again, who objects, and how far its
// date has come. Facts only; server/web/vouching.cpp says them.
#pragma once

#include "core/provenance/reverification.h"
#include "server/db/anchors.h"
#include "server/db/attestations.h"
#include "server/db/works.h"
#include "server/l2/site.h"

#include <optional>
#include <string>
#include <vector>

namespace artdag::server {

struct Voucher {
    Attestation attestation;
    std::string party;     ///< account, else kid
    bool isOther = false;  ///< neither the owner nor a key that signed the run
    std::string statement; ///< of a co-signature, or the reason of a dispute
    std::optional<ReverificationFacts> rendered;
};

struct Vouching {
    std::vector<Voucher> vouchers;
    std::optional<Anchor> anchor;          ///< of the claim
    std::vector<std::string> rerenderedBy; ///< parties, each once, that found the signed pixels
    std::vector<std::string> differsFor;   ///< that found others
};
Result<Vouching> vouchingOf(Site& site, const Work& work);

/// Checks what was sent about a work and records it. BadInput or Denied say which check failed; true when it is new.
Result<bool> recordCosignature(Site& site, const Work& work, const Json& body);
Result<bool> recordReverification(Site& site, const Work& work, const Json& body);
Result<bool> recordDispute(Site& site, const Work& work, const std::string& account, const std::string& reason);

} // namespace artdag::server
