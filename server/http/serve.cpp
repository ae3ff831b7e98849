// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/serve.h"

#include "server/http/conversation.h"
#include "server/http/redirect_port.h"
#include "server/operation/log.h"
#include "server/operation/systemd.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <sys/socket.h>

#include <algorithm>
#include <thread>

namespace artdag::server {

namespace {

namespace asio = boost::asio;
using asio::use_awaitable;
using asio::ip::tcp;

asio::awaitable<void> acceptConnections(tcp::acceptor& acceptor, std::vector<std::unique_ptr<Lane>>& lanes, Shared& shared)
{
    for (std::size_t next = 0; !shared.stopping; next = (next + 1) % lanes.size()) {
        Lane& lane = *lanes[next];
        boost::system::error_code error;
        tcp::socket socket = co_await acceptor.async_accept(lane.context, asio::redirect_error(use_awaitable, error));
        if (!error) {
            asio::co_spawn(lane.context, converse(std::move(socket), lane, shared), asio::detached);
        } else if (!shared.stopping) { // out of descriptors: wait for some to be given back
            asio::steady_timer pause(acceptor.get_executor(), std::chrono::milliseconds(50));
            co_await pause.async_wait(asio::redirect_error(use_awaitable, error));
        }
    }
}

/// All on one thread: there is nothing to do but to say where else to go.
asio::awaitable<void> acceptPlain(tcp::acceptor& acceptor, Lane& lane, Shared& shared)
{
    while (!shared.stopping) {
        boost::system::error_code error;
        tcp::socket socket = co_await acceptor.async_accept(lane.context, asio::redirect_error(use_awaitable, error));
        if (!error) {
            asio::co_spawn(lane.context, leadToTls(std::move(socket), shared.options.redirectTo), asio::detached);
        } else if (!shared.stopping) {
            asio::steady_timer pause(acceptor.get_executor(), std::chrono::milliseconds(50));
            co_await pause.async_wait(asio::redirect_error(use_awaitable, error));
        }
    }
}

Result<void> listenOn(tcp::acceptor& acceptor, const ServeOptions& options, std::uint16_t port)
{
    boost::system::error_code error;
    const auto address = asio::ip::make_address(options.address, error);
    const tcp::endpoint endpoint(address, port);
    if (!error)
        acceptor.open(endpoint.protocol(), error);
    if (!error)
        acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(1024, error);
    if (error)
        return fail(Fault::Unavailable, "address " + options.address + ":" + std::to_string(port) + ": " + error.message());
    return {};
}

/// A socket that somebody else opened for us.
Result<void> adopt(tcp::acceptor& acceptor, int socket)
{
    sockaddr_storage name{};
    socklen_t size = sizeof name;
    const bool known = ::getsockname(socket, reinterpret_cast<sockaddr*>(&name), &size) == 0 && (name.ss_family == AF_INET || name.ss_family == AF_INET6);
    boost::system::error_code error;
    if (known)
        acceptor.assign(name.ss_family == AF_INET ? tcp::v4() : tcp::v6(), socket, error);
    if (!known || error)
        return fail(Fault::BadInput, "socket " + std::to_string(socket) + ": it is none of TCP that listens");
    return {};
}

using Acceptors = std::vector<std::unique_ptr<tcp::acceptor>>;

Result<Acceptors> openAcceptors(asio::io_context& control, const ServeOptions& options)
{
    Acceptors acceptors;
    for (const int socket : options.sockets) {
        acceptors.push_back(std::make_unique<tcp::acceptor>(control));
        TRY(adopt(*acceptors.back(), socket));
    }
    if (acceptors.empty()) {
        acceptors.push_back(std::make_unique<tcp::acceptor>(control));
        TRY(listenOn(*acceptors.back(), options, options.port));
    }
    return acceptors;
}

/// On SIGHUP: the certificate of now. What is open keeps the one that it began with.
void reload(Shared& shared)
{
    const ServeOptions& options = shared.options;
    if (options.certificate.empty())
        return;
    auto context = openTls(options.certificate, options.key, options.host);
    if (!context) {
        LogLine(LogLevel::Error, "reload").text("what", context.error().message).write();
        return;
    }
    const std::lock_guard lock(shared.mutex);
    shared.tls = std::move(*context);
    LogLine(LogLevel::Info, "reload").text("what", "certificate " + options.certificate.string()).write();
}

asio::awaitable<void> reloadWhenAsked(asio::signal_set& hangups, Shared& shared)
{
    for (boost::system::error_code error;;) {
        co_await hangups.async_wait(asio::redirect_error(use_awaitable, error));
        if (error)
            break;
        tellServiceManager("RELOADING=1");
        reload(shared);
        tellServiceManager("READY=1");
    }
}

/// Tells the service manager that we live, as long as every thread of connections comes round to say so.
asio::awaitable<void> feedWatchdog(asio::steady_timer& timer, std::vector<std::unique_ptr<Lane>>& lanes)
{
    int round = 0;
    for (boost::system::error_code error; !error;) {
        if (std::ranges::all_of(lanes, [&](const auto& lane) { return lane->answered == round; })) {
            ++round;
            tellServiceManager("WATCHDOG=1");
        }
        for (auto& lane : lanes)
            asio::post(lane->context, [target = lane.get(), round] { target->answered = round; });
        timer.expires_after(watchdogTime() / 2);
        co_await timer.async_wait(asio::redirect_error(use_awaitable, error));
    }
}

/// Requests under way get a moment, then the sockets are closed under them.
void finishLanes(std::vector<std::unique_ptr<Lane>>& lanes, std::vector<std::thread>& threads, std::chrono::seconds time)
{
    std::atomic<bool> done{false};
    std::thread deadline([&] {
        const auto end = std::chrono::steady_clock::now() + time;
        while (!done && std::chrono::steady_clock::now() < end)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        for (auto& lane : lanes)
            lane->context.stop();
    });
    for (auto& thread : threads)
        thread.join();
    done = true;
    deadline.join();
}

} // namespace

Result<void> serve(const ServeOptions& options, const Application& application, const std::function<bool(std::uint16_t)>& listening)
{
    asio::thread_pool workers(static_cast<std::size_t>(std::max(1, options.workers)));
    Shared shared{options, application, workers};
    if (!options.certificate.empty())
        shared.tls = TRY(openTls(options.certificate, options.key, options.host));
    std::vector<std::unique_ptr<Lane>> lanes;
    for (int i = 0; i < std::max(1, options.threads); ++i)
        lanes.push_back(std::make_unique<Lane>());
    asio::io_context control{1};
    Acceptors acceptors = TRY(openAcceptors(control, options));
    tcp::acceptor plain(control);
    if (options.redirectPort != 0 && !options.certificate.empty())
        TRY(listenOn(plain, options, options.redirectPort));
    asio::signal_set signals(control, SIGTERM, SIGINT); // from here on we stop in order, also while we start
    asio::signal_set hangups(control);                  // without a reason to read anything again, a hang-up ends us as it does others
    if (!options.certificate.empty() || hasServiceManager())
        hangups.add(SIGHUP);
    if (!listening(acceptors.front()->local_endpoint().port()))
        return {};

    // A lane runs while it has connections, or while it may still get some.
    std::vector<asio::executor_work_guard<asio::io_context::executor_type>> guards;
    guards.reserve(lanes.size());
    for (auto& lane : lanes)
        guards.emplace_back(lane->context.get_executor());
    asio::steady_timer watchdog(control);
    signals.async_wait([&](const boost::system::error_code& error, int) {
        if (error)
            return;
        tellServiceManager("STOPPING=1");
        shared.stopping = true;
        boost::system::error_code ignored;
        for (auto& acceptor : acceptors)
            acceptor->close(ignored);
        plain.close(ignored);
        hangups.cancel(ignored);
        watchdog.cancel();
        for (auto& lane : lanes)
            asio::post(lane->context, [target = lane.get()] {
                for (Wire* stream : target->idle)
                    stream->cancel();
            });
    });
    for (auto& acceptor : acceptors)
        asio::co_spawn(control, acceptConnections(*acceptor, lanes, shared), asio::detached);
    if (plain.is_open())
        asio::co_spawn(control, acceptPlain(plain, *lanes.front(), shared), asio::detached);
    asio::co_spawn(control, reloadWhenAsked(hangups, shared), asio::detached);
    std::vector<std::thread> threads;
    for (auto& lane : lanes)
        threads.emplace_back([context = &lane->context] { context->run(); });
    tellServiceManager("READY=1");
    if (watchdogTime().count() > 0)
        asio::co_spawn(control, feedWatchdog(watchdog, lanes), asio::detached);
    control.run();

    guards.clear();
    finishLanes(lanes, threads, options.stopTime);
    workers.join();
    return {};
}

} // namespace artdag::server
