// SPDX-License-Identifier: GPL-3.0-or-later
// artdag-bridge: runs one filter of libavfilter, or one frei0r plugin, for another program, shut in so that a filter which
// crashes, hangs or misbehaves ends this process and nothing else. Started by the engine (core/bridge), never by people.
#include "core/filters/serve_filter.h"
#include "core/worker/worker_process.h"
#include "core/worker/worker_start.h"

#include <malloc.h>
#include <sys/stat.h>

#include <cstdlib>

/// Where FFmpeg takes its memory from: what it cannot have is told from what it refuses.
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
    // A plugin is loaded before the door closes: it is code that the artist installed, and loading needs open().
    struct stat status {};
    Result<std::unique_ptr<Frei0rPlugin>> plugin(std::unique_ptr<Frei0rPlugin>{});
    if (::fstat(start.media.number(), &status) == 0 && S_ISREG(status.st_mode))
        plugin = Frei0rPlugin::load(start.media.number());
    if (!enterSandbox(start.limits))
        return 1;
    serveFilter(start.socket.number(), std::move(plugin));
    std::_Exit(0); // nothing is left to tidy, and what a library would do at exit is not allowed here
}
