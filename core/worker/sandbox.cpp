// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/sandbox.h"

#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace artdag {

namespace {

/// Memory, threads, time, and reading and answering on descriptors that are open already.
constexpr int allowed[] = {SCMP_SYS(brk), SCMP_SYS(mmap), SCMP_SYS(mremap), SCMP_SYS(munmap), SCMP_SYS(mprotect), SCMP_SYS(madvise),
    SCMP_SYS(futex), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity), SCMP_SYS(exit), SCMP_SYS(exit_group),
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack), SCMP_SYS(gettid), SCMP_SYS(getpid),
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep), SCMP_SYS(gettimeofday), SCMP_SYS(getrandom),
    SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(close), SCMP_SYS(recvmsg), SCMP_SYS(sendmsg)};

struct FilterFree {
    void operator()(void* filter) const { seccomp_release(filter); }
};

Result<void> refused(const char* what, int code)
{
    return fail(Fault::Unavailable, std::string("sandbox: ") + what + ": " + std::strerror(code));
}

Result<void> limit(__rlimit_resource what, std::uint64_t most)
{
    const rlimit both{most, most};
    return ::setrlimit(what, &both) == 0 ? Result<void>() : refused("a limit cannot be set", errno);
}

Result<void> loadFilter()
{
    const std::unique_ptr<void, FilterFree> filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)));
    if (!filter)
        return refused("no filter", ENOMEM);
    int code = 0;
    for (const int call : allowed)
        code = code != 0 ? code : seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0);
    // Threads, not processes; the C library asks for clone3 first, whose flags no filter can see.
    const auto thread = static_cast<scmp_datum_t>(0x00010000);
    code = code != 0 ? code : seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, thread, thread));
    code = code != 0 ? code : seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    // Last words of an abort.
    code = code != 0 ? code : seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(STDERR_FILENO)));
    code = code != 0 ? code : seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid())));
    code = code != 0 ? code : seccomp_load(filter.get());
    return code == 0 ? Result<void>() : refused("the filter cannot be loaded", -code);
}

} // namespace

Result<void> enterSandbox(const SandboxLimits& limits)
{
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return refused("privileges cannot be given up", errno);
    TRY(limit(RLIMIT_CORE, 0));
    TRY(limit(RLIMIT_FSIZE, 0));
    if (limits.memoryBytes > 0)
        TRY(limit(RLIMIT_AS, limits.memoryBytes));
    if (limits.cpuSeconds > 0)
        TRY(limit(RLIMIT_CPU, limits.cpuSeconds));
    return loadFilter();
}

} // namespace artdag
