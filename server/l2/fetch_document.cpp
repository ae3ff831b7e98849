// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/fetch_document.h"

#include "core/federation/activity_fields.h"
#include "core/federation/http_signature.h"
#include "core/federation/vocabulary.h"
#include "core/net/domain_name.h"
#include "server/db/domain_blocks.h"
#include "server/l2/federation.h"

#include <algorithm>

namespace artdag::server {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::uint64_t longestDocument = 1U << 20;
constexpr int mostRedirects = 3;
constexpr JsonLimits documentLimits{longestDocument, 32, 10'000};
constexpr const char* activityAccept = "application/activity+json, application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";

/// RFC 9110 §8.3: without parameters, in lower case.
std::string bareType(std::string_view type)
{
    std::string bare(type.substr(0, type.find(';')));
    while (bare.ends_with(' '))
        bare.pop_back();
    for (char& c : bare)
        c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return bare;
}

bool isActivityType(std::string_view type)
{
    const std::string bare = bareType(type);
    return bare == activityType || (bare == "application/ld+json" && type.find("https://www.w3.org/ns/activitystreams") != std::string_view::npos);
}

std::string targetOf(const std::string& url)
{
    const auto path = url.find('/', url.find("://") + 3);
    return path == std::string::npos ? "/" : url.substr(path, url.find('#') == std::string::npos ? std::string::npos : url.find('#') - path);
}

HttpRequest getRequest(const std::string& url, const std::string& accept)
{
    HttpRequest request;
    request.url = url.substr(0, url.find('#'));
    request.headers = {{"Accept", accept}};
    request.limit = longestDocument;
    request.connectTime = seconds(5);
    request.stallTime = seconds(8);
    request.totalTime = seconds(10);
    return request;
}

Result<void> sign(Site& site, HttpRequest& request)
{
    SignableRequest signable;
    signable.method = "GET";
    signable.scheme = request.url.substr(0, request.url.find("://"));
    signable.authority = hostOfUrl(request.url);
    signable.target = targetOf(request.url);
    const HeaderLines lines = TRY(signRequest(signable, SignatureForm::Cavage, instanceActorUrl(site.instance) + "#main-key", *site.federation->instanceKey, nowMicroseconds() / 1'000'000));
    request.headers.insert(request.headers.end(), lines.begin(), lines.end());
    return {};
}

/// Where an answer of 3xx sends us, as an absolute URL; empty when it does not say.
std::string locationOf(const HttpAnswer& answer, const std::string& from)
{
    const std::string location(answer.header("location"));
    if (location.starts_with("https://") || location.starts_with("http://"))
        return location;
    return location.starts_with('/') && !location.starts_with("//") ? originOfUrl(from) + location : std::string();
}

/// One GET with its redirects, each hop checked and signed anew for its own host.
Result<HttpAnswer> get(Site& site, std::string url, const std::string& accept, bool isSigned)
{
    for (int hop = 0; hop <= mostRedirects; ++hop) {
        TRY(checkNotSuspended(site, hostOfUrl(url)));
        HttpRequest request = getRequest(url, accept);
        if (isSigned)
            TRY(sign(site, request));
        HttpAnswer answer = TRY(site.federation->http->send(request));
        answer.url = request.url;
        if (answer.status < 300 || answer.status >= 400)
            return answer;
        const std::string next = locationOf(answer, url);
        if (next.empty() || (url.starts_with("https://") && !next.starts_with("https://")))
            return fail(Fault::Denied, "GET " + url + ": it redirects to where we do not follow");
        url = next;
    }
    return fail(Fault::Denied, "GET " + url + ": too many redirects");
}

Result<FetchedDocument> readAnswer(const HttpAnswer& answer, const std::string& id)
{
    FetchedDocument fetched;
    fetched.url = answer.url;
    fetched.gone = answer.status == 410;
    if (fetched.gone)
        return fetched;
    const std::string object = "GET " + id + ": ";
    if (!answer.ok()) {
        Error error = errorOfAnswer("GET " + id, answer);
        return tl::unexpected<Error>(std::move(error));
    }
    if (!isActivityType(answer.header("content-type")))
        return fail(Fault::Denied, object + "the answer is not an ActivityPub document");
    fetched.document = TRY(readJson(answer.body, documentLimits));
    if (!fetched.document.is_object())
        return fail(Fault::BadInput, object + "the answer is not an object");
    fetched.gone = textOf(fetched.document, "type") == "Tombstone";
    return fetched;
}

Result<FetchedDocument> fetchOnce(Site& site, const std::string& id)
{
    FetchedDocument fetched = TRY(readAnswer(TRY(get(site, id, activityAccept, true)), id));
    if (fetched.gone)
        return fetched;
    const std::string itsId = textOf(fetched.document, "id");
    if (originOfUrl(itsId) != originOfUrl(fetched.url))
        return fail(Fault::Denied, "GET " + id + ": the document's id is of another origin");
    return fetched;
}

/// A domain stands for all under it.
bool isNamed(const std::vector<std::string>& domains, std::string_view host)
{
    const auto domain = normalDomain(host.substr(0, host.find(':')));
    return domains.empty() || (domain && std::ranges::any_of(domains, [&](const std::string& one) { return *domain == one || domain->ends_with("." + one); }));
}

} // namespace

Result<void> checkNotSuspended(Site& site, std::string_view host)
{
    if (!isNamed(site.federation->onlyDomains, host))
        return fail(Fault::Denied, "server '" + std::string(host.substr(0, 100)) + "': this server deals only with those that its operator named");
    auto lease = TRY(site.database->lease());
    if (host.empty() || TRY(isSuspended(lease, host)))
        return fail(Fault::Denied, "server '" + std::string(host.substr(0, 100)) + "': this server does not deal with it");
    return {};
}

Result<void> checkNotSuspended(const Actor& actor)
{
    if (actor.state == "suspended")
        return fail(Fault::Denied, "account " + actor.account() + ": this server does not deal with it");
    return {};
}

Result<FetchedDocument> fetchDocument(Site& site, const std::string& id)
{
    const std::string plain = id.substr(0, id.find('#'));
    const auto now = Embargo::Clock::now();
    if (site.federation->failedFetches.holds(plain, now))
        return fail(Fault::Unavailable, "GET " + id + ": it failed a moment ago");
    auto fetched = fetchOnce(site, plain);
    if (fetched && !fetched->gone && textOf(fetched->document, "id") != id && textOf(fetched->document, "id") != plain) {
        const std::string itsId = textOf(fetched->document, "id");
        fetched = fetchOnce(site, itsId);
        if (fetched && !fetched->gone && textOf(fetched->document, "id") != itsId)
            fetched = fail(Fault::Denied, "GET " + id + ": the document does not stay with one id");
    }
    const bool final = fetched ? fetched->gone : fetched.error().fault == Fault::NotFound;
    if (final)
        site.federation->failedFetches.set(plain, now + minutes(60));
    else if (!fetched)
        site.federation->failedFetches.set(plain, now + minutes(1));
    return fetched;
}

Result<std::string> fetchText(Site& site, const std::string& url, const std::string& accept)
{
    HttpAnswer answer = TRY(get(site, url, accept, false));
    if (!answer.ok()) {
        Error error = errorOfAnswer("GET " + url, answer);
        return tl::unexpected<Error>(std::move(error));
    }
    return std::move(answer.body);
}

} // namespace artdag::server
