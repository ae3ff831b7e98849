// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "core/base/files.h"
#include "core/workflow/change_work.h"
#include "core/workflow/publication.h"
#include "core/workflow/publish_work.h"
#include "core/workflow/render_recipe.h"

#include <fmt/format.h>
#include <unistd.h>

namespace artdag::cli {

namespace {

struct PublishFlags {
    std::string film, server, key = "default", poster, update;
    std::string name, title, description, license, alt, visibility = "public", embedded = "none", recipe = "public", inputs = "public";
    std::vector<std::string> tags, splits;
    bool dryRun = false;
};

std::string percent(int basisPoints)
{
    return fmt::format("{}.{:02} %", basisPoints / 100, basisPoints % 100);
}

Result<std::vector<Share>> sharesIn(const std::vector<std::string>& splits)
{
    std::vector<Share> shares;
    for (const std::string& text : splits)
        shares.push_back(TRY(shareOfText(text)));
    return shares;
}

/// Who shares in the published work, and who has yet to agree.
Json tellPayees(HttpClient& http, const Session& session, const PublishedWork& work)
{
    Json told = Json::array();
    const auto payees = payeesOf(http, session, work.name);
    for (const Payee& payee : payees.value_or(std::vector<Payee>())) {
        told.push_back({{"owner", payee.owner}, {"basis_points", payee.basisPoints}, {"agreed", payee.agreed}});
        if (!payee.agreed)
            say(fmt::format("waits for  {} to agree to {}: artdag consent {}", payee.owner, percent(payee.basisPoints), work.page));
    }
    return told;
}

/// What will be sent, and what of it strangers can check.
Json tellSummary(const PublicationSummary& summary)
{
    Json objects = Json::array();
    for (const SentObject& object : summary.objects) {
        const bool sent = !object.path.empty();
        say(fmt::format("{:<8} {:>10}  {}", sent ? "send" : "cite", sent ? humanBytes(object.size) : "", object.what));
        objects.push_back({{"what", object.what}, {"content_hash", object.id.text()}, {"size", object.size}, {"sent", sent}});
    }
    say(fmt::format("in all   {:>10}  inside of the film: {}", humanBytes(summary.bytes), summary.embedded == "none" ? "nothing" : summary.embedded == "link" ? "the id of its manifest"
                                                                                                                                                              : "its recipe and the id of its manifest"));
    Json shares = Json::array();
    for (const Share& share : summary.shares) {
        if (summary.shares.size() > 1)
            say(fmt::format("share    {:>10}  {}", percent(share.basisPoints), share.owner));
        shares.push_back({{"owner", share.owner}, {"basis_points", share.basisPoints}});
    }
    say(wordsOf(summary.checkable));
    return {{"objects", std::move(objects)}, {"bytes", summary.bytes}, {"embedded", summary.embedded}, {"shares", std::move(shares)}, {"checkable", wordsOf(summary.checkable)}};
}

Json jsonOf(const PublishedWork& work)
{
    return {{"name", work.name}, {"page", work.page}, {"asset", work.asset}, {"object", work.object}, {"media", work.media}, {"proof", work.proof}, {"content_hash", work.film.text()}, {"claim", work.claim.text()}};
}

Result<int> publish(const PublishFlags& flags, Invocation& invocation)
{
    auto workspace = TRY(openWorkspace());
    const ProvenanceFile provenance = TRY(readProvenance(TRY(readTextFile(provenancePathOf(flags.film)))));
    PublishRequest request{.film = flags.film, .recipe = provenance.recipeText, .manifest = provenance.manifest, .keys = provenance.keys, .poster = flags.poster, .name = flags.name, .title = flags.title, .description = flags.description, .license = flags.license, .tags = flags.tags, .alt = flags.alt, .visibility = flags.visibility, .embedded = flags.embedded, .recipeAccess = flags.recipe, .inputsPublic = flags.inputs == "public", .shares = TRY(sharesIn(flags.splits))};
    if (flags.dryRun) {
        const auto account = TRY(currentAccount());
        const Json told = tellSummary(TRY(summarizePublication(*workspace->store, request, account ? account->account : "you")));
        if (invocation.json)
            answer(told);
        return exitOk;
    }
    const auto http = openHttpClient();
    const Session session = TRY(sessionAt(*http, flags.server));
    request.key = TRY(creatorKey(flags.key));
    request.progress = [&invocation](std::string_view what, std::uint64_t done, std::uint64_t total) {
        if (isatty(STDERR_FILENO) == 1)
            std::fprintf(stderr, "\r\033[Ksending %.*s %s of %s", static_cast<int>(what.size()), what.data(), humanBytes(done).c_str(), humanBytes(total).c_str());
        return !invocation.cancel.cancelled();
    };
    const PublishedWork work = TRY(publishWork(*http, session, *workspace->store, request));
    endProgressLine();
    say(fmt::format("published  {}\nobject     {}", work.page, work.object));
    const bool isForAll = flags.recipe == "public" && flags.inputs == "public";
    say(isForAll ? "anyone can check it:  artdag verify " + work.page : std::string(wordsOf(checkableBy(TRY(recipeAccessOf(flags.recipe)), request.inputsPublic, !TRY(readManifest(request.manifest)).inputs.empty()))));
    for (const ContentId& id : work.missing)
        say("not sent, because it is not in this store: " + id.text());
    if (flags.alt.empty())
        say("Hint: --alt TEXT says what is to be seen, for those who do not see it.");
    Json told = jsonOf(work);
    told["payees"] = tellPayees(*http, session, work);
    if (invocation.json)
        answer(told);
    return exitOk;
}

Result<int> update(const PublishFlags& flags, const CLI::App& command, Invocation& invocation)
{
    const auto given = [&](const char* option, const std::string& value) { return command.count(option) > 0 ? std::optional(value) : std::nullopt; };
    WorkChange change{.name = given("--name", flags.name), .description = given("--description", flags.description), .alt = given("--alt", flags.alt), .visibility = given("--visibility", flags.visibility), .title = given("--title", flags.title), .license = given("--license", flags.license), .recipeAccess = given("--recipe", flags.recipe)};
    if (command.count("--tag") > 0)
        change.tags = flags.tags;
    if (command.count("--inputs") > 0)
        change.inputsPublic = flags.inputs == "public";
    if (command.count("--embed") > 0 || command.count("--poster") > 0 || command.count("--split") > 0)
        return fail(Fault::BadInput, "update: the published file and its shares do not change; withdraw the work and publish it anew");
    if (change.empty())
        return fail(Fault::BadInput, "update: say what shall be different, for instance --alt TEXT");
    auto workspace = TRY(openWorkspace());
    const auto http = openHttpClient();
    const Session session = TRY(sessionAt(*http, flags.server));
    const std::string name = TRY(ownWorkName(session, flags.update));
    std::optional<SigningKey> key;
    if (change.changesClaim())
        key = TRY(creatorKey(flags.key));
    const PublishedWork work = TRY(updateWork(*http, session, *workspace->store, key, name, change));
    say("updated    " + work.page);
    if (invocation.json)
        answer(jsonOf(work));
    return exitOk;
}

} // namespace

void addServerCommands(CLI::App& app, Invocation& invocation)
{
    addLogin(app, invocation);
    addAttach(app, invocation);
    auto flags = std::make_shared<PublishFlags>();
    CLI::App* command = app.add_subcommand("publish", "Publish a rendered film, signed, with recipe and provenance; or update what was published");
    CLI::Option* film = command->add_option("FILM", flags->film, "A film that `artdag render --key NAME` made");
    CLI::Option* updated = command->add_option("--update", flags->update, "Change this published work instead: what else is given replaces what was said")->type_name("NAME|URL")->excludes(film);
    command->add_option("--server", flags->server, "Which server (default: the last one logged in to)")->type_name("URL");
    command->add_option("--key", flags->key, "The key that signs the claim (default: default)")->type_name("NAME");
    command->add_option("--name", flags->name, "Its name in URLs (default: made of the title)");
    command->add_option("--title", flags->title, "Title (default: the recipe's)");
    command->add_option("--description", flags->description, "A few words about it");
    command->add_option("--license", flags->license, "Licence (default: the recipe's)");
    command->add_option("--tag", flags->tags, "A tag; may be given again")->allow_extra_args(false)->take_all();
    command->add_option("--alt", flags->alt, "What is to be seen, for those who do not see it")->type_name("TEXT");
    command->add_option("--visibility", flags->visibility, "Who sees it")->check(CLI::IsMember({"public", "unlisted", "followers", "private"}));
    command->add_option("--embed", flags->embedded, "What the published file itself carries: nothing, the id of its manifest, or the recipe too")->check(CLI::IsMember({"none", "link", "full"}));
    command->add_option("--recipe", flags->recipe, "Who gets the recipe: everyone, your followers, people who ask and whom you let, or nobody (then it is not sent)")->check(CLI::IsMember({"public", "followers", "request", "sealed"}));
    command->add_option("--inputs", flags->inputs, "Inputs are sent, or only cited by their content ids")->check(CLI::IsMember({"public", "cite"}));
    command->add_option("--split", flags->splits, "What another person has of it, instead of the shares that follow from what it is made of; the rest is yours; may be given again. They agree with `artdag consent`")->type_name("ACCOUNT=PERCENT")->allow_extra_args(false)->take_all();
    command->add_option("--poster", flags->poster, "A still to show before it plays")->type_name("FILE");
    command->add_flag("--dry-run", flags->dryRun, "Only say what would be sent, and what strangers could check");
    command->footer("A publication that was interrupted goes on when the command is given again; there is never more than one post.\n"
                    "Title, licence, tags and the access to recipe and inputs are in the signed claim: to update those signs a new one.\n\n"
                    "Example: artdag publish cat.mp4 --title \"A cat that turns\" --alt \"A drawn cat turning once\"\n"
                    "Example: artdag publish --update a-cat-that-turns --visibility unlisted");
    addCommonFlags(*command, invocation);
    command->callback([=, &invocation] {
        if (film->count() + updated->count() == 0)
            throw CLI::RequiredError("FILM");
        invocation.run = [=, &invocation] { return updated->count() > 0 ? update(*flags, *command, invocation) : publish(*flags, invocation); };
    });
    addPublished(app, invocation);
}

} // namespace artdag::cli
