// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/renderer_words.h"

#include "core/net/http_client.h"
#include "server/db/grants.h"
#include "server/l2/ask_renderer.h"
#include "server/l2/bodies.h"
#include "server/l2/federation.h"
#include "server/l2/renderer_keys.h"
#include "server/l2/renderer_routes.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <thread>

namespace artdag::server {

namespace {

constexpr std::int64_t wordLife = 600; // s

Result<std::int64_t> secondsOf(const std::string& text)
{
    std::tm parts{};
    const char* end = ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    if (end == nullptr || *end != '\0')
        return fail(Fault::BadInput, "'created': must be a time like 2026-11-20T10:00:00Z");
    return static_cast<std::int64_t>(::timegm(&parts));
}

/// The key that a renderer shows. It is named by its configured URL, and TLS says that the answer is its own.
Result<PublicKey> keyOfRenderer(const std::string& renderer)
{
    HttpRequest request;
    request.url = renderer + "/auth/instance";
    request.headers = {{"Accept", "application/json"}};
    request.connectTime = std::chrono::seconds(5);
    request.totalTime = std::chrono::seconds(10);
    request.limit = 64U << 10;
    const auto http = openHttpClient(); // the operator named this host: the guard is for hosts that strangers name
    const HttpAnswer answer = TRY(http->send(request));
    if (!answer.ok())
        return tl::unexpected<Error>(errorOfAnswer("renderer " + renderer, answer));
    const Json shown = TRY(readJson(answer.body));
    if (!shown.is_object())
        return fail(Fault::Unavailable, "renderer " + renderer + ": it shows no key");
    return PublicKey::fromPem(TRY(requiredText(shown, "public", 4096)));
}

} // namespace

bool isConfigured(const Site& site, const std::string& renderer)
{
    return std::ranges::count(renderersOf(site), renderer) > 0;
}

Result<void> checkRendererWord(Site& site, const Json& document, const std::string& renderer)
{
    if (TRY(requiredText(document, "type", 64)) != "artdag.attach")
        return fail(Fault::BadInput, "'type': must be artdag.attach");
    if (!isConfigured(site, renderer))
        return fail(Fault::Denied, "renderer '" + renderer + "': this server does not work with it");
    const std::int64_t age = nowMicroseconds() / 1'000'000 - TRY(secondsOf(TRY(requiredText(document, "created", 40))));
    if (std::abs(age) > wordLife)
        return fail(Fault::Denied, "renderer '" + renderer + "': this was not made within the last ten minutes; is the clock right?");
    if (TRY(signersOf(document)).size() != 1)
        return fail(Fault::Denied, "renderer '" + renderer + "': one signature is expected");
    const PublicKey key = TRY(keyOfRenderer(renderer));
    TRY(verifyDocument(attachPrefix, document, [&](const std::string& kid) -> Result<PublicKey> {
        if (kid != key.kid())
            return fail(Fault::Denied, "renderer '" + renderer + "': this is signed by another key than it shows");
        return key;
    }));
    return noteRendererKey(site, renderer, key);
}

Result<void> tellRevoked(Site& site, const std::string& renderer, const std::string& user)
{
    Json document{{"type", "artdag.revoke"}, {"registry", site.instance.publicUrl}, {"renderer", renderer}, {"user", user}, {"created", isoTime(nowMicroseconds())}};
    TRY(signDocument(revokePrefix, document, *site.federation->instanceKey));
    HttpRequest request;
    request.method = "POST";
    request.url = renderer + "/auth/revoke-user";
    request.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
    request.body = document.dump();
    request.connectTime = std::chrono::seconds(2);
    request.totalTime = std::chrono::seconds(5);
    request.limit = 64U << 10;
    const HttpAnswer answer = TRY(openHttpClient()->send(request));
    if (!answer.ok())
        return tl::unexpected<Error>(errorOfAnswer("renderer " + renderer, answer));
    return {};
}

void tellAllRevoked(Site& site, std::int64_t userId, const std::string& user)
{
    const auto attached = attachedRenderers(*site.database, userId);
    if (!attached)
        return;
    std::vector<std::thread> calls;
    for (const AttachedRenderer& renderer : *attached)
        calls.emplace_back([&site, &user, url = renderer.url] { (void)tellRevoked(site, url, user); });
    for (std::thread& call : calls)
        call.join();
}

} // namespace artdag::server
