// SPDX-License-Identifier: GPL-3.0-or-later
// What is still to be sent to other servers, and how those servers behave. Planned with the activity in one transaction;
// leased while it is sent; per host and object in the order in which it was planned.
#pragma once

#include "server/db/works.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

/// An inbox that is not known yet: this, then an actor's id or `@user@host`. Found out when it is sent.
inline constexpr std::string_view unknownInbox = "actor:";

/// One row for each distinct inbox (a shared one where there is one) of: the author's followers when they are addressed, other
/// servers' actors that are addressed or in `alsoTo`, and for a changed or deleted work everyone who answered it. A Delete
/// drops what is still waiting about the same object. The activity has its number already.
Result<void> planDeliveries(Database::Lease& lease, const Activity& activity, const std::vector<std::string>& alsoTo = {});

struct Delivery {
    std::int64_t id = 0;
    std::string user; ///< who signs
    std::string inbox, host;
    std::string bytes;    ///< of the activity
    int tries = 0;        ///< before this one
    bool rfc9421 = false; ///< how that host wants to be signed for
};

/// The one that is longest due, leased until `leaseUntil`: never more than two of one host at a time, never one while an
/// earlier one about the same object waits for that host.
Result<std::optional<Delivery>> claimDelivery(Database& database, std::int64_t now, std::int64_t leaseUntil);
/// After a start: what another life of this process was sending is due again. At worst it arrives twice, with one id.
Result<void> freeLeases(Database& database);

/// It arrived, or will never: the row goes. `reached`: the host answered, whatever it said.
Result<void> finishDelivery(Database& database, const Delivery& delivery, bool reached);
/// Later, as everything else that waits for this host. After seven days of nothing but failures the host is given up and what
/// waits for it is dropped.
Result<void> retryDelivery(Database& database, const Delivery& delivery, std::int64_t now, std::int64_t nextAt, std::string_view error);
/// The inbox is gone (410): its actors follow nobody any more.
Result<void> dropInbox(Database& database, std::string_view inbox);
Result<void> rememberSignatureForm(Database& database, std::string_view host, bool rfc9421);
/// Something came from this host: it lives, and what waits for it is due now.
Result<void> hearFrom(Database::Lease& lease, std::string_view host, std::int64_t now);

Result<std::int64_t> countDeliveries(Database& database);

} // namespace artdag::server
