// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/travelling_signature.h"

#include "core/federation/activity_fields.h"
#include "core/federation/linked_data_signature.h"

namespace artdag::server {

Result<void> checkTravels(const Json& activity, const Actor& actor, std::int64_t now)
{
    constexpr std::int64_t hour = 3600;
    const LinkedDataSignature signature = TRY(readLinkedDataSignature(activity));
    if (idOf(activity, "actor") != actor.uri || signature.creator != actor.keyId)
        return fail(Fault::Denied, "signature: its key is not that of the activity's actor");
    if (signature.created < now - 24 * hour || signature.created > now + hour)
        return fail(Fault::Denied, "signature: it was not made within the last day");
    const auto key = PublicKey::fromPem(actor.keyPem, KeyOwner::Stranger);
    if (!key || !isSignedBy(signature, *key))
        return fail(Fault::Denied, "signature: it was not made by the key that it names");
    return {};
}

} // namespace artdag::server
