// SPDX-License-Identifier: GPL-3.0-or-later
// artdag-worker: decodes one media file for another program, shut in so that a file which breaks a decoder gains nothing.
// Started by the engine (core/worker), never by people.
#include "core/worker/sandbox.h"
#include "core/worker/serve_media.h"
#include "core/worker/worker_process.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <new>

int main(int count, char** arguments)
{
    if (count != 3 || ::fcntl(artdag::workerSocketPlace, F_GETFD) < 0) {
        std::fputs("artdag-worker: started by artdag, artdag-studio and artdagd, not by hand\n", stderr);
        return 2;
    }
    std::set_new_handler([] { std::_Exit(artdag::workerOutOfMemory); });
    ::close_range(artdag::workerMediaPlace + 1, ~0U, 0);
    artdag::Descriptor socket(artdag::workerSocketPlace);
    artdag::Descriptor media(artdag::workerMediaPlace);
    const artdag::SandboxLimits limits{std::strtoull(arguments[1], nullptr, 10), std::strtoull(arguments[2], nullptr, 10)};
    if (const auto entered = artdag::enterSandbox(limits); !entered) {
        static_cast<void>(artdag::sendMessage(socket.number(), artdag::jsonOfError(entered.error())));
        return 1;
    }
    artdag::serveMedia(socket.number(), std::move(media));
    return 0;
}
