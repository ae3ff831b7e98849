// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/redirect_port.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>

namespace artdag::server {

namespace {

namespace asio = boost::asio;
using asio::use_awaitable;
using asio::ip::tcp;

constexpr std::size_t longestHead = 8U << 10;
constexpr std::chrono::seconds patience{5};

/// RFC 9112 §3.2.1, and nothing that could end a header line.
bool isPath(std::string_view target)
{
    return target.starts_with('/') && std::ranges::all_of(target, [](char c) { return c > ' ' && c < '\x7f'; });
}

} // namespace

std::string redirectAnswer(std::string_view head, std::string_view base)
{
    const std::string_view line = head.substr(0, std::min(head.find("\r\n"), head.size()));
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    const bool isRequest = first != std::string_view::npos && first > 0 && last > first && line.substr(last + 1).starts_with("HTTP/1.");
    const std::string_view target = isRequest ? line.substr(first + 1, last - first - 1) : std::string_view();
    if (!isPath(target))
        return "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    const std::string_view method = line.substr(0, first);
    const bool isRead = method == "GET" || method == "HEAD";
    return fmt::format("HTTP/1.1 {}\r\nLocation: {}{}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", isRead ? "301 Moved Permanently" : "308 Permanent Redirect", base, target);
}

asio::awaitable<void> leadToTls(tcp::socket socket, std::string base)
{
    const auto open = std::make_shared<tcp::socket>(std::move(socket)); // the timer may end after us
    asio::steady_timer deadline(open->get_executor(), patience);
    deadline.async_wait([open](const boost::system::error_code& error) {
        boost::system::error_code ignored;
        if (!error)
            open->close(ignored);
    });
    std::string head;
    boost::system::error_code error;
    co_await asio::async_read_until(*open, asio::dynamic_buffer(head, longestHead), "\r\n\r\n", asio::redirect_error(use_awaitable, error));
    if (error)
        co_return;
    const std::string answer = redirectAnswer(head, base);
    co_await asio::async_write(*open, asio::buffer(answer), asio::redirect_error(use_awaitable, error));
    open->shutdown(tcp::socket::shutdown_send, error);
    for (std::array<char, 4096> rest{}; !error;) // closed over unread bytes, a connection takes the answer with it
        co_await open->async_read_some(asio::buffer(rest), asio::redirect_error(use_awaitable, error));
}

} // namespace artdag::server
