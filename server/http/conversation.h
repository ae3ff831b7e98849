// SPDX-License-Identifier: GPL-3.0-or-later
// One connection from its first byte to its last: headers, bodies, answers, time-outs. Only for serve.cpp.
#pragma once

#include "server/http/serve.h"
#include "server/http/wire.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <mutex>
#include <set>

namespace artdag::server {

/// One thread and its connections; nothing in it is shared, so nothing needs a lock or a strand.
struct Lane {
    boost::asio::io_context context{1};
    std::set<Wire*> idle;         ///< waiting for a next request: these may be cut when we stop
    std::atomic<int> answered{0}; ///< the watchdog's question
};

struct Shared {
    const ServeOptions& options;
    const Application& application;
    boost::asio::thread_pool& workers;
    std::atomic<bool> stopping{false};
    std::mutex mutex;
    TlsContext tls; ///< guarded by the mutex: changed by SIGHUP
};

boost::asio::awaitable<void> converse(boost::asio::ip::tcp::socket socket, Lane& lane, Shared& shared);

} // namespace artdag::server
