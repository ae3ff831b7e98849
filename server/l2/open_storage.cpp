// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/open_storage.h"

#include "server/l2/bodies.h"
#include "server/storage/ipfs_storage.h"
#include "server/storage/local_storage.h"
#include "server/storage/s3_storage.h"
#include "server/storage/sealed_secret.h"

#include <algorithm>

namespace artdag::server {

namespace {

constexpr std::size_t longestWord = 300;

/// `https://s3.example:9000` → `s3.example:9000`; BadInput for anything but scheme, host and port.
Result<std::string> hostOf(std::string_view url)
{
    const bool secure = url.starts_with("https://");
    if (!secure && !url.starts_with("http://"))
        return fail(Fault::BadInput, "'endpoint': must begin with https://");
    const std::string_view host = url.substr(secure ? 8 : 7);
    const bool good = !host.empty() && std::ranges::all_of(host, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' || c == '[' || c == ']'; });
    if (!good)
        return fail(Fault::BadInput, "'endpoint': must be https://HOST or https://HOST:PORT in lower case and nothing more");
    return std::string(host);
}

bool isLoopback(std::string_view host)
{
    const std::string_view name = host.starts_with('[') ? host.substr(0, host.find(']') + 1) : host.substr(0, host.find(':'));
    return name == "127.0.0.1" || name == "localhost" || name == "[::1]";
}

/// Where the server may be sent by a member: only to hosts that its operator named. Looked at again at each use.
Result<void> checkEndpoint(const Site& site, std::string_view endpoint)
{
    const std::string host = TRY(hostOf(endpoint));
    const bool approved = std::ranges::find(site.options.storageHosts, host) != site.options.storageHosts.end();
    if (!approved && !(site.options.allowLoopback && isLoopback(host)))
        return fail(Fault::Denied, "'endpoint': " + host + " is not among the storage hosts that this server's operator approved (ARTDAG_STORAGE_HOSTS)");
    return {};
}

Result<void> take(const Json& body, Json& into, std::initializer_list<const char*> names, bool required)
{
    for (const char* name : names) {
        const std::string word = required ? TRY(requiredText(body, name, longestWord)) : TRY(optionalText(body, name, longestWord));
        if (word.find_first_of("\r\n") != std::string::npos)
            return fail(Fault::BadInput, std::string("'") + name + "': must be one line");
        if (!word.empty())
            into[name] = word;
    }
    return {};
}

std::string ownerOf(std::int64_t userId)
{
    return "storage of account " + std::to_string(userId);
}

std::string word(const Json& object, const char* name)
{
    return object.is_object() ? object.value(name, "") : "";
}

} // namespace

Result<StorageWords> readStorageWords(const Site& site, std::string_view type, const Json& body, bool mayLocal)
{
    StorageWords words;
    Json secret = Json::object();
    if (type == "local") {
        if (!mayLocal)
            return fail(Fault::Denied, "storage: only the server's owner may keep copies in its directories");
        TRY(take(body, words.settings, {"directory"}, true));
        TRY(openLocalStorage(words.settings["directory"].get<std::string>()));
        return words;
    }
    if (type != "s3" && type != "ipfs")
        return fail(Fault::BadInput, "'type': must be local, s3 or ipfs");
    TRY(take(body, words.settings, {"endpoint"}, true));
    TRY(checkEndpoint(site, word(words.settings, "endpoint")));
    if (type == "s3") {
        TRY(take(body, words.settings, {"bucket", "access_key"}, true));
        TRY(take(body, words.settings, {"region", "prefix"}, false));
        TRY(take(body, secret, {"secret_key"}, true));
    } else {
        TRY(take(body, secret, {"authorization"}, false));
    }
    if (!secret.empty())
        words.secret = secret.dump();
    return words;
}

Bytes sealedFor(const Site& site, std::int64_t userId, std::string_view secret)
{
    return secret.empty() ? Bytes() : sealSecret(site.sealing, secret, ownerOf(userId));
}

Result<std::unique_ptr<StorageProvider>> openStorage(const Site& site, const Storage& storage)
{
    if (storage.type == "local")
        return openLocalStorage(word(storage.settings, "directory"));
    TRY(checkEndpoint(site, word(storage.settings, "endpoint")));
    Json secret = Json::object();
    if (!storage.secret.empty())
        secret = TRY(readJson(TRY(openSecret(site.sealing, storage.secret, ownerOf(storage.userId)))));
    if (storage.type == "ipfs")
        return openIpfsStorage(openHttpClient(), {word(storage.settings, "endpoint"), word(secret, "authorization")});
    S3Options options{word(storage.settings, "endpoint"), word(storage.settings, "bucket"), word(storage.settings, "prefix"), {word(storage.settings, "access_key"), word(secret, "secret_key")}};
    if (const std::string region = word(storage.settings, "region"); !region.empty())
        options.credentials.region = region;
    return openS3Storage(openHttpClient(), std::move(options));
}

} // namespace artdag::server
