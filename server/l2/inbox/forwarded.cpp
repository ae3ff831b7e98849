// SPDX-License-Identifier: GPL-3.0-or-later
// Activities that a server passes on for another. The signature that they carry is checked, for which their author's key may have
// to be fetched; it shows that it is worth asking the origin, and what is then fetched there is what counts.
#include "core/federation/activity_fields.h"
#include "server/db/jobs.h"
#include "server/l2/federation.h"
#include "server/l2/inbox/activities.h"

namespace artdag::server {

namespace {

Result<bool> isAboutOurs(Received& received, const std::string& object)
{
    if (TRY(answeredWork(received, idOf(objectOf(received.activity, "object"), "inReplyTo"))))
        return true;
    return TRY(findInteraction(received.lease, object)).has_value();
}

} // namespace

Result<bool> queueForwarded(Received& received)
{
    const std::string type = textOf(received.activity, "type");
    const std::string object = idOf(received.activity, "object");
    const std::string origin = originOfUrl(idOf(received.activity, "actor"));
    const bool hinted = received.activity.contains("signature") || received.activity.contains("proof");
    if (!hinted || (type != "Create" && type != "Update" && type != "Delete") || origin.empty() || originOfUrl(object) != origin || isOurs(received.site.instance, object))
        return false;
    if (TRY(isAboutOurs(received, object)))
        TRY(addJob(received.lease, "forwarded", object + " " + hexOf(sha3(bytesOf(received.body))), Json{{"object", object}, {"actor", idOf(received.activity, "actor")}, {"bytes", std::string(received.body)}}, received.now)); // a forged one must not stand before the true one
    return true;
}

} // namespace artdag::server
