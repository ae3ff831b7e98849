// SPDX-License-Identifier: GPL-3.0-or-later
// The definitions of a program stand before those of the C library. No test tool can be asked for this: strace cannot
// falsify a result, and a file system of our own would need root.
#include "tests/store/file_calls.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>

namespace artdag::file_calls {

namespace {

// Constant initialisation, because the C library is called before main.
constinit std::atomic<Listener*> current{nullptr};
constinit thread_local bool isInside = false;

std::string absolute(int directory, const char* path)
{
    if (path[0] == '/')
        return path;
    std::array<char, 4096> text{};
    const std::string link = directory == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/" + std::to_string(directory);
    const long length = syscall(SYS_readlink, link.c_str(), text.data(), text.size());
    return std::string(text.data(), static_cast<std::size_t>(length > 0 ? length : 0)) + "/" + path;
}

std::string pathOf(int fd)
{
    std::array<char, 4096> text{};
    const long length = syscall(SYS_readlink, ("/proc/self/fd/" + std::to_string(fd)).c_str(), text.data(), text.size());
    return {text.data(), static_cast<std::size_t>(length > 0 ? length : 0)};
}

template <class Make, class Perform>
long pass(Make make, Perform perform)
{
    Listener* listener = current.load();
    if (listener == nullptr || isInside)
        return perform();
    isInside = true;
    Call call = make();
    const Answer answer = listener->before(call);
    long result = 0;
    int code = 0;
    switch (answer.way) {
    case Answer::Way::Fail:
        if (call.kind == Kind::Close) // closed even when it says that it failed
            (void)perform();
        result = -1;
        code = answer.code;
        break;
    case Answer::Way::Pretend:
        result = static_cast<long>(call.bytes.size());
        break;
    case Answer::Way::Shorten:
    case Answer::Way::Cheat: {
        const auto half = call.bytes.first((call.bytes.size() + 1) / 2);
        result = call.kind == Kind::Write ? syscall(SYS_write, call.fd, half.data(), half.size()) : syscall(SYS_pwrite64, call.fd, half.data(), half.size(), call.at);
        code = errno;
        if (answer.way == Answer::Way::Cheat)
            result = static_cast<long>(call.bytes.size());
        call.bytes = half;
        break;
    }
    case Answer::Way::Perform:
        result = perform();
        code = errno;
        break;
    }
    if (call.kind == Kind::Open)
        call.fd = static_cast<int>(result);
    listener->after(call, result >= 0 && answer.way != Answer::Way::Pretend);
    isInside = false;
    errno = code;
    return result;
}

int openAt(int directory, const char* path, int flags, mode_t mode)
{
    return static_cast<int>(pass([&] { return Call{Kind::Open, -1, absolute(directory, path), {}, flags, {}}; }, [&] { return syscall(SYS_openat, directory, path, flags, mode); }));
}

std::span<const std::uint8_t> spanOf(const void* bytes, std::size_t size)
{
    return {static_cast<const std::uint8_t*>(bytes), size};
}

} // namespace

void listen(Listener* listener)
{
    current = listener;
}

} // namespace artdag::file_calls

using namespace artdag::file_calls;

#define OPEN_MODE()                        \
    mode_t mode = 0;                       \
    if ((flags & (O_CREAT | O_TMPFILE))) { \
        va_list list;                      \
        va_start(list, flags);             \
        mode = va_arg(list, mode_t);       \
        va_end(list);                      \
    }

// One call on a descriptor that gives an int.
#define ON_DESCRIPTOR(name, kind, parameters, target, at, ...)                                                                                                                         \
    int name parameters                                                                                                                                                                \
    {                                                                                                                                                                                  \
        return static_cast<int>(artdag::file_calls::pass([&] { return Call{Kind::kind, fd, artdag::file_calls::pathOf(fd), target, at, {}}; }, [&] { return syscall(__VA_ARGS__); })); \
    }

#define ON_PATH(name, kind, parameters, directory, target, ...)                                                                                                                                      \
    int name parameters                                                                                                                                                                              \
    {                                                                                                                                                                                                \
        return static_cast<int>(artdag::file_calls::pass([&] { return Call{Kind::kind, -1, artdag::file_calls::absolute(directory, path), target, 0, {}}; }, [&] { return syscall(__VA_ARGS__); })); \
    }

extern "C" {

int open(const char* path, int flags, ...)
{
    OPEN_MODE()
    return openAt(AT_FDCWD, path, flags, mode);
}

int open64(const char* path, int flags, ...)
{
    OPEN_MODE()
    return openAt(AT_FDCWD, path, flags, mode);
}

ssize_t write(int fd, const void* bytes, std::size_t size)
{
    return artdag::file_calls::pass([&] { return Call{Kind::Write, fd, artdag::file_calls::pathOf(fd), {}, -1, spanOf(bytes, size)}; }, [&] { return syscall(SYS_write, fd, bytes, size); });
}

ssize_t pwrite64(int fd, const void* bytes, std::size_t size, off64_t at)
{
    return artdag::file_calls::pass([&] { return Call{Kind::Pwrite, fd, artdag::file_calls::pathOf(fd), {}, at, spanOf(bytes, size)}; }, [&] { return syscall(SYS_pwrite64, fd, bytes, size, at); });
}

int renameat2(int from, const char* path, int to, const char* next, unsigned flags)
{
    return static_cast<int>(artdag::file_calls::pass([&] { return Call{flags == 0 ? Kind::Rename : Kind::RenameNoReplace, -1, absolute(from, path), absolute(to, next), 0, {}}; },
        [&] { return syscall(SYS_renameat2, from, path, to, next, flags); }));
}

int rename(const char* path, const char* next)
{
    return renameat2(AT_FDCWD, path, AT_FDCWD, next, 0);
}

ON_DESCRIPTOR(fdatasync, Fdatasync, (int fd), {}, 0, SYS_fdatasync, fd)
ON_DESCRIPTOR(fsync, Fsync, (int fd), {}, 0, SYS_fsync, fd)
ON_DESCRIPTOR(ftruncate, Truncate, (int fd, off_t size), {}, size, SYS_ftruncate, fd, size)
ON_DESCRIPTOR(ftruncate64, Truncate, (int fd, off64_t size), {}, size, SYS_ftruncate, fd, size)
ON_DESCRIPTOR(fchmod, Fchmod, (int fd, mode_t mode), {}, 0, SYS_fchmod, fd, mode)
ON_DESCRIPTOR(close, Close, (int fd), {}, 0, SYS_close, fd)
ON_DESCRIPTOR(flock, Flock, (int fd, int operation), {}, operation, SYS_flock, fd, operation)
ON_DESCRIPTOR(fallocate, Fallocate, (int fd, int mode, off_t at, off_t size), {}, size, SYS_fallocate, fd, mode, at, size)
ON_DESCRIPTOR(fsetxattr, SetAttribute, (int fd, const char* name, const void* value, size_t size, int flags), name, 0, SYS_fsetxattr, fd, name, value, size, flags)
ON_DESCRIPTOR(fremovexattr, RemoveAttribute, (int fd, const char* name), name, 0, SYS_fremovexattr, fd, name)
ON_PATH(unlink, Unlink, (const char* path), AT_FDCWD, {}, SYS_unlink, path)
ON_PATH(mkdir, Mkdir, (const char* path, mode_t mode), AT_FDCWD, {}, SYS_mkdir, path, mode)
ON_PATH(rmdir, Rmdir, (const char* path), AT_FDCWD, {}, SYS_rmdir, path)
}
