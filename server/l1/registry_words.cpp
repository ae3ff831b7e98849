// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l1/registry_words.h"

#include "server/l1/attach_routes.h"
#include "server/l1/renderer.h"
#include "server/l2/bodies.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>

namespace artdag::server {

namespace {

constexpr std::int64_t wordLife = 600;

/// `artdag.example:8443` of `https://artdag.example:8443`
std::string hostOf(const std::string& url)
{
    const std::string rest = url.substr(url.find("://") + 3);
    return rest.substr(0, rest.find('/'));
}

/// A registry speaks for its own people only, whatever domain it names.
Result<std::string> accountOf(const Site& site, const std::string& registry, const std::string& user)
{
    TRY(checkUserName(user));
    return site.registry && registry == site.instance.publicUrl ? user : user + "@" + hostOf(registry);
}

Result<std::int64_t> secondsOf(const std::string& text)
{
    std::tm parts{};
    const char* end = ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    if (end == nullptr || *end != '\0')
        return fail(Fault::BadInput, "'created': must be a time like 2026-11-20T10:00:00Z");
    return static_cast<std::int64_t>(::timegm(&parts));
}

/// The key of a registry's instance actor, asked of the registry itself.
Result<PublicKey> keyOfRegistry(const Renderer& renderer, const std::string& registry)
{
    HttpRequest request;
    request.url = registry + "/actor";
    request.headers = {{"Accept", "application/activity+json"}};
    request.totalTime = std::chrono::seconds(10);
    request.limit = 1U << 20;
    const HttpAnswer answer = TRY(renderer.http->send(request));
    if (!answer.ok())
        return tl::unexpected<Error>(errorOfAnswer("registry " + registry, answer));
    const Json actor = TRY(readJson(answer.body));
    const Json key = actor.is_object() ? actor.value("publicKey", Json::object()) : Json::object();
    return PublicKey::fromPem(TRY(requiredText(key, "publicKeyPem", 4096)));
}

} // namespace

Result<AttachedPerson> exchangeCode(Site& site, const std::string& registry, const std::string& code, const std::string& state, const std::string& nonce)
{
    const Renderer& renderer = *site.renderer;
    Json document{{"type", "artdag.attach"}, {"code", code}, {"renderer", renderer.options.baseUrl}, {"state", state}, {"nonce", nonce}, {"created", isoTime(nowMicroseconds())}, {"public", renderer.key->publicKey().pem()}};
    TRY(signDocument(attachPrefix, document, *renderer.key));
    HttpRequest request;
    request.method = "POST";
    request.url = registry + "/auth/verify";
    request.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
    request.body = document.dump();
    request.totalTime = std::chrono::seconds(15);
    request.limit = 1U << 20;
    const HttpAnswer answer = TRY(renderer.http->send(request));
    if (!answer.ok())
        return tl::unexpected<Error>(errorOfAnswer("registry " + registry, answer));
    const Json said = TRY(readJson(answer.body));
    if (!said.is_object())
        return fail(Fault::Unavailable, "registry " + registry + ": its answer is no object");
    const std::int64_t now = nowMicroseconds() / 1'000'000;
    const Json expires = said.value("expires", Json());
    return AttachedPerson{TRY(accountOf(site, registry, TRY(requiredText(said, "user", 64)))), expires.is_number_integer() ? expires.get<std::int64_t>() - now : 3600};
}

Result<std::string> readRevocation(Site& site, const Json& document)
{
    const Renderer& renderer = *site.renderer;
    if (TRY(requiredText(document, "type", 64)) != "artdag.revoke")
        return fail(Fault::BadInput, "'type': must be artdag.revoke");
    if (TRY(requiredText(document, "renderer", 1000)) != renderer.options.baseUrl)
        return fail(Fault::Denied, "revocation: it is for another renderer");
    const std::string registry = TRY(requiredText(document, "registry", 1000));
    if (std::ranges::find(renderer.options.registries, registry) == renderer.options.registries.end())
        return fail(Fault::Denied, "revocation: people of that registry do not attach here");
    const std::int64_t age = nowMicroseconds() / 1'000'000 - TRY(secondsOf(TRY(requiredText(document, "created", 40))));
    if (std::abs(age) > wordLife)
        return fail(Fault::Denied, "revocation: it was not made within the last ten minutes; is the clock right?");
    const PublicKey key = TRY(keyOfRegistry(renderer, registry));
    TRY(verifyDocument(revokePrefix, document, [&](const std::string& kid) -> Result<PublicKey> {
        if (kid != key.kid())
            return fail(Fault::Denied, "revocation: it is signed by another key than the registry's");
        return key;
    }));
    return accountOf(site, registry, TRY(requiredText(document, "user", 64)));
}

} // namespace artdag::server
