// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/publication.h"

#include "core/base/files.h"
#include "core/embed/credentials.h"
#include "core/provenance/members.h"
#include "core/workflow/make_poster.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <string_view>

namespace artdag {

namespace {

constexpr const char* recipeType = "application/vnd.artdag.recipe+json";
constexpr const char* digestsType = "application/vnd.artdag.frames";
constexpr std::array accessWords{"public", "followers", "request", "sealed"};

Result<void> nameFilm(Delivery& delivery)
{
    std::ifstream file(delivery.path, std::ios::binary);
    if (!file)
        return fail(Fault::NotFound, "film '" + delivery.path.string() + "': there is no such file");
    Hasher sha3Hasher;
    Hasher sha256Hasher(Hasher::Algorithm::Sha256);
    std::vector<char> block(1U << 18);
    while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
        const ByteView bytes(reinterpret_cast<const std::uint8_t*>(block.data()), static_cast<std::size_t>(file.gcount()));
        sha3Hasher.add(bytes);
        sha256Hasher.add(bytes);
        delivery.size += bytes.size();
    }
    delivery.id = ContentId{sha3Hasher.finish()};
    delivery.sha256 = sha256Hasher.finish();
    return {};
}

/// The film itself, or a copy in `directory` that carries what the artist chose, and Content Credentials that say the same to others.
Result<std::filesystem::path> deliveryFile(const PublishRequest& request, const RunFacts& run, const std::string& recipeText, const std::filesystem::path& directory)
{
    if (request.embedded == "none")
        return request.film;
    if (request.embedded == "full" && request.recipeAccess != "public")
        return fail(Fault::BadInput, "film: its recipe would be inside of it for everyone, but the recipe is " + request.recipeAccess + "; put only the link in, or make the recipe public");
    std::filesystem::path carrier = directory / request.film.filename();
    const std::string manifest = documentId(request.manifest).text();
    TRY(writeWithCredentials(request.film, carrier, {manifest, request.embedded == "full" ? recipeText : ""}, credentialFactsOf(run, manifest), request.key));
    return carrier;
}

/// `basisPoints` equally over what is this owner's, the earlier of equals first; beside the recipe when that is nothing.
void giveTo(std::vector<Ingredient>& ingredients, const Share& share, const ContentId& recipe)
{
    std::vector<Ingredient*> own;
    for (Ingredient& ingredient : ingredients)
        if (ingredient.owner == share.owner)
            own.push_back(&ingredient);
    if (own.empty()) {
        ingredients.push_back({IngredientRole::Recipe, recipe, share.owner, share.basisPoints, ""});
        return;
    }
    const int count = static_cast<int>(own.size());
    for (int i = 0; i < count; ++i)
        own[static_cast<std::size_t>(i)]->weight = share.basisPoints / count + (i < share.basisPoints % count ? 1 : 0);
}

std::uint64_t sizeOf(const std::filesystem::path& path)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    return error ? 0 : size;
}

} // namespace

Result<Delivery> gatherDelivery(Store& store, const PublishRequest& request, const std::filesystem::path& directory)
{
    std::error_code ignored;
    if (std::filesystem::is_directory(request.film, ignored)) // a work is one object on the server, and its page shows that one
        return fail(Fault::BadInput, "film '" + request.film.string() + "': is a folder, and a work is published as one file; render the recipe with a profile that gives one (`--encode share-h264`, or master-ffv1 without loss) and publish that");
    TRY(recipeAccessOf(request.recipeAccess));
    Delivery delivery;
    delivery.run = TRY(readManifest(request.manifest));
    if (request.recipe.empty()) {
        const Bytes bytes = TRY(store.get(delivery.run.recipe.contentHash));
        delivery.recipeText.assign(bytes.begin(), bytes.end());
    } else {
        delivery.recipeText = request.recipe;
    }
    if (ContentId{sha3(bytesOf(delivery.recipeText))} != delivery.run.recipe.contentHash)
        return fail(Fault::BadInput, "recipe: it is not the one that the manifest names (" + delivery.run.recipe.contentHash.text() + ")");
    delivery.recipe = readRecipe(delivery.recipeText).recipe;
    delivery.path = TRY(deliveryFile(request, delivery.run, delivery.recipeText, directory));
    TRY(nameFilm(delivery));
    return delivery;
}

Result<std::vector<SentObject>> objectsOf(Store& store, const PublishRequest& request, const Delivery& delivery, const std::filesystem::path& directory)
{
    const RunFacts& run = delivery.run;
    std::vector<SentObject> objects{{"film", delivery.id, "application/octet-stream", delivery.path, delivery.size}};
    const bool isSent = request.recipeAccess != "sealed"; // the server keeps what is for some people only
    if (isSent) {
        const std::filesystem::path file = directory / "recipe";
        TRY(writeFileAtomically(file, bytesOf(delivery.recipeText)));
        objects.push_back({"recipe", run.recipe.contentHash, recipeType, file, delivery.recipeText.size()});
    }
    const auto add = [&](const ContentId& id, const char* type, const std::string& what, bool sent) {
        const auto known = [&](const SentObject& object) { return object.id == id; };
        if (std::ranges::any_of(objects, known))
            return;
        const auto path = sent ? store.path(id) : Result<std::filesystem::path>(fail(Fault::NotFound, ""));
        objects.push_back({what, id, type, path ? *path : std::filesystem::path(), path ? sizeOf(*path) : 0});
    };
    add(run.output.frameDigests, digestsType, "frame digests", true);
    for (const ManifestInput& input : run.inputs)
        add(input.contentHash, "application/octet-stream", "input " + input.port, request.inputsPublic);
    for (const ContentId& font : run.fonts)
        add(font, "application/octet-stream", "font", true);
    for (const ManifestBake& bake : run.baked)
        add(bake.contentHash, "application/octet-stream", bake.what, isSent); // what was heard or seen in the inputs tells of them
    return objects;
}

std::filesystem::path posterOf(const PublishRequest& request, const Delivery& delivery, const std::filesystem::path& directory)
{
    if (!request.poster.empty() || delivery.run.output.media.type != "video")
        return request.poster;
    const std::filesystem::path poster = directory / "poster.jpg";
    return makePoster(request.film, poster) ? poster : std::filesystem::path(); // a film without a poster is no error
}

Checkable checkableBy(RecipeAccess recipe, bool inputsPublic, bool hasInputs)
{
    if (recipe == RecipeAccess::Sealed)
        return Checkable::Signature;
    return recipe == RecipeAccess::Public && (inputsPublic || !hasInputs) ? Checkable::Pixels : Checkable::Allowed;
}

const char* wordsOf(Checkable checkable)
{
    switch (checkable) {
    case Checkable::Pixels: return "anyone can check the pixels: recipe and all it is made from are public";
    case Checkable::Allowed: return "anyone can check signature, bytes and time; the pixels only those to whom you give what is kept back";
    case Checkable::Signature: break;
    }
    return "anyone can check signature, bytes and time, nobody the pixels";
}

Result<RecipeAccess> recipeAccessOf(const std::string& word)
{
    const auto found = std::ranges::find(accessWords, std::string_view(word));
    if (found == accessWords.end())
        return fail(Fault::BadInput, "recipe: access must be public, followers, request or sealed, got '" + word + "'");
    return static_cast<RecipeAccess>(found - accessWords.begin());
}

const char* wordOf(RecipeAccess access)
{
    return accessWords[static_cast<std::size_t>(access)];
}

Result<std::vector<Citation>> findCitations(ServerConversation& server, const RunFacts& run)
{
    std::vector<Citation> citations;
    for (const ManifestInput& input : run.inputs) {
        const HttpAnswer answer = TRY(server.send({}, "/objects/" + input.contentHash.hex()));
        const auto asset = answer.ok() ? readJson(answer.body) : Result<Json>(Json());
        if (!asset || !asset->is_object() || !asset->contains("owner") || !(*asset)["owner"].is_string())
            continue;
        const Json links = asset->value("links", Json::object());
        citations.push_back({input.contentHash, (*asset)["owner"].get<std::string>(), links.is_object() ? links.value("page", "") : ""});
    }
    return citations;
}

std::vector<Ingredient> citedIngredients(RunFacts run, const std::string& creator, const std::vector<Citation>& citations)
{
    bool others = false;
    for (ManifestInput& input : run.inputs) {
        const auto cited = std::ranges::find_if(citations, [&](const Citation& citation) { return citation.id == input.contentHash; });
        if (input.owner.empty() && cited != citations.end() && cited->owner != creator)
            input.owner = cited->owner;
        others = others || (!input.owner.empty() && input.owner != creator);
    }
    if (others && run.recipe.author.empty())
        run.recipe.author = creator;
    std::vector<Ingredient> ingredients = ingredientsOf(run);
    for (Ingredient& ingredient : ingredients)
        for (const Citation& citation : citations)
            if (ingredient.role == IngredientRole::Input && ingredient.contentHash == citation.id && ingredient.owner == citation.owner)
                ingredient.url = citation.url;
    return ingredients;
}

Result<Share> shareOfText(const std::string& text)
{
    const auto mark = text.rfind('=');
    const std::string number = mark == std::string::npos ? "" : text.substr(mark + 1);
    int whole = 0;
    const auto [dot, wrong] = std::from_chars(number.data(), number.data() + number.size(), whole);
    std::string part = number.substr(static_cast<std::size_t>(dot - number.data()));
    const bool good = wrong == std::errc() && whole >= 0 && whole <= 100 && (part.empty() || (part.size() >= 2 && part.size() <= 3 && part[0] == '.' && part.find_first_not_of("0123456789", 1) == std::string::npos));
    if (!good)
        return fail(Fault::BadInput, "share '" + text + "': expected ACCOUNT=PERCENT with at most two decimals, like @carol@artdag.example=12.5");
    part.resize(3, '0');
    return Share{text.substr(0, mark), whole * 100 + (part[0] == '.' ? (part[1] - '0') * 10 + (part[2] - '0') : 0)};
}

Result<int> restOf(const std::vector<Share>& shares, const std::string& creator)
{
    int rest = 10'000;
    for (const Share& share : shares) {
        const auto same = [&](const Share& other) { return other.owner == share.owner; };
        if (!form::actor(share.owner) || share.owner == creator || std::ranges::count_if(shares, same) != 1)
            return fail(Fault::BadInput, "share of '" + share.owner + "': name each other person once, as @carol@artdag.example; what is left is yours");
        if (share.basisPoints < 1 || share.basisPoints > rest)
            return fail(Fault::BadInput, "share of '" + share.owner + "': must be more than nothing, and all shares together at most 100 %");
        rest -= share.basisPoints;
    }
    return rest;
}

Result<std::vector<Ingredient>> statedShares(std::vector<Ingredient> ingredients, const std::vector<Share>& shares, const std::string& creator, const ContentId& recipe)
{
    const int rest = TRY(restOf(shares, creator));
    for (Ingredient& ingredient : ingredients) {
        ingredient.weight = 0;
        if (ingredient.role == IngredientRole::Recipe && ingredient.owner.empty())
            ingredient.owner = creator;
    }
    for (const Share& share : shares)
        giveTo(ingredients, share, recipe);
    if (rest > 0)
        giveTo(ingredients, {creator, rest}, recipe);
    return ingredients;
}

std::vector<Share> sharesOf(const std::vector<Ingredient>& ingredients, const std::string& creator)
{
    std::vector<Share> shares{{creator, 0}};
    for (const Ingredient& ingredient : ingredients) {
        const std::string& owner = ingredient.owner.empty() ? creator : ingredient.owner;
        const auto share = std::ranges::find_if(shares, [&](const Share& one) { return one.owner == owner; });
        if (share != shares.end())
            share->basisPoints += ingredient.weight;
        else if (ingredient.weight > 0)
            shares.push_back({owner, ingredient.weight});
    }
    return shares;
}

Result<PublicationSummary> summarizePublication(Store& store, const PublishRequest& request, const std::string& creator, const std::vector<Citation>& citations)
{
    const TemporaryDirectory directory = TRY(TemporaryDirectory::make("artdag-summary"));
    PublishRequest signedByAny = request; // no key is opened to say how much will be sent
    signedByAny.key = TRY(SigningKey::generate(KeyAlgorithm::Ed25519));
    const Delivery delivery = TRY(gatherDelivery(store, signedByAny, directory.path()));
    PublicationSummary summary;
    summary.objects = TRY(objectsOf(store, request, delivery, directory.path()));
    if (const std::filesystem::path poster = posterOf(request, delivery, directory.path()); !poster.empty())
        summary.objects.push_back({"poster", TRY(contentIdOfFile(poster)), "application/octet-stream", poster, sizeOf(poster)});
    for (SentObject& object : summary.objects) {
        summary.bytes += object.size;
        if (object.path.native().starts_with(directory.path().native()))
            object.path = request.film; // the copy ends with this call
    }
    summary.embedded = request.embedded;
    summary.checkable = checkableBy(TRY(recipeAccessOf(request.recipeAccess)), request.inputsPublic, !delivery.run.inputs.empty());
    std::vector<Ingredient> ingredients = citedIngredients(delivery.run, creator, citations);
    if (!request.shares.empty())
        ingredients = TRY(statedShares(std::move(ingredients), request.shares, creator, delivery.run.recipe.contentHash));
    summary.shares = sharesOf(ingredients, creator);
    return summary;
}

} // namespace artdag
