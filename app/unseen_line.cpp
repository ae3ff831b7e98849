// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/unseen_line.h"

#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

namespace artdag {

std::string unseenLine(const std::string& question)
{
    std::fprintf(stderr, "%s: ", question.c_str());
    termios before{};
    tcgetattr(STDIN_FILENO, &before);
    termios quiet = before;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSANOW, &quiet);
    std::string text;
    std::getline(std::cin, text);
    tcsetattr(STDIN_FILENO, TCSANOW, &before);
    std::fprintf(stderr, "\n");
    return text;
}

} // namespace artdag
