// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/inbox_routes.h"

#include "core/federation/activity_fields.h"
#include "core/federation/vocabulary.h"
#include "server/db/deliveries.h"
#include "server/db/received.h"
#include "server/http/metrics.h"
#include "server/l2/federation.h"
#include "server/l2/inbox/activities.h"
#include "server/l2/signed_requests.h"

#include <algorithm>
#include <array>

namespace artdag::server {

namespace {

constexpr JsonLimits activityLimits{1U << 20, 32, 10'000};

bool isActivityBody(std::string_view type)
{
    std::string bare(type.substr(0, type.find(';')));
    std::ranges::transform(bare, bare.begin(), [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
    while (bare.ends_with(' '))
        bare.pop_back();
    return bare == activityType || bare == "application/ld+json";
}

Response taken()
{
    Response response;
    response.status = 202;
    return response;
}

struct Kind {
    std::string_view type;
    Take take = nullptr;
    bool queues = false; ///< a delivery or a job, which need not wait until somebody looks
};

/// One file of server/l2/inbox per kind; whatever else arrives is taken and forgotten.
Kind kindOf(const std::string& type)
{
    constexpr std::array<Kind, 13> kinds{{{"Follow", takeFollow, true}, {"Undo", takeUndo}, {"Like", takeLike}, {"EmojiReact", takeLike}, {"Announce", takeAnnounce, true}, {"Create", takeCreate, true}, {"Update", takeUpdate}, {"Delete", takeDelete},
        {"Accept", takeAcceptOrReject}, {"Reject", takeAcceptOrReject}, {"Block", takeBlock}, {"Flag", takeFlag}, {"Move", takeMove, true}}};
    const auto kind = std::ranges::find(kinds, std::string_view(type), &Kind::type);
    return kind == kinds.end() ? Kind{} : *kind;
}

/// An account that was deleted can no longer be asked for its key; its own Delete must not come again and again.
bool isFarewell(const Json& activity, const std::string& keyId)
{
    const std::string actor = idOf(activity, "actor");
    return textOf(activity, "type") == "Delete" && !actor.empty() && idOf(activity, "object") == actor && originOfUrl(actor) == originOfUrl(keyId);
}

/// `outcome`: a word for the figures, of what was answered with 202.
Result<Response> takeActivity(Site& site, const Signer& signer, const Json& activity, std::string_view body, const char*& outcome)
{
    const std::string id = textOf(activity, "id");
    const std::string type = textOf(activity, "type");
    const bool forwarded = idOf(activity, "actor") != signer.actor.uri;
    if (originOfUrl(id).empty() || (!forwarded && originOfUrl(id) != originOfUrl(signer.actor.uri)))
        return problem(401, "activity: its id is not of the server of its actor");
    const std::int64_t now = nowMicroseconds();
    auto lease = TRY(site.database->lease());
    auto transaction = TRY(lease.begin());
    if (!TRY(isNewSignature(lease, signer.signature, now)))
        return problem(401, "signature: it was used before");
    outcome = "unknown";
    const Kind kind = kindOf(type);
    if (kind.take != nullptr) {
        outcome = forwarded ? "forwarded" : "again";
        Received received{site, lease, activity, signer.actor, id, now, body};
        if (forwarded) {
            if (!TRY(queueForwarded(received)))
                return problem(401, "activity: its actor is not who signed the request");
        } else if (TRY(isNewActivity(lease, id, signer.actor.uri, type, now))) {
            TRY(kind.take(received));
            outcome = "taken";
        }
    }
    TRY(hearFrom(lease, signer.actor.host, now));
    TRY(transaction.commit());
    if (forwarded || kind.queues) // everybody who is woken looks into the database, where the next activity wants to be written
        wakeDeliverer(site);
    return taken();
}

/// Whoever signed it: a server that sends too much is told so, from however many addresses it sends.
std::optional<Response> limitServer(Site& site, const Request& request, const std::string& host)
{
    const std::int64_t now = nowMicroseconds();
    const auto allowance = countedAddress(request.remote).empty() ? std::nullopt : site.limits->take(RateKind::Inbox, "server " + host, now);
    if (!allowance || allowance->wait == 0)
        return {};
    Response response = problem(429, "This server sends too much. Try again in " + std::to_string(allowance->wait) + " s.");
    return response.with("Retry-After", std::to_string(allowance->wait));
}

Result<Response> receive(Site& site, const Request& request, const char*& outcome)
{
    if (!isActivityBody(request.header("content-type")))
        return problem(415, "The body must be application/activity+json.");
    const SignerCheck check = checkSigner(site, request);
    if (!check.signer) {
        const auto activity = check.gone ? readJson(request.body, activityLimits) : fail(Fault::BadInput, "");
        outcome = "farewell";
        return activity && isFarewell(*activity, check.keyId) ? taken() : Response(check.refusal);
    }
    if (auto refusal = limitServer(site, request, check.signer->actor.host))
        return std::move(*refusal);
    const Json activity = TRY(readJson(request.body, activityLimits));
    if (!activity.is_object())
        return fail(Fault::BadInput, "body: must be a JSON object");
    return takeActivity(site, *check.signer, activity, request.body, outcome);
}

const char* outcomeOf(int status)
{
    switch (status) {
    case 401:
        return "signature";
    case 403:
        return "blocked";
    case 429:
        return "limited";
    case 503:
        return "later";
    default:
        return status >= 500 ? "fault" : "malformed";
    }
}

} // namespace

Result<Response> postInbox(Site& site, const Request& request)
{
    const char* outcome = "";
    auto received = receive(site, request, outcome);
    const int status = received ? received->status : problemOf(received.error()).status;
    site.metrics->count(Metrics::Counted::Inbox, status == 202 ? outcome : outcomeOf(status));
    return received;
}

} // namespace artdag::server
