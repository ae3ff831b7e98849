// SPDX-License-Identifier: GPL-3.0-or-later
// The programs that may ask for access on behalf of people, and what they may ask for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

struct OauthClient {
    const char* id;
    const char* name; ///< for people
};
/// Nothing for an unknown one.
std::optional<OauthClient> findClient(std::string_view id);

/// The asked scopes in the order `read publish render`, each once; all when nothing is asked; nothing for an unknown one.
std::optional<std::string> scopesOf(std::string_view asked);
/// What each scope allows, for the page that asks for consent.
std::vector<const char*> scopeWords(std::string_view scopes);

/// `http://127.0.0.1:PORT/PATH` or `http://[::1]:PORT/PATH` (RFC 8252 §7.3), without a fragment.
bool isLoopbackRedirect(std::string_view url);
/// `http://127.0.0.1:PORT` of such a URL.
std::string originOf(std::string_view url);

/// RFC 7636 §4.6: base64url(SHA-256(verifier)) is the challenge. False for a verifier of a wrong length or alphabet.
bool fitsChallenge(std::string_view verifier, std::string_view challenge);

} // namespace artdag::server
