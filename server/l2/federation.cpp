// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/federation.h"

#include "core/base/files.h"
#include "core/federation/vocabulary.h"

#include <sys/stat.h>

#include <algorithm>

namespace artdag::server {

namespace {

constexpr std::size_t longestMemory = 20'000;

Result<SigningKey> readKeyFile(const std::filesystem::path& file)
{
    struct stat facts {};
    if (::stat(file.c_str(), &facts) != 0)
        return fail(Fault::NotFound, "key file '" + file.string() + "': it is missing");
    if ((facts.st_mode & 077) != 0)
        return fail(Fault::Denied, "key file '" + file.string() + "': others can read it; give it mode 0600");
    return SigningKey::fromPem(TRY(readTextFile(file, 64U << 10)));
}

Result<SigningKey> instanceKeyOf(const Site& site)
{
    const auto file = site.keyFile("actor"); // a reserved word: no account has this name
    if (std::filesystem::exists(file))
        return readKeyFile(file);
    SigningKey key = TRY(SigningKey::generate(KeyAlgorithm::Rsa2048));
    const std::string pem = key.pem();
    TRY(writeFileAtomically(file, bytesOf(pem), 0600));
    return key;
}

} // namespace

bool Embargo::holds(const std::string& name, Clock::time_point now)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_until.find(name);
    return found != m_until.end() && found->second > now;
}

void Embargo::set(const std::string& name, Clock::time_point until)
{
    const std::lock_guard lock(m_mutex);
    if (m_until.size() >= longestMemory)
        m_until.erase(std::ranges::min_element(m_until, {}, &std::pair<const std::string, Clock::time_point>::second));
    m_until[name] = until;
}

bool Embargo::take(const std::string& name, Clock::time_point now, Clock::duration length)
{
    if (holds(name, now))
        return false;
    set(name, now + length);
    return true;
}

Result<std::unique_ptr<Federation>> openFederation(const Site& site)
{
    auto federation = std::make_unique<Federation>();
    federation->http = openHttpClient(site.options.allowLoopback ? Reach::Anywhere : Reach::PublicOnly);
    federation->instanceKey = TRY(instanceKeyOf(site));
    federation->instancePem = federation->instanceKey->publicKey().pem();
    return federation;
}

std::string instanceActorUrl(const Instance& instance)
{
    return instance.publicUrl + "/actor";
}

Json instanceActorDocument(const Site& site)
{
    const std::string id = instanceActorUrl(site.instance);
    // Its name is the domain, so that acct:host@host finds it (FEP-d556).
    return {{"@context", actorContext()}, {"id", id}, {"type", "Application"}, {"preferredUsername", site.instance.domain}, {"name", site.instance.domain}, {"url", site.instance.publicUrl + "/"},
        {"inbox", site.instance.publicUrl + "/inbox"}, {"outbox", id + "/outbox"}, {"endpoints", Json{{"sharedInbox", site.instance.publicUrl + "/inbox"}}}, {"manuallyApprovesFollowers", true},
        {"publicKey", Json{{"id", id + "#main-key"}, {"owner", id}, {"publicKeyPem", site.federation->instancePem}}}};
}

Result<SigningKey> transportKey(Site& site, const std::string& user)
{
    Federation& federation = *site.federation;
    const std::filesystem::path file = site.keyFile(user);
    std::error_code error;
    const auto written = std::filesystem::last_write_time(file, error);
    const std::lock_guard lock(federation.keysMutex);
    if (const auto known = federation.userKeys.find(user); known != federation.userKeys.end() && !error && known->second.written == written)
        return known->second.key;
    SigningKey key = TRY(readKeyFile(file));
    federation.userKeys.insert_or_assign(user, Federation::OwnKey{written, key});
    return key;
}

void wakeDeliverer(Site& site)
{
    if (site.jobs)
        site.jobs->wake();
    if (site.federation && site.federation->deliverer)
        site.federation->deliverer->wake();
}

bool isOurs(const Instance& instance, std::string_view url)
{
    return url.starts_with(instance.publicUrl) && (url.size() == instance.publicUrl.size() || url[instance.publicUrl.size()] == '/');
}

std::string ourUserOf(const Instance& instance, std::string_view actorUri)
{
    if (!isOurs(instance, actorUri))
        return {};
    actorUri.remove_prefix(instance.publicUrl.size());
    if (!actorUri.starts_with("/users/"))
        return {};
    actorUri.remove_prefix(7);
    return actorUri.find_first_of("/?#") == std::string_view::npos ? std::string(actorUri) : std::string();
}

} // namespace artdag::server
