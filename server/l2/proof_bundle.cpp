// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/proof_bundle.h"

#include "core/anchor/block_header.h"
#include "core/identity/keys.h"

namespace artdag::server {

namespace {

Json pathJson(const std::vector<MerkleStep>& path)
{
    Json steps = Json::array();
    for (const MerkleStep& step : path)
        steps.push_back(Json{{"side", step.isLeft ? "left" : "right"}, {"hash", hexOf(step.sibling)}});
    return steps;
}

Json blockJson(const Anchor& anchor)
{
    if (anchor.state != "confirmed")
        return nullptr;
    const auto header = readBlockHeader(anchor.header);
    return {{"height", *anchor.block}, {"header", hexOf(anchor.header)}, {"hash", header ? blockHashOf(*header) : ""}, {"time", isoTime(anchor.blockTime)}};
}

/// Claim and manifest of a work, as they were signed, and the keys that its owner ever had.
Result<void> addPapers(Site& site, const Activity& activity, Json& bundle)
{
    Json keys = Json::array();
    for (const UserKey& key : TRY(keysOf(*site.database, activity.userId)))
        keys.push_back(Json{{"kid", key.key.kid()}, {"public", key.key.pem()}, {"not_before", isoTime(key.notBefore)}, {"revoked_at", key.revokedAt == 0 ? Json(nullptr) : Json(isoTime(key.revokedAt))}});
    bundle["keys"] = std::move(keys);
    bundle["claim"] = bundle["manifest"] = nullptr;
    if (activity.workId == 0)
        return {};
    const Work work = TRY(findWork(*site.database, activity.workId));
    if (work.claim)
        bundle["claim"] = TRY(claimBytes(*site.database, *work.claim));
    if (work.manifest)
        bundle["manifest"] = TRY(manifestBytes(*site.database, *work.manifest));
    return {};
}

} // namespace

Result<Json> proofBundle(Site& site, const Activity& activity, const ActivityCheck& check)
{
    if (check.status == "changed" || check.status == "erased")
        return fail(Fault::Conflict, "activity " + std::to_string(activity.seq) + ": " + (check.problem.empty() ? "it was erased, and its salt with it" : check.problem));
    Json bundle{{"artdag_proof_bundle", 1}, {"server", site.instance.publicUrl}, {"activity_id", activity.seq}, {"status", check.status},
        {"activity", base64(bytesOf(activity.bytes))}, {"salt", hexOf(check.leaf.salt)}, {"leaf", hexOf(check.leaf.leaf)}, {"seq", check.leaf.seq}, {"path", pathJson(check.path)},
        {"merkle_root", nullptr}, {"ots", nullptr}, {"block", nullptr}};
    if (check.anchor) {
        bundle["merkle_root"] = hexOf(check.anchor->root);
        bundle["block"] = blockJson(*check.anchor);
        if (!check.anchor->proof.empty())
            bundle["ots"] = base64(TRY(writeDetachedTimestamp(TRY(activityTimestamp(activity, check)))));
    }
    TRY(addPapers(site, activity, bundle));
    return bundle;
}

} // namespace artdag::server
