// SPDX-License-Identifier: GPL-3.0-or-later
// How a worker program begins, whatever it works on: with the descriptors, the limits and the parent that WorkerProcess gave it.
#pragma once

#include "core/worker/channel.h"
#include "core/worker/sandbox.h"

#include <functional>

namespace artdag {

struct WorkerStart {
    Descriptor socket;
    Descriptor media; ///< the file to work on
    SandboxLimits limits;
    int exitCode = 0; ///< where `socket` is closed: how the program ends at once
};

/// For `main`, first of all: says what is wrong where people start it by hand, dies with its parent, closes what it should
/// not have, ends itself where memory is out.
WorkerStart workerStart(int count, char** arguments);

/// The rest of its life: answers one question after another, each with its number, until nobody listens.
void answerAll(int socket, const std::function<Result<Json>(Message)>& answer);

} // namespace artdag
