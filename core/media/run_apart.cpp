// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/run_apart.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern "C" { // glibc 2.36 leaves that to its user
#include <sys/pidfd.h>
}

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fstream>

namespace artdag {

namespace {

/// What this process holds of private memory, as RLIMIT_DATA counts it (proc(5), statm: "data + stack").
std::size_t privateBytes()
{
    std::ifstream file("/proc/self/statm");
    std::size_t pages = 0;
    for (int field = 0; field < 6 && file; ++field)
        file >> pages;
    return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

void limit(__rlimit_resource resource, std::size_t value)
{
    const rlimit limits{value, value};
    ::setrlimit(resource, &limits);
}

/// In the child: what it may use, and nothing of the parent's but its memory.
void confine(const ApartLimits& limits, std::size_t bytes)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (const int number : {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGXCPU, SIGTERM, SIGINT})
        ::signal(number, SIG_DFL);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CPU, static_cast<std::size_t>(limits.seconds));
    limit(RLIMIT_DATA, bytes);
    const int nothing = ::open("/dev/null", O_RDWR);
    for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) // what the library says of its own crash
        ::dup2(nothing, standard);
    ::close_range(3, ~0U, 0);
}

/// All that the child does. Nothing may get out of here, or it would go on as its parent: a panic of a Rust library unwinds
/// through C++, and `noexcept` ends it.
[[noreturn]] void live(const ApartLimits& limits, std::size_t bytes, const std::function<void()>& work) noexcept
{
    confine(limits, bytes);
    work();
    ::_exit(0);
}

/// Whether the child ends by itself before the deadline.
bool endsInTime(pid_t child, int seconds)
{
    using Clock = std::chrono::steady_clock;
    const int handle = ::pidfd_open(child, 0);
    const auto deadline = Clock::now() + std::chrono::seconds(seconds);
    pollfd waiting{handle, POLLIN, 0};
    int ready = -1;
    while (ready < 0 && handle >= 0) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        ready = ::poll(&waiting, 1, static_cast<int>(std::max<std::int64_t>(0, left)));
        if (ready < 0 && errno != EINTR)
            break;
    }
    if (handle >= 0)
        ::close(handle);
    return ready > 0;
}

} // namespace

SharedPages::SharedPages(std::size_t bytes)
    : m_bytes(bytes)
{
    void* memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    m_data = memory == MAP_FAILED ? nullptr : static_cast<std::uint8_t*>(memory);
}

SharedPages::~SharedPages()
{
    if (m_data != nullptr)
        ::munmap(m_data, m_bytes);
}

Ended runApart(const ApartLimits& limits, const std::function<void()>& work)
{
    const std::size_t bytes = privateBytes() + limits.bytes;
    const pid_t child = ::fork();
    if (child < 0)
        return Ended::NotStarted;
    if (child == 0)
        live(limits, bytes, work);
    const bool inTime = endsInTime(child, limits.seconds);
    if (!inTime)
        ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!inTime || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU))
        return Ended::TooLate;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? Ended::Well : Ended::Crashed;
}

} // namespace artdag
