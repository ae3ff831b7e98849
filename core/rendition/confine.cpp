// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rendition/confine.h"

#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <cerrno>
#include <memory>

namespace artdag {

namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool limitsMemory = false; // its shadow alone is 20 TB of addresses
#else
constexpr bool limitsMemory = true;
#endif

struct FreeFilter {
    void operator()(void* filter) const { seccomp_release(filter); }
};

bool limited(__rlimit_resource what, std::uint64_t most)
{
    const rlimit both{most, most};
    return ::setrlimit(what, &both) == 0;
}

/// 0, or what libseccomp says is wrong.
int addRules(void* filter)
{
    constexpr std::uint32_t refused = SCMP_ACT_ERRNO(EPERM);
    // Pairs of local sockets are how it speaks to its worker; nothing else may be made or reached.
    if (const int code = seccomp_rule_add(filter, refused, SCMP_SYS(socket), 0); code != 0)
        return code;
    for (const int call : {SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(mount), SCMP_SYS(io_uring_setup)})
        if (const int code = seccomp_rule_add(filter, refused, call, 0); code != 0)
            return code;
    return 0;
}

} // namespace

Result<void> confine(const SandboxLimits& limits, std::uint64_t longestFile)
{
    const bool good = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && limited(RLIMIT_CORE, 0) && limited(RLIMIT_FSIZE, longestFile) && limited(RLIMIT_CPU, limits.cpuSeconds)
        && (!limitsMemory || limited(RLIMIT_AS, limits.memoryBytes));
    const std::unique_ptr<void, FreeFilter> filter(good ? seccomp_init(SCMP_ACT_ALLOW) : nullptr);
    if (!filter || addRules(filter.get()) != 0 || seccomp_load(filter.get()) != 0)
        return fail(Fault::Unavailable, "rendition: the kernel refuses its limits");
    return {};
}

} // namespace artdag
