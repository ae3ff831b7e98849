// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/converter.h"
#include "core/import/old_names.h"

namespace artdag {

Made Converter::sequence(const OldNode& node, const Feeds& feeds)
{
    Json config = configOf(node);
    Json item = Json::object();
    double overlap = 0;
    if (const auto found = config.find("transition"); found != config.end()) {
        const Json transition = *found;
        config.erase("transition");
        const Json& type = transition.is_object() && transition.contains("type") ? transition["type"] : transition;
        const double duration = transition.is_object() && transition.contains("duration") && transition["duration"].is_number() ? transition["duration"].get<double>() : 0.5;
        if (type == "crossfade") {
            item = {{"transition", "crossfade"}, {"overlap", duration}};
            overlap = duration;
        } else if (type != "cut") {
            m_make.note(node.place, subjectOf(node) + ": transition " + shortText(type) + " has no counterpart; it cuts");
        }
    }
    if (config.contains("background") && config["background"] == "black")
        config.erase("background"); // as here
    Node& made = m_make.node("sequence", node);
    Made out{Wire{made.name, ""}, std::nullopt, std::nullopt, 0.0};
    bool sound = false;
    for (const Made* feed : feeds) {
        sound = sound || feed->sound;
        if (!feed->picture)
            continue;
        m_make.append(made, "items", *feed->picture, feed == feeds.back() ? Json::object() : item, node);
        out.seconds = out.seconds && feed->seconds ? std::optional(*out.seconds + *feed->seconds - (feed == feeds.back() ? 0.0 : overlap)) : std::nullopt;
    }
    if (made.in.empty())
        return m_make.drop(made), leaveOut(node, feeds, "there is no picture");
    m_make.arguments(made, config, node);
    if (sound)
        m_make.note(node.place, subjectOf(node) + ": the sounds of its parts are not joined; put a sound to the output");
    return out;
}

Made Converter::layer(const OldNode& node, const Feeds& feeds)
{
    Json config = configOf(node);
    const Json items = config.contains("inputs") && config["inputs"].is_array() ? config["inputs"] : Json::array();
    config.erase("inputs");
    Node& made = m_make.node("layer", node);
    for (std::size_t i = 0; i < feeds.size(); ++i) {
        Json item = i < items.size() && items[i].is_object() ? items[i] : Json::object();
        if (item.contains("position")) {
            if (item["position"] != Json::array({0, 0}))
                m_make.note(node.place, subjectOf(node) + ": position " + item["position"].dump() + " of item " + std::to_string(i + 1) + " counts px from a corner; here it is the centre, 0–1 of the frame: set it by eye");
            item.erase("position");
        }
        if (feeds[i]->picture)
            m_make.append(made, "items", *feeds[i]->picture, item, node);
    }
    if (made.in.empty())
        return m_make.drop(made), leaveOut(node, feeds, "there is no picture");
    m_make.arguments(made, config, node);
    return {Wire{made.name, ""}, feeds[0]->sound, std::nullopt, feeds[0]->seconds};
}

Made Converter::blend(const OldNode& node, const Feeds& feeds)
{
    if (feeds.size() != 2 || !feeds[0]->picture || !feeds[1]->picture)
        return leaveOut(node, feeds, "it takes two pictures");
    Json config = configOf(node);
    const std::string mode = config.contains("mode") && config["mode"].is_string() ? config["mode"].get<std::string>() : "overlay"; // what it was when not said
    if (const auto ours = blendModeOfOld(mode))
        config["mode"] = std::string(*ours);
    if (!config.contains("opacity"))
        config["opacity"] = 0.5;
    Node& made = m_make.node("blend", node);
    m_make.connect(made, "below", *feeds[0]->picture);
    m_make.connect(made, "above", *feeds[1]->picture);
    m_make.arguments(made, config, node);
    return {Wire{made.name, ""}, feeds[0]->sound, std::nullopt, feeds[0]->seconds};
}

Made Converter::mux(const OldNode& node, const Feeds& feeds)
{
    const auto stream = [&](const char* name, std::size_t usual) {
        const Json* given = node.config.contains(name) ? &node.config[name] : nullptr;
        return given != nullptr && given->is_number_unsigned() ? given->get<std::size_t>() : usual;
    };
    const std::size_t picture = stream("video_stream", 0), sound = stream("audio_stream", 1);
    if (picture >= feeds.size() || sound >= feeds.size() || !feeds[picture]->picture || !feeds[sound]->sound)
        return leaveOut(node, feeds, "it takes a picture and a sound");
    Node& made = m_make.node("mux", node);
    m_make.connect(made, "picture", *feeds[picture]->picture);
    m_make.connect(made, "sound", *feeds[sound]->sound);
    return {Wire{made.name, ""}, Wire{made.name, "sound"}, std::nullopt, feeds[picture]->seconds};
}

Made Converter::audioMix(const OldNode& node, const Feeds& feeds)
{
    Json config = configOf(node);
    const Json gains = config.contains("gains") && config["gains"].is_array() ? config["gains"] : Json::array();
    config.erase("gains");
    if (!config.contains("normalize"))
        config["normalize"] = true; // what it was when not said
    Node& made = m_make.node("mix", node);
    for (std::size_t i = 0; i < feeds.size(); ++i) {
        Json item = Json::object();
        if (i < gains.size() && gains[i].is_number() && gains[i] != 1)
            item["gain"] = decibelsOfFactor(gains[i].get<double>());
        if (feeds[i]->sound)
            m_make.append(made, "items", *feeds[i]->sound, item, node);
    }
    if (made.in.empty())
        return m_make.drop(made), leaveOut(node, feeds, "there is no sound");
    m_make.arguments(made, config, node);
    return {first(feeds).picture, Wire{made.name, ""}, std::nullopt, first(feeds).seconds};
}

} // namespace artdag
