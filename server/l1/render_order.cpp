// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l1/render_order.h"

#include "core/base/fault_words.h"
#include "core/base/files.h"
#include "server/db/objects.h"
#include "server/db/saved_recipes.h"
#include "server/l1/renderer.h"
#include "server/l2/bodies.h"

#include <set>

namespace artdag::server {

namespace {

constexpr std::size_t longestRecipe = 4U << 20;
constexpr std::size_t mostObjects = 2000;

Error notHere(const ContentId& id)
{
    return {Fault::NotFound, "object " + id.text() + ": there are no such bytes here; upload them first"};
}

/// Every hash in a value, at any depth, however it is written.
void collectHashes(const Json& value, std::set<ContentId>& found)
{
    if (value.is_string()) {
        if (const auto id = nameOfText<ContentId>(value.get_ref<const std::string&>()))
            found.insert(*id);
        return;
    }
    if (value.is_structured())
        for (const auto& inner : value)
            collectHashes(inner, found);
}

/// The bytes that a run may read. Ancestry, texts and the like name works without reading them.
std::set<ContentId> mentioned(const Json& recipe, const Json& request)
{
    std::set<ContentId> found;
    if (recipe.is_object())
        for (const auto& [name, value] : recipe.items())
            if (name != "derivedFrom" && name != "author")
                collectHashes(value, found);
    collectHashes(request["inputs"], found);
    collectHashes(request["params"], found);
    return found;
}

/// `{"footage": hash}`, or a list of hashes for the recipe's inputs in their order.
Result<Json> readInputs(const Json& body, const Json& recipe)
{
    Json inputs = Json::object();
    const Json given = body.value("inputs", Json::object());
    if (!given.is_structured())
        return fail(Fault::BadInput, "'inputs': must be an object of names and hashes, or a list of hashes");
    std::vector<std::string> names;
    if (given.is_array()) {
        if (recipe.is_object() && recipe.contains("inputs") && recipe["inputs"].is_object())
            for (const auto& [name, value] : recipe["inputs"].items())
                names.push_back(name);
        if (given.size() > names.size())
            return fail(Fault::BadInput, "'inputs': the recipe has " + std::to_string(names.size()) + " inputs, not " + std::to_string(given.size()));
    }
    std::size_t index = 0;
    for (const auto& [key, value] : given.items()) {
        if (!value.is_string())
            return fail(Fault::BadInput, "'inputs': each must be a hash");
        inputs[given.is_array() ? names[index++] : key] = TRY(strictName<ContentId>(value.get_ref<const std::string&>())).text();
    }
    return inputs;
}

Result<std::string> recipeTextOf(Site& site, std::int64_t userId, const Json& body)
{
    const Json recipe = body.value("recipe", Json());
    if (recipe.is_object())
        return recipe.dump(2) + "\n";
    if (!recipe.is_string() || recipe.get_ref<const std::string&>().empty() || recipe.get_ref<const std::string&>().size() > 200)
        return fail(Fault::BadInput, "'recipe': must be a recipe document, a content id, or the id or name of one of your recipes");
    const std::string& word = recipe.get_ref<const std::string&>();
    if (const auto id = nameOfText<ContentId>(word))
        return readOwnText(site, userId, *id);
    return readOwnText(site, userId, TRY(findRecipe(*site.database, userId, word)).content);
}

} // namespace

Result<std::string> readOwnText(Site& site, std::int64_t userId, const ContentId& id)
{
    if (!TRY(mayRead(*site.database, id, userId)) || !site.objects.has(id))
        return tl::unexpected<Error>(notHere(id));
    return readTextFile(site.objects.path(id), longestRecipe);
}

Result<ContentId> keepText(Site& site, std::int64_t userId, std::string_view text, std::string_view type)
{
    const ContentId id{Hasher().add(text).finish()};
    const auto turn = TRY(site.database->turn("publish")); // not between the last one's giving it up and its file's end
    const std::filesystem::path file = site.uploads() / hexOf(secureRandom(16));
    TRY(writeFileAtomically(file, bytesOf(text)));
    TRY(site.objects.adopt(file, id));
    HeldObject object{id, Hasher(Hasher::Algorithm::Sha256).add(text).finish(), text.size(), std::string(type)};
    TRY(addObject(*site.database, object, userId));
    return id;
}

Result<RenderWish> readWish(Site& site, const Request& request)
{
    const Json body = TRY(readObject(request));
    RenderWish wish;
    wish.recipeText = TRY(recipeTextOf(site, request.caller.userId, body));
    const Json recipe = TRY(readJson(wish.recipeText, {longestRecipe, 64, 1'000'000})); // all that it reads must be seen here
    const Json params = body.value("params", Json::object());
    if (!params.is_object())
        return fail(Fault::BadInput, "'params': must be an object of names and values");
    wish.request = Json{{"inputs", TRY(readInputs(body, recipe))}, {"params", params}, {"output", TRY(optionalText(body, "output", 64))}, {"encode", TRY(optionalText(body, "encode", 64))},
        {"output_name", TRY(optionalText(body, "output_name", 63))}};
    const std::set<ContentId> objects = mentioned(recipe, wish.request);
    if (objects.size() > mostObjects)
        return fail(Fault::BadInput, "recipe: it names more than " + std::to_string(mostObjects) + " files");
    Json list = Json::array();
    for (const ContentId& id : objects) {
        if (!TRY(mayRead(*site.database, id, request.caller.userId)) || !site.objects.has(id))
            return tl::unexpected<Error>(notHere(id));
        list.push_back(id.text());
    }
    wish.request["objects"] = std::move(list);
    return wish;
}

Json orderOf(const Site& site, const char* what, const RenderWish& wish)
{
    const RendererOptions& options = site.renderer->options;
    Json objects = Json::object();
    for (const Json& text : wish.request.value("objects", Json::array()))
        if (const auto id = nameOfText<ContentId>(text.get_ref<const std::string&>()))
            objects[text.get<std::string>()] = site.objects.path(*id).string();
    Json order{{"do", what}, {"home", options.directory.string()}, {"worker", options.worker.string()}, {"recipe", wish.recipeText}, {"objects", std::move(objects)}, {"threads", options.threads},
        {"memory", options.limits.memory / 2}, {"limits", Json{{"pixels", options.limits.pixels}, {"seconds", options.limits.seconds}, {"nodes", options.limits.nodes}}}};
    if (options.limits.disk > 0)
        order["disk"] = options.limits.disk;
    for (const char* name : {"inputs", "params", "output", "encode"})
        order[name] = wish.request[name];
    return order;
}

RenderProcess planProcess(const Renderer& renderer)
{
    const RenderLimits& limits = renderer.options.limits;
    return {renderer.options.program, limits.memory, std::chrono::seconds(30), std::chrono::seconds(20)};
}

RenderProcess renderProcess(const Renderer& renderer)
{
    const RenderLimits& limits = renderer.options.limits;
    return {renderer.options.program, limits.memory, limits.processorTime, limits.wallTime};
}

Result<Json> planOfWish(Site& site, std::int64_t userId, const RenderWish& wish, Json& problems)
{
    Renderer& renderer = *site.renderer;
    {
        const std::lock_guard lock(renderer.mutex);
        if (!renderer.planning.insert(userId).second)
            return fail(Fault::Conflict, "plan: another recipe of yours is being looked at; try again in a second");
    }
    auto answer = runOrder(
        planProcess(renderer), orderOf(site, "plan", wish), [](const Json&) {}, [] { return false; });
    {
        const std::lock_guard lock(renderer.mutex);
        renderer.planning.erase(userId);
    }
    const Json words = TRY(std::move(answer));
    if (words.contains("plan"))
        return words["plan"];
    if (words.contains("problems")) {
        problems = words["problems"];
        return fail(Fault::BadInput, "recipe: it has mistakes; see 'problems'");
    }
    const Json error = words.value("error", Json::object());
    return fail(faultOfWord(error.value("fault", "")), error.value("message", "plan: no answer"));
}

} // namespace artdag::server
