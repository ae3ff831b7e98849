// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "core/base/files.h"
#include "core/identity/keys.h"
#include "core/workflow/publish_work.h"
#include "core/workflow/render_recipe.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

namespace artdag::cli {

namespace {

struct LoginFlags {
    std::string url, user;
    bool registerNew = false;
};

struct PublishFlags {
    std::string film, server, key = "default", poster;
    std::string name, title, description, license, alt, visibility = "public";
    std::vector<std::string> tags;
};

Result<std::string> password()
{
    if (const char* given = std::getenv("ARTDAG_PASSWORD"); given != nullptr && *given != '\0')
        return std::string(given);
    if (isatty(STDIN_FILENO) == 1) {
        std::unique_ptr<char, void (*)(void*)> typed(nullptr, std::free);
        return std::string(getpass("Password: "));
    }
    std::string line;
    std::getline(std::cin, line);
    if (line.empty())
        return fail(Fault::Denied, "password: none was given; type it, pipe it in, or set ARTDAG_PASSWORD");
    return line;
}

Result<int> logIn(const LoginFlags& flags, const Invocation& invocation)
{
    const auto http = openHttpClient();
    const Session session = TRY(login(*http, flags.url, flags.user, TRY(password()), flags.registerNew));
    say(fmt::format("logged in as {}", session.account));
    if (invocation.json)
        answer({{"server", session.server}, {"account", session.account}});
    return exitOk;
}

Result<int> publish(const PublishFlags& flags, Invocation& invocation)
{
    auto workspace = TRY(openWorkspace());
    const ProvenanceFile provenance = TRY(readProvenance(TRY(readTextFile(provenancePathOf(flags.film)))));
    const auto http = openHttpClient();
    const Session session = TRY(savedSession(flags.server));
    PublishRequest request{.film = flags.film, .recipe = provenance.recipeText, .manifest = provenance.manifest, .key = TRY(openKeyFiles(artdagHome() / "keys", TRY(passphrase("Passphrase of key '" + flags.key + "'")))->read(flags.key)), .poster = flags.poster, .name = flags.name, .title = flags.title, .description = flags.description, .license = flags.license, .tags = flags.tags, .alt = flags.alt, .visibility = flags.visibility};
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
    auto login = std::make_shared<LoginFlags>();
    CLI::App* loginCommand = app.add_subcommand("login", "Log in to a server that you publish to");
    loginCommand->add_option("URL", login->url, "The server: https://artdag.example")->required();
    loginCommand->add_option("--user", login->user, "Your name there")->required();
    loginCommand->add_flag("--register", login->registerNew, "Make the account first");
    loginCommand->footer("The password is read from the terminal, from standard input, or from ARTDAG_PASSWORD; it is never kept.\n\nExample: artdag login https://artdag.example --user me --register");
    addCommonFlags(*loginCommand, invocation);
    loginCommand->callback([login, &invocation] { invocation.run = [login, &invocation] { return logIn(*login, invocation); }; });

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
    command->add_option("--poster", flags->poster, "A still to show before it plays")->type_name("FILE");
    command->footer("Example: artdag publish cat.mp4 --title \"A cat that turns\" --alt \"A drawn cat turning once\"");
    addCommonFlags(*command, invocation);
    command->callback([flags, &invocation] { invocation.run = [flags, &invocation] { return publish(*flags, invocation); }; });
}

} // namespace artdag::cli
