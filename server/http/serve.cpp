// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/serve.h"

#include "server/http/incoming_file.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <ctime>
#include <limits>
#include <set>
#include <thread>

namespace artdag::server {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::use_awaitable;
using asio::ip::tcp;

constexpr std::size_t blockSize = 64U << 10;

/// One thread and its connections; nothing in it is shared, so nothing needs a lock or a strand.
struct Lane {
    asio::io_context context{1};
    std::set<beast::tcp_stream*> idle; ///< waiting for a next request: these may be cut when we stop
};

struct Shared {
    const ServeOptions& options;
    const Application& application;
    asio::thread_pool& workers;
    std::atomic<bool> stopping{false};
};

using Parser = http::request_parser<http::buffer_body>;

Request requestOf(const Parser& parser, const std::string& remote)
{
    const auto& message = parser.get();
    Request request;
    request.method = std::string(message.method_string());
    request.target = std::string(message.target());
    const auto question = request.target.find('?');
    request.path = request.target.substr(0, question);
    request.query = question == std::string::npos ? "" : request.target.substr(question + 1);
    request.remote = remote;
    for (const auto& field : message) {
        std::string name(field.name_string());
        for (char& c : name)
            c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
        request.headers.emplace_back(std::move(name), std::string(field.value()));
    }
    return request;
}

/// Two Host lines, or a length beside a transfer coding, are how requests are smuggled past a proxy.
bool isAmbiguous(const Request& request)
{
    int hosts = 0;
    int lengths = 0;
    int codings = 0;
    for (const auto& [name, value] : request.headers) {
        hosts += name == "host" ? 1 : 0;
        lengths += name == "content-length" ? 1 : 0;
        codings += name == "transfer-encoding" ? 1 : 0;
    }
    return hosts != 1 || lengths > 1 || (lengths > 0 && codings > 0);
}

std::string headOf(const Response& response, std::uint64_t length, bool keepAlive)
{
    std::string head = "HTTP/1.1 " + std::to_string(response.status) + " " + reasonOf(response.status) + "\r\n";
    for (const auto& [name, value] : response.headers) {
        head += name + ": ";
        for (const char c : value) // no value can end its line
            head.push_back(c == '\r' || c == '\n' || c == '\0' ? ' ' : c);
        head += "\r\n";
    }
    if (response.status != 204 && response.status != 304 && !response.stream)
        head += "Content-Length: " + std::to_string(length) + "\r\n";
    head += "Date: " + httpDate(std::time(nullptr)) + "\r\n";
    head += keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    return head;
}

asio::awaitable<bool> writeFileRange(beast::tcp_stream& stream, const FileRange& range, std::chrono::seconds stallTime)
{
    const int fd = ::open(range.path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool good = fd >= 0;
    std::vector<std::uint8_t> block(std::min<std::uint64_t>(blockSize, range.length));
    std::uint64_t done = 0;
    while (good && done < range.length) {
        const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(block.size(), range.length - done));
        const ssize_t count = ::pread(fd, block.data(), want, static_cast<off_t>(range.first + done));
        good = count > 0;
        if (!good)
            break;
        boost::system::error_code error;
        stream.expires_after(stallTime);
        co_await asio::async_write(stream, asio::const_buffer(block.data(), static_cast<std::size_t>(count)), asio::redirect_error(use_awaitable, error));
        good = !error;
        done += static_cast<std::uint64_t>(count);
    }
    if (fd >= 0)
        ::close(fd);
    co_return good;
}

/// Piece after piece, as they come, until there are no more or nobody reads them: a comment each 15 s finds that out.
asio::awaitable<void> writeStream(beast::tcp_stream& stream, const Response& response, const std::atomic<bool>& stopping, std::chrono::seconds stallTime)
{
    constexpr std::chrono::milliseconds pause(250);
    constexpr int pausesBeforeSign = 60;
    asio::steady_timer timer(stream.get_executor());
    boost::system::error_code error;
    for (int silent = 0; !error && !stopping;) {
        std::optional<std::string> piece = response.stream();
        if (!piece)
            break;
        silent = piece->empty() ? silent + 1 : 0;
        if (silent == pausesBeforeSign) {
            piece = ":\n\n";
            silent = 0;
        }
        if (!piece->empty()) {
            stream.expires_after(stallTime);
            co_await asio::async_write(stream, asio::buffer(*piece), asio::redirect_error(use_awaitable, error));
        }
        timer.expires_after(pause);
        if (!error)
            co_await timer.async_wait(asio::redirect_error(use_awaitable, error));
    }
}

/// False when the connection cannot go on.
asio::awaitable<bool> writeResponse(beast::tcp_stream& stream, const Response& response, bool isHead, bool keepAlive, std::chrono::seconds stallTime)
{
    const bool bodiless = isHead || response.status == 204 || response.status == 304;
    const std::string head = headOf(response, response.file ? response.file->length : response.body.size(), keepAlive);
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(head), asio::const_buffer(response.body.data(), bodiless || response.file ? 0 : response.body.size())};
    boost::system::error_code error;
    stream.expires_after(stallTime);
    co_await asio::async_write(stream, buffers, asio::redirect_error(use_awaitable, error));
    if (error)
        co_return false;
    if (response.file && !bodiless) {
        const bool whole = co_await writeFileRange(stream, *response.file, stallTime);
        co_return whole&& keepAlive;
    }
    co_return keepAlive;
}

/// Takes what a refused client still sends for a moment, so that it gets to read the refusal before the reset.
asio::awaitable<void> linger(beast::tcp_stream& stream)
{
    boost::system::error_code error;
    stream.socket().shutdown(tcp::socket::shutdown_send, error);
    std::vector<std::uint8_t> block(blockSize);
    stream.expires_after(std::chrono::seconds(2));
    for (std::size_t total = 0; !error && total < (8U << 20);)
        total += co_await stream.async_read_some(asio::buffer(block), asio::redirect_error(use_awaitable, error));
}

asio::awaitable<Response> answerOnWorker(const Application& application, const Request& request)
{
    co_return application.answer(request);
}

enum class BodyOutcome {
    Complete,
    TooLong,
    Broken,
    DiskFull
};

asio::awaitable<BodyOutcome> readBody(beast::tcp_stream& stream, beast::flat_buffer& buffer, Parser& parser, const BodyPlan& plan, IncomingFile* upload, std::string& memory, std::chrono::seconds stallTime)
{
    std::vector<std::uint8_t> block(parser.is_done() ? 0 : blockSize);
    std::uint64_t total = 0;
    while (!parser.is_done()) {
        parser.get().body().data = block.data();
        parser.get().body().size = block.size();
        boost::system::error_code error;
        stream.expires_after(stallTime);
        co_await http::async_read(stream, buffer, parser, asio::redirect_error(use_awaitable, error));
        const std::size_t count = block.size() - parser.get().body().size;
        if (error && error != http::error::need_buffer) {
            if (upload != nullptr && total + count <= plan.limit) // what goes on later loses nothing of what came
                (void)upload->add(ByteView(block.data(), count));
            co_return BodyOutcome::Broken;
        }
        total += count;
        if (total > plan.limit)
            co_return BodyOutcome::TooLong;
        if (upload == nullptr)
            memory.append(reinterpret_cast<const char*>(block.data()), count);
        else if (!upload->add(ByteView(block.data(), count)))
            co_return BodyOutcome::DiskFull;
    }
    co_return BodyOutcome::Complete;
}

/// Header to answer. Returns false when the connection is to be closed; `drain` when the peer may still be sending.
asio::awaitable<bool> exchange(beast::tcp_stream& stream, beast::flat_buffer& buffer, Parser& parser, Shared& shared, const std::string& remote, bool& drain)
{
    const auto& options = shared.options;
    Request request = requestOf(parser, remote);
    const bool isHead = request.method == "HEAD";
    BodyPlan plan;
    if (isAmbiguous(request)) {
        request.method = "GET"; // the plan is not asked: nothing of such a request is believed
        plan.refusal = problem(400, "The request has more than one reading (Host, Content-Length, Transfer-Encoding).");
    } else {
        plan = shared.application.plan(request);
    }
    const auto length = parser.content_length();
    if (!plan.refusal && length && *length > plan.limit)
        plan.refusal = problem(413, "The body is longer than " + std::to_string(plan.limit) + " bytes.");
    boost::system::error_code error;
    if (!plan.refusal && !parser.is_done() && parser.get()[http::field::expect] == "100-continue") {
        constexpr std::string_view go = "HTTP/1.1 100 Continue\r\n\r\n";
        stream.expires_after(options.stallTime);
        co_await asio::async_write(stream, asio::const_buffer(go.data(), go.size()), asio::redirect_error(use_awaitable, error));
        if (error)
            co_return false;
    }
    std::unique_ptr<IncomingFile> upload;
    if (!plan.refusal) {
        if (plan.toFile)
            upload = plan.appendTo.empty() ? std::make_unique<IncomingFile>(options.uploads) : std::make_unique<IncomingFile>(plan.appendTo, plan.appendAt);
        if (upload && upload->isBusy())
            plan.refusal = problem(423, "Another request is writing to this upload.");
    }
    if (!plan.refusal) {
        const BodyOutcome outcome = co_await readBody(stream, buffer, parser, plan, upload.get(), request.body, options.stallTime);
        if (outcome == BodyOutcome::Broken)
            co_return false;
        if (outcome == BodyOutcome::TooLong)
            plan.refusal = problem(413, "The body is longer than " + std::to_string(plan.limit) + " bytes.");
        if (outcome == BodyOutcome::DiskFull)
            plan.refusal = problem(507, "There is no room for this upload now.");
    }
    Response response;
    if (plan.refusal) {
        request.captures.emplace_back("refusal", std::to_string(plan.refusal->status));
        drain = !parser.is_done();
        response = std::move(*plan.refusal);
    }
    const bool keepAlive = parser.is_done() && parser.keep_alive() && !shared.stopping;
    if (!plan.refusal) {
        if (upload)
            request.upload = upload->finish();
        if (plan.slow)
            response = co_await asio::co_spawn(shared.workers.get_executor(), answerOnWorker(shared.application, request), use_awaitable);
        else
            response = shared.application.answer(request);
    } else if (shared.application.refuse) {
        response = shared.application.refuse(request, std::move(response));
    }
    const bool streams = response.stream && !isHead; // its end is the connection's
    const bool goesOn = co_await writeResponse(stream, response, isHead, keepAlive && !streams, options.stallTime);
    if (streams)
        co_await writeStream(stream, response, shared.stopping, options.stallTime);
    co_return goesOn;
}

asio::awaitable<void> converse(tcp::socket socket, Lane& lane, Shared& shared)
{
    beast::tcp_stream stream(std::move(socket));
    boost::system::error_code error;
    stream.socket().set_option(tcp::no_delay(true), error);
    const auto peer = stream.socket().remote_endpoint(error);
    const std::string remote = error ? std::string() : peer.address().to_string();
    beast::flat_buffer buffer;
    bool alive = true;
    bool drain = false;
    for (bool first = true; alive && !shared.stopping; first = false) {
        Parser parser;
        parser.header_limit(shared.options.headerLimit);
        parser.body_limit(std::numeric_limits<std::uint64_t>::max());
        if (!first && buffer.size() == 0) { // the first byte may take its time, the header after it may not
            lane.idle.insert(&stream);
            stream.expires_after(shared.options.idleTime);
            const std::size_t count = co_await stream.async_read_some(buffer.prepare(4096), asio::redirect_error(use_awaitable, error));
            lane.idle.erase(&stream);
            if (error)
                break;
            buffer.commit(count);
        }
        lane.idle.insert(&stream);
        stream.expires_after(shared.options.headerTime);
        co_await http::async_read_header(stream, buffer, parser, asio::redirect_error(use_awaitable, error));
        lane.idle.erase(&stream);
        if (error) {
            const bool ours = error.category() == http::make_error_code(http::error::bad_method).category() && error != http::error::end_of_stream && error != http::error::partial_message;
            if (ours) {
                Request nothing;
                Response refusal = error == http::error::header_limit ? problem(431, "The headers are too long.") : problem(400, "This is not an HTTP request.");
                drain = true;
                (void)co_await writeResponse(stream, shared.application.refuse(nothing, std::move(refusal)), false, false, shared.options.stallTime);
            }
            break;
        }
        alive = co_await exchange(stream, buffer, parser, shared, remote, drain);
    }
    if (drain)
        co_await linger(stream);
    stream.socket().shutdown(tcp::socket::shutdown_both, error);
}

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

Result<void> listenOn(tcp::acceptor& acceptor, const ServeOptions& options)
{
    boost::system::error_code error;
    const auto address = asio::ip::make_address(options.address, error);
    const tcp::endpoint endpoint(address, options.port);
    if (!error)
        acceptor.open(endpoint.protocol(), error);
    if (!error)
        acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(1024, error);
    if (error)
        return fail(Fault::Unavailable, "address " + options.address + ":" + std::to_string(options.port) + ": " + error.message());
    return {};
}

} // namespace

Result<void> serve(const ServeOptions& options, const Application& application, const std::function<bool(std::uint16_t)>& listening)
{
    asio::thread_pool workers(static_cast<std::size_t>(std::max(1, options.workers)));
    Shared shared{options, application, workers};
    std::vector<std::unique_ptr<Lane>> lanes;
    for (int i = 0; i < std::max(1, options.threads); ++i)
        lanes.push_back(std::make_unique<Lane>());
    asio::io_context control{1};
    tcp::acceptor acceptor(control);
    TRY(listenOn(acceptor, options));
    asio::signal_set signals(control, SIGTERM, SIGINT); // from here on we stop in order, also while we start
    if (!listening(acceptor.local_endpoint().port()))
        return {};

    // A lane runs while it has connections, or while it may still get some.
    std::vector<asio::executor_work_guard<asio::io_context::executor_type>> guards;
    guards.reserve(lanes.size());
    for (auto& lane : lanes)
        guards.emplace_back(lane->context.get_executor());
    signals.async_wait([&](const boost::system::error_code& error, int) {
        if (error)
            return;
        shared.stopping = true;
        boost::system::error_code ignored;
        acceptor.close(ignored);
        for (auto& lane : lanes)
            asio::post(lane->context, [target = lane.get()] {
                for (beast::tcp_stream* stream : target->idle)
                    stream->cancel();
            });
    });
    asio::co_spawn(control, acceptConnections(acceptor, lanes, shared), asio::detached);
    std::vector<std::thread> threads;
    for (auto& lane : lanes)
        threads.emplace_back([context = &lane->context] { context->run(); });
    control.run();

    guards.clear();
    std::thread deadline; // requests under way get a moment, then the sockets are closed under them
    std::atomic<bool> done{false};
    deadline = std::thread([&] {
        const auto end = std::chrono::steady_clock::now() + options.stopTime;
        while (!done && std::chrono::steady_clock::now() < end)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        for (auto& lane : lanes)
            lane->context.stop();
    });
    for (auto& thread : threads)
        thread.join();
    done = true;
    deadline.join();
    workers.join();
    return {};
}

} // namespace artdag::server
