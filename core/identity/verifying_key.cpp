// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identity/verifying_key.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

namespace artdag {

Result<VerifyingKey> VerifyingKey::fromPem(std::string_view pem, KeyOwner owner)
{
    return of(TRY(PublicKey::fromPem(pem, owner)));
}

VerifyingKey VerifyingKey::of(const PublicKey& key)
{
    const unsigned char* cursor = key.der().data();
    VerifyingKey ready;
    ready.m_algorithm = key.algorithm();
    ready.m_key = std::shared_ptr<void>(d2i_PUBKEY(nullptr, &cursor, static_cast<long>(key.der().size())), [](void* object) { EVP_PKEY_free(static_cast<EVP_PKEY*>(object)); });
    ERR_clear_error();
    return ready;
}

bool VerifyingKey::verify(ByteView message, ByteView signature) const
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    auto* key = static_cast<EVP_PKEY*>(m_key.get());
    if (key == nullptr || !context)
        return false;
    // Ed25519 hashes by itself; RSA is PKCS#1 v1.5 (OpenSSL's default padding) with SHA-256.
    const EVP_MD* hash = m_algorithm == KeyAlgorithm::Ed25519 ? nullptr : EVP_sha256();
    const bool good = EVP_DigestVerifyInit(context.get(), nullptr, hash, nullptr, key) == 1
        && EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
    ERR_clear_error();
    return good;
}

} // namespace artdag
