// SPDX-License-Identifier: GPL-3.0-or-later
// OpenSSL's objects as pointers that free them, for this room's sources.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>

#include <memory>

namespace artdag {

template <auto release>
struct Releaser {
    template <class T>
    void operator()(T* object) const
    {
        release(object);
    }
};
using KeyPointer = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Releaser<EVP_MD_CTX_free>>;
using BioPointer = std::unique_ptr<BIO, Releaser<BIO_free_all>>;

} // namespace artdag
