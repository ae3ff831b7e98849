// SPDX-License-Identifier: GPL-3.0-or-later
// systemd's side of a service, without its library: sockets that it opened for us (sd_listen_fds(3)) and datagrams that tell it
// how we are (sd_notify(3)). Without systemd all of it does nothing.
#pragma once

#include <chrono>
#include <string_view>
#include <vector>

namespace artdag::server {

/// Listening sockets that were given to this process, in order; they are closed in programs that it starts. The environment
/// forgets them, so that no other program takes them for its own. To be called once, before there are threads.
std::vector<int> inheritedSockets();

/// `READY=1`, `STOPPING=1`, `WATCHDOG=1`, `RELOADING=1`: one datagram to $NOTIFY_SOCKET, which may be a path or, after `@`, an
/// abstract name. Never waits.
void tellServiceManager(std::string_view state);
bool hasServiceManager();

/// How often WATCHDOG=1 must come; zero: nobody waits for it.
std::chrono::microseconds watchdogTime();

} // namespace artdag::server
