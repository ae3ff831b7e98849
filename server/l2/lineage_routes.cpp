// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/lineage_routes.h"

#include "server/db/lineage.h"
#include "server/l2/asset_routes.h"
#include "server/l2/bodies.h"

#include <charconv>
#include <set>

namespace artdag::server {

namespace {

constexpr int usualDepth = 4;
constexpr int mostDepth = 16;
constexpr std::size_t mostNodes = 300;
constexpr int mostUses = 50;

/// One walk, away from the work in one direction. What was met is not gone into again, so that a circle ends.
struct Walk {
    Site& site;
    const Request& request;
    std::set<std::string> met;
    Json nodes = Json::array(), edges = Json::array();
    bool whole = true; ///< false: there is more than the limits let through
};

Json nodeOf(const Site& site, const Work& work)
{
    return {{"content_hash", work.content.text()}, {"name", work.name}, {"title", work.title}, {"owner", site.instance.account(work.owner)}, {"asset", site.instance.publicUrl + "/assets/@" + work.owner + "/" + work.name}};
}

/// What the caller may see of these bytes: signed works come first.
Result<std::optional<Work>> seenWork(Walk& walk, const ContentId& content)
{
    for (Work& work : TRY(findWorksOf(*walk.site.database, content)))
        if (maySee(work, walk.request))
            return std::optional(std::move(work));
    return std::optional<Work>();
}

Json edgeJson(const std::string& child, const std::string& parent, const LineageEdge& edge)
{
    return {{"child", child}, {"parent", parent}, {"role", edge.role}, {"weight_bp", edge.weight < 0 ? Json(nullptr) : Json(edge.weight)}, {"owner", edge.owner.empty() ? Json(nullptr) : Json(edge.owner)}, {"url", edge.url.empty() ? Json(nullptr) : Json(edge.url)}};
}

/// The works of the next level.
Result<std::vector<Work>> parents(Walk& walk, const Work& work)
{
    std::vector<Work> next;
    if (!work.claim)
        return next;
    for (const LineageEdge& edge : TRY(parentsOf(*walk.site.database, *work.claim))) {
        const std::string name = edge.parent ? edge.parent->text() : edge.url;
        walk.edges.push_back(edgeJson(work.content.text(), name, edge));
        if (!walk.met.insert(name).second)
            continue;
        auto parent = edge.parent ? TRY(seenWork(walk, *edge.parent)) : std::optional<Work>();
        walk.nodes.push_back(parent ? nodeOf(walk.site, *parent) : Json{{"content_hash", edge.parent ? Json(name) : Json(nullptr)}, {"name", nullptr}, {"title", nullptr}, {"owner", edge.owner.empty() ? Json(nullptr) : Json(edge.owner)}, {"asset", nullptr}});
        if (parent)
            next.push_back(std::move(*parent));
    }
    return next;
}

Result<std::vector<Work>> children(Walk& walk, const Work& work)
{
    std::vector<Work> next;
    std::vector<Work> uses = TRY(findUses(*walk.site.database, work.content, mostUses + 1));
    if (uses.size() > mostUses) {
        walk.whole = false;
        uses.pop_back();
    }
    for (Work& child : uses) {
        for (const LineageEdge& edge : TRY(parentsOf(*walk.site.database, *child.claim)))
            if (edge.parent == work.content)
                walk.edges.push_back(edgeJson(child.content.text(), work.content.text(), edge));
        if (!walk.met.insert(child.content.text()).second)
            continue;
        walk.nodes.push_back(nodeOf(walk.site, child));
        next.push_back(std::move(child));
    }
    return next;
}

Result<Json> walked(Site& site, const Request& request, const Work& work, int depth, Result<std::vector<Work>> (*step)(Walk&, const Work&))
{
    Walk walk{site, request, {work.content.text()}};
    std::vector<Work> level{work};
    for (int i = 0; i < depth && !level.empty() && walk.whole; ++i) {
        std::vector<Work> next;
        for (const Work& at : level) {
            if (walk.nodes.size() >= mostNodes) {
                walk.whole = false;
                break;
            }
            for (Work& found : TRY(step(walk, at)))
                next.push_back(std::move(found));
        }
        level = std::move(next);
    }
    return Json{{"works", std::move(walk.nodes)}, {"edges", std::move(walk.edges)}, {"complete", walk.whole && level.empty()}};
}

Result<int> readDepth(const Request& request)
{
    const std::string text = request.parameter("depth").value_or(std::to_string(usualDepth));
    int depth = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), depth);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || depth < 1 || depth > mostDepth)
        return fail(Fault::BadInput, "depth: must be 1 to " + std::to_string(mostDepth));
    return depth;
}

} // namespace

Result<Response> getAssetLineage(Site& site, const Request& request)
{
    const int depth = TRY(readDepth(request));
    const Work work = TRY(workOfRequest(site, request));
    return jsonResponse(Json{{"content_hash", work.content.text()}, {"ancestors", TRY(walked(site, request, work, depth, parents))}, {"descendants", TRY(walked(site, request, work, depth, children))}});
}

Result<Response> getAssetUses(Site& site, const Request& request)
{
    const Paging paging = TRY(readPaging(request));
    const Work work = TRY(workOfRequest(site, request));
    std::vector<Work> uses = TRY(findUses(*site.database, work.content, paging.limit + 1, paging.before));
    const bool more = uses.size() > static_cast<std::size_t>(paging.limit);
    if (more)
        uses.pop_back();
    Json items = Json::array();
    for (const Work& use : uses)
        items.push_back(assetJson(site, use));
    const std::string next = site.instance.publicUrl + "/assets/@" + work.owner + "/" + work.name + "/used-in?cursor=" + (more ? std::to_string(uses.back().id) : "") + "&limit=" + std::to_string(paging.limit);
    return jsonResponse(Json{{"items", std::move(items)}, {"next", more ? Json(next) : Json(nullptr)}});
}

} // namespace artdag::server
