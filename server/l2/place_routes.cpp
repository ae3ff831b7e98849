// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/place_routes.h"

#include "server/l2/bodies.h"
#include "server/l2/instance_texts.h"
#include "server/l2/openapi.h"
#include "server/web/place_pages.h"

namespace artdag::server {

namespace {

constexpr std::int64_t securityTxtLife = 180LL * 24 * 3600 * 1'000'000; // µs

Result<ActivityLine> lineOf(Site& site, Activity activity)
{
    ActivityLine line;
    line.user = TRY(findUser(*site.database, activity.userId)).name;
    if (activity.workId != 0)
        if (const auto work = findWork(*site.database, activity.workId); work && work->isOpen()) {
            line.workTitle = work->title;
            line.workName = work->name;
            line.workOwner = work->owner;
        }
    line.activity = std::move(activity);
    return line;
}

Json jsonOf(const Site& site, const ActivityLine& line)
{
    return {{"index", line.activity.seq}, {"id", site.instance.publicUrl + "/activities/" + line.activity.uuid}, {"type", line.activity.type}, {"actor", site.instance.actorUrl(line.user)}, {"published", isoTime(line.activity.published)}};
}

} // namespace

Result<Response> getTextPage(Site& site, const Request& request)
{
    const std::string name = request.path.substr(1);
    std::string title = name;
    title[0] = static_cast<char>(title[0] - 32);
    return textPage(site, name == "about" ? "About " + site.instance.domain : title, TRY(instanceText(site, name)));
}

Result<Response> getSecurityTxt(Site& site, const Request&)
{
    // RFC 9116: Contact and Expires must be there.
    const std::string& url = site.instance.publicUrl;
    return textResponse("Contact: " + url + "/contact\nExpires: " + isoTime(nowMicroseconds() + securityTxtLife) + "\nPreferred-Languages: en\nCanonical: " + url + "/.well-known/security.txt\n", "text/plain; charset=utf-8");
}

Result<Response> getClientPage(Site& site, const Request&)
{
    return clientPage(site);
}

Result<Response> getDocsPage(Site& site, const Request&)
{
    return docsPage(site, openApiDocument(site.instance.publicUrl));
}

Result<Response> getActivities(Site& site, const Request& request)
{
    const Paging paging = TRY(readPaging(request));
    std::vector<ActivityLine> lines;
    for (Activity& activity : TRY(listActivities(*site.database, paging.before, paging.limit)))
        lines.push_back(TRY(lineOf(site, std::move(activity))));
    const std::string next = static_cast<int>(lines.size()) == paging.limit ? "/activities?limit=" + std::to_string(paging.limit) + "&cursor=" + std::to_string(lines.back().activity.seq) : "";
    if (prefersHtml(request))
        return activitiesPage(site, lines, next);
    Json items = Json::array();
    for (const ActivityLine& line : lines)
        items.push_back(jsonOf(site, line));
    return jsonResponse(Json{{"items", std::move(items)}, {"next", next.empty() ? Json(nullptr) : Json(site.instance.publicUrl + next)}}).with("Vary", "Accept");
}

Result<Response> activityPageOf(Site& site, const Activity& activity, const Work& work)
{
    ActivityLine line{activity, TRY(findUser(*site.database, activity.userId)).name, work.title, work.name, work.owner};
    const auto document = readJson(activity.bytes);
    return activityPage(site, line, document ? document->dump(2) : activity.bytes);
}

} // namespace artdag::server
