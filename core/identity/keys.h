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

enum class KeyAlgorithm { Ed25519, Rsa2048 };
const char* nameOf(KeyAlgorithm algorithm); ///< "ed25519", "rsa-v1_5-sha256": the `alg` of a signature

/// SPKI, which is all that a verifier needs.
class PublicKey {
public:
    static Result<PublicKey> fromDer(ByteView spki);
    static Result<PublicKey> fromPem(std::string_view pem); ///< `-----BEGIN PUBLIC KEY-----`
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
    [[nodiscard]] std::string pem() const; ///< PKCS#8 in clear: only for a key ring
    [[nodiscard]] Result<Bytes> sign(ByteView message) const; ///< Ed25519 (RFC 8032) or RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2)

private:
    std::shared_ptr<void> m_key;
};

/// Where private keys live. Two implementations: the encrypted file, and (with the Studio issue) the desktop's keychain.
class KeyRing {
public:
    virtual ~KeyRing() = default;
    virtual Result<std::vector<std::string>> names() = 0;
    virtual Result<SigningKey> read(const std::string& name) = 0; ///< NotFound; Denied for a wrong passphrase
    virtual Result<void> write(const std::string& name, const SigningKey& key) = 0; ///< Conflict when it exists
    virtual Result<void> remove(const std::string& name) = 0;
};

/// A directory of key files `NAME.key`, mode 0600, each scrypt + AES-256-GCM over PKCS#8 (docs/formats.md). Refuses a
/// file that group or world may read. The passphrase is kept in memory only.
std::unique_ptr<KeyRing> openKeyFiles(const std::filesystem::path& directory, std::string passphrase);

/// Adds an entry {kid, alg, value} to the document's `sig` over prefix ‖ JCS(document without sig).
Result<void> signDocument(std::string_view prefix, Json& document, const SigningKey& key);
/// Every entry of `sig` must verify with a key that `find` gives for its kid. Denied with the reason otherwise.
Result<void> verifyDocument(std::string_view prefix, const Json& document, const std::function<Result<PublicKey>(const std::string& kid)>& find);
/// SHA3-256(JCS(document without sig)).
ManifestId documentId(const Json& document);

std::string base64Url(ByteView bytes); ///< RFC 4648 §5, without padding
Result<Bytes> bytesOfBase64Url(std::string_view text);
std::string base64(ByteView bytes); ///< RFC 4648 §4, with padding
Result<Bytes> bytesOfBase64(std::string_view text);

inline constexpr std::string_view manifestPrefix = "artdag.manifest.1\n";
inline constexpr std::string_view claimPrefix = "artdag.claim.1\n";

} // namespace artdag
