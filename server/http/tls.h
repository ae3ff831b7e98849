// SPDX-License-Identifier: GPL-3.0-or-later
// Certificate and key of our own TLS, checked when they are read.
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <memory>
#include <string>

struct ssl_ctx_st; // OpenSSL's

namespace artdag::server {

using TlsContext = std::shared_ptr<ssl_ctx_st>;

/// TLS 1.2 and later, HTTP/1.1 by ALPN. BadInput, with what is wrong: files that cannot be read, are no PEM, do not belong
/// together, are over or not yet good; a key that others can read; or a certificate of another name than `host` (a name or an
/// address, perhaps with a port; empty: any).
Result<TlsContext> openTls(const std::filesystem::path& certificate, const std::filesystem::path& key, const std::string& host = "");

} // namespace artdag::server
