// SPDX-License-Identifier: GPL-3.0-or-later
// One connection, plain or with TLS, as one type that Beast and Asio can read from and write to. Only for conversation.cpp and
// serve.cpp.
#pragma once

#include "server/http/tls.h"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include <openssl/ssl.h>

#include <chrono>
#include <memory>
#include <utility>

namespace artdag::server {

class Wire {
public:
    using executor_type = boost::beast::tcp_stream::executor_type; // NOLINT(readability-identifier-naming): Asio's names

    explicit Wire(boost::asio::ip::tcp::socket socket)
        : m_tcp(std::move(socket))
    {
    }
    executor_type get_executor() { return m_tcp.get_executor(); } // NOLINT(readability-identifier-naming)

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) // NOLINT(readability-identifier-naming)
    {
        return m_tls ? m_tls->stream.async_read_some(buffers, std::forward<Token>(token)) : m_tcp.async_read_some(buffers, std::forward<Token>(token));
    }
    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) // NOLINT(readability-identifier-naming)
    {
        return m_tls ? m_tls->stream.async_write_some(buffers, std::forward<Token>(token)) : m_tcp.async_write_some(buffers, std::forward<Token>(token));
    }

    /// From now on by TLS; the handshake is the caller's to make.
    boost::asio::ssl::stream<boost::beast::tcp_stream&>& secure(const TlsContext& context)
    {
        m_tls = std::make_unique<Tls>(context, m_tcp);
        return m_tls->stream;
    }
    [[nodiscard]] boost::asio::ssl::stream<boost::beast::tcp_stream&>* tls() { return m_tls ? &m_tls->stream : nullptr; }
    void expireAfter(std::chrono::seconds time) { m_tcp.expires_after(time); }
    void cancel() { m_tcp.cancel(); }
    boost::asio::ip::tcp::socket& socket() { return m_tcp.socket(); }

private:
    struct Tls {
        Tls(const TlsContext& from, boost::beast::tcp_stream& tcp)
            : context((SSL_CTX_up_ref(from.get()), from.get())), // Asio's context gives up the one that it counts
              stream(tcp, context)
        {
        }
        boost::asio::ssl::context context;
        boost::asio::ssl::stream<boost::beast::tcp_stream&> stream;
    };
    boost::beast::tcp_stream m_tcp;
    std::unique_ptr<Tls> m_tls;
};

} // namespace artdag::server
