// SPDX-License-Identifier: GPL-3.0-or-later
// X.509 certificates of creators' keys, and the signatures of COSE (RFC 9053) that Content Credentials are signed with. A key's
// certificate is signed by a root of its own, which is made of the key each time: nothing more has to be kept than the key.
#pragma once

#include "core/identity/keys.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

/// What may sign Content Credentials (C2PA 2.1 §13.2.1), by the numbers of COSE.
enum class CoseAlgorithm : std::int64_t {
    Es256 = -7,
    EdDsa = -8,
    Es384 = -35,
    Es512 = -36,
    Ps256 = -37,
    Ps384 = -38,
    Ps512 = -39,
};
const char* nameOf(CoseAlgorithm algorithm); ///< "EdDSA", "PS256" …

/// Both as DER. The same key gives the same bytes.
struct CertificateChain {
    Bytes leaf; ///< for signatures (digitalSignature, emailProtection), as the certificate profile of C2PA asks
    Bytes root; ///< what others may trust; Ed25519
};
Result<CertificateChain> certificatesOf(const SigningKey& key);

/// EdDSA for Ed25519, PS256 (salt of 32 bytes) for RSA.
CoseAlgorithm coseAlgorithmOf(const SigningKey& key);
std::size_t coseSignatureLength(const SigningKey& key);
Result<Bytes> signCose(const SigningKey& key, ByteView message);

std::string pemOfCertificate(ByteView der);
/// All certificates of a text; BadInput when there is none, or one that cannot be read.
Result<std::vector<Bytes>> certificatesOfPem(std::string_view pem);

/// A certificate from anywhere.
class Certificate {
public:
    static Result<Certificate> read(ByteView der);
    [[nodiscard]] std::string commonName() const;
    [[nodiscard]] std::string organization() const;
    [[nodiscard]] std::string kid() const; ///< `sha3-256:<of the SPKI DER>`, as that of PublicKey
    [[nodiscard]] bool isValidAt(std::int64_t seconds) const;
    /// Neither a CA nor signed by itself, for digitalSignature, and of a purpose that C2PA allows.
    [[nodiscard]] bool maySign() const;
    [[nodiscard]] bool verify(CoseAlgorithm algorithm, ByteView message, ByteView signature) const;
    /// A path over `others` to one of `roots` at that time.
    [[nodiscard]] bool leadsTo(const std::vector<Bytes>& roots, const std::vector<Certificate>& others, std::int64_t seconds) const;

private:
    std::shared_ptr<void> m_certificate;
};

} // namespace artdag
