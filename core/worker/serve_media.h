// SPDX-License-Identifier: GPL-3.0-or-later
// The worker's side: answers questions about one media file until the socket is closed. Runs inside the sandbox, and so opens
// nothing.
#pragma once

#include "core/worker/channel.h"

namespace artdag {

/// `media` is the file, open for reading. Returns when the other side is gone.
void serveMedia(int socket, Descriptor media);

} // namespace artdag
