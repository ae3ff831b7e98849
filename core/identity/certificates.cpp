// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identity/certificates.h"

#include "core/identity/openssl_pointers.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <algorithm>

namespace artdag {

namespace {

using CertificatePointer = std::unique_ptr<X509, Releaser<X509_free>>;
using NamePointer = std::unique_ptr<X509_NAME, Releaser<X509_NAME_free>>;
using ExtensionPointer = std::unique_ptr<X509_EXTENSION, Releaser<X509_EXTENSION_free>>;
using PurposesPointer = std::unique_ptr<EXTENDED_KEY_USAGE, Releaser<EXTENDED_KEY_USAGE_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Releaser<ECDSA_SIG_free>>;

constexpr std::size_t longestCertificate = 65536;
constexpr std::string_view rootPurpose = "artdag.c2pa.root.1\n";
/// No clock is asked, so that the same key has the same certificate; how long a key is good is said where it is published.
constexpr const char* validFrom = "20240101000000Z";
constexpr const char* validTo = "99991231235959Z"; // RFC 5280 §4.1.2.5: no well-defined end

X509* certificateIn(const std::shared_ptr<void>& certificate)
{
    CHECK(certificate != nullptr);
    return static_cast<X509*>(certificate.get());
}

template <class T>
Bytes derOf(int (*encode)(const T*, unsigned char**), const T* object)
{
    unsigned char* encoded = nullptr;
    const int length = encode(object, &encoded);
    CHECK(length > 0);
    Bytes der(encoded, encoded + length);
    OPENSSL_free(encoded);
    return der;
}

/// OpenSSL's key of ours; and the secret of its root, made of what only the key's holder has.
KeyPointer privateKeyOf(const SigningKey& key, Digest* rootSecret = nullptr)
{
    Bytes der = key.der();
    const unsigned char* cursor = der.data();
    KeyPointer result(d2i_AutoPrivateKey(nullptr, &cursor, static_cast<long>(der.size())));
    unsigned length = 0;
    if (rootSecret != nullptr)
        CHECK(HMAC(EVP_sha256(), der.data(), static_cast<int>(der.size()), bytesOf(rootPurpose).data(), rootPurpose.size(), rootSecret->data(), &length) != nullptr && length == rootSecret->size());
    OPENSSL_cleanse(der.data(), der.size());
    CHECK(result != nullptr);
    return result;
}

NamePointer nameOfKey(const std::string& commonName)
{
    NamePointer name(X509_NAME_new());
    for (const auto& [field, text] : {std::pair("O", std::string("Art DAG")), std::pair("CN", commonName)})
        CHECK(name && X509_NAME_add_entry_by_txt(name.get(), field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()), -1, 0) == 1);
    return name;
}

void extend(X509* certificate, X509* issuer, int what, const char* value)
{
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const ExtensionPointer extension(X509V3_EXT_conf_nid(nullptr, &context, what, value));
    CHECK(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

/// Without extensions and signature. Its number is made of its key.
CertificatePointer blankCertificate(EVP_PKEY* key, const X509_NAME* subject, const X509_NAME* issuer)
{
    CertificatePointer certificate(X509_new());
    Digest number = sha256(derOf(i2d_PUBKEY, key));
    number[0] = static_cast<std::uint8_t>((number[0] & 0x3F) | 0x40); // positive, and always of one length
    const std::unique_ptr<BIGNUM, Releaser<BN_free>> serial(BN_bin2bn(number.data(), 16, nullptr));
    CHECK(certificate && serial && X509_set_version(certificate.get(), X509_VERSION_3) == 1 && BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate.get())) != nullptr
        && ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate.get()), validFrom) == 1 && ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate.get()), validTo) == 1
        && X509_set_subject_name(certificate.get(), subject) == 1 && X509_set_issuer_name(certificate.get(), issuer) == 1 && X509_set_pubkey(certificate.get(), key) == 1);
    return certificate;
}

const EVP_MD* hashFor(CoseAlgorithm algorithm)
{
    switch (algorithm) {
    case CoseAlgorithm::EdDsa: return nullptr;
    case CoseAlgorithm::Es256:
    case CoseAlgorithm::Ps256: return EVP_sha256();
    case CoseAlgorithm::Es384:
    case CoseAlgorithm::Ps384: return EVP_sha384();
    case CoseAlgorithm::Es512:
    case CoseAlgorithm::Ps512: break;
    }
    return EVP_sha512();
}

int keyKindFor(CoseAlgorithm algorithm)
{
    switch (algorithm) {
    case CoseAlgorithm::EdDsa: return EVP_PKEY_ED25519;
    case CoseAlgorithm::Es256:
    case CoseAlgorithm::Es384:
    case CoseAlgorithm::Es512: return EVP_PKEY_EC;
    default: return EVP_PKEY_RSA;
    }
}

/// PSS with the hash in the mask too and a salt of its length (RFC 8230 §2).
bool setPadding(EVP_PKEY_CTX* context, CoseAlgorithm algorithm)
{
    return keyKindFor(algorithm) != EVP_PKEY_RSA
        || (EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1
            && EVP_PKEY_CTX_set_rsa_mgf1_md(context, hashFor(algorithm)) == 1);
}

/// r ‖ s (RFC 9053 §2.1) as the sequence of two numbers that OpenSSL reads; empty when it is none.
Bytes ecSequence(ByteView pair)
{
    const auto half = static_cast<int>(pair.size() / 2);
    const EcSignature signature(ECDSA_SIG_new());
    if (!signature || pair.size() % 2 != 0 || ECDSA_SIG_set0(signature.get(), BN_bin2bn(pair.data(), half, nullptr), BN_bin2bn(pair.data() + half, half, nullptr)) != 1)
        return {};
    return derOf(i2d_ECDSA_SIG, signature.get());
}

std::string textOfEntry(const X509_NAME* name, int what)
{
    const int at = X509_NAME_get_index_by_NID(name, what, -1);
    unsigned char* text = nullptr;
    const int length = at < 0 ? -1 : ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    ERR_clear_error();
    std::string result = length < 0 ? "" : std::string(reinterpret_cast<const char*>(text), static_cast<std::size_t>(length));
    OPENSSL_free(text);
    return result;
}

} // namespace

const char* nameOf(CoseAlgorithm algorithm)
{
    switch (algorithm) {
    case CoseAlgorithm::Es256: return "ES256";
    case CoseAlgorithm::Es384: return "ES384";
    case CoseAlgorithm::Es512: return "ES512";
    case CoseAlgorithm::Ps256: return "PS256";
    case CoseAlgorithm::Ps384: return "PS384";
    case CoseAlgorithm::Ps512: return "PS512";
    case CoseAlgorithm::EdDsa: break;
    }
    return "EdDSA";
}

Result<CertificateChain> certificatesOf(const SigningKey& key)
{
    Digest secret{};
    const KeyPointer leafKey = privateKeyOf(key, &secret);
    const KeyPointer rootKey(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, secret.data(), secret.size()));
    OPENSSL_cleanse(secret.data(), secret.size());
    if (!rootKey)
        return fail(Fault::Unavailable, "certificate: OpenSSL could not make its root");
    const std::string who = key.publicKey().kid().substr(9, 16); // enough to tell keys apart; the whole is in the certificate's key
    const NamePointer rootName = nameOfKey("Art DAG root of key " + who);
    const NamePointer leafName = nameOfKey("Art DAG key " + who);

    const CertificatePointer root = blankCertificate(rootKey.get(), rootName.get(), rootName.get());
    extend(root.get(), root.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    extend(root.get(), root.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    extend(root.get(), root.get(), NID_subject_key_identifier, "hash");
    const CertificatePointer leaf = blankCertificate(leafKey.get(), leafName.get(), rootName.get());
    extend(leaf.get(), root.get(), NID_basic_constraints, "critical,CA:FALSE");
    extend(leaf.get(), root.get(), NID_key_usage, "critical,digitalSignature");
    extend(leaf.get(), root.get(), NID_ext_key_usage, "emailProtection");
    extend(leaf.get(), root.get(), NID_subject_key_identifier, "hash");
    extend(leaf.get(), root.get(), NID_authority_key_identifier, "keyid:always");
    for (const CertificatePointer* one : {&root, &leaf})
        if (X509_sign(one->get(), rootKey.get(), nullptr) <= 0)
            return fail(Fault::Unavailable, "certificate: OpenSSL could not sign it");
    return CertificateChain{derOf(i2d_X509, static_cast<const X509*>(leaf.get())), derOf(i2d_X509, static_cast<const X509*>(root.get()))};
}

CoseAlgorithm coseAlgorithmOf(const SigningKey& key)
{
    return key.publicKey().algorithm() == KeyAlgorithm::Ed25519 ? CoseAlgorithm::EdDsa : CoseAlgorithm::Ps256;
}

std::size_t coseSignatureLength(const SigningKey& key)
{
    return static_cast<std::size_t>(EVP_PKEY_get_size(privateKeyOf(key).get()));
}

Result<Bytes> signCose(const SigningKey& key, ByteView message)
{
    const KeyPointer own = privateKeyOf(key);
    const CoseAlgorithm algorithm = coseAlgorithmOf(key);
    const DigestContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* parameters = nullptr;
    Bytes signature(static_cast<std::size_t>(EVP_PKEY_get_size(own.get())));
    std::size_t length = signature.size();
    const bool good = context && EVP_DigestSignInit(context.get(), &parameters, hashFor(algorithm), nullptr, own.get()) == 1 && setPadding(parameters, algorithm)
        && EVP_DigestSign(context.get(), signature.data(), &length, message.data(), message.size()) == 1;
    ERR_clear_error();
    if (!good || length != signature.size())
        return fail(Fault::Unavailable, "key: OpenSSL could not sign");
    return signature;
}

std::string pemOfCertificate(ByteView der)
{
    std::string text = "-----BEGIN CERTIFICATE-----\n";
    const std::string digits = base64(der);
    for (std::size_t at = 0; at < digits.size(); at += 64)
        text += digits.substr(at, 64) + "\n";
    return text + "-----END CERTIFICATE-----\n";
}

Result<std::vector<Bytes>> certificatesOfPem(std::string_view pem)
{
    const BioPointer text(BIO_new_mem_buf(pem.data(), static_cast<int>(std::min<std::size_t>(pem.size(), 1U << 24))));
    std::vector<Bytes> all;
    while (const CertificatePointer one{text ? PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr) : nullptr})
        all.push_back(derOf(i2d_X509, static_cast<const X509*>(one.get())));
    const bool isEnd = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    ERR_clear_error();
    if (all.empty() || !isEnd)
        return fail(Fault::BadInput, "certificates: expected PEM blocks named CERTIFICATE");
    return all;
}

Result<Certificate> Certificate::read(ByteView der)
{
    const unsigned char* cursor = der.data();
    X509* read = der.size() > longestCertificate ? nullptr : d2i_X509(nullptr, &cursor, static_cast<long>(der.size()));
    ERR_clear_error();
    Certificate certificate;
    certificate.m_certificate = std::shared_ptr<void>(read, [](void* object) { X509_free(static_cast<X509*>(object)); });
    if (read == nullptr || cursor != der.data() + der.size())
        return fail(Fault::BadInput, "certificate: not one in DER");
    return certificate;
}

std::string Certificate::commonName() const
{
    return textOfEntry(X509_get_subject_name(certificateIn(m_certificate)), NID_commonName);
}

std::string Certificate::organization() const
{
    return textOfEntry(X509_get_subject_name(certificateIn(m_certificate)), NID_organizationName);
}

std::string Certificate::kid() const
{
    return ContentId{sha3(derOf(i2d_X509_PUBKEY, static_cast<const X509_PUBKEY*>(X509_get_X509_PUBKEY(certificateIn(m_certificate)))))}.text();
}

bool Certificate::isValidAt(std::int64_t seconds) const
{
    time_t time = seconds;
    const X509* certificate = certificateIn(m_certificate);
    const bool good = X509_cmp_time(X509_get0_notBefore(certificate), &time) == -1 && X509_cmp_time(X509_get0_notAfter(certificate), &time) == 1;
    ERR_clear_error();
    return good;
}

bool Certificate::maySign() const
{
    X509* certificate = certificateIn(m_certificate);
    const PurposesPointer purposes(static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(certificate, NID_ext_key_usage, nullptr, nullptr)));
    bool isForThis = false;
    for (int at = 0; purposes && at < sk_ASN1_OBJECT_num(purposes.get()); ++at) {
        std::array<char, 128> number{};
        OBJ_obj2txt(number.data(), number.size(), sk_ASN1_OBJECT_value(purposes.get(), at), 1);
        for (const char* allowed : {"1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.36", "1.3.6.1.4.1.62558.2.1"}) // emailProtection, documentSigning, C2PA claim signing
            isForThis = isForThis || std::string_view(number.data()) == allowed;
    }
    const bool isOwnIssuer = X509_NAME_cmp(X509_get_subject_name(certificate), X509_get_issuer_name(certificate)) == 0;
    const bool good = isForThis && !isOwnIssuer && X509_check_ca(certificate) == 0 && (X509_get_extension_flags(certificate) & EXFLAG_KUSAGE) != 0 && (X509_get_key_usage(certificate) & KU_DIGITAL_SIGNATURE) != 0;
    ERR_clear_error();
    return good;
}

bool Certificate::verify(CoseAlgorithm algorithm, ByteView message, ByteView signature) const
{
    EVP_PKEY* key = X509_get0_pubkey(certificateIn(m_certificate));
    if (key == nullptr || (EVP_PKEY_get_base_id(key) != keyKindFor(algorithm) && !(EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA_PSS && keyKindFor(algorithm) == EVP_PKEY_RSA)) || EVP_PKEY_get_bits(key) > 16384)
        return false;
    const Bytes value = keyKindFor(algorithm) == EVP_PKEY_EC ? ecSequence(signature) : Bytes(signature.begin(), signature.end());
    const DigestContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* parameters = nullptr;
    const bool good = context && !value.empty() && EVP_DigestVerifyInit(context.get(), &parameters, hashFor(algorithm), nullptr, key) == 1 && setPadding(parameters, algorithm)
        && EVP_DigestVerify(context.get(), value.data(), value.size(), message.data(), message.size()) == 1;
    ERR_clear_error();
    return good;
}

bool Certificate::leadsTo(const std::vector<Bytes>& roots, const std::vector<Certificate>& others, std::int64_t seconds) const
{
    const std::unique_ptr<X509_STORE, Releaser<X509_STORE_free>> store(X509_STORE_new());
    const std::unique_ptr<X509_STORE_CTX, Releaser<X509_STORE_CTX_free>> context(X509_STORE_CTX_new());
    struct FreeStack {
        void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
    };
    const std::unique_ptr<STACK_OF(X509), FreeStack> between(sk_X509_new_null());
    CHECK(store && context && between);
    for (const Bytes& der : roots)
        if (auto root = Certificate::read(der))
            X509_STORE_add_cert(store.get(), certificateIn(root->m_certificate));
    for (const Certificate& other : others)
        sk_X509_push(between.get(), certificateIn(other.m_certificate));
    bool good = X509_STORE_CTX_init(context.get(), store.get(), certificateIn(m_certificate), between.get()) == 1;
    X509_STORE_CTX_set_time(context.get(), 0, seconds);
    X509_STORE_CTX_set_depth(context.get(), 8);
    good = good && X509_verify_cert(context.get()) == 1;
    ERR_clear_error();
    return good;
}

} // namespace artdag
