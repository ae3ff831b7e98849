// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/tokens.h"

#include "core/base/files.h"
#include "core/base/json.h"
#include "core/identity/keys.h"

#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <sys/stat.h>

#include <set>

namespace artdag::server {

namespace {

constexpr std::string_view headerText = R"({"alg":"HS256","typ":"JWT"})";
constexpr std::int64_t longestLife = 24 * 3600;

Bytes hmac(const Bytes& secret, std::string_view text)
{
    Bytes out(32);
    unsigned length = 32;
    CHECK(HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytesOf(text).data(), text.size(), out.data(), &length) != nullptr);
    return out;
}

Result<Json> readPart(std::string_view part)
{
    const Bytes bytes = TRY(bytesOfBase64Url(part));
    Json json = TRY(readJson({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, {4096, 4, 64}));
    if (!json.is_object())
        return fail(Fault::Denied, "token: not an object");
    return json;
}

Result<std::string> textOf(const Json& claims, const char* name)
{
    const auto found = claims.find(name);
    if (found == claims.end() || !found->is_string() || found->get_ref<const std::string&>().empty())
        return fail(Fault::Denied, std::string("token: '") + name + "' is missing");
    return found->get<std::string>();
}

Result<std::int64_t> timeOf(const Json& claims, const char* name)
{
    const auto found = claims.find(name);
    if (found == claims.end() || !found->is_number_integer())
        return fail(Fault::Denied, std::string("token: '") + name + "' is missing");
    return found->get<std::int64_t>();
}

} // namespace

std::string makeToken(const TokenRealm& realm, const TokenClaims& claims)
{
    CHECK(realm.secret.size() >= 32);
    const Json body{{"iss", realm.issuer}, {"aud", realm.audience}, {"sub", claims.subject}, {"scope", claims.scope}, {"jti", claims.id},
        {"iat", claims.issued}, {"nbf", claims.notBefore}, {"exp", claims.expires}, {"epoch", claims.epoch}};
    const std::string signedText = base64Url(bytesOf(headerText)) + "." + base64Url(bytesOf(body.dump()));
    return signedText + "." + base64Url(hmac(realm.secret, signedText));
}

Result<TokenClaims> readToken(const TokenRealm& realm, std::string_view token, std::int64_t now)
{
    const auto last = token.rfind('.');
    if (token.size() > 4096 || last == std::string_view::npos)
        return fail(Fault::Denied, "token: malformed");
    // Our tokens have exactly one header; anything else (none, RS256, a kid) is refused before it is looked into.
    const std::string expected = base64Url(bytesOf(headerText));
    if (token.substr(0, token.find('.')) != expected)
        return fail(Fault::Denied, "token: not one of this server's");
    const std::string_view signedText = token.substr(0, last);
    const auto signature = bytesOfBase64Url(token.substr(last + 1));
    const Bytes right = hmac(realm.secret, signedText);
    if (!signature || signature->size() != right.size() || CRYPTO_memcmp(signature->data(), right.data(), right.size()) != 0)
        return fail(Fault::Denied, "token: not signed by this server");
    if (signedText.size() <= expected.size() + 1)
        return fail(Fault::Denied, "token: malformed");
    const Json body = TRY(readPart(signedText.substr(expected.size() + 1)));
    if (TRY(textOf(body, "iss")) != realm.issuer || TRY(textOf(body, "aud")) != realm.audience)
        return fail(Fault::Denied, "token: made for another server");
    TokenClaims claims{TRY(textOf(body, "sub")), TRY(textOf(body, "scope")), TRY(textOf(body, "jti")), TRY(timeOf(body, "iat")), TRY(timeOf(body, "nbf")), TRY(timeOf(body, "exp")), body.contains("epoch") ? TRY(timeOf(body, "epoch")) : 0};
    if (claims.expires <= now || claims.expires - claims.issued > longestLife)
        return fail(Fault::Denied, "token: it is over; log in again");
    if (claims.notBefore > now || claims.issued > now)
        return fail(Fault::Denied, "token: not valid yet");
    return claims;
}

Result<Bytes> tokenSecret(const std::filesystem::path& file, std::string_view given)
{
    if (!given.empty()) {
        const Bytes secret(given.begin(), given.end());
        if (secret.size() < 32 || std::set<std::uint8_t>(secret.begin(), secret.end()).size() < 10)
            return fail(Fault::BadInput, "JWT_SECRET: it is weak; give at least 32 random characters, or none and one is made");
        return secret;
    }
    struct stat facts {};
    if (::stat(file.c_str(), &facts) == 0) {
        if ((facts.st_mode & 077) != 0)
            return fail(Fault::Denied, "file '" + file.string() + "': others can read it; give it mode 0600");
        Bytes secret = TRY(readFile(file, 4096));
        if (secret.size() < 32)
            return fail(Fault::Corrupt, "file '" + file.string() + "': the secret is shorter than 256 bits");
        return secret;
    }
    Bytes secret = secureRandom(48);
    TRY(writeFileAtomically(file, secret, 0600));
    return secret;
}

} // namespace artdag::server
