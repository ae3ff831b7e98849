// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/anchor_routes.h"

#include "core/anchor/block_header.h"
#include "core/identity/keys.h"
#include "server/l2/anchoring.h"
#include "server/l2/bodies.h"
#include "server/l2/proof_bundle.h"
#include "server/web/anchor_page.h"

#include <charconv>

namespace artdag::server {

namespace {

/// What changes anchors is for those who run the server.
Result<void> requireAdmin(Site& site, const Request& request)
{
    const User user = TRY(findUser(*site.database, request.caller.userId));
    if (user.role != "owner" && user.role != "admin")
        return fail(Fault::Denied, "anchors: only an administrator of this server may do this");
    return {};
}

Json anchorJson(const Site& site, const Anchor& anchor)
{
    const std::string url = site.instance.publicUrl + "/anchors/" + hexOf(anchor.root);
    const auto header = readBlockHeader(anchor.header);
    return {{"merkle_root", hexOf(anchor.root)}, {"status", anchor.state}, {"leaves", anchor.leaves}, {"created_at", isoTime(anchor.createdAt)}, {"calendars", anchor.calendars},
        {"bitcoin_block", anchor.block ? Json(*anchor.block) : Json(nullptr)}, {"block_hash", header ? Json(blockHashOf(*header)) : Json(nullptr)}, {"block_time", anchor.blockTime == 0 ? Json(nullptr) : Json(isoTime(anchor.blockTime))},
        {"checked_at", anchor.checkedAt == 0 ? Json(nullptr) : Json(isoTime(anchor.checkedAt))}, {"problem", anchor.error.empty() ? Json(nullptr) : Json(anchor.error)},
        {"timestamp", anchor.proof.empty() ? Json(nullptr) : Json(base64(anchor.proof))}, {"tree", url + "/tree"}};
}

Result<Anchor> anchorOfRequest(Site& site, const Request& request)
{
    const std::string& text = request.capture("merkle_root");
    const auto bytes = bytesOfHex(text);
    if (!bytes || bytes->size() != sizeof(Digest) || text.find_first_of("ABCDEF") != std::string::npos)
        return fail(Fault::BadInput, "anchor: a Merkle root has 64 lower-case hexadecimal digits");
    Digest root{};
    std::copy(bytes->begin(), bytes->end(), root.begin());
    return findAnchor(*site.database, root);
}

/// By number or UUID; NotFound for what the caller may not see.
Result<Activity> activityOfRequest(Site& site, const Request& request)
{
    const std::string& text = request.capture("activity_id");
    std::int64_t seq = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), seq);
    const bool isNumber = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    Activity activity = TRY(isNumber ? findActivity(*site.database, seq) : findActivity(*site.database, std::string_view(text)));
    if (!activity.open && activity.userId != request.caller.userId)
        return fail(Fault::NotFound, "activity: there is no such activity here");
    return activity;
}

} // namespace

Result<Response> postAnchorsCreate(Site& site, const Request& request)
{
    TRY(requireAdmin(site, request));
    const std::vector<Anchor> made = TRY(anchorWaiting(site));
    if (made.empty())
        return fail(Fault::Conflict, "anchors: nothing was published since the last one");
    Json answer = anchorJson(site, made.back());
    answer["made"] = made.size();
    return jsonResponse(answer, 201).with("Location", site.instance.publicUrl + "/anchors/" + hexOf(made.back().root));
}

Result<Response> getAnchors(Site& site, const Request& request)
{
    if (prefersHtml(request))
        return redirect("/anchors/ui").with("Vary", "Accept");
    const Paging paging = TRY(readPaging(request));
    std::vector<Anchor> anchors = TRY(listAnchors(*site.database, paging.before, paging.limit + 1));
    const bool more = anchors.size() > static_cast<std::size_t>(paging.limit);
    if (more)
        anchors.pop_back();
    Json items = Json::array();
    for (const Anchor& anchor : anchors)
        items.push_back(anchorJson(site, anchor));
    const std::string next = site.instance.publicUrl + "/anchors?limit=" + std::to_string(paging.limit) + "&cursor=" + (more ? std::to_string(anchors.back().id) : "");
    return jsonResponse(Json{{"items", std::move(items)}, {"waiting", TRY(countWaitingLeaves(*site.database))}, {"next", more ? Json(next) : Json(nullptr)}}).with("Vary", "Accept");
}

Result<Response> getAnchor(Site& site, const Request& request)
{
    return jsonResponse(anchorJson(site, TRY(anchorOfRequest(site, request))));
}

Result<Response> getAnchorTree(Site& site, const Request& request)
{
    const Anchor anchor = TRY(anchorOfRequest(site, request));
    Json leaves = Json::array();
    for (const Leaf& leaf : TRY(leavesUnder(*site.database, anchor.id))) {
        Json entry{{"seq", leaf.seq}, {"kind", leaf.kind}, {"leaf", hexOf(leaf.leaf)}, {"activity_id", nullptr}};
        if (leaf.kind == "activity") // which one is told only of those that anyone may read
            if (const auto activity = findActivity(*site.database, std::string_view(leaf.ref)); activity && activity->open)
                entry["activity_id"] = activity->seq;
        leaves.push_back(std::move(entry));
    }
    return jsonResponse(Json{{"merkle_root", hexOf(anchor.root)}, {"leaves", std::move(leaves)}});
}

Result<Response> postAnchorUpgrade(Site& site, const Request& request)
{
    TRY(requireAdmin(site, request));
    return jsonResponse(anchorJson(site, TRY(upgradeAnchor(site, TRY(anchorOfRequest(site, request)).root))));
}

Result<Response> getAnchorVerify(Site& site, const Request& request)
{
    const Activity activity = TRY(activityOfRequest(site, request));
    const ActivityCheck check = TRY(checkActivity(site, activity));
    Json answer{{"activity_id", activity.seq}, {"merkle_root", check.anchor ? Json(hexOf(check.anchor->root)) : Json(nullptr)}, {"status", check.status},
        {"bitcoin_block", check.anchor && check.anchor->block ? Json(*check.anchor->block) : Json(nullptr)}, {"verified_at", isoTime(nowMicroseconds())}};
    if (!check.problem.empty())
        answer["problem"] = check.problem;
    return jsonResponse(answer).with("Cache-Control", "no-store");
}

Result<Response> getActivityTimestamp(Site& site, const Request& request)
{
    const Activity activity = TRY(activityOfRequest(site, request));
    const Bytes file = TRY(writeDetachedTimestamp(TRY(activityTimestamp(activity, TRY(checkActivity(site, activity))))));
    return textResponse(std::string(file.begin(), file.end()), "application/vnd.opentimestamps.ots").with("Content-Disposition", "attachment; filename=\"activity-" + std::to_string(activity.seq) + ".json.ots\"");
}

Result<Response> getProofBundle(Site& site, const Request& request)
{
    const Activity activity = TRY(activityOfRequest(site, request));
    return jsonResponse(TRY(proofBundle(site, activity, TRY(checkActivity(site, activity))))).with("Content-Disposition", "attachment; filename=\"activity-" + std::to_string(activity.seq) + ".proof.json\"");
}

Result<Response> postTestOts(Site& site, const Request& request)
{
    TRY(requireAdmin(site, request));
    Json sources = Json::array();
    bool works = true;
    for (const TriedSource& source : tryTimeSources(site)) {
        sources.push_back(Json{{"url", source.url}, {"works", source.problem.empty()}, {"problem", source.problem.empty() ? Json(nullptr) : Json(source.problem)}, {"milliseconds", source.milliseconds}});
        works = works && source.problem.empty();
    }
    return jsonResponse(Json{{"works", works && !sources.empty()}, {"sources", std::move(sources)}});
}

Result<Response> getAnchorsPage(Site& site, const Request& request)
{
    const Paging paging = TRY(readPaging(request));
    AnchorPage page;
    page.anchors = TRY(listAnchors(*site.database, paging.before, paging.limit + 1));
    page.waiting = TRY(countWaitingLeaves(*site.database));
    if (page.anchors.size() > static_cast<std::size_t>(paging.limit)) {
        page.anchors.pop_back();
        page.next = "/anchors/ui?cursor=" + std::to_string(page.anchors.back().id);
    }
    return anchorPage(site, page);
}

} // namespace artdag::server
