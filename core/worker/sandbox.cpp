// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/sandbox.h"

#include <fmt/core.h>
#include <malloc.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace artdag {

namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool limitsMemory = false; // its shadow alone is 20 TB of addresses
#else
constexpr bool limitsMemory = true;
#endif

/// Memory, threads, time, and reading and answering on descriptors that are open already.
constexpr int allowed[] = {SCMP_SYS(brk), SCMP_SYS(mremap), SCMP_SYS(munmap), SCMP_SYS(madvise),
    SCMP_SYS(futex), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity), SCMP_SYS(exit), SCMP_SYS(exit_group),
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack), SCMP_SYS(gettid), SCMP_SYS(getpid),
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep), SCMP_SYS(gettimeofday), SCMP_SYS(getrandom),
    SCMP_SYS(pread64), SCMP_SYS(lseek), SCMP_SYS(close), SCMP_SYS(recvmsg), SCMP_SYS(sendmsg)};

struct FilterFree {
    void operator()(void* filter) const { seccomp_release(filter); }
};

Result<void> refused(const char* what, int code)
{
    return fail(Fault::Unavailable, fmt::format("sandbox: {}: {}", what, std::strerror(code)));
}

Result<void> limit(__rlimit_resource what, std::uint64_t most)
{
    const rlimit both{most, most};
    return ::setrlimit(what, &both) == 0 ? Result<void>() : refused("a limit cannot be set", errno);
}

Result<void> limitAll(const SandboxLimits& limits)
{
    TRY(limit(RLIMIT_CORE, 0));
    TRY(limit(RLIMIT_FSIZE, 0));
    TRY(limit(RLIMIT_NOFILE, static_cast<std::uint64_t>(limits.descriptors)));
    TRY(limit(RLIMIT_CPU, limits.cpuSeconds));
    if (limitsMemory)
        TRY(limit(RLIMIT_AS, limits.memoryBytes));
    return {};
}

/// 0, or what libseccomp says is wrong.
int addRules(void* filter)
{
    for (const int call : allowed)
        if (const int code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0); code != 0)
            return code;
    // No memory that can be executed: nothing here makes code.
    constexpr auto executable = static_cast<scmp_datum_t>(PROT_EXEC);
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
        if (const int code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_A2(SCMP_CMP_MASKED_EQ, executable, 0)); code != 0)
            return code;
    // Threads, not processes; the C library asks for clone3 first, whose flags no filter can see.
    constexpr auto thread = static_cast<scmp_datum_t>(CLONE_THREAD);
    if (const int code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, thread, thread)); code != 0)
        return code;
    if (const int code = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0); code != 0)
        return code;
    // Last words of an abort.
    if (const int code = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(STDERR_FILENO))); code != 0)
        return code;
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid())));
}

} // namespace

Result<void> enterSandbox(const SandboxLimits& limits)
{
    ::mallopt(M_ARENA_MAX, 2); // each arena takes 64 MiB of the addresses that are counted
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return refused("privileges cannot be given up", errno);
    TRY(limitAll(limits));
    const std::unique_ptr<void, FilterFree> filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)));
    if (!filter)
        return refused("no filter", ENOMEM);
    int code = addRules(filter.get());
    if (code == 0)
        code = seccomp_load(filter.get());
    return code == 0 ? Result<void>() : refused("the filter cannot be loaded", -code);
}

} // namespace artdag
