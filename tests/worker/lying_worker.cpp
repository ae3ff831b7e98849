// SPDX-License-Identifier: GPL-3.0-or-later
// A worker that was taken over by the file it reads: that file says, a line each, how to answer the questions in turn. Its
// first line is passed over. A JSON object is sent with the question's number put in, after filling the memory that came
// along; `!raw TEXT` is sent as it stands; `!bytes N` is N bytes; `!gift N` sends N descriptors; `!twice JSON`, `!signal N`,
// `!exit N`, `!close` (and lives on) and `!hang` are what they say. After the last line it hangs.
#include "core/worker/shared_memory.h"
#include "core/worker/worker_process.h"

#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <string>

using namespace artdag;

namespace {

std::string script()
{
    std::string text;
    std::array<char, 4096> block{};
    for (ssize_t count = 0; (count = ::pread(workerMediaPlace, block.data(), block.size(), static_cast<off_t>(text.size()))) > 0;)
        text.append(block.data(), static_cast<std::size_t>(count));
    return text;
}

void hang()
{
    for (;;)
        ::pause();
}

void sendGift(int count)
{
    std::array<int, 64> numbers{};
    numbers.fill(workerMediaPlace);
    std::string text = "{\"n\":1}";
    iovec part{text.data(), text.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof numbers)> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = CMSG_SPACE(sizeof(int) * static_cast<std::size_t>(count));
    cmsghdr* head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof(int) * static_cast<std::size_t>(count));
    std::memcpy(CMSG_DATA(head), numbers.data(), sizeof(int) * static_cast<std::size_t>(count));
    static_cast<void>(::sendmsg(workerSocketPlace, &message, MSG_NOSIGNAL));
}

void sendText(const std::string& text)
{
    static_cast<void>(::send(workerSocketPlace, text.data(), text.size(), MSG_NOSIGNAL));
}

void obey(const std::string& line, Message question)
{
    const auto space = line.find(' ');
    const std::string verb = line.substr(0, space);
    const std::string rest = space == std::string::npos ? std::string() : line.substr(space + 1);
    if (verb == "!raw")
        sendText(rest);
    else if (verb == "!bytes")
        sendText(std::string(std::stoul(rest), 'x'));
    else if (verb == "!gift")
        sendGift(std::stoi(rest));
    else if (verb == "!signal")
        ::raise(std::stoi(rest));
    else if (verb == "!exit")
        ::_exit(std::stoi(rest));
    else if (verb == "!close")
        ::close(workerSocketPlace);
    else if (verb == "!hang")
        hang();
    else {
        Json answer = readJson(verb == "!twice" ? rest : line).value_or(Json::object());
        answer["n"] = question.json["n"];
        if (question.descriptor.isOpen())
            if (const auto memory = SharedMemory::map(std::move(question.descriptor)))
                std::fill(memory->bytes().begin(), memory->bytes().end(), std::uint8_t{0x55});
        static_cast<void>(sendMessage(workerSocketPlace, answer));
        if (verb == "!twice")
            static_cast<void>(sendMessage(workerSocketPlace, answer));
    }
}

} // namespace

int main()
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    std::istringstream lines(script());
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        auto question = receiveMessage(workerSocketPlace, std::chrono::milliseconds(0));
        if (!question)
            return 0;
        obey(line, std::move(*question));
    }
    hang();
}
