// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/kept_logins.h"

#include "core/base/files.h"
#include "core/base/json.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ctime>

namespace artdag {

namespace {

constexpr const char* inKeychain = "keychain"; // the values of `kept`; none: in the file, because there was no other place
constexpr const char* inFile = "file";         // because it was chosen

std::filesystem::path accountsFile()
{
    return artdagHome() / "accounts.json";
}

/// {"current": server, "accounts": {server: {user, account, kept: "keychain"}}}, or with token, expires, refresh and client in place of
/// `kept`; empty when there is no file.
Result<Json> readAccounts()
{
    const std::filesystem::path path = accountsFile();
    struct stat facts {};
    if (::stat(path.c_str(), &facts) != 0)
        return Json{{"current", ""}, {"accounts", Json::object()}};
    if ((facts.st_mode & 077) != 0)
        return fail(Fault::Denied, "file '" + path.string() + "': others can read it; give it mode 0600");
    Json accounts = TRY(readJson(TRY(readTextFile(path, 1U << 20))));
    if (!accounts.is_object() || !accounts.contains("accounts") || !accounts["accounts"].is_object())
        return fail(Fault::Corrupt, "file '" + path.string() + "': not a list of accounts");
    for (const Json& entry : accounts["accounts"])
        if (!entry.is_object())
            return fail(Fault::Corrupt, "file '" + path.string() + "': a login is no object");
    return accounts;
}

Result<void> writeAccounts(const Json& accounts)
{
    std::error_code error;
    std::filesystem::create_directories(artdagHome(), error);
    const std::string text = accounts.dump(2) + "\n";
    return writeFileAtomically(accountsFile(), bytesOf(text), 0600);
}

std::string secretName(const std::string& server)
{
    return "login at " + server + " of " + accountsFile().string(); // several homes, one keychain
}

/// The members of an entry that nobody else may see.
Json secretOf(const Json& entry)
{
    Json secret = Json::object();
    for (const char* name : {"token", "expires", "refresh", "client"})
        if (entry.contains(name))
            secret[name] = entry[name];
    return secret;
}

/// Written, and read again: what is not there cannot be relied on.
Result<void> keepInRing(SecretRing& ring, const std::string& server, const Json& secret)
{
    TRY(ring.write(secretName(server), secret.dump()));
    if (TRY(ring.read(secretName(server))) != secret.dump())
        return fail(Fault::Unavailable, "keychain: it gives back something else than it was given");
    return {};
}

Json bareEntry(const Json& entry)
{
    return {{"user", entry.value("user", "")}, {"account", entry.value("account", "")}, {"kept", inKeychain}};
}

AccountName nameOf(const std::string& server, const Json& entry)
{
    return {server, entry.value("user", ""), entry.value("account", ""), entry.value("kept", "") == inKeychain};
}

Result<std::string> textOf(const Json& object, const char* name)
{
    const auto member = object.is_object() ? object.find(name) : object.end();
    if (!object.is_object() || member == object.end() || !member->is_string())
        return fail(Fault::Corrupt, "file '" + accountsFile().string() + "': a login has no '" + name + "'");
    return member->get<std::string>();
}

Result<Json> secretOfEntry(const Json& entry, const std::string& server, SecretRing* ring)
{
    if (entry.value("kept", "") != inKeychain)
        return secretOf(entry);
    if (ring == nullptr)
        return fail(Fault::Unavailable, "server " + server + ": its login is in the keychain, which is not asked here");
    const auto text = ring->read(secretName(server));
    if (!text)
        return fail(Fault::Unavailable, "server " + server + ": its login is in the keychain, which " + (text.error().fault == Fault::NotFound ? "is locked or does not have it any more" : "does not give it (" + text.error().message + ")") + "; unlock the keychain, or log in again");
    return readJson(*text);
}

} // namespace

AccountsLock::AccountsLock()
{
    std::error_code error;
    std::filesystem::create_directories(artdagHome(), error);
    m_file = ::open((artdagHome() / "accounts.lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (m_file >= 0)
        ::flock(m_file, LOCK_EX);
}

AccountsLock::~AccountsLock()
{
    if (m_file >= 0)
        ::close(m_file);
}

Result<void> keepSession(Session& session, SecretRing* ring)
{
    Json accounts = TRY(readAccounts());
    accounts["current"] = session.server;
    Json entry{{"user", session.user}, {"account", session.account}, {"token", session.token}, {"expires", session.expires}};
    if (!session.refresh.empty())
        entry["refresh"] = session.refresh;
    if (!session.client.empty())
        entry["client"] = session.client;
    session.fallback.clear();
    if (session.inFile) {
        entry["kept"] = inFile;
    } else if (ring != nullptr) {
        if (const auto kept = keepInRing(*ring, session.server, secretOf(entry)))
            entry = bareEntry(entry);
        else
            session.fallback = kept.error().message;
    }
    accounts["accounts"][session.server] = std::move(entry);
    return writeAccounts(accounts);
}

Result<Session> savedSession(std::string_view url, SecretRing* ring)
{
    const Json accounts = TRY(readAccounts());
    const std::string server = url.empty() ? accounts.value("current", std::string()) : TRY(serverOfText(url));
    const auto found = accounts["accounts"].find(server);
    if (server.empty() || found == accounts["accounts"].end())
        return fail(Fault::NotFound, (server.empty() ? std::string("server") : "server " + server) + ": not logged in; use `artdag login URL`");
    Session session;
    session.server = server;
    session.user = TRY(textOf(*found, "user"));
    session.account = TRY(textOf(*found, "account"));
    const Json secret = TRY(secretOfEntry(*found, server, ring));
    session.token = TRY(textOf(secret, "token"));
    session.expires = secret.value("expires", std::int64_t{0});
    session.refresh = secret.value("refresh", std::string());
    session.client = secret.value("client", std::string());
    session.inFile = found->value("kept", "") == inFile;
    if (session.refresh.empty() && session.expires != 0 && session.expires <= static_cast<std::int64_t>(std::time(nullptr)))
        return fail(Fault::Denied, "server " + server + ": the login is over; use `artdag login " + server + " --user " + session.user + "`");
    return session;
}

Result<std::optional<AccountName>> currentAccount()
{
    const Json accounts = TRY(readAccounts());
    const std::string server = accounts.value("current", std::string());
    const auto found = accounts["accounts"].find(server);
    if (server.empty() || found == accounts["accounts"].end())
        return std::optional<AccountName>();
    return std::optional(nameOf(server, *found));
}

Result<std::vector<AccountName>> keptAccounts()
{
    const Json accounts = TRY(readAccounts());
    std::vector<AccountName> names;
    for (const auto& [server, entry] : accounts["accounts"].items())
        names.push_back(nameOf(server, entry));
    return names;
}

Result<void> chooseAccount(std::string_view url)
{
    const std::string server = TRY(serverOfText(url));
    const AccountsLock lock;
    Json accounts = TRY(readAccounts());
    if (!accounts["accounts"].contains(server))
        return fail(Fault::NotFound, "server " + server + ": not logged in; use `artdag login " + server + "`");
    accounts["current"] = server;
    return writeAccounts(accounts);
}

Result<int> moveLogins(SecretRing& ring)
{
    const AccountsLock lock;
    Json accounts = TRY(readAccounts());
    int moved = 0;
    for (auto& [server, entry] : accounts["accounts"].items()) {
        if (!entry.contains("token") || entry.value("kept", "") == inFile)
            continue;
        TRY(keepInRing(ring, server, secretOf(entry)));
        Json changed = accounts; // one at a time: what a later one's failure leaves is true
        changed["accounts"][server] = bareEntry(entry);
        TRY(writeAccounts(changed));
        entry = changed["accounts"][server];
        ++moved;
    }
    return moved;
}

Result<void> forgetSession(const std::string& server, SecretRing* ring)
{
    Json accounts = TRY(readAccounts());
    if (const auto entry = accounts["accounts"].find(server); ring != nullptr && entry != accounts["accounts"].end() && entry->value("kept", "") == inKeychain)
        (void)ring->remove(secretName(server)); // a keychain that is gone keeps nobody logged in: the token is revoked at the server
    accounts["accounts"].erase(server);
    if (accounts.value("current", std::string()) == server)
        accounts["current"] = "";
    return writeAccounts(accounts);
}

} // namespace artdag
