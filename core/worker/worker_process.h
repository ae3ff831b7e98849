// SPDX-License-Identifier: GPL-3.0-or-later
// One `artdag-worker` process with one media file: started, asked, ended. Never more than one question is open.
#pragma once

#include "core/worker/channel.h"
#include "core/worker/sandbox.h"

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <optional>

namespace artdag {

// What `artdag-worker MEMORY-BYTES CPU-SECONDS` finds open, and how it says that it ran out of memory.
inline constexpr int workerSocketPlace = 3;
inline constexpr int workerMediaPlace = 4;
inline constexpr int workerOutOfMemory = 12;

class WorkerProcess {
public:
    /// `program` empty: `artdag-worker` beside this program. Opens the media itself and passes it on; errors of the file name it.
    static Result<std::unique_ptr<WorkerProcess>> start(const std::filesystem::path& program, const std::filesystem::path& media, const SandboxLimits& limits);
    WorkerProcess(pid_t process, Descriptor socket)
        : m_process(process),
          m_socket(std::move(socket)) {}
    ~WorkerProcess();
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;

    /// Nothing when the worker died or did not answer in time.
    std::optional<Json> ask(const Json& question, int descriptor, std::chrono::milliseconds patience);
    /// Ends it if it lives; what became of it in words: `was ended by signal 9 (Killed)`.
    std::string end();
    [[nodiscard]] pid_t process() const { return m_process; }

private:
    pid_t m_process;
    Descriptor m_socket;
    bool m_late = false;
    bool m_ended = false;
};

} // namespace artdag
