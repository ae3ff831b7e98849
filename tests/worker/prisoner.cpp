// SPDX-License-Identifier: GPL-3.0-or-later
// `prisoner inside|outside ATTEMPT [MEMORY-BYTES CPU-SECONDS]` tries one thing in the worker's sandbox, or without it. Its exit
// code is the errno of the attempt, 0 when it worked, 98 for an unknown one, 99 when there is no sandbox.
#include "core/worker/sandbox.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <thread>

namespace {

int errnoOf(long result)
{
    return result >= 0 ? 0 : errno;
}

int forked(long process)
{
    if (process == 0)
        ::_exit(0);
    return errnoOf(process);
}

int mapped(std::size_t bytes, int protection)
{
    return ::mmap(nullptr, bytes, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? errno : 0;
}

int executed()
{
    char* const none[] = {nullptr};
    return errnoOf(::execve("/bin/true", none, none)); // outside it becomes `true`, which gives 0
}

int limitRaised()
{
    const rlimit some{1000, 1000};
    return errnoOf(::setrlimit(RLIMIT_STACK, &some));
}

int statted()
{
    struct stat facts {};
    return errnoOf(::stat("/etc/hostname", &facts));
}

int threaded()
{
    int sum = 1;
    std::thread([&] { sum = 0; }).join();
    return sum;
}

int spun()
{
    for (volatile unsigned i = 0;; i = i + 1) {}
}

const std::map<std::string, std::function<int()>> attempts{
    {"open", [] { return errnoOf(::open("/etc/hostname", O_RDONLY)); }},
    {"open by number", [] { return errnoOf(::syscall(SYS_open, "/etc/hostname", O_RDONLY)); }},
    {"open by handle of a folder", [] { return errnoOf(::syscall(SYS_openat2, AT_FDCWD, "/etc/hostname", nullptr, 0)) == EINVAL ? 0 : errno; }},
    {"create", [] { return errnoOf(::open("/tmp", O_TMPFILE | O_WRONLY, 0600)); }},
    {"stat", statted},
    {"socket", [] { return errnoOf(::socket(AF_INET, SOCK_STREAM, 0)); }},
    {"unix socket", [] { return errnoOf(::socket(AF_UNIX, SOCK_STREAM, 0)); }},
    {"execve", executed},
    {"fork", [] { return forked(::syscall(SYS_fork)); }},
    {"fork by clone", [] { return forked(::syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr)); }},
    {"kill", [] { return errnoOf(::kill(::getppid(), 0)); }},
    {"chdir", [] { return errnoOf(::chdir("/")); }},
    {"memfd", [] { return errnoOf(::memfd_create("x", 0)); }},
    {"memory to execute", [] { return mapped(4096, PROT_READ | PROT_WRITE | PROT_EXEC); }},
    {"limits", limitRaised},
    {"prctl", [] { return errnoOf(::prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0)); }},
    {"read what is open", [] { char c = 0; return errnoOf(::pread(STDIN_FILENO, &c, 1, 0)); }},
    {"threads", threaded},
    {"512 MiB", [] { return mapped(std::size_t{512} << 20, PROT_READ | PROT_WRITE); }},
    {"spin", spun},
};

} // namespace

int main(int count, char** arguments)
{
    artdag::SandboxLimits limits;
    if (count > 4) {
        limits.memoryBytes = std::strtoull(arguments[3], nullptr, 10);
        limits.cpuSeconds = std::strtoull(arguments[4], nullptr, 10);
    }
    const auto found = count > 2 ? attempts.find(arguments[2]) : attempts.end();
    if (found == attempts.end())
        return 98;
    if (std::string(arguments[1]) == "inside" && !artdag::enterSandbox(limits))
        return 99;
    std::_Exit(found->second());
}
