// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/markers.h"

#include "ui/qt_std.h"

#include <algorithm>

namespace artdag {

std::vector<Marker> markersOf(const Recipe& recipe)
{
    std::vector<Marker> markers;
    const auto list = recipe.unknown.is_object() ? recipe.unknown.find("markers") : recipe.unknown.end();
    if (!recipe.unknown.is_object() || list == recipe.unknown.end() || !list->is_array())
        return markers;
    for (const Json& each : *list) {
        const Result<Flicks> time = each.is_object() && each.contains("time") ? timeOfJson(each["time"], recipe.canvas.rate)
                                                                              : fail(Fault::BadInput, "marker: it has no time");
        if (!time)
            continue;
        const auto title = each.find("title");
        markers.push_back(
            {secondsOfFlicks(*time), title != each.end() && title->is_string() ? toQt(title->get_ref<const std::string&>()) : QString()});
    }
    std::ranges::stable_sort(markers, {}, &Marker::time);
    return markers;
}

Recipe withMarkers(Recipe recipe, std::vector<Marker> markers)
{
    std::ranges::stable_sort(markers, {}, &Marker::time);
    Json list = Json::array();
    for (const Marker& marker : markers) {
        Json one{{"time", marker.time}};
        if (!marker.title.isEmpty())
            one["title"] = toStd(marker.title);
        list.push_back(std::move(one));
    }
    if (list.empty())
        recipe.unknown.erase("markers");
    else
        recipe.unknown["markers"] = std::move(list);
    return recipe;
}

Recipe withToggledMarker(const Recipe& recipe, std::int64_t frame)
{
    std::vector<Marker> markers = markersOf(recipe);
    const auto gone = std::erase_if(markers, [&](const Marker& marker) { return framesOfSeconds(marker.time, recipe.canvas.rate) == frame; });
    if (gone == 0)
        markers.push_back({secondsOfFlicks(timeOfFrame(frame, recipe.canvas.rate)), {}});
    return withMarkers(recipe, std::move(markers));
}

} // namespace artdag
