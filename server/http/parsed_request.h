// SPDX-License-Identifier: GPL-3.0-or-later
// From Beast's parser to a Request. For the files that speak to sockets, and the fuzzer; nobody else includes Beast.
#pragma once

#include "server/http/message.h"

#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

#include <cstdint>

namespace artdag::server {

using RequestParser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;

/// Sets how long a header may be. The length of a body is the affair of who reads it.
void prepareParser(RequestParser& parser, std::uint32_t headerLimit);
/// Of a parser that has the whole header.
Request requestOf(const RequestParser& parser);
/// Two Host lines, or a length beside a transfer coding, are how requests are smuggled past a proxy.
bool isAmbiguous(const Request& request);

} // namespace artdag::server
