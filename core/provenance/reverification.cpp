// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provenance/reverification.h"

#include "core/provenance/members.h"

#include <algorithm>

namespace artdag {

namespace {

constexpr std::int64_t greatest = std::int64_t{1} << 53;
constexpr std::size_t mostKeys = 16;

bool seedText(std::string_view text)
{
    return !text.empty() && text.size() <= 20 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

Result<Json> makeReverification(const ReverificationFacts& facts)
{
    Json document{{"v", 1}, {"type", "artdag.reverification"}, {"run", facts.run.text()}, {"frames_hash", facts.framesHash.text()}, {"frames", facts.frames},
        {"frames_rendered", facts.framesRendered}, {"seed", facts.seed.empty() ? Json(nullptr) : Json(facts.seed)}, {"sound", facts.sound}, {"numerics", facts.numerics},
        {"software", {{"name", facts.softwareName}, {"version", facts.softwareVersion}}}, {"result", facts.match ? "match" : "differs"}, {"created_at", facts.createdAt}};
    TRY(readReverification(document));
    return document;
}

Result<ReverificationFacts> readReverification(const Json& document)
{
    Members members = TRY(Members::of(document, ""));
    ReverificationFacts facts;
    TRY(members.integer("v", 1, 1));
    TRY(members.constant("type", "artdag.reverification"));
    facts.run = TRY(members.hash<ManifestId>("run"));
    facts.framesHash = TRY(members.hash<FramesHash>("frames_hash"));
    facts.frames = TRY(members.integer("frames", 0, greatest));
    facts.framesRendered = TRY(members.integer("frames_rendered", 0, facts.frames));
    facts.seed = TRY(members.textOrNull("seed", form::token));
    if (!facts.seed.empty() && !seedText(facts.seed))
        return badMember("/seed", "must be a whole number as text, or null");
    if (facts.seed.empty() && facts.framesRendered != facts.frames)
        return badMember("/seed", "must say which frames were chosen, for they are not all");
    facts.sound = TRY(members.boolean("sound"));
    facts.numerics = TRY(members.text("numerics", form::token));
    Members software = TRY(members.object("software"));
    facts.softwareName = TRY(software.text("name", form::token));
    facts.softwareVersion = TRY(software.text("version", form::token));
    TRY(software.finish());
    facts.match = TRY(members.choice("result", {"differs", "match"})) == 1;
    facts.createdAt = TRY(members.text("created_at", form::instant));
    if (members.has("sig")) {
        TRY(signersOf(document));
        TRY(members.eachItem("sig", 16, [](const Json&, const std::string&) { return Result<void>(); }));
    }
    TRY(members.finish());
    return facts;
}

Json jsonOfReverificationFile(const ReverificationFile& file)
{
    Json keys = Json::array();
    for (const PublicKey& key : file.keys)
        keys.push_back(key.pem());
    return {{"artdag_reverification", 1}, {"reverification", file.document}, {"keys", keys}};
}

Result<ReverificationFile> readReverificationFile(std::string_view text)
{
    const auto json = readJson(text);
    const bool isOne = json && json->is_object() && json->value("artdag_reverification", Json()) == 1;
    const Json keys = isOne ? json->value("keys", Json()) : Json();
    if (!isOne || !keys.is_array() || keys.size() > mostKeys)
        return fail(Fault::Corrupt, "reverification: this is not a reverification file of version 1");
    ReverificationFile file{json->value("reverification", Json()), {}};
    for (const Json& pem : keys) {
        auto key = pem.is_string() ? PublicKey::fromPem(pem.get_ref<const std::string&>()) : Result<PublicKey>(fail(Fault::Corrupt, ""));
        if (!key)
            return fail(Fault::Corrupt, "reverification: 'keys' must be a list of public keys (PEM)");
        file.keys.push_back(std::move(*key));
    }
    return file;
}

} // namespace artdag
