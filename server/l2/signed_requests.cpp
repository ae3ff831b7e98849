// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/signed_requests.h"

#include "core/federation/activity_fields.h"
#include "core/federation/http_signature.h"
#include "server/l2/federation.h"
#include "server/l2/fetch_document.h"
#include "server/l2/remote_actors.h"

namespace artdag::server {

namespace {

SignableRequest signableOf(const Site& site, const Request& request)
{
    const std::string& url = site.instance.publicUrl;
    return {request.method, url.substr(0, url.find("://")), std::string(request.header("host")), request.target, request.headers, request.body};
}

bool fits(Site& site, const RequestSignature& signature, const Actor& actor)
{
    const auto key = site.federation->strangersKeys.read(actor.keyPem);
    return key && isSignedBy(signature, *key);
}

/// The actor whose key made the signature; its document is fetched at most once more for a changed key.
Result<Actor> signerOfKey(Site& site, const RequestSignature& signature)
{
    if (!site.federation->fetches.try_acquire_for(std::chrono::milliseconds(500)))
        return fail(Fault::Unavailable, "key " + signature.keyId + ": too many keys are being fetched");
    struct Release {
        std::counting_semaphore<>& fetches;
        ~Release() { fetches.release(); }
    } release{site.federation->fetches};
    Actor actor = TRY(actorOfKey(site, signature.keyId));
    if (!fits(site, signature, actor)) {
        actor = TRY(refetchActor(site, actor));
        if (actor.keyId != signature.keyId || !fits(site, signature, actor))
            return fail(Fault::Denied, "signature: it was not made by the key that it names");
    }
    return actor;
}

std::optional<Actor> knownSigner(Site& site, const RequestSignature& signature)
{
    auto lease = site.database->lease();
    if (!lease)
        return {};
    auto known = findActorOfKey(*lease, signature.keyId);
    if (known && *known && fits(site, signature, **known))
        return std::move(**known);
    return {};
}

SignerCheck refused(int status, std::string why)
{
    SignerCheck check;
    check.refusal = problem(status, std::move(why));
    if (status == 503)
        check.refusal.with("Retry-After", "60");
    return check;
}

} // namespace

SignerCheck checkSigner(Site& site, const Request& request)
{
    const auto signature = readRequestSignature(signableOf(site, request), {site.instance.domain, hostOfUrl(site.instance.publicUrl)}, nowMicroseconds() / 1'000'000);
    if (!signature)
        return refused(401, signature.error().message);
    if (const auto allowed = checkNotSuspended(site, hostOfUrl(signature->keyId)); !allowed)
        return refused(403, allowed.error().message);
    if (isOurs(site.instance, signature->keyId))
        return refused(401, "signature: this server does not send requests to itself");
    auto actor = knownSigner(site, *signature);
    if (!actor) {
        auto found = signerOfKey(site, *signature);
        if (!found) {
            const bool later = found.error().fault == Fault::Unavailable && found.error().message.find("a moment ago") == std::string::npos;
            SignerCheck check = refused(later ? 503 : 401, found.error().message);
            check.gone = found.error().fault == Fault::NotFound;
            check.keyId = signature->keyId;
            return check;
        }
        actor = std::move(*found);
    }
    if (const auto allowed = checkNotSuspended(*actor); !allowed)
        return refused(403, allowed.error().message);
    Hasher hash;
    hash.addText(signature->keyId).add(signature->value);
    SignerCheck check;
    check.keyId = signature->keyId;
    check.signer = Signer{std::move(*actor), hash.finish()};
    return check;
}

std::optional<Actor> signerOf(Site& site, const Request& request)
{
    if (request.header("signature").empty())
        return {};
    SignerCheck check = checkSigner(site, request);
    return check.signer ? std::optional(std::move(check.signer->actor)) : std::nullopt;
}

std::optional<Response> refuseUnsigned(Site& site, const Request& request)
{
    if (!site.options.secureMode || request.caller.userId != 0)
        return {};
    SignerCheck check = checkSigner(site, request);
    if (check.signer)
        return {};
    return std::move(check.refusal);
}

} // namespace artdag::server
