// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l1/render_process.h"

#include "core/base/files.h"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <utility>

namespace artdag::server {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds lookEvery(200);
constexpr std::chrono::milliseconds graceTime(1200);
constexpr std::size_t longestAnswer = 64U << 20;

/// Both ends of a stream, closed at the end of its life.
struct Ends {
    std::array<int, 2> ends{-1, -1};
    Ends() { (void)!::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()); }
    ~Ends()
    {
        drop(0);
        drop(1);
    }
    Ends(const Ends&) = delete;
    Ends& operator=(const Ends&) = delete;
    void drop(std::size_t end)
    {
        if (ends.at(end) >= 0)
            ::close(std::exchange(ends.at(end), -1));
    }
};

/// The child sees two streams and where we complain, no socket of a client and no secret of our environment.
Result<pid_t> spawn(const RenderProcess& process, int theirs)
{
    std::array<std::string, 4> words{process.program.string(), std::to_string(process.memory), std::to_string(process.processorTime.count()), std::to_string(::getpid())};
    std::array<char*, 5> arguments{words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
    std::array<std::string, 4> kept;
    std::array<char*, 5> environment{};
    std::size_t count = 0;
    for (const char* name : {"PATH", "HOME", "TMPDIR", "ARTDAG_SIMD"})
        if (const char* value = std::getenv(name)) {
            kept.at(count) = std::string(name) + "=" + value;
            environment.at(count) = kept.at(count).data();
            ++count;
        }
    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, theirs, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, theirs, STDOUT_FILENO);
    ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    ::posix_spawnattr_init(&attributes);
    sigset_t signals;
    ::sigemptyset(&signals);
    ::posix_spawnattr_setsigmask(&attributes, &signals);
    ::sigfillset(&signals);
    ::posix_spawnattr_setsigdefault(&attributes, &signals);
    ::posix_spawnattr_setpgroup(&attributes, 0);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    pid_t child = -1;
    const int code = ::posix_spawn(&child, process.program.c_str(), &actions, &attributes, arguments.data(), environment.data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    if (code != 0)
        return fail(Fault::Unavailable, "program '" + process.program.string() + "': cannot be started: " + std::strerror(code));
    return child;
}

bool sendAll(int socket, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t sent = ::send(socket, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return ::shutdown(socket, SHUT_WR) == 0;
}

/// The lines that a child says: progress goes to `hear`, anything else is the answer.
class Lines {
public:
    explicit Lines(const std::function<void(const Json&)>& hear)
        : m_hear(hear) {}
    /// False at the end, or when it says too much.
    bool take(int socket)
    {
        std::array<char, 65536> block;
        const ssize_t got = ::read(socket, block.data(), block.size());
        if (got < 0 && (errno == EINTR || errno == EAGAIN))
            return true;
        if (got <= 0 || m_rest.size() > longestAnswer)
            return false;
        m_rest.append(block.data(), static_cast<std::size_t>(got));
        for (auto end = m_rest.find('\n'); end != std::string::npos; end = m_rest.find('\n')) {
            hearLine(std::string_view(m_rest).substr(0, end));
            m_rest.erase(0, end + 1);
        }
        return true;
    }
    std::optional<Json> answer;

private:
    void hearLine(std::string_view line)
    {
        auto words = readJson(line);
        if (!words || !words->is_object())
            return;
        if (words->contains("progress"))
            m_hear((*words)["progress"]);
        else
            answer = std::move(*words);
    }
    const std::function<void(const Json&)>& m_hear;
    std::string m_rest;
};

Error endOf(const RenderProcess& process, int status, const rusage& usage)
{
    const auto used = std::chrono::seconds(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec);
    if (process.processorTime.count() > 0 && used + std::chrono::seconds(1) >= process.processorTime)
        return {Fault::BadInput, fmt::format("run: it used more than the {} s of processor time that a run may have here", process.processorTime.count())};
    if (WIFSIGNALED(status))
        return {Fault::Unavailable, fmt::format("run: its process was ended by signal {} ({})", WTERMSIG(status), ::strsignal(WTERMSIG(status)))};
    return {Fault::Unavailable, fmt::format("run: its process ended with code {} and no answer", WEXITSTATUS(status))};
}

} // namespace

Result<Json> runOrder(const RenderProcess& process, const Json& order, const std::function<void(const Json&)>& hear, const std::function<bool()>& stop)
{
    Ends stream;
    const pid_t child = TRY(spawn(process, stream.ends[1]));
    stream.drop(1);
    Lines lines(hear);
    std::optional<Error> ended;
    const auto begin = Clock::now();
    std::optional<Clock::time_point> kill;
    bool open = sendAll(stream.ends[0], order.dump());
    while (open) {
        pollfd ready{stream.ends[0], POLLIN, 0};
        if (::poll(&ready, 1, static_cast<int>(lookEvery.count())) > 0)
            open = lines.take(stream.ends[0]);
        const auto now = Clock::now();
        if (!ended && stop())
            ended = Error{Fault::Cancelled, "run: it was stopped"};
        if (!ended && process.wallTime.count() > 0 && now - begin > process.wallTime)
            ended = Error{Fault::BadInput, fmt::format("run: it took longer than the {} s that a run may take here", process.wallTime.count())};
        if (ended && !kill) {
            ::kill(child, SIGTERM);
            kill = now + graceTime;
        }
        if (kill && now > *kill)
            break;
    }
    ::kill(child, SIGKILL); // it has answered or is not to; what is in the store is whole
    int status = 0;
    rusage usage{};
    while (::wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {}
    if (ended)
        return tl::unexpected<Error>(*ended);
    if (!lines.answer)
        return tl::unexpected<Error>(endOf(process, status, usage));
    return std::move(*lines.answer);
}

} // namespace artdag::server
