// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/conversation.h"

#include "server/http/incoming_file.h"
#include "server/http/parsed_request.h"
#include "server/operation/log.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <ctime>

namespace artdag::server {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::use_awaitable;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

constexpr std::size_t blockSize = 64U << 10;

std::string headOf(const Request& request, const Response& response, std::uint64_t length, bool keepAlive)
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
    head += "X-Request-Id: " + request.id + "\r\n";
    head += "Date: " + httpDate(std::time(nullptr)) + "\r\n";
    head += keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    return head;
}

/// `sent` grows by what was written. False when the rest could not be.
asio::awaitable<bool> writeFileRange(Wire& stream, const FileRange& range, std::chrono::seconds stallTime, std::uint64_t& sent)
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
        stream.expireAfter(stallTime);
        co_await asio::async_write(stream, asio::const_buffer(block.data(), static_cast<std::size_t>(count)), asio::redirect_error(use_awaitable, error));
        good = !error;
        done += static_cast<std::uint64_t>(count);
    }
    sent += good ? range.length : done;
    if (fd >= 0)
        ::close(fd);
    co_return good;
}

/// Piece after piece, as they come, until there are no more or nobody reads them: a comment each 15 s finds that out.
asio::awaitable<void> writeStream(Wire& stream, const Response& response, const std::atomic<bool>& stopping, std::chrono::seconds stallTime, std::uint64_t& sent)
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
            stream.expireAfter(stallTime);
            sent += co_await asio::async_write(stream, asio::buffer(*piece), asio::redirect_error(use_awaitable, error));
        }
        timer.expires_after(pause);
        if (!error)
            co_await timer.async_wait(asio::redirect_error(use_awaitable, error));
    }
}

/// Tells how it went in `exchange`; a stream's pieces are still to come.
asio::awaitable<void> writeResponse(Wire& stream, const Request& request, const Response& response, bool keepAlive, std::chrono::seconds stallTime, Exchange& exchange)
{
    const bool bodiless = request.method == "HEAD" || response.status == 204 || response.status == 304;
    const std::string head = headOf(request, response, response.file ? response.file->length : response.body.size(), keepAlive);
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(head), asio::const_buffer(response.body.data(), bodiless || response.file ? 0 : response.body.size())};
    exchange.status = response.status;
    boost::system::error_code error;
    stream.expireAfter(stallTime);
    const std::size_t written = co_await asio::async_write(stream, buffers, asio::redirect_error(use_awaitable, error));
    exchange.sent = written - std::min(written, head.size());
    exchange.whole = !error;
    if (exchange.whole && response.file && !bodiless)
        exchange.whole = co_await writeFileRange(stream, *response.file, stallTime, exchange.sent);
}

/// Takes what a refused client still sends for a moment, so that it gets to read the refusal before the reset.
asio::awaitable<void> linger(Wire& stream)
{
    boost::system::error_code error;
    if (stream.tls() == nullptr)
        stream.socket().shutdown(tcp::socket::shutdown_send, error);
    std::vector<std::uint8_t> block(blockSize);
    stream.expireAfter(std::chrono::seconds(2));
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

asio::awaitable<BodyOutcome> readBody(Wire& stream, beast::flat_buffer& buffer, RequestParser& parser, const BodyPlan& plan, IncomingFile* upload, std::string& memory, std::uint64_t& total, std::chrono::seconds stallTime)
{
    std::vector<std::uint8_t> block(parser.is_done() ? 0 : blockSize);
    while (!parser.is_done()) {
        parser.get().body().data = block.data();
        parser.get().body().size = block.size();
        boost::system::error_code error;
        stream.expireAfter(stallTime);
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

/// Reads the body as it is planned and answers. A refusal of the plan is answered without reading.
asio::awaitable<Response> answerTo(Wire& stream, beast::flat_buffer& buffer, RequestParser& parser, Shared& shared, Request& request, BodyPlan plan, Exchange& exchange)
{
    const auto& options = shared.options;
    std::unique_ptr<IncomingFile> upload;
    if (!plan.refusal) {
        if (plan.toFile)
            upload = plan.appendTo.empty() ? std::make_unique<IncomingFile>(options.uploads) : std::make_unique<IncomingFile>(plan.appendTo, plan.appendAt);
        if (upload && upload->isBusy())
            plan.refusal = problem(423, "Another request is writing to this upload.");
    }
    if (!plan.refusal) {
        const BodyOutcome outcome = co_await readBody(stream, buffer, parser, plan, upload.get(), request.body, exchange.received, options.stallTime);
        exchange.whole = outcome != BodyOutcome::Broken;
        if (!exchange.whole)
            co_return Response{};
        if (outcome == BodyOutcome::TooLong)
            plan.refusal = problem(413, "The body is longer than " + std::to_string(plan.limit) + " bytes.");
        if (outcome == BodyOutcome::DiskFull)
            plan.refusal = problem(507, "There is no room for this upload now.");
    }
    if (plan.refusal) {
        co_return shared.application.refuse ? shared.application.refuse(request, std::move(*plan.refusal)) : std::move(*plan.refusal);
    }
    if (upload)
        request.upload = upload->finish();
    if (plan.slow)
        co_return co_await asio::co_spawn(shared.workers.get_executor(), answerOnWorker(shared.application, request), use_awaitable);
    co_return shared.application.answer(request);
}

BodyPlan planFor(const Shared& shared, const RequestParser& parser, Request& request)
{
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
    return plan;
}

void note(const Shared& shared, const Request& request, Exchange exchange, Clock::time_point began)
{
    exchange.seconds = std::chrono::duration<double>(Clock::now() - began).count();
    if (shared.application.done)
        shared.application.done(request, exchange);
}

/// Header to answer. Returns false when the connection is to be closed; `drain` when the peer may still be sending.
asio::awaitable<bool> exchangeOne(Wire& stream, beast::flat_buffer& buffer, RequestParser& parser, Shared& shared, Request& request, bool& drain)
{
    const auto& options = shared.options;
    const Clock::time_point began = Clock::now();
    Exchange exchange{499};
    BodyPlan plan = planFor(shared, parser, request);
    boost::system::error_code error;
    if (!plan.refusal && !parser.is_done() && parser.get()[http::field::expect] == "100-continue") {
        constexpr std::string_view go = "HTTP/1.1 100 Continue\r\n\r\n";
        stream.expireAfter(options.stallTime);
        co_await asio::async_write(stream, asio::const_buffer(go.data(), go.size()), asio::redirect_error(use_awaitable, error));
        if (error)
            co_return false;
    }
    const Response response = co_await answerTo(stream, buffer, parser, shared, request, std::move(plan), exchange);
    if (!exchange.whole) {
        note(shared, request, exchange, began);
        co_return false;
    }
    drain = !parser.is_done();
    const bool streams = response.stream && request.method != "HEAD"; // its end is the connection's
    const bool keepAlive = parser.is_done() && parser.keep_alive() && !shared.stopping && !streams;
    co_await writeResponse(stream, request, response, keepAlive, options.stallTime, exchange);
    if (streams && exchange.whole)
        co_await writeStream(stream, response, shared.stopping, options.stallTime, exchange.sent);
    note(shared, request, exchange, began);
    co_return keepAlive&& exchange.whole;
}

/// What is no HTTP gets an answer, too, when it could be a client's mistake.
asio::awaitable<bool> refuseNonsense(Wire& stream, Shared& shared, Request& request, const boost::system::error_code& error)
{
    const bool ours = error.category() == http::make_error_code(http::error::bad_method).category() && error != http::error::end_of_stream && error != http::error::partial_message;
    if (!ours)
        co_return false;
    const Clock::time_point began = Clock::now();
    Exchange exchange;
    Response refusal = error == http::error::header_limit ? problem(431, "The headers are too long.") : problem(400, "This is not an HTTP request.");
    readForwarding(request, Networks{});
    co_await writeResponse(stream, request, shared.application.refuse(request, std::move(refusal)), false, shared.options.stallTime, exchange);
    note(shared, request, exchange, began);
    co_return true;
}

/// Requests one after the other, until one of us has enough.
asio::awaitable<void> converseOn(Wire& stream, const std::string& peer, Lane& lane, Shared& shared)
{
    beast::flat_buffer buffer;
    boost::system::error_code error;
    bool alive = true;
    bool drain = false;
    for (bool first = true; alive && !shared.stopping; first = false) {
        RequestParser parser;
        prepareParser(parser, shared.options.headerLimit);
        if (!first && buffer.size() == 0) { // the first byte may take its time, the header after it may not
            lane.idle.insert(&stream);
            stream.expireAfter(shared.options.idleTime);
            const std::size_t count = co_await stream.async_read_some(buffer.prepare(4096), asio::redirect_error(use_awaitable, error));
            lane.idle.erase(&stream);
            if (error)
                break;
            buffer.commit(count);
        }
        lane.idle.insert(&stream);
        stream.expireAfter(shared.options.headerTime);
        co_await http::async_read_header(stream, buffer, parser, asio::redirect_error(use_awaitable, error));
        lane.idle.erase(&stream);
        Request request;
        if (!error)
            request = requestOf(parser);
        request.peer = peer;
        request.secure = stream.tls() != nullptr;
        if (error) {
            drain = co_await refuseNonsense(stream, shared, request, error);
            break;
        }
        readForwarding(request, shared.options.proxies);
        alive = co_await exchangeOne(stream, buffer, parser, shared, request, drain);
    }
    if (drain)
        co_await linger(stream);
}

/// False when the client does not speak TLS, or not one that we do.
asio::awaitable<bool> shakeHands(Wire& stream, Lane& lane, Shared& shared)
{
    TlsContext context;
    {
        const std::lock_guard lock(shared.mutex);
        context = shared.tls;
    }
    if (!context)
        co_return true;
    boost::system::error_code error;
    lane.idle.insert(&stream);
    stream.expireAfter(shared.options.headerTime);
    co_await stream.secure(context).async_handshake(asio::ssl::stream_base::server, asio::redirect_error(use_awaitable, error));
    lane.idle.erase(&stream);
    if (error)
        LogLine(LogLevel::Debug, "tls").text("what", error.message()).write();
    co_return !error;
}

} // namespace

asio::awaitable<void> converse(tcp::socket socket, Lane& lane, Shared& shared)
{
    Wire stream(std::move(socket));
    boost::system::error_code error;
    stream.socket().set_option(tcp::no_delay(true), error);
    const auto end = stream.socket().remote_endpoint(error);
    const std::string peer = error ? std::string() : end.address().to_string();
    const auto count = [&](int change) {
        if (shared.application.connections)
            shared.application.connections(change);
    };
    count(1);
    if (co_await shakeHands(stream, lane, shared)) {
        co_await converseOn(stream, peer, lane, shared);
        if (stream.tls() != nullptr) { // close_notify: so the client knows that it has all
            stream.expireAfter(std::chrono::seconds(1));
            co_await stream.tls()->async_shutdown(asio::redirect_error(use_awaitable, error));
        }
    }
    count(-1);
    stream.socket().shutdown(tcp::socket::shutdown_both, error);
}

} // namespace artdag::server
