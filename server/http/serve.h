// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP/1.1 on a socket: connections, limits, time-outs, streaming, graceful stop. It turns bytes into Requests and
// Responses into bytes and knows nothing of routes. Boost.Beast is behind this header (serve.cpp takes a minute to compile).
#pragma once

#include "server/http/client_of.h"
#include "server/http/message.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace artdag::server {

/// What to do with a body, decided when the headers are in and before a byte of it is read.
struct BodyPlan {
    std::uint64_t limit = 0; ///< longer bodies are refused with 413
    bool toFile = false;
    std::filesystem::path appendTo;  ///< with toFile: a file that has the beginning of the body already, and keeps what came when the connection breaks
    std::uint64_t appendAt = 0;      ///< how long that file must be
    bool slow = false;               ///< answer on a worker
    std::optional<Response> refusal; ///< answer this and close, without reading the body
};

/// How a request went, once its answer is written or could not be.
struct Exchange {
    int status = 0;                       ///< 499: the client went away before it had sent all
    bool whole = true;                    ///< false: it went away before it had read all
    std::uint64_t received = 0, sent = 0; ///< bytes of the bodies
    double seconds = 0;                   ///< from the end of the header to the end of the answer
};

/// All are called from several threads and must not throw.
struct Application {
    std::function<BodyPlan(Request& head)> plan; ///< may fill in captures and caller
    std::function<Response(const Request&)> answer;
    std::function<Response(const Request&, Response)> refuse;  ///< gives a refusal its form and headers
    std::function<void(const Request&, const Exchange&)> done; ///< for the log and the figures; may be empty
    std::function<void(int change)> connections;               ///< one more or one less; may be empty
};

struct ServeOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;                 ///< 0: any free one
    std::vector<int> sockets;               ///< that listen already, instead of address and port
    std::filesystem::path certificate, key; ///< PEM, with the chain; empty: no TLS
    std::string host;                       ///< that the certificate must be for; empty: any
    std::uint16_t redirectPort = 0;         ///< with TLS: there plain http is led to `redirectTo`; 0: nowhere
    std::string redirectTo;                 ///< `https://HOST`, without a final slash
    Networks proxies;                       ///< whose word about clients is believed
    std::filesystem::path uploads;          ///< directory of bodies on their way
    int threads = 2;                        ///< of connections
    int workers = 2;                        ///< for slow answers
    std::uint32_t headerLimit = 16U << 10;
    std::chrono::seconds headerTime{15}; ///< for a whole header: a slow-loris costs one socket for so long
    std::chrono::seconds idleTime{75};   ///< between two requests
    std::chrono::seconds stallTime{30};  ///< for each block of a body, in and out
    std::chrono::seconds stopTime{10};   ///< for requests under way when asked to stop
};

/// Serves until SIGTERM or SIGINT. On SIGHUP certificate and key are read again: new connections get them, those that are open go
/// on as they are; when they are no good, the former stay in force and the log says why. The service manager is told of it all.
/// `listening` gets the port once it is bound; it may still fill in the application, for no
/// connection is taken before it returns. When it returns false nothing is served. Unavailable: the address cannot be had;
/// BadInput: certificate or key are no good.
Result<void> serve(const ServeOptions& options, const Application& application, const std::function<bool(std::uint16_t port)>& listening);

} // namespace artdag::server
