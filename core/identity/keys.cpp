// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identity/keys.h"

#include "core/identity/openssl_pointers.h"
#include "core/identity/verifying_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>

namespace artdag {

namespace {

using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Releaser<EVP_PKEY_CTX_free>>;
using NumberPointer = std::unique_ptr<BIGNUM, Releaser<BN_free>>;
using Pkcs8Pointer = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Releaser<PKCS8_PRIV_KEY_INFO_free>>;

constexpr std::size_t longestKey = 16384;

/// The y coordinates of points of small order, sign bit cleared, canonical or not. RFC 8032 allows them; for a name that
/// says who signed they are useless, because one signature fits many messages.
constexpr std::array<std::string_view, 7> smallOrder{
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
};

/// An RSA exponent is odd and below 2^33, as for every key that is met in practice (65537, 3).
bool hasPlainExponent(const EVP_PKEY* key)
{
    BIGNUM* made = nullptr;
    const bool read = EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &made) == 1;
    const NumberPointer exponent(made);
    return read && BN_is_odd(exponent.get()) && BN_num_bits(exponent.get()) <= 33 && !BN_is_one(exponent.get());
}

Result<KeyAlgorithm> algorithmOf(const EVP_PKEY* key, KeyOwner owner = KeyOwner::Creator)
{
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519)
        return KeyAlgorithm::Ed25519;
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA)
        return fail(Fault::BadInput, "key: only Ed25519 and RSA keys are known");
    const int bits = EVP_PKEY_get_bits(key);
    const int most = owner == KeyOwner::Creator ? 4096 : 8192;
    if (bits < 2048 || bits > most)
        return fail(Fault::BadInput, "key: RSA must have 2048–" + std::to_string(most) + " bits, got " + std::to_string(bits));
    if (!hasPlainExponent(key))
        return fail(Fault::BadInput, "key: the RSA exponent must be odd, above 1 and below 2^33");
    return KeyAlgorithm::Rsa2048;
}

Result<void> refuseSmallOrder(const EVP_PKEY* key)
{
    std::array<std::uint8_t, 32> point{};
    std::size_t length = point.size();
    if (EVP_PKEY_get_raw_public_key(key, point.data(), &length) != 1 || length != point.size())
        return fail(Fault::BadInput, "key: not an Ed25519 public key");
    point.back() &= 0x7F;
    if (std::ranges::find(smallOrder, hexOf(point)) != smallOrder.end())
        return fail(Fault::BadInput, "key: this Ed25519 point has small order and names nobody");
    return {};
}

KeyPointer parsePublic(ByteView der)
{
    const unsigned char* cursor = der.data();
    KeyPointer key(d2i_PUBKEY(nullptr, &cursor, static_cast<long>(der.size())));
    ERR_clear_error();
    return key && cursor == der.data() + der.size() ? std::move(key) : nullptr;
}

Bytes publicDer(const EVP_PKEY* key)
{
    unsigned char* encoded = nullptr;
    const int length = i2d_PUBKEY(key, &encoded);
    CHECK(length > 0);
    Bytes der(encoded, encoded + length);
    OPENSSL_free(encoded);
    return der;
}

/// Ed25519 hashes by itself; RSA is PKCS#1 v1.5 (OpenSSL's default padding) with SHA-256.
const EVP_MD* hashFor(const EVP_PKEY* key)
{
    return EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519 ? nullptr : EVP_sha256();
}

EVP_PKEY* keyIn(const std::shared_ptr<void>& key)
{
    CHECK(key != nullptr);
    return static_cast<EVP_PKEY*>(key.get());
}

/// A crash would put private numbers on the disk: from the first key on this process writes no core.
void writeNoCores()
{
    static const bool once = [] {
        const rlimit none{0, 0};
        return ::setrlimit(RLIMIT_CORE, &none) == 0;
    }();
    static_cast<void>(once);
}

} // namespace

const char* nameOf(KeyAlgorithm algorithm)
{
    return algorithm == KeyAlgorithm::Ed25519 ? "ed25519" : "rsa-v1_5-sha256";
}

Result<PublicKey> PublicKey::fromDer(ByteView spki, KeyOwner owner)
{
    const KeyPointer key = spki.size() > longestKey ? nullptr : parsePublic(spki);
    if (!key)
        return fail(Fault::BadInput, "key: not a public key in SPKI form");
    PublicKey result;
    result.m_algorithm = TRY(algorithmOf(key.get(), owner));
    if (result.m_algorithm == KeyAlgorithm::Ed25519)
        TRY(refuseSmallOrder(key.get()));
    result.m_der = publicDer(key.get());
    // A key has one name, so it may have only one encoding.
    if (!std::ranges::equal(result.m_der, spki))
        return fail(Fault::BadInput, "key: its SPKI is not the one DER encoding of the key");
    return result;
}

Result<PublicKey> PublicKey::fromPem(std::string_view pem, KeyOwner owner)
{
    if (pem.size() > longestKey)
        return fail(Fault::BadInput, "key: PEM text is longer than a key can be");
    const BioPointer text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    CHECK(text != nullptr);
    char* name = nullptr;
    char* header = nullptr;
    unsigned char* content = nullptr;
    long length = 0;
    const bool read = PEM_read_bio(text.get(), &name, &header, &content, &length) == 1;
    ERR_clear_error();
    if (!read)
        return fail(Fault::BadInput, "key: no PEM block in the text");
    const bool isPublic = std::string_view(name) == "PUBLIC KEY" && std::string_view(header).empty();
    const Bytes der(content, content + length);
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_clear_free(content, static_cast<std::size_t>(length));
    if (!isPublic)
        return fail(Fault::BadInput, "key: expected a PEM block named PUBLIC KEY");
    return fromDer(der, owner);
}

std::string PublicKey::pem() const
{
    std::string text = "-----BEGIN PUBLIC KEY-----\n";
    const std::string digits = base64(m_der);
    for (std::size_t at = 0; at < digits.size(); at += 64)
        text += digits.substr(at, 64) + "\n";
    return text + "-----END PUBLIC KEY-----\n";
}

std::string PublicKey::kid() const
{
    return ContentId{sha3(m_der)}.text();
}

bool PublicKey::verify(ByteView message, ByteView signature) const
{
    return VerifyingKey::of(*this).verify(message, signature);
}

Result<SigningKey> SigningKey::generate(KeyAlgorithm algorithm)
{
    writeNoCores();
    const KeyContext context(EVP_PKEY_CTX_new_id(algorithm == KeyAlgorithm::Ed25519 ? EVP_PKEY_ED25519 : EVP_PKEY_RSA, nullptr));
    EVP_PKEY* made = nullptr;
    const bool good = context && EVP_PKEY_keygen_init(context.get()) == 1
        && (algorithm == KeyAlgorithm::Ed25519 || EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), 2048) == 1)
        && EVP_PKEY_keygen(context.get(), &made) == 1;
    ERR_clear_error();
    if (!good)
        return fail(Fault::Unavailable, "key: OpenSSL could not make one");
    SigningKey key;
    key.m_key = std::shared_ptr<void>(made, [](void* object) { EVP_PKEY_free(static_cast<EVP_PKEY*>(object)); });
    return key;
}

Result<SigningKey> SigningKey::fromDer(ByteView pkcs8)
{
    writeNoCores();
    const unsigned char* cursor = pkcs8.data();
    const Pkcs8Pointer envelope(pkcs8.size() > longestKey ? nullptr : d2i_PKCS8_PRIV_KEY_INFO(nullptr, &cursor, static_cast<long>(pkcs8.size())));
    KeyPointer parsed(envelope && cursor == pkcs8.data() + pkcs8.size() ? EVP_PKCS82PKEY(envelope.get()) : nullptr);
    ERR_clear_error();
    if (!parsed)
        return fail(Fault::BadInput, "key: not a private key in PKCS#8 form");
    TRY(algorithmOf(parsed.get()));
    SigningKey key;
    key.m_key = std::shared_ptr<void>(parsed.release(), [](void* object) { EVP_PKEY_free(static_cast<EVP_PKEY*>(object)); });
    return key;
}

Result<SigningKey> SigningKey::fromPem(std::string_view pkcs8)
{
    // By hand and strictly, because OpenSSL would ask the terminal for the passphrase of an encrypted block.
    constexpr std::string_view begin = "-----BEGIN PRIVATE KEY-----";
    constexpr std::string_view end = "-----END PRIVATE KEY-----";
    const auto first = pkcs8.find(begin);
    const auto last = pkcs8.find(end);
    if (pkcs8.size() > longestKey || first == std::string_view::npos || last == std::string_view::npos || last < first)
        return fail(Fault::BadInput, "key: expected an unencrypted PEM block named PRIVATE KEY");
    std::string digits;
    for (const char c : pkcs8.substr(first + begin.size(), last - first - begin.size()))
        if (c != '\n' && c != '\r' && c != ' ' && c != '\t')
            digits.push_back(c);
    auto der = bytesOfBase64(digits);
    OPENSSL_cleanse(digits.data(), digits.size());
    if (!der)
        return fail(Fault::BadInput, "key: the PEM block is not base64");
    auto key = fromDer(*der);
    OPENSSL_cleanse(der->data(), der->size());
    return key;
}

PublicKey SigningKey::publicKey() const
{
    auto key = PublicKey::fromDer(publicDer(keyIn(m_key)));
    CHECK(key.has_value());
    return *key;
}

Bytes SigningKey::der() const
{
    const Pkcs8Pointer envelope(EVP_PKEY2PKCS8(keyIn(m_key)));
    CHECK(envelope != nullptr);
    unsigned char* encoded = nullptr;
    const int length = i2d_PKCS8_PRIV_KEY_INFO(envelope.get(), &encoded);
    CHECK(length > 0);
    Bytes der(encoded, encoded + length);
    OPENSSL_clear_free(encoded, static_cast<std::size_t>(length));
    return der;
}

std::string SigningKey::pem() const
{
    const BioPointer text(BIO_new(BIO_s_mem()));
    CHECK(text && PEM_write_bio_PKCS8PrivateKey(text.get(), keyIn(m_key), nullptr, nullptr, 0, nullptr, nullptr) == 1);
    char* start = nullptr;
    const long length = BIO_get_mem_data(text.get(), &start);
    return {start, static_cast<std::size_t>(length)};
}

Result<Bytes> SigningKey::sign(ByteView message) const
{
    EVP_PKEY* key = keyIn(m_key);
    const DigestContext context(EVP_MD_CTX_new());
    std::size_t length = 0;
    Bytes signature;
    bool good = context && EVP_DigestSignInit(context.get(), nullptr, hashFor(key), nullptr, key) == 1
        && EVP_DigestSign(context.get(), nullptr, &length, message.data(), message.size()) == 1;
    signature.resize(length);
    good = good && EVP_DigestSign(context.get(), signature.data(), &length, message.data(), message.size()) == 1;
    ERR_clear_error();
    if (!good)
        return fail(Fault::Unavailable, "key: OpenSSL could not sign");
    signature.resize(length);
    return signature;
}

} // namespace artdag
