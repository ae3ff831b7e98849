// SPDX-License-Identifier: GPL-3.0-or-later
// artdag-worker: decodes one media file for another program, shut in so that a file which breaks a decoder gains nothing.
// Started by the engine (core/worker), never by people.
#include "core/worker/serve_media.h"
#include "core/worker/worker_process.h"
#include "core/worker/worker_start.h"

#include <malloc.h>

#include <cstdlib>

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
    WorkerStart start = workerStart(count, arguments);
    if (!start.socket.isOpen())
        return start.exitCode;
    if (!enterSandbox(start.limits))
        return 1;
    serveMedia(start.socket.number(), std::move(start.media));
    std::_Exit(0); // nothing is left to tidy, and what a library would do at exit is not allowed here
}
