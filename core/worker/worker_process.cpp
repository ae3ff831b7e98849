// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/worker_process.h"

#include "core/worker/media_words.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <future>
#include <system_error>

namespace artdag {

namespace {

/// How the program is started: its own process group (Ctrl-C is for its parent to answer), no signal blocked or ignored, none
/// of our descriptors but two, nothing to read, nowhere to print.
class Spawning {
public:
    Spawning(int socket, int media)
        : m_socket(::fcntl(socket, F_DUPFD_CLOEXEC, firstFree)), // out of the way, so that none overwrites the other
          m_media(::fcntl(media, F_DUPFD_CLOEXEC, firstFree))
    {
        ::posix_spawn_file_actions_init(&m_actions);
        ::posix_spawn_file_actions_addopen(&m_actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_addopen(&m_actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        ::posix_spawn_file_actions_addopen(&m_actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        ::posix_spawn_file_actions_adddup2(&m_actions, m_socket.number(), workerSocketPlace);
        ::posix_spawn_file_actions_adddup2(&m_actions, m_media.number(), workerMediaPlace);
        ::posix_spawnattr_init(&m_attributes);
        sigset_t signals;
        ::sigemptyset(&signals);
        ::posix_spawnattr_setsigmask(&m_attributes, &signals);
        ::sigfillset(&signals);
        ::posix_spawnattr_setsigdefault(&m_attributes, &signals);
        ::posix_spawnattr_setpgroup(&m_attributes, 0);
        ::posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    }
    ~Spawning()
    {
        ::posix_spawnattr_destroy(&m_attributes);
        ::posix_spawn_file_actions_destroy(&m_actions);
    }
    Spawning(const Spawning&) = delete;
    Spawning& operator=(const Spawning&) = delete;

    Result<pid_t> run(const std::filesystem::path& program, const SandboxLimits& limits) const
    {
        std::string words[] = {program.string(), std::to_string(limits.memoryBytes), std::to_string(limits.cpuSeconds), std::to_string(::getpid())};
        char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
        std::string simd; // decoders keep to the level that the engine was told
        if (const char* level = std::getenv("ARTDAG_SIMD"))
            simd = std::string("ARTDAG_SIMD=") + level;
        char* environment[] = {simd.empty() ? nullptr : simd.data(), nullptr};
        pid_t process = -1;
        const int code = m_socket.isOpen() && m_media.isOpen() ? ::posix_spawn(&process, program.c_str(), &m_actions, &m_attributes, arguments, environment) : EMFILE;
        if (code != 0)
            return fail(Fault::Unavailable, fmt::format("program '{}': cannot be started ({}); it belongs beside artdag and artdagd: install them again", program.string(), std::strerror(code)));
        return process;
    }

private:
    static constexpr int firstFree = 10;
    Descriptor m_socket, m_media;
    posix_spawn_file_actions_t m_actions{};
    posix_spawnattr_t m_attributes{};
};

/// Waits until the process has ended, but leaves it there: its number stays its own until stop() takes it away.
void waitForEnd(pid_t process)
{
    siginfo_t ignored{};
    while (::waitid(P_PID, static_cast<id_t>(process), &ignored, WEXITED | WNOWAIT) < 0 && errno == EINTR) {}
}

WorkerEnd endOf(int status, const SandboxLimits& limits, const WorkerRemedies& remedies)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == workerOutOfMemory)
        return {Fault::Unavailable, fmt::format("needed more memory than its {} MiB; {}", limits.memoryBytes >> 20, remedies.tooMuch)};
    if (WIFEXITED(status))
        return {Fault::Unavailable, fmt::format("ended with code {}; try again, and see that the program beside artdag is of the same version", WEXITSTATUS(status))};
    const int signal = WTERMSIG(status);
    // The kernel kills at the hard limit of processor time, which is the soft one here: with SIGKILL.
    if (signal == SIGXCPU)
        return {Fault::Unavailable, fmt::format("used more processor time than its {} s; {}", limits.cpuSeconds, remedies.tooMuch)};
    const std::string words = fmt::format("was ended by signal {} ({})", signal, ::strsignal(signal));
    if (signal == SIGKILL || signal == SIGTERM || signal == SIGINT || signal == SIGHUP)
        return {Fault::Unavailable, words + "; from outside, or for want of memory or processor time: try again"};
    return {Fault::Corrupt, fmt::format("{}; {}", words, remedies.damaged)};
}

} // namespace

std::filesystem::path workerBesideThisProgram()
{
    constexpr const char* name = "artdag-worker";
    std::error_code code;
    const std::filesystem::path folder = std::filesystem::read_symlink("/proc/self/exe", code).parent_path();
    const std::filesystem::path packaged = folder.parent_path() / "libexec/artdag" / name;
    return !std::filesystem::exists(folder / name, code) && std::filesystem::exists(packaged, code) ? packaged : folder / name;
}

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const FileSource& media, const WorkerOptions& options)
{
    auto [ours, theirs] = TRY(makeChannel());
    const std::filesystem::path program = options.program.empty() ? workerBesideThisProgram() : options.program;
    const Spawning spawning(theirs.number(), media.descriptor());
    std::unique_ptr<WorkerProcess> worker(new WorkerProcess(std::move(ours), options));
    std::promise<Result<pid_t>> promise;
    auto started = promise.get_future();
    try {
        worker->m_keeper = std::thread([&] {
            sigset_t all;
            ::sigfillset(&all);
            ::pthread_sigmask(SIG_SETMASK, &all, nullptr); // signals are for threads that know what to do
            const auto process = spawning.run(program, options.limits);
            promise.set_value(process); // nothing of the caller's may be touched from here on
            if (process)
                waitForEnd(*process);
        });
    } catch (const std::system_error& error) {
        return fail(Fault::Unavailable, std::string("worker: no thread for it: ") + error.what());
    }
    worker->m_process = TRY(started.get());
    return worker;
}

WorkerProcess::~WorkerProcess()
{
    stop();
}

/// Ends it if it lives. Its exit status; one that was dying already keeps the cause it had.
int WorkerProcess::stop()
{
    int status = 0;
    if (m_process > 0)
        ::kill(m_process, SIGKILL); // it holds nothing worth keeping
    if (m_keeper.joinable())
        m_keeper.join();
    if (m_process > 0)
        while (::waitpid(m_process, &status, 0) < 0 && errno == EINTR) {}
    m_process = -1;
    return status;
}

WorkerEnd WorkerProcess::end(Silence silence)
{
    const int status = stop();
    m_end = endOf(status, m_limits, m_remedies);
    if (silence == Silence::Late)
        m_end = WorkerEnd{Fault::Unavailable, fmt::format("did not answer within {}; {}", std::chrono::duration<double>(m_patience), m_remedies.tooMuch)};
    if (silence == Silence::Unwanted)
        m_end = WorkerEnd{Fault::Cancelled, "was ended, for its work was cancelled"};
    if (silence == Silence::Lies)
        m_end = WorkerEnd{Fault::Corrupt, fmt::format("gave an answer that cannot be true; {}", m_remedies.damaged)};
    return *m_end;
}

WorkerEnd WorkerProcess::distrust()
{
    return m_end ? *m_end : end(Silence::Lies);
}

WorkerProcess::Silence WorkerProcess::silenceOf(Fault fault)
{
    switch (fault) {
    case Fault::Unavailable: return Silence::Late;
    case Fault::Corrupt: return Silence::Lies;
    case Fault::Cancelled: return Silence::Unwanted;
    default: return Silence::Gone;
    }
}

tl::expected<Json, WorkerEnd> WorkerProcess::ask(Json question, int descriptor)
{
    if (m_end)
        return tl::unexpected(*m_end);
    question["n"] = ++m_question;
    if (!sendMessage(m_socket.number(), question, descriptor))
        return tl::unexpected(end(Silence::Gone));
    auto answer = receiveMessage(m_socket.number(), m_patience, m_cancel);
    if (!answer)
        return tl::unexpected(end(silenceOf(answer.error().fault)));
    if (!wholeNumber(answer->json, "n", m_question, m_question)) // an answer to something else
        return tl::unexpected(end(Silence::Lies));
    return std::move(answer->json);
}

} // namespace artdag
