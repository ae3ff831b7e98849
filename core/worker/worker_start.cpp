// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/worker_start.h"

#include "core/worker/media_words.h"
#include "core/worker/worker_process.h"

#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <new>

namespace artdag {

namespace {

bool isChannel(int descriptor)
{
    int type = 0;
    socklen_t size = sizeof type;
    return ::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
}

} // namespace

WorkerStart workerStart(int count, char** arguments)
{
    WorkerStart start;
    if (count != 4 || !isChannel(workerSocketPlace)) {
        std::fprintf(stderr, "%s: is started by artdag and artdagd, which hand it a file; by hand it does nothing\n", count > 0 ? arguments[0] : "worker");
        start.exitCode = 2;
        return start;
    }
    // A parent that died before this line is noticed by the next one.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (::getppid() != std::atoi(arguments[3]))
        return start;
    ::close_range(workerMediaPlace + 1, ~0U, 0);
    std::set_new_handler([] { std::_Exit(workerOutOfMemory); });
    start.socket = Descriptor(workerSocketPlace);
    start.media = Descriptor(workerMediaPlace);
    start.limits.memoryBytes = std::strtoull(arguments[1], nullptr, 10);
    start.limits.cpuSeconds = std::strtoull(arguments[2], nullptr, 10);
    return start;
}

void answerAll(int socket, const std::function<Result<Json>(Message)>& answer)
{
    for (;;) {
        auto request = receiveMessage(socket, std::chrono::milliseconds(0));
        if (!request)
            return;
        const Json number = request->json.value("n", Json());
        const auto given = answer(std::move(*request));
        Json words = given ? *given : jsonOfError(given.error());
        words["n"] = number;
        if (!sendMessage(socket, words))
            return;
    }
}

} // namespace artdag
