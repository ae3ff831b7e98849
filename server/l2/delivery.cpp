// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/delivery.h"

#include "core/base/files.h"
#include "core/federation/activity_fields.h"
#include "core/federation/http_signature.h"
#include "core/federation/vocabulary.h"
#include "server/http/metrics.h"
#include "server/l2/delivery_rules.h"
#include "server/l2/federation.h"
#include "server/l2/fetch_document.h"
#include "server/l2/remote_actors.h"
#include "server/operation/log.h"

#include <fmt/format.h>

namespace artdag::server {

namespace {

constexpr int mostAtOnce = 8;
constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t leaseTime = 40 * second; // longer than the longest attempt, with both forms of signature

/// In [0, 1).
double chance()
{
    return secureRandom(1)[0] / 256.0;
}

/// An attempt whose answer is known.
struct Answered {
    Attempt attempt;
    std::string retryAfter, error;
};

Result<HttpAnswer> post(Site& site, const Delivery& delivery, const std::string& inbox, SignatureForm form)
{
    SignableRequest signable;
    signable.method = "POST";
    signable.scheme = inbox.substr(0, inbox.find("://"));
    signable.authority = hostOfUrl(inbox);
    const auto path = inbox.find('/', inbox.find("://") + 3);
    signable.target = path == std::string::npos ? "/" : inbox.substr(path);
    signable.headers = {{"content-type", std::string(activityType)}};
    signable.body = delivery.bytes;
    HttpRequest request;
    request.method = "POST";
    request.url = inbox;
    request.body = delivery.bytes;
    request.headers = {{"Content-Type", std::string(activityType)}};
    const HeaderLines lines = TRY(signRequest(signable, form, site.instance.actorUrl(delivery.user) + "#main-key", TRY(transportKey(site, delivery.user)), nowMicroseconds() / second));
    request.headers.insert(request.headers.end(), lines.begin(), lines.end());
    request.limit = 64U << 10;
    request.connectTime = std::chrono::seconds(5);
    request.stallTime = std::chrono::seconds(12);
    request.totalTime = std::chrono::seconds(15);
    return site.federation->http->send(request);
}

Answered answered(const Delivery& delivery, const Result<HttpAnswer>& answer)
{
    Answered out;
    out.attempt.tries = delivery.tries;
    if (answer) {
        out.attempt.status = answer->status;
        out.retryAfter = answer->header("retry-after");
        out.error = fmt::format("the answer was {}", answer->status);
    } else {
        // An answer that is too long was an answer; a forbidden address will not become a public one.
        out.attempt.status = answer.error().fault == Fault::BadInput ? 200 : answer.error().fault == Fault::Denied ? 403
                                                                                                                   : 0;
        out.error = answer.error().message;
    }
    out.attempt.retryAfter = out.retryAfter;
    return out;
}

/// The inbox of one that was only named when the activity was made.
Result<std::string> inboxOf(Site& site, const Delivery& delivery)
{
    if (!delivery.inbox.starts_with(unknownInbox))
        return delivery.inbox;
    const Actor actor = TRY(actorOfAccount(site, delivery.inbox.substr(unknownInbox.size())));
    return actor.isOurs() ? std::string() : actor.inbox;
}

Result<void> settle(Site& site, const Delivery& delivery, const std::string& inbox, const Answered& answer)
{
    const std::int64_t now = nowMicroseconds();
    const Verdict verdict = judge(answer.attempt, chance(), now / second);
    const bool reached = answer.attempt.status != 0;
    const bool sent = answer.attempt.status >= 200 && answer.attempt.status < 300;
    site.metrics->count(Metrics::Counted::Delivery, verdict.outcome == Outcome::Retry ? "later" : verdict.outcome == Outcome::Gone ? "gone"
            : sent                                                                                                                 ? "sent"
                                                                                                                                   : "refused");
    if (verdict.outcome == Outcome::Retry)
        return retryDelivery(*site.database, delivery, now, now + verdict.wait, answer.error);
    if (verdict.outcome == Outcome::Gone)
        TRY(dropInbox(*site.database, inbox));
    return finishDelivery(*site.database, delivery, reached);
}

Result<void> deliver(Site& site, const Delivery& delivery)
{
    if (!checkNotSuspended(site, delivery.host))
        return finishDelivery(*site.database, delivery, false);
    const auto inbox = inboxOf(site, delivery);
    if (!inbox && inbox.error().fault != Fault::Unavailable)
        return finishDelivery(*site.database, delivery, false);
    if (!inbox)
        return settle(site, delivery, "", {{0, delivery.tries}, "", inbox.error().message});
    if (inbox->empty())
        return finishDelivery(*site.database, delivery, false);
    auto form = delivery.rfc9421 ? SignatureForm::Rfc9421 : SignatureForm::Cavage;
    Answered answer = answered(delivery, post(site, delivery, *inbox, form));
    if (judge(answer.attempt, 0, 0).outcome == Outcome::SignOtherWay) {
        form = form == SignatureForm::Cavage ? SignatureForm::Rfc9421 : SignatureForm::Cavage;
        answer = answered(delivery, post(site, delivery, *inbox, form));
        answer.attempt.otherFormTried = true;
        if (answer.attempt.status >= 200 && answer.attempt.status < 300)
            TRY(rememberSignatureForm(*site.database, delivery.host, form == SignatureForm::Rfc9421));
    }
    return settle(site, delivery, *inbox, answer);
}

} // namespace

Deliverer::Deliverer(Site& site)
    : m_site(site)
{
    m_threads.emplace_back([this] { look(); });
    for (int i = 0; i < mostAtOnce; ++i)
        m_threads.emplace_back([this] { send(); });
}

Deliverer::~Deliverer()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_woken.notify_all();
    m_given.notify_all();
    for (std::thread& thread : m_threads)
        thread.join();
}

void Deliverer::wake()
{
    const std::lock_guard lock(m_mutex);
    m_due = true;
    m_woken.notify_all();
}

void Deliverer::look()
{
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        m_woken.wait_for(lock, std::chrono::seconds(1), [&] { return m_stopping || (m_due && m_busy < mostAtOnce); });
        while (!m_stopping && m_busy < mostAtOnce) {
            m_due = false;
            lock.unlock();
            const std::int64_t now = nowMicroseconds();
            auto claimed = claimDelivery(*m_site.database, now, now + leaseTime);
            if (!claimed)
                logTrouble("deliveries", claimed.error().message);
            lock.lock();
            if (!claimed || !*claimed)
                break;
            ++m_busy;
            m_ready.push_back(std::move(**claimed));
            m_given.notify_one();
        }
    }
}

void Deliverer::send()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_given.wait(lock, [&] { return m_stopping || !m_ready.empty(); });
        if (m_stopping)
            return; // what was claimed is freed at the next start
        const Delivery delivery = std::move(m_ready.front());
        m_ready.pop_front();
        lock.unlock();
        if (const auto done = deliver(m_site, delivery); !done)
            LogLine(LogLevel::Warning, "delivery").text("host", delivery.host).text("what", done.error().message).write();
        lock.lock();
        --m_busy;
        m_due = true; // another one of this host, or the next about this object, may go now
        m_woken.notify_all();
    }
}

void startDelivering(Site& site)
{
    if (const auto freed = freeLeases(*site.database); !freed)
        logTrouble("deliveries", freed.error().message);
    if (const auto queued = addJob(*site.database, "forget-received", "first", Json::object(), nowMicroseconds()); !queued)
        logTrouble("jobs", queued.error().message);
    site.federation->deliverer = std::make_unique<Deliverer>(site);
}

} // namespace artdag::server
