// SPDX-License-Identifier: GPL-3.0-or-later
// artdag-worker: decodes one media file for another program, shut in so that a file which breaks a decoder gains nothing.
// Started by the engine (core/worker), never by people.
#include "core/worker/sandbox.h"
#include "core/worker/serve_media.h"
#include "core/worker/worker_process.h"

#include <malloc.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <new>

namespace {

bool isChannel(int descriptor)
{
    int type = 0;
    socklen_t size = sizeof type;
    return ::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
}

} // namespace

/// Where FFmpeg takes its memory from. What it cannot have would come back as a file that is damaged.
extern "C" int posix_memalign(void** memory, std::size_t alignment, std::size_t bytes)
{
    *memory = ::memalign(alignment, bytes);
    if (*memory == nullptr)
        std::_Exit(artdag::workerOutOfMemory);
    return 0;
}

int main(int count, char** arguments)
{
    using namespace artdag;
    if (count != 4 || !isChannel(workerSocketPlace)) {
        std::fputs("artdag-worker: is started by artdag and artdagd, which hand it a file to decode; by hand it does nothing\n", stderr);
        return 2;
    }
    // A parent that died before this line is noticed by the next one.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (::getppid() != std::atoi(arguments[3]))
        return 0;
    ::close_range(workerMediaPlace + 1, ~0U, 0);
    std::set_new_handler([] { std::_Exit(workerOutOfMemory); });
    Descriptor socket(workerSocketPlace);
    Descriptor media(workerMediaPlace);
    SandboxLimits limits;
    limits.memoryBytes = std::strtoull(arguments[1], nullptr, 10);
    limits.cpuSeconds = std::strtoull(arguments[2], nullptr, 10);
    if (!enterSandbox(limits))
        return 1;
    serveMedia(socket.number(), std::move(media));
    std::_Exit(0); // nothing is left to tidy, and what a library would do at exit is not allowed here
}
