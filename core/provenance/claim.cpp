// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provenance/claim.h"

#include "core/identity/keys.h"
#include "core/provenance/members.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace artdag {

namespace {

constexpr std::int64_t greatest = std::int64_t{1} << 53;
constexpr std::size_t mostItems = 10'000;
constexpr int wholeWeight = 10'000;
constexpr std::array<std::string_view, 4> roleNames{"input", "effect", "recipe", "infrastructure"};
constexpr std::array<int, 4> defaultShares{40, 25, 20, 15};
constexpr std::array<std::string_view, 4> accessNames{"public", "followers", "request", "sealed"};

Json orNull(const std::string& text)
{
    return text.empty() ? Json(nullptr) : Json(text);
}

template <class N>
Json orNull(const std::optional<N>& name)
{
    return name ? Json(name->text()) : Json(nullptr);
}

Json jsonOf(const Ingredient& ingredient)
{
    return Json{{"role", nameOf(ingredient.role)}, {"content_hash", ingredient.contentHash.text()}, {"owner", orNull(ingredient.owner)}, {"weight_bp", ingredient.weight}, {"url", orNull(ingredient.url)}};
}

Result<Ingredient> readIngredient(Members members)
{
    Ingredient ingredient;
    ingredient.role = static_cast<IngredientRole>(TRY(members.choice("role", {roleNames.begin(), roleNames.end()})));
    ingredient.contentHash = TRY(members.hash<ContentId>("content_hash"));
    ingredient.owner = TRY(members.textOrNull("owner", form::actor));
    ingredient.weight = static_cast<int>(TRY(members.integer("weight_bp", 0, wholeWeight)));
    ingredient.url = TRY(members.textOrNull("url", form::url));
    TRY(members.finish());
    return ingredient;
}

Result<void> readIngredients(Members& members, ClaimFacts& facts)
{
    std::int64_t sum = 0;
    TRY(members.eachItem("ingredients", mostItems, [&](const Json& item, const std::string& pointer) -> Result<void> {
        facts.ingredients.push_back(TRY(readIngredient(TRY(Members::of(item, pointer)))));
        sum += facts.ingredients.back().weight;
        return {};
    }));
    if (!facts.ingredients.empty() && sum != wholeWeight)
        return badMember("/ingredients", "weights must sum to 10000, got " + std::to_string(sum));
    return {};
}

Result<std::vector<std::string>> readTexts(Members& members, const char* name, std::size_t most, TextForm wanted)
{
    std::vector<std::string> texts;
    TRY(members.eachItem(name, most, [&](const Json& item, const std::string& pointer) -> Result<void> {
        if (!item.is_string() || !wanted(item.get_ref<const std::string&>()))
            return badMember(pointer, std::string("must be ") + form::nameOf(wanted));
        texts.push_back(item.get<std::string>());
        return {};
    }));
    return texts;
}

Result<void> readTerms(Members& members, ClaimFacts& facts)
{
    Members access = TRY(members.object("access"));
    facts.recipeAccess = static_cast<RecipeAccess>(TRY(access.choice("recipe", {accessNames.begin(), accessNames.end()})));
    facts.inputsPublic = TRY(access.choice("inputs", {"public", "cite"})) == 0;
    if (facts.recipeAccess == RecipeAccess::Sealed && access.has("root")) // any other has none, and finish says so
        facts.sealedRoot = TRY(access.hexDigest("root"));
    TRY(access.finish());
    Members payout = TRY(members.object("payout"));
    facts.payoutPolicy = TRY(payout.text("policy", form::token));
    TRY(payout.finish());
    if (!members.isNull("price")) {
        Members price = TRY(members.object("price"));
        facts.price = ClaimPrice{TRY(price.integer("amount", 0, greatest)), TRY(price.text("asset", form::token)), TRY(price.text("per", form::token))};
        TRY(price.finish());
    }
    facts.regions = TRY(readTexts(members, "regions", 300, form::token));
    for (std::size_t i = 0; i < facts.regions.size(); ++i)
        if (facts.regions[i].size() != 2 || !std::ranges::all_of(facts.regions[i], [](char c) { return c >= 'A' && c <= 'Z'; }))
            return badMember("/regions/" + std::to_string(i), "must be a country of two capital letters");
    return {};
}

/// Splits a whole by parts, exactly: each gets its floor, then the largest remainders get one more, the earlier of equals
/// first.
std::vector<int> split(int whole, const std::vector<int>& parts)
{
    const std::int64_t sum = std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
    std::vector<int> shares;
    std::vector<std::size_t> order;
    int left = whole;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        shares.push_back(static_cast<int>(std::int64_t{whole} * parts[i] / sum));
        left -= shares.back();
        order.push_back(i);
    }
    std::ranges::stable_sort(order, std::greater<>(), [&](std::size_t i) { return std::int64_t{whole} * parts[i] % sum; });
    for (std::size_t i = 0; left > 0; ++i, --left)
        ++shares[order[i]];
    return shares;
}

/// The default policy. Who is not named gets nothing; roles in which nobody is named fold over the others.
void weigh(std::vector<Ingredient>& ingredients)
{
    std::array<std::vector<Ingredient*>, 4> named;
    for (Ingredient& ingredient : ingredients)
        if (!ingredient.owner.empty())
            named[static_cast<std::size_t>(ingredient.role)].push_back(&ingredient);
    std::vector<int> parts;
    for (std::size_t role = 0; role < named.size(); ++role)
        parts.push_back(named[role].empty() ? 0 : defaultShares[role]);
    if (std::ranges::all_of(parts, [](int part) { return part == 0; })) {
        for (Ingredient& ingredient : ingredients)
            if (ingredient.role == IngredientRole::Recipe)
                ingredient.weight = wholeWeight; // kept for whoever turns out to be its author
        return;
    }
    const std::vector<int> ofRoles = split(wholeWeight, parts);
    for (std::size_t role = 0; role < named.size(); ++role) {
        if (named[role].empty())
            continue;
        const std::vector<int> shares = split(ofRoles[role], std::vector<int>(named[role].size(), 1));
        for (std::size_t i = 0; i < shares.size(); ++i)
            named[role][i]->weight = shares[i];
    }
}

} // namespace

const char* nameOf(IngredientRole role)
{
    return roleNames[static_cast<std::size_t>(role)].data();
}

Result<Json> makeClaim(const ClaimFacts& facts)
{
    Json document{{"v", 1}, {"type", "artdag.claim"}, {"work", facts.work}, {"version", facts.version}};
    document["supersedes"] = orNull(facts.supersedes);
    document["run"] = orNull(facts.run);
    document["content_hash"] = facts.contentHash.text();
    document["sha256"] = hexOf(facts.sha256);
    document["frames_hash"] = orNull(facts.framesHash);
    document["embedded"] = facts.embedded;
    document["title"] = facts.title;
    document["creator"] = orNull(facts.creator);
    document["license"] = orNull(facts.license);
    document["tags"] = facts.tags;
    document["access"] = Json{{"recipe", accessNames[static_cast<std::size_t>(facts.recipeAccess)]}, {"inputs", facts.inputsPublic ? "public" : "cite"}};
    if (facts.sealedRoot)
        document["access"]["root"] = hexOf(*facts.sealedRoot);
    document["disclosure"] = orNull(facts.disclosure);
    document["ingredients"] = Json::array();
    for (const Ingredient& ingredient : facts.ingredients)
        document["ingredients"].push_back(jsonOf(ingredient));
    document["payout"] = Json{{"policy", facts.payoutPolicy}};
    document["price"] = nullptr;
    if (facts.price)
        document["price"] = Json{{"amount", facts.price->amount}, {"asset", facts.price->asset}, {"per", facts.price->per}};
    document["regions"] = facts.regions;
    document["created_at"] = facts.createdAt;
    TRY(signedBytes(claimPrefix, document)); // text that is not UTF-8
    TRY(readClaim(document));
    return document;
}

Result<ClaimFacts> readClaim(const Json& document)
{
    Members members = TRY(Members::of(document, ""));
    ClaimFacts facts;
    TRY(members.integer("v", 1, 1));
    TRY(members.constant("type", "artdag.claim"));
    facts.work = TRY(members.text("work", form::uuid));
    facts.version = TRY(members.integer("version", 1, greatest));
    if (!members.isNull("supersedes"))
        facts.supersedes = TRY(members.hash<ManifestId>("supersedes"));
    if (facts.supersedes.has_value() != (facts.version > 1))
        return badMember("/supersedes", "must name the version before, and be null for the first");
    if (!members.isNull("run"))
        facts.run = TRY(members.hash<ManifestId>("run"));
    facts.contentHash = TRY(members.hash<ContentId>("content_hash"));
    facts.sha256 = TRY(members.hexDigest("sha256"));
    if (!members.isNull("frames_hash"))
        facts.framesHash = TRY(members.hash<FramesHash>("frames_hash"));
    const std::vector<std::string_view> embedded{"none", "link", "full"};
    facts.embedded = embedded[TRY(members.choice("embedded", embedded))];
    facts.title = TRY(members.text("title", form::line));
    facts.creator = TRY(members.textOrNull("creator", form::actor));
    facts.license = TRY(members.textOrNull("license", form::line));
    facts.tags = TRY(readTexts(members, "tags", 100, form::line));
    facts.disclosure = TRY(members.textOrNull("disclosure", form::token));
    TRY(readIngredients(members, facts));
    TRY(readTerms(members, facts));
    facts.createdAt = TRY(members.text("created_at", form::instant));
    if (members.has("sig")) {
        TRY(signersOf(document));
        TRY(members.eachItem("sig", 16, [](const Json&, const std::string&) { return Result<void>(); }));
    }
    TRY(members.finish());
    return facts;
}

std::vector<Ingredient> ingredientsOf(const RunFacts& manifest)
{
    std::vector<Ingredient> ingredients;
    const auto add = [&](IngredientRole role, const ContentId& id, const std::string& owner) {
        const Ingredient ingredient{role, id, owner, 0, ""};
        // The same film on two ports is one ingredient.
        if (!id.isNull() && std::ranges::find(ingredients, ingredient) == ingredients.end())
            ingredients.push_back(ingredient);
    };
    for (const ManifestInput& input : manifest.inputs)
        add(IngredientRole::Input, input.contentHash, input.owner);
    for (const ManifestEffect& effect : manifest.effects)
        add(IngredientRole::Effect, effect.contentHash, effect.owner);
    add(IngredientRole::Recipe, manifest.recipe.contentHash, manifest.recipe.author);
    add(IngredientRole::Infrastructure, manifest.infrastructure.softwareHash, manifest.infrastructure.operatorName);
    weigh(ingredients);
    return ingredients;
}

std::string disclosureOf(const RunFacts& manifest)
{
    const std::size_t inputs = manifest.inputs.size();
    if (manifest.generator.kind == "model")
        return inputs == 0 ? "trainedAlgorithmicMedia" : "compositeWithTrainedAlgorithmicMedia";
    return inputs == 0 ? "algorithmicMedia" : inputs == 1 ? "humanEdits"
                                                          : "composite";
}

} // namespace artdag
