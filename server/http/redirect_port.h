// SPDX-License-Identifier: GPL-3.0-or-later
// A port that leads from http to https and does nothing else: no route, no log line, no body is read. Only for serve.cpp.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <string>
#include <string_view>

namespace artdag::server {

/// The whole answer to the head of a request: 301 (308 where a method would be lost) to the same path under `base`, an origin
/// without a final slash; 400 for what is no request for a path of ours.
std::string redirectAnswer(std::string_view head, std::string_view base);

/// One connection, for five seconds at most and heads of at most 8 KiB.
boost::asio::awaitable<void> leadToTls(boost::asio::ip::tcp::socket socket, std::string base);

} // namespace artdag::server
