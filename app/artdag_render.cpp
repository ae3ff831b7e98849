// SPDX-License-Identifier: GPL-3.0-or-later
// artdag-render: the engine for `artdagd`. Reads one order from its standard input, says what becomes of it in lines of JSON,
// and ends. Started by the server (server/l1), never by people: MEMORY-BYTES CPU-SECONDS PARENT.
#include "core/base/allocator.h"
#include "core/picture/simd.h"
#include "core/workflow/serve_order.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <mutex>
#include <thread>

namespace {

/// What this process may have. It ends with the thread that started it, so that a killed server leaves none behind.
bool shutIn(const char* memory, const char* seconds, const char* parent)
{
    const rlim_t bytes = std::strtoull(memory, nullptr, 10);
    const rlim_t time = std::strtoull(seconds, nullptr, 10);
    const rlimit data{bytes, bytes};
    const rlimit processor{time, time};
    const rlimit none{0, 0};
    return ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && ::getppid() == static_cast<pid_t>(std::strtol(parent, nullptr, 10)) && (bytes == 0 || ::setrlimit(RLIMIT_DATA, &data) == 0)
        && (time == 0 || ::setrlimit(RLIMIT_CPU, &processor) == 0) && ::setrlimit(RLIMIT_CORE, &none) == 0;
}

/// When the machine has no memory left, a render is what it can do without.
void offerToTheKernel()
{
    if (const int file = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC); file >= 0) {
        (void)!::write(file, "800", 3);
        ::close(file);
    }
}

/// SIGTERM stops the run within half a second; finished chunks are kept.
void watchForEnd(artdag::CancelToken cancel)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr); // before any other thread exists
    std::thread([signals, cancel]() mutable {
        int number = 0;
        sigwait(&signals, &number);
        cancel.cancel();
    }).detach();
}

} // namespace

int main(int count, char** arguments)
{
    using namespace artdag;
    if (count != 4 || !shutIn(arguments[1], arguments[2], arguments[3])) {
        std::fputs("artdag-render is started by artdagd\n", stderr);
        return 2;
    }
    offerToTheKernel();
    keepFreedMemory();
    CancelToken cancel;
    watchForEnd(cancel);
    const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
    const auto order = readJson(text);
    if (!order || !simdLevel())
        return 2;
    std::mutex one;
    serveOrder(*order, cancel, [&](const Json& words) {
        const std::lock_guard lock(one);
        const std::string line = words.dump() + "\n";
        std::fwrite(line.data(), 1, line.size(), stdout);
        std::fflush(stdout);
    });
    return 0;
}
