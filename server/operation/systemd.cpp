// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operation/systemd.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

// getenv is safe here: nobody changes the environment once there are threads.
// NOLINTBEGIN(concurrency-mt-unsafe)

namespace artdag::server {

namespace {

constexpr int firstSocket = 3; // SD_LISTEN_FDS_START

std::int64_t numberIn(const char* name)
{
    const char* text = std::getenv(name);
    std::int64_t number = 0;
    if (text != nullptr && std::from_chars(text, text + std::strlen(text), number).ec != std::errc())
        number = 0;
    return number;
}

bool isListening(int socket)
{
    int listening = 0;
    socklen_t size = sizeof listening;
    return ::getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 && listening == 1;
}

} // namespace

std::vector<int> inheritedSockets()
{
    std::vector<int> sockets;
    if (numberIn("LISTEN_PID") == ::getpid())
        for (int fd = firstSocket; fd < firstSocket + numberIn("LISTEN_FDS"); ++fd) {
            ::fcntl(fd, F_SETFD, FD_CLOEXEC);
            if (isListening(fd))
                sockets.push_back(fd);
        }
    for (const char* name : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"})
        ::unsetenv(name);
    return sockets;
}

bool hasServiceManager()
{
    return std::getenv("NOTIFY_SOCKET") != nullptr;
}

void tellServiceManager(std::string_view state)
{
    const char* name = std::getenv("NOTIFY_SOCKET");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::size_t length = name == nullptr ? 0 : std::strlen(name);
    if (length < 2 || length >= sizeof address.sun_path || (name[0] != '/' && name[0] != '@'))
        return;
    std::memcpy(address.sun_path, name, length);
    if (name[0] == '@')
        address.sun_path[0] = '\0';
    const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return;
    (void)::sendto(fd, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address), static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length));
    ::close(fd);
}

std::chrono::microseconds watchdogTime()
{
    const std::int64_t pid = numberIn("WATCHDOG_PID");
    return std::chrono::microseconds(pid != 0 && pid != ::getpid() ? 0 : std::max<std::int64_t>(numberIn("WATCHDOG_USEC"), 0));
}

} // namespace artdag::server

// NOLINTEND(concurrency-mt-unsafe)
