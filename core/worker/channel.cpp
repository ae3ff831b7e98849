// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/channel.h"

#include "core/base/files.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

namespace artdag {

namespace {

using Clock = std::chrono::steady_clock;

constexpr JsonLimits messageLimits{longestMessage, 8, 1000};

Result<void> waitFor(int socket, std::chrono::milliseconds patience, const CancelToken& cancel)
{
    constexpr std::int64_t look = 50; // ms: a token wakes nobody, so it is looked at again and again
    const Clock::time_point end = Clock::now() + patience;
    while (!cancel.cancelled()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
        pollfd waiting{socket, POLLIN, 0};
        const int ready = ::poll(&waiting, 1, static_cast<int>(std::clamp<std::int64_t>(left, 0, look)));
        if (ready > 0 || (ready < 0 && errno != EINTR))
            return {};
        if (ready == 0 && Clock::now() >= end)
            return fail(Fault::Unavailable, "worker: does not answer");
    }
    return fail(Fault::Cancelled, "worker: nobody waits for the answer any more");
}

/// The descriptors of a message, all owned at once; those beyond the first are closed.
Descriptor descriptorsOf(msghdr& message)
{
    Descriptor first;
    for (cmsghdr* head = CMSG_FIRSTHDR(&message); head != nullptr; head = CMSG_NXTHDR(&message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS)
            continue;
        for (std::size_t at = CMSG_LEN(0); at + sizeof(int) <= head->cmsg_len; at += sizeof(int)) {
            int number = -1;
            std::memcpy(&number, reinterpret_cast<const char*>(head) + at, sizeof number);
            Descriptor one(number);
            if (!first.isOpen())
                std::swap(first, one);
        }
    }
    return first;
}

} // namespace

Descriptor::~Descriptor()
{
    if (m_number >= 0)
        ::close(m_number);
}

Result<std::pair<Descriptor, Descriptor>> makeChannel()
{
    int pair[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return tl::unexpected<Error>(systemError("worker", errno));
    return std::pair(Descriptor(pair[0]), Descriptor(pair[1]));
}

Result<void> sendMessage(int socket, const Json& json, int descriptor)
{
    std::string bytes = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (bytes.size() > longestMessage)
        return fail(Fault::BadInput, "worker: the message is too long");
    iovec part{bytes.data(), bytes.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    if (descriptor >= 0) {
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        cmsghdr* head = CMSG_FIRSTHDR(&message);
        head->cmsg_len = CMSG_LEN(sizeof(int));
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        std::memcpy(CMSG_DATA(head), &descriptor, sizeof descriptor);
    }
    for (;;) {
        if (::sendmsg(socket, &message, MSG_NOSIGNAL) >= 0)
            return {};
        if (errno != EINTR)
            return fail(Fault::NotFound, std::string("worker: cannot be spoken to: ") + std::strerror(errno));
    }
}

Result<Message> receiveMessage(int socket, std::chrono::milliseconds patience, const CancelToken& cancel)
{
    if (patience.count() > 0)
        TRY(waitFor(socket, patience, cancel));
    std::string bytes(longestMessage, '\0');
    iovec part{bytes.data(), bytes.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    ssize_t count = 0;
    while ((count = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR) {}
    if (count <= 0)
        return fail(Fault::NotFound, "worker: is gone");
    Message received;
    received.descriptor = descriptorsOf(message);
    bytes.resize(static_cast<std::size_t>(count));
    auto json = readJson(bytes, messageLimits);
    if ((message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0 || !json || !json->is_object())
        return fail(Fault::Corrupt, "worker: said what is no message");
    received.json = std::move(*json);
    return received;
}

} // namespace artdag
