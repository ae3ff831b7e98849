// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "core/base/files.h"
#include "core/identity/keys.h"
#include "core/workflow/publish_work.h"
#include "core/workflow/render_recipe.h"

#include <fmt/format.h>
#include <unistd.h>

namespace artdag::cli {

namespace {

struct PublishFlags {
    std::string film, server, key = "default", poster;
    std::string name, title, description, license, alt, visibility = "public", embedded = "none";
    std::vector<std::string> tags;
};

Result<int> publish(const PublishFlags& flags, Invocation& invocation)
{
    auto workspace = TRY(openWorkspace());
    const ProvenanceFile provenance = TRY(readProvenance(TRY(readTextFile(provenancePathOf(flags.film)))));
    const auto http = openHttpClient();
    const Session session = TRY(freshSession(*http, "artdag-cli", flags.server));
    PublishRequest request{.film = flags.film, .recipe = provenance.recipeText, .manifest = provenance.manifest, .key = TRY(openKeyFiles(artdagHome() / "keys", TRY(passphrase("Passphrase of key '" + flags.key + "'")))->read(flags.key)), .poster = flags.poster, .name = flags.name, .title = flags.title, .description = flags.description, .license = flags.license, .tags = flags.tags, .alt = flags.alt, .visibility = flags.visibility, .embedded = flags.embedded};
    request.progress = [&invocation](std::string_view what, std::uint64_t done, std::uint64_t total) {
        if (isatty(STDERR_FILENO) == 1)
            std::fprintf(stderr, "\r\033[Ksending %.*s %s of %s", static_cast<int>(what.size()), what.data(), humanBytes(done).c_str(), humanBytes(total).c_str());
        return !invocation.cancel.cancelled();
    };
    const PublishedWork work = TRY(publishWork(*http, session, *workspace->store, request));
    endProgressLine();
    say(fmt::format("published  {}\nobject     {}\nanyone can check it:  artdag verify {}", work.page, work.object, work.page));
    for (const ContentId& id : work.missing)
        say("not sent, because it is not in this store: " + id.text());
    if (flags.alt.empty())
        say("Hint: --alt TEXT says what is to be seen, for those who do not see it.");
    if (invocation.json)
        answer({{"name", work.name}, {"page", work.page}, {"asset", work.asset}, {"object", work.object}, {"media", work.media}, {"proof", work.proof}, {"content_hash", work.film.text()}, {"claim", work.claim.text()}});
    return exitOk;
}

} // namespace

void addServerCommands(CLI::App& app, Invocation& invocation)
{
    addLogin(app, invocation);
    auto flags = std::make_shared<PublishFlags>();
    CLI::App* command = app.add_subcommand("publish", "Publish a rendered film, signed, with recipe and provenance");
    command->add_option("FILM", flags->film, "A film that `artdag render --key NAME` made")->required();
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
    command->add_option("--poster", flags->poster, "A still to show before it plays")->type_name("FILE");
    command->footer("Example: artdag publish cat.mp4 --title \"A cat that turns\" --alt \"A drawn cat turning once\"");
    addCommonFlags(*command, invocation);
    command->callback([flags, &invocation] { invocation.run = [flags, &invocation] { return publish(*flags, invocation); }; });
}

} // namespace artdag::cli
