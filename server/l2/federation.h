// SPDX-License-Identifier: GPL-3.0-or-later
// What a running server needs to deal with others, besides its database: an HTTP client that strangers' URLs may be given
// to, the mail server, the key of the instance, and a short memory of what failed. Nothing here survives a restart, nor needs to.
#pragma once

#include "core/identity/keys.h"
#include "core/net/http_client.h"
#include "core/net/mail.h"
#include "server/l2/delivery.h"
#include "server/l2/key_cache.h"
#include "server/l2/site.h"

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>
#include <string>
#include <vector>

namespace artdag::server {

/// Things that are not to be asked for again before a time. Bounded: when it is full the earliest are forgotten.
class Embargo {
public:
    using Clock = std::chrono::steady_clock;
    [[nodiscard]] bool holds(const std::string& name, Clock::time_point now);
    void set(const std::string& name, Clock::time_point until);
    /// Sets it unless it holds already; true when it was set.
    bool take(const std::string& name, Clock::time_point now, Clock::duration length);

private:
    std::mutex m_mutex;
    std::map<std::string, Clock::time_point> m_until;
};

struct Federation {
    std::unique_ptr<HttpClient> http;
    std::optional<MailServer> mail;       ///< not set: nobody here gets mail
    std::vector<std::string> onlyDomains; ///< as normalDomain writes them: no other servers are dealt with; empty: all are
    std::optional<SigningKey> instanceKey;
    std::string instancePem;              ///< its public half
    Embargo failedFetches;                ///< by URL
    Embargo keyRefetches;                 ///< by host
    std::counting_semaphore<> fetches{4}; ///< fetches on behalf of inboxes under way: the rest of the workers are for our own people
    KeyCache strangersKeys;
    std::mutex keysMutex;
    struct OwnKey {
        std::filesystem::file_time_type written; ///< its file may be replaced while the server runs
        SigningKey key;
    };
    std::map<std::string, OwnKey> userKeys; ///< by user name, as read
    std::unique_ptr<Deliverer> deliverer;   ///< last: it stops first
};

/// The instance's key is made at the first start.
Result<std::unique_ptr<Federation>> openFederation(const Site& site);

/// `https://host/actor`, which signs what this server fetches.
std::string instanceActorUrl(const Instance& instance);
Json instanceActorDocument(const Site& site);

/// The transport key of one of our accounts. Denied when others can read its file.
Result<SigningKey> transportKey(Site& site, const std::string& user);

/// Something may be due to be sent.
void wakeDeliverer(Site& site);

/// True when ids of this server begin like this URL.
bool isOurs(const Instance& instance, std::string_view url);
/// The account of an actor id of ours, or empty.
std::string ourUserOf(const Instance& instance, std::string_view actorUri);

} // namespace artdag::server
