// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/worker_process.h"

#include "core/base/files.h"
#include "core/media/container.h"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>

namespace artdag {

namespace {

struct SpawnActions {
    SpawnActions() { ::posix_spawn_file_actions_init(&actions); }
    ~SpawnActions() { ::posix_spawn_file_actions_destroy(&actions); }
    SpawnActions(const SpawnActions&) = delete;
    SpawnActions& operator=(const SpawnActions&) = delete;
    posix_spawn_file_actions_t actions{};
};

std::filesystem::path besideThisProgram()
{
    std::error_code code;
    return std::filesystem::read_symlink("/proc/self/exe", code).parent_path() / "artdag-worker";
}

/// A copy of a descriptor at 10 or above, so that putting it in its place overwrites no other.
Descriptor outOfTheWay(int descriptor)
{
    return Descriptor(::fcntl(descriptor, F_DUPFD_CLOEXEC, 10));
}

Result<pid_t> spawn(const std::filesystem::path& program, int socket, int media, const SandboxLimits& limits)
{
    std::string words[] = {program.string(), std::to_string(limits.memoryBytes), std::to_string(limits.cpuSeconds)};
    char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), nullptr};
    std::string simd; // decoders keep to the level that the engine was told
    if (const char* level = std::getenv("ARTDAG_SIMD"))
        simd = std::string("ARTDAG_SIMD=") + level;
    char* environment[] = {simd.empty() ? nullptr : simd.data(), nullptr};
    const Descriptor socketCopy = outOfTheWay(socket);
    const Descriptor mediaCopy = outOfTheWay(media);
    SpawnActions file;
    ::posix_spawn_file_actions_adddup2(&file.actions, socketCopy.number(), workerSocketPlace);
    ::posix_spawn_file_actions_adddup2(&file.actions, mediaCopy.number(), workerMediaPlace);
    pid_t process = 0;
    const int code = ::posix_spawn(&process, program.c_str(), &file.actions, nullptr, arguments, environment);
    if (code != 0)
        return fail(Fault::Unavailable, fmt::format("program '{}': cannot be started ({}); it belongs beside artdag", program.string(), std::strerror(code)));
    return process;
}

std::string wordsOf(int status, bool late)
{
    if (late)
        return "did not answer in time";
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return "used more processor time than it may";
    if (WIFSIGNALED(status))
        return fmt::format("was ended by signal {} ({})", WTERMSIG(status), ::strsignal(WTERMSIG(status)));
    if (WIFEXITED(status) && WEXITSTATUS(status) == workerOutOfMemory)
        return "needed more memory than it may have";
    return fmt::format("ended with code {}", WIFEXITED(status) ? WEXITSTATUS(status) : status);
}

} // namespace

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const std::filesystem::path& program, const std::filesystem::path& media, const SandboxLimits& limits)
{
    const SourcePointer source = TRY(FileSource::open(media));
    int pair[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return tl::unexpected<Error>(systemError("worker", errno));
    Descriptor ours(pair[0]);
    const Descriptor theirs(pair[1]);
    const pid_t process = TRY(spawn(program.empty() ? besideThisProgram() : program, theirs.number(), source->descriptor(), limits));
    return std::make_unique<WorkerProcess>(process, std::move(ours));
}

WorkerProcess::~WorkerProcess()
{
    end();
}

std::optional<Json> WorkerProcess::ask(const Json& question, int descriptor, std::chrono::milliseconds patience)
{
    if (!sendMessage(m_socket.number(), question, descriptor))
        return std::nullopt;
    auto answer = receiveMessage(m_socket.number(), patience);
    if (answer)
        return std::move(answer->json);
    m_late = answer.error().fault == Fault::Unavailable;
    return std::nullopt;
}

std::string WorkerProcess::end()
{
    if (m_ended)
        return {};
    m_ended = true;
    // It holds nothing worth keeping. One that is dying already keeps the cause it has.
    ::kill(m_process, SIGKILL);
    int status = 0;
    while (::waitpid(m_process, &status, 0) < 0 && errno == EINTR) {}
    return wordsOf(status, m_late);
}

} // namespace artdag
