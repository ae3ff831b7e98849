// SPDX-License-Identifier: GPL-3.0-or-later
// The filter process's side: answers questions about filters, and runs one, until the socket is closed. Inside the sandbox.
#pragma once

#include "core/filters/frei0r_plugin.h"

namespace artdag {

/// `plugin`: loaded before; null where it serves libavfilter. Returns when the other side is gone.
void serveFilter(int socket, Result<std::unique_ptr<Frei0rPlugin>> plugin);

} // namespace artdag
