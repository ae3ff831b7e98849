// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/oauth_clients.h"

#include "core/identity/keys.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>

namespace artdag::server {

namespace {

constexpr std::array clients{OauthClient{"artdag-studio", "Art DAG Studio"}, OauthClient{"artdag-cli", "the artdag command"}};

struct Scope {
    const char* name;
    const char* words;
};
constexpr std::array scopes{Scope{"read", "see what you see here"}, Scope{"publish", "publish, change and withdraw works as you, and register keys"}, Scope{"render", "render on the servers that you attached"}};

std::vector<std::string_view> wordsOf(std::string_view text)
{
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        if (end > 0)
            words.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

bool isUnreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

} // namespace

std::optional<OauthClient> findClient(std::string_view id)
{
    const auto found = std::ranges::find_if(clients, [&](const OauthClient& client) { return client.id == id; });
    return found == clients.end() ? std::nullopt : std::optional(*found);
}

std::optional<std::string> scopesOf(std::string_view asked)
{
    const auto words = wordsOf(asked);
    for (const std::string_view word : words)
        if (std::ranges::none_of(scopes, [&](const Scope& scope) { return scope.name == word; }))
            return {};
    std::string given;
    for (const Scope& scope : scopes)
        if (words.empty() || std::ranges::find(words, scope.name) != words.end())
            given += (given.empty() ? "" : " ") + std::string(scope.name);
    return given;
}

std::vector<const char*> scopeWords(std::string_view given)
{
    std::vector<const char*> list;
    const auto words = wordsOf(given);
    for (const Scope& scope : scopes)
        if (std::ranges::find(words, scope.name) != words.end())
            list.push_back(scope.words);
    return list;
}

bool isLoopbackRedirect(std::string_view url)
{
    std::string_view rest;
    for (const std::string_view host : {"http://127.0.0.1:", "http://[::1]:"})
        if (url.starts_with(host))
            rest = url.substr(host.size());
    const auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    const std::string_view path = rest.substr(digits);
    return digits >= 1 && digits <= 5 && url.size() < 400 && (path.empty() || path[0] == '/') && std::ranges::all_of(path, [](char c) { return isUnreserved(c) || c == '/' || c == '%'; });
}

std::string originOf(std::string_view url)
{
    return std::string(url.substr(0, url.find('/', url.find("//") + 2)));
}

bool fitsChallenge(std::string_view verifier, std::string_view challenge)
{
    if (verifier.size() < 43 || verifier.size() > 128 || !std::ranges::all_of(verifier, isUnreserved))
        return false;
    Hasher hasher(Hasher::Algorithm::Sha256);
    const std::string right = base64Url(hasher.add(verifier).finish());
    return right.size() == challenge.size() && CRYPTO_memcmp(right.data(), challenge.data(), right.size()) == 0;
}

} // namespace artdag::server
