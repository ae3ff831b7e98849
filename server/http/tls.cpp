// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <sys/stat.h>

#include <array>

namespace artdag::server {

namespace {

/// The last thing that OpenSSL complained of.
std::string opensslWords()
{
    const char* words = ERR_reason_error_string(ERR_peek_last_error());
    ERR_clear_error();
    return words == nullptr ? "unknown" : words;
}

int chooseProtocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered, unsigned int size, void*)
{
    static constexpr std::array<unsigned char, 9> ours{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    unsigned char* found = nullptr;
    if (SSL_select_next_proto(&found, length, ours.data(), ours.size(), offered, size) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK; // a client that says nothing we know will speak HTTP/1.1 all the same
    *chosen = found;
    return SSL_TLSEXT_ERR_OK;
}

std::string bareHost(const std::string& host)
{
    if (host.starts_with('['))
        return host.substr(1, host.find(']') - 1);
    return host.substr(0, host.find(':'));
}

Result<void> checkCertificate(const X509* certificate, const std::string& file, const std::string& host)
{
    if (X509_cmp_current_time(X509_get0_notAfter(certificate)) <= 0)
        return fail(Fault::BadInput, "certificate '" + file + "': it is over");
    if (X509_cmp_current_time(X509_get0_notBefore(certificate)) > 0)
        return fail(Fault::BadInput, "certificate '" + file + "': it is not good yet; is the clock right?");
    auto* leaf = const_cast<X509*>(certificate); // OpenSSL keeps what it parsed within
    const std::string name = bareHost(host);
    if (!name.empty() && X509_check_host(leaf, name.c_str(), name.size(), 0, nullptr) != 1 && X509_check_ip_asc(leaf, name.c_str(), 0) != 1)
        return fail(Fault::BadInput, "certificate '" + file + "': it is not for " + name);
    return {};
}

} // namespace

Result<TlsContext> openTls(const std::filesystem::path& certificate, const std::filesystem::path& key, const std::string& host)
{
    struct stat facts {};
    if (::stat(certificate.c_str(), &facts) != 0)
        return fail(Fault::BadInput, "certificate '" + certificate.string() + "': it cannot be read");
    if (::stat(key.c_str(), &facts) != 0)
        return fail(Fault::BadInput, "key '" + key.string() + "': it cannot be read");
    if ((facts.st_mode & 07) != 0)
        return fail(Fault::BadInput, "key '" + key.string() + "': it can be read by everyone; give it mode 0600");
    TlsContext context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (!context)
        return fail(Fault::Unavailable, "TLS: " + opensslWords());
    ERR_clear_error();
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS); // thousands of idle connections need none
    SSL_CTX_set_alpn_select_cb(context.get(), chooseProtocol, nullptr);
    if (SSL_CTX_use_certificate_chain_file(context.get(), certificate.c_str()) != 1)
        return fail(Fault::BadInput, "certificate '" + certificate.string() + "': it is no certificate in PEM (" + opensslWords() + ")");
    TRY(checkCertificate(SSL_CTX_get0_certificate(context.get()), certificate.string(), host));
    if (SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1 || SSL_CTX_check_private_key(context.get()) != 1) {
        const std::string words = opensslWords();
        return fail(Fault::BadInput, "key '" + key.string() + "': it is no key in PEM, has a passphrase, or belongs to another certificate (" + words + ")");
    }
    return context;
}

} // namespace artdag::server
