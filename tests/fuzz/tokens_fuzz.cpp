// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: bearer tokens. The input as it is and as the body of a token that is rightly signed: what is read is whole, and of this
// server; a changed token of ours is never taken.
#include "server/l2/tokens.h"

#include "core/identity/keys.h"

#include <openssl/hmac.h>

#include <cstddef>
#include <cstdint>

using namespace artdag;
using namespace artdag::server;

namespace {

constexpr std::int64_t now = 1'800'000'000;

const TokenRealm& realm()
{
    static const TokenRealm one{"https://l2.example", "artdag-l2", Bytes(32, 7)};
    return one;
}

void check(const Result<TokenClaims>& claims)
{
    if (!claims) {
        CHECK(!claims.error().message.empty() && claims.error().message.find(std::string(32, 7)) == std::string::npos);
        return;
    }
    CHECK(!claims->subject.empty() && !claims->scope.empty() && !claims->id.empty());
    CHECK(claims->expires > now && claims->issued <= now && claims->notBefore <= now && claims->expires - claims->issued <= 24 * 3600);
}

std::string signedBy(const Bytes& secret, const std::string& text)
{
    Bytes mac(32);
    unsigned length = 32;
    CHECK(HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytesOf(text).data(), text.size(), mac.data(), &length) != nullptr);
    return text + "." + base64Url(mac);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char*>(bytes), size);
    const auto as = readToken(realm(), input, now);
    CHECK(!as); // nobody finds a signature of 256 bits
    const std::string header = base64Url(bytesOf(R"({"alg":"HS256","typ":"JWT"})"));
    check(readToken(realm(), signedBy(realm().secret, header + "." + base64Url({bytes, size})), now));
    check(readToken(realm(), signedBy(realm().secret, header + "." + std::string(input)), now));
    // Another header is refused whatever is in it, also when it is signed with our key.
    CHECK(!readToken(realm(), signedBy(realm().secret, base64Url({bytes, size}) + "." + base64Url(bytesOf("{}"))), now));
    static const std::string ours = makeToken(realm(), {"giles", "read", "id", now, now, now + 600, 1});
    CHECK(readToken(realm(), ours, now).has_value());
    if (size >= 2) { // one character changed: still ours only when nothing was
        std::string changed = ours;
        changed[(static_cast<std::size_t>(bytes[0]) << 8 | bytes[1]) % changed.size()] ^= static_cast<char>(size > 2 ? bytes[2] : 1);
        const auto read = readToken(realm(), changed, now);
        CHECK(!read || changed == ours);
    }
    return 0;
}
