// SPDX-License-Identifier: GPL-3.0-or-later
// `artdagd l1-token`: for the operator and for programs of this machine; no registry is asked.
#include "app/server/renderer_settings.h"
#include "server/db/renderer_users.h"
#include "server/l1/access.h"

#include <fmt/format.h>

namespace artdag::server {

namespace {

Result<int> makeToken(const Settings& settings, const std::vector<std::string>& roles, const std::string& user)
{
    auto database = TRY(openDatabase(settings));
    const RendererOptions renderer = rendererOptions(settings, roles, {}, static_cast<std::uint16_t>(settings.number("PORT")));
    const TokenRealm realm = rendererRealm(renderer, TRY(tokenSecret(dataDirectory(settings) / "secrets" / "jwt_secret", settings["JWT_SECRET"])));
    const User holder = TRY(rendererUser(*database, user));
    fmt::print("{}\n", makeRendererToken(realm, holder.name, 24 * 3600).text);
    return 0;
}

} // namespace

void addL1Token(CLI::App& app, Invocation& invocation)
{
    auto* command = app.add_subcommand("l1-token", "Print a token for this machine's renderer, good for a day");
    auto roles = std::make_shared<std::vector<std::string>>(std::vector<std::string>{"l1", "l2"});
    auto user = std::make_shared<std::string>("local administrator");
    addPlaces(*command, invocation);
    addSetting(*command, invocation, "--port", "PORT");
    addSetting(*command, invocation, "--domain", "ARTDAG_DOMAIN");
    addSetting(*command, invocation, "--public-url", "PUBLIC_URL");
    addSetting(*command, invocation, "--jwt-secret", "JWT_SECRET");
    addSwitch(*command, invocation, "--allow-loopback", "ALLOW_LOOPBACK");
    command->add_option("--role", *roles, "As it is served")->delimiter(',')->capture_default_str();
    command->add_option("--user", *user, "Whose it is")->capture_default_str();
    command->callback([&invocation, roles, user] {
        invocation.run = [&invocation, roles, user]() -> Result<int> { return makeToken(TRY(goodSettings(invocation)), *roles, *user); };
    });
}

} // namespace artdag::server
