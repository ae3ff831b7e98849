// SPDX-License-Identifier: GPL-3.0-or-later
// One `artdag-worker` process with one file to decode: started, asked, ended. One question is open at a time, and each has a
// deadline. Whatever the process does, asking it gives an answer or the way in which it ended, and no child is left behind.
#pragma once

#include "core/base/cancel.h"
#include "core/media/file_source.h"
#include "core/worker/channel.h"
#include "core/worker/sandbox.h"

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <thread>

namespace artdag {

// What `artdag-worker MEMORY-BYTES CPU-SECONDS PARENT` finds open, and how it says that it ran out of memory.
inline constexpr int workerSocketPlace = 3;
inline constexpr int workerMediaPlace = 4;
inline constexpr int workerOutOfMemory = 12;

/// `artdag-worker` in the directory of the program that runs; else, if it is there, in ../libexec/artdag, where packages put it with its siblings.
std::filesystem::path workerBesideThisProgram();

/// What people can do about a worker's end, by its cause.
struct WorkerRemedies {
    std::string damaged = "the file is damaged or made to do harm: copy it again, or export it anew from a source you trust";
    std::string tooMuch = "the file is damaged, or needs more than a decoder may have: export it smaller or in another format";
};

struct WorkerOptions {
    std::filesystem::path program; ///< empty: `artdag-worker` beside this program
    SandboxLimits limits;
    std::chrono::milliseconds patience{120'000}; ///< for one answer; then the worker is ended
    WorkerRemedies remedies = {};
    CancelToken cancel = {}; ///< ends the worker at once, also one that hangs, and every question
};

/// How a worker came to its end. Corrupt: as a file does that is damaged or made to do harm. Unavailable: for want of time,
/// memory or luck. Cancelled: for want of anybody who waits for it.
struct WorkerEnd {
    Fault fault = Fault::Corrupt;
    std::string words; ///< `was ended by signal 11 (Segmentation fault); the file is …`: what happened and what to do
};

class WorkerProcess {
public:
    /// Unavailable when there is no such program.
    static Result<std::unique_ptr<WorkerProcess>> start(const FileSource& media, const WorkerOptions& options);
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;
    ~WorkerProcess();

    /// The answer, an object, or how the process ended, which it then has. Not thread-safe.
    tl::expected<Json, WorkerEnd> ask(Json question, int descriptor = -1);
    /// Ends it for an answer that cannot be true; how it ended then.
    WorkerEnd distrust();
    [[nodiscard]] pid_t process() const { return m_process; }

private:
    enum class Silence {
        Gone,
        Late,
        Unwanted,
        Lies,
    };
    WorkerProcess(Descriptor socket, const WorkerOptions& options)
        : m_socket(std::move(socket)),
          m_limits(options.limits),
          m_remedies(options.remedies),
          m_patience(options.patience),
          m_cancel(options.cancel) {}
    static Silence silenceOf(Fault fault);
    WorkerEnd end(Silence silence);
    int stop();

    Descriptor m_socket;
    SandboxLimits m_limits;
    WorkerRemedies m_remedies;
    std::chrono::milliseconds m_patience;
    CancelToken m_cancel;
    /// Started the process and waits for its end. A child is told of the death of the *thread* that made it
    /// (PR_SET_PDEATHSIG), so that thread must live as long as the child.
    std::thread m_keeper;
    pid_t m_process = -1;
    std::int64_t m_question = 0;
    std::optional<WorkerEnd> m_end;
};

} // namespace artdag
