// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/store/processes.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>

namespace artdag {

Child start(const std::vector<std::string>& arguments)
{
    std::array<int, 2> ends{};
    CHECK(::pipe2(ends.data(), O_CLOEXEC) == 0);
    const pid_t pid = ::fork();
    CHECK(pid >= 0);
    if (pid == 0) {
        ::dup2(ends[1], 1);
        std::vector<char*> argv;
        for (const std::string& argument : arguments)
            argv.push_back(const_cast<char*>(argument.c_str()));
        argv.push_back(nullptr);
        ::execv("/proc/self/exe", argv.data());
        ::_exit(127);
    }
    ::close(ends[1]);
    return {pid, ends[0]};
}

std::string readAll(int fd)
{
    std::string text;
    std::array<char, 4096> block{};
    for (;;) {
        const ssize_t count = ::read(fd, block.data(), block.size());
        if (count <= 0)
            break;
        text.append(block.data(), static_cast<std::size_t>(count));
    }
    ::close(fd);
    return text;
}

int exitCode(const Child& child)
{
    int status = 0;
    CHECK(::waitpid(child.pid, &status, 0) == child.pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int complain(const Error& error, int code)
{
    std::fprintf(stderr, "%s\n", error.message.c_str());
    return code;
}

} // namespace artdag
