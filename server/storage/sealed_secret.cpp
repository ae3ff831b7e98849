// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/sealed_secret.h"

#include "core/base/files.h"

#include <openssl/evp.h>
#include <sys/stat.h>

#include <memory>

namespace artdag::server {

namespace {

constexpr std::size_t keyBytes = 32;
constexpr std::size_t nonceBytes = 12;
constexpr std::size_t tagBytes = 16;

struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using ContextPointer = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

const unsigned char* bytesIn(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

} // namespace

Result<Bytes> sealingKey(const std::filesystem::path& file)
{
    struct stat facts {};
    if (::lstat(file.c_str(), &facts) != 0)
        TRY(writeFileAtomically(file, secureRandom(keyBytes), 0600));
    else if (!S_ISREG(facts.st_mode) || (facts.st_mode & 077) != 0)
        return fail(Fault::Denied, "file '" + file.string() + "': others can read this secret; chmod 600 it");
    Bytes key = TRY(readFile(file, keyBytes + 1));
    if (key.size() != keyBytes)
        return fail(Fault::Corrupt, "file '" + file.string() + "': must have 32 bytes; bring back the one that was here, or the secrets of storages are lost");
    return key;
}

Bytes sealSecret(ByteView key, std::string_view secret, std::string_view owner)
{
    Bytes sealed = secureRandom(nonceBytes);
    sealed.resize(nonceBytes + secret.size() + tagBytes);
    const ContextPointer context(EVP_CIPHER_CTX_new());
    int length = 0;
    CHECK(key.size() == keyBytes && EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), sealed.data()) == 1);
    CHECK(EVP_EncryptUpdate(context.get(), nullptr, &length, bytesIn(owner), static_cast<int>(owner.size())) == 1);
    CHECK(EVP_EncryptUpdate(context.get(), sealed.data() + nonceBytes, &length, bytesIn(secret), static_cast<int>(secret.size())) == 1);
    CHECK(EVP_EncryptFinal_ex(context.get(), sealed.data() + nonceBytes + secret.size(), &length) == 1);
    CHECK(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tagBytes, sealed.data() + nonceBytes + secret.size()) == 1);
    return sealed;
}

Result<std::string> openSecret(ByteView key, ByteView sealed, std::string_view owner)
{
    const auto wrong = [] { return fail(Fault::Corrupt, "storage: its secret cannot be opened; the key in secrets/ is not the one that sealed it: set the secret again"); };
    if (key.size() != keyBytes || sealed.size() < nonceBytes + tagBytes)
        return wrong();
    const std::size_t size = sealed.size() - nonceBytes - tagBytes;
    std::string secret(size, '\0');
    Bytes tag(sealed.end() - tagBytes, sealed.end());
    const ContextPointer context(EVP_CIPHER_CTX_new());
    int length = 0;
    const bool good = EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), sealed.data()) == 1
        && EVP_DecryptUpdate(context.get(), nullptr, &length, bytesIn(owner), static_cast<int>(owner.size())) == 1
        && EVP_DecryptUpdate(context.get(), reinterpret_cast<unsigned char*>(secret.data()), &length, sealed.data() + nonceBytes, static_cast<int>(size)) == 1
        && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tagBytes, tag.data()) == 1
        && EVP_DecryptFinal_ex(context.get(), reinterpret_cast<unsigned char*>(secret.data()) + size, &length) == 1;
    if (!good)
        return wrong();
    return secret;
}

} // namespace artdag::server
