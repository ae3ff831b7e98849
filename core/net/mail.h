// SPDX-License-Identifier: GPL-3.0-or-later
// Mail from our side: one message to one address, handed to the mail server that an operator chose. Besides http_client.cpp
// only mail.cpp knows libcurl.
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace artdag {

/// With `smtps://` TLS comes first, with `smtp://` STARTTLS must. Only a server on this machine that is given no password is
/// spoken to in the clear.
struct MailServer {
    std::string url;                   ///< `smtp://` or `smtps://`, then `USER:PASSWORD@` where it wants a login (percent-encoded), `HOST:PORT`
    std::string from;                  ///< address
    std::filesystem::path authorities; ///< PEM file of whom its certificate may be signed by; empty: the system's
};

/// All in ASCII, lines of `text` by `\n`.
struct Mail {
    std::string to, subject, text;
};

/// `local@domain` in ASCII as RFC 5321 has it without quotes; nothing that could end a line or begin another address.
bool isMailAddress(std::string_view text);
/// What is wrong with a URL for MailServer; empty: nothing.
std::string mailUrlProblem(std::string_view url);

/// Returns when the server has taken the message. Unavailable: no connection, no TLS, a login that it refuses, or it says
/// `later` (4xx); BadInput: not this message, ever (5xx). No error tells the password or the address.
Result<void> sendMail(const MailServer& server, const Mail& mail);

} // namespace artdag
