// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into an artdagd of a test: it ends itself with SIGKILL at the n-th call that it makes on sockets and files after
// it has read the first request to an inbox. n is in ARTDAG_KILL_AT; an even one kills when the call was made, an odd one
// before it.
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <cstring>

namespace {

// Constant initialisation, because the C library is called before main.
constinit std::atomic<bool> isCounting{false};
constinit std::atomic<long> calls{0};

long fatalCall()
{
    static const long number = [] {
        const char* text = std::getenv("ARTDAG_KILL_AT");
        return text == nullptr ? 0 : std::atol(text);
    }();
    return number;
}

template <class Perform>
long counted(Perform perform)
{
    if (!isCounting)
        return perform();
    const bool isFatal = ++calls == fatalCall();
    if (isFatal && fatalCall() % 2 == 1)
        ::kill(::getpid(), SIGKILL);
    const long result = perform();
    if (isFatal)
        ::kill(::getpid(), SIGKILL);
    return result;
}

/// Of a read: counting begins with the first request to an inbox.
long noticed(long result, const void* bytes)
{
    constexpr char request[] = "POST /inbox";
    if (!isCounting && result >= long(sizeof request) - 1 && std::memcmp(bytes, request, sizeof request - 1) == 0)
        isCounting = fatalCall() > 0;
    return result;
}

} // namespace

extern "C" {

ssize_t read(int fd, void* bytes, std::size_t size)
{
    return counted([&] { return noticed(syscall(SYS_read, fd, bytes, size), bytes); });
}

ssize_t recv(int fd, void* bytes, std::size_t size, int flags)
{
    return counted([&] { return noticed(syscall(SYS_recvfrom, fd, bytes, size, flags, nullptr, nullptr), bytes); });
}

ssize_t recvmsg(int fd, msghdr* message, int flags)
{
    return counted([&] { return noticed(syscall(SYS_recvmsg, fd, message, flags), message->msg_iovlen > 0 ? message->msg_iov->iov_base : nullptr); });
}

ssize_t write(int fd, const void* bytes, std::size_t size)
{
    return counted([&] { return syscall(SYS_write, fd, bytes, size); });
}

ssize_t send(int fd, const void* bytes, std::size_t size, int flags)
{
    return counted([&] { return syscall(SYS_sendto, fd, bytes, size, flags, nullptr, 0); });
}

ssize_t sendmsg(int fd, const msghdr* message, int flags)
{
    return counted([&] { return syscall(SYS_sendmsg, fd, message, flags); });
}

ssize_t writev(int fd, const iovec* pieces, int count)
{
    return counted([&] { return syscall(SYS_writev, fd, pieces, count); });
}

ssize_t pwrite64(int fd, const void* bytes, std::size_t size, off64_t at)
{
    return counted([&] { return syscall(SYS_pwrite64, fd, bytes, size, at); });
}

int fsync(int fd)
{
    return static_cast<int>(counted([&] { return syscall(SYS_fsync, fd); }));
}

int fdatasync(int fd)
{
    return static_cast<int>(counted([&] { return syscall(SYS_fdatasync, fd); }));
}

int ftruncate64(int fd, off64_t size)
{
    return static_cast<int>(counted([&] { return syscall(SYS_ftruncate, fd, size); }));
}
}
