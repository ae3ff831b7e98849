// SPDX-License-Identifier: GPL-3.0-or-later
// Creators' and servers' keys: made here, kept in a key ring, used to sign documents. A private key never reaches a log,
// an error message or the network.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/base/result.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

enum class KeyAlgorithm {
    Ed25519,
    Rsa2048,
};
const char* nameOf(KeyAlgorithm algorithm); ///< "ed25519", "rsa-v1_5-sha256": the `alg` of a signature

/// Whose key is read. A creator's RSA key has 2048–4096 bits; a stranger's, which only has to be verified with, 2048–8192
/// bits. An RSA exponent is odd and below 2^33, or checking a signature could be made slow.
enum class KeyOwner {
    Creator,
    Stranger,
};

/// SPKI, which is all that a verifier needs. Reading refuses what is not one exact DER encoding, other algorithms, RSA
/// outside its owner's limits, and Ed25519 points of small order (for those, one signature fits many messages).
class PublicKey {
public:
    static Result<PublicKey> fromDer(ByteView spki, KeyOwner owner = KeyOwner::Creator);
    static Result<PublicKey> fromPem(std::string_view pem, KeyOwner owner = KeyOwner::Creator); ///< `-----BEGIN PUBLIC KEY-----`
    [[nodiscard]] KeyAlgorithm algorithm() const { return m_algorithm; }
    [[nodiscard]] const Bytes& der() const { return m_der; }
    [[nodiscard]] std::string pem() const;
    [[nodiscard]] std::string kid() const; ///< `sha3-256:<of the SPKI DER>`
    [[nodiscard]] bool verify(ByteView message, ByteView signature) const;

private:
    KeyAlgorithm m_algorithm = KeyAlgorithm::Ed25519;
    Bytes m_der;
};

class SigningKey {
public:
    static Result<SigningKey> generate(KeyAlgorithm algorithm);
    static Result<SigningKey> fromPem(std::string_view pkcs8);
    [[nodiscard]] PublicKey publicKey() const;
    static Result<SigningKey> fromDer(ByteView pkcs8);
    [[nodiscard]] std::string pem() const;                    ///< PKCS#8 in clear: only for a key ring
    [[nodiscard]] Bytes der() const;                          ///< PKCS#8 in clear: only for a key ring
    [[nodiscard]] Result<Bytes> sign(ByteView message) const; ///< Ed25519 (RFC 8032) or RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2)

private:
    std::shared_ptr<void> m_key;
};

/// Where private keys live. The desktop's keychain keeps passphrases of such rings, never a key.
class KeyRing {
public:
    virtual ~KeyRing() = default;
    virtual Result<std::vector<std::string>> names() = 0;
    virtual Result<SigningKey> read(const std::string& name) = 0;                   ///< NotFound; Denied for a wrong passphrase
    virtual Result<void> write(const std::string& name, const SigningKey& key) = 0; ///< Conflict when it exists
    virtual Result<void> remove(const std::string& name) = 0;
    /// Each takes the other's name, at once: a crash leaves both as they were, or as they are to be.
    virtual Result<void> exchange(const std::string& name, const std::string& other) = 0;
};

/// A directory of key files `NAME.key`, mode 0600, each scrypt + AES-256-GCM over PKCS#8 (docs/formats.md). Refuses a
/// file that group or world may read. The passphrase is kept in memory only.
std::unique_ptr<KeyRing> openKeyFiles(const std::filesystem::path& directory, std::string passphrase);

/// The bytes that are signed: prefix ‖ JCS(document without sig). BadInput for what the canonical form cannot tell apart:
/// whole numbers beyond ±2^53, text that is not UTF-8; and for more than 64 levels.
Result<std::string> signedBytes(std::string_view prefix, const Json& document);
/// Adds an entry {kid, alg, value} to the document's `sig` over signedBytes. Conflict when this key already signed it.
Result<void> signDocument(std::string_view prefix, Json& document, const SigningKey& key);
/// Every entry of `sig` must verify with a key that `find` gives for its kid, and there must be one. BadInput names a
/// malformed member; Denied says why it does not verify; Unavailable only when `find` says so.
Result<void> verifyDocument(std::string_view prefix, const Json& document, const std::function<Result<PublicKey>(const std::string& kid)>& find);
/// The kids in `sig`, in order; BadInput names a malformed member. Says nothing about whether they verify.
Result<std::vector<std::string>> signersOf(const Json& document);
/// SHA3-256(JCS(document without sig)).
ManifestId documentId(const Json& document);

std::string base64Url(ByteView bytes); ///< RFC 4648 §5, without padding
Result<Bytes> bytesOfBase64Url(std::string_view text);
std::string base64(ByteView bytes); ///< RFC 4648 §4, with padding
Result<Bytes> bytesOfBase64(std::string_view text);

inline constexpr std::string_view manifestPrefix = "artdag.manifest.1\n";
inline constexpr std::string_view claimPrefix = "artdag.claim.1\n";

} // namespace artdag
