// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/known_facts.h"

#include "core/media/decode.h"

namespace artdag {

namespace {

Digest keyOf(const ContentId& media, const std::string& layer)
{
    Hasher hasher;
    hasher.add("artdag.media.2\n").addText(probeBuild()).add(media.digest);
    return layer.empty() ? hasher.finish() : hasher.addText(layer).finish();
}

Digest placesKey(const ContentId& media)
{
    return Hasher().add("artdag.places.1\n").addText(probeBuild()).add(media.digest).finish();
}

Json textOf(const ContentId& id)
{
    return id.isNull() ? "" : id.text();
}

ContentId idOf(const Json& json)
{
    const std::string text = json.get<std::string>();
    return text.empty() ? ContentId{} : nameOfText<ContentId>(text).value();
}

/// Members in the order in which they are written; a list is enough for what only this file reads.
Json jsonOf(const Sources::MediaFacts& facts)
{
    const Coding& coding = facts.coding;
    return {facts.width, facts.height, facts.hasPicture, facts.hasSound, facts.still, facts.duration, facts.soundDuration, facts.decoder, static_cast<int>(coding.format),
        static_cast<int>(coding.matrix), static_cast<int>(coding.transfer), static_cast<int>(coding.primaries), static_cast<int>(coding.site), coding.fullRange,
        facts.numbered.numerator, facts.numbered.denominator, textOf(facts.bakedSound), facts.bakedBy, textOf(facts.bakedPicture)};
}

Sources::MediaFacts factsOf(const Json& json)
{
    const auto number = [&](std::size_t at) { return json.at(at).get<int>(); };
    const auto flag = [&](std::size_t at) { return json.at(at).get<bool>(); };
    Sources::MediaFacts facts;
    facts.width = number(0);
    facts.height = number(1);
    facts.hasPicture = flag(2);
    facts.hasSound = flag(3);
    facts.still = flag(4);
    facts.duration = json.at(5).get<Flicks>();
    facts.soundDuration = json.at(6).get<Flicks>();
    facts.decoder = json.at(7).get<std::string>();
    facts.coding.format = static_cast<SampleFormat>(number(8));
    facts.coding.matrix = static_cast<Matrix>(number(9));
    facts.coding.transfer = static_cast<Transfer>(number(10));
    facts.coding.primaries = static_cast<Primaries>(number(11));
    facts.coding.site = static_cast<ChromaSite>(number(12));
    facts.coding.fullRange = flag(13);
    facts.numbered = {json.at(14).get<std::int64_t>(), json.at(15).get<std::int64_t>()};
    facts.bakedSound = idOf(json.at(16));
    facts.bakedBy = json.at(17).get<std::string>();
    facts.bakedPicture = idOf(json.at(18));
    return facts;
}

} // namespace

std::optional<Sources::MediaFacts> knownFacts(Store& store, const ContentId& media, const std::string& layer)
{
    const auto hit = store.action("media", keyOf(media, layer));
    if (!hit)
        return std::nullopt;
    try {
        return factsOf(hit->facts.at("facts"));
    } catch (const std::exception&) { // of the JSON library: not as it was written
        return std::nullopt;
    }
}

std::string knownWords(Store& store, const ContentId& media)
{
    const auto hit = store.action("media", keyOf(media, {}));
    const auto words = hit ? hit->facts.find("found") : Json::const_iterator();
    return hit && words != hit->facts.end() && words->is_string() ? words->get<std::string>() : std::string();
}

void noteFacts(Store& store, const ContentId& media, const std::string& layer, const Sources::MediaFacts& facts, const std::string& words)
{
    if (store.isProvisional(media))
        return;
    ActionResult result{{media}, Json{{"facts", jsonOf(facts)}, {"found", words}}};
    for (const ContentId& baked : {facts.bakedSound, facts.bakedPicture})
        if (!baked.isNull())
            result.objects.push_back(baked); // without it the media are opened again, which bakes it again
    static_cast<void>(store.putAction("media", keyOf(media, layer), result));
}

Bytes knownPlaces(Store& store, const ContentId& media)
{
    const auto hit = store.action("places", placesKey(media));
    return hit && hit->objects.size() == 1 ? store.get(hit->objects.front()).value_or(Bytes()) : Bytes();
}

void notePlaces(Store& store, const ContentId& media, const Bytes& places)
{
    if (store.isProvisional(media))
        return;
    if (const auto object = store.put(places, ObjectClass::Render))
        static_cast<void>(store.putAction("places", placesKey(media), {{*object}, Json::object()}));
}

} // namespace artdag
