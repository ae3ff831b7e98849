// SPDX-License-Identifier: GPL-3.0-or-later
// Processes that the program under test started, as /proc shows them.
#pragma once

#include <sys/types.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace artdag {

/// The words behind `field` in a file of /proc/PROCESS, with single spaces between them; empty when there are none.
inline std::string lineOf(pid_t process, const char* file, const std::string& field)
{
    std::ifstream lines("/proc/" + std::to_string(process) + "/" + file);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(field))
            continue;
        std::string words;
        for (const char c : line.substr(field.size()))
            if (c != ' ' && c != '\t')
                words += c;
            else if (!words.empty() && words.back() != ' ')
                words += ' ';
        return words.ends_with(' ') ? words.substr(0, words.size() - 1) : words;
    }
    return {};
}

/// The first living child of that name (15 letters of it); 0 when there is none.
inline pid_t childOf(pid_t parent, const std::string& name)
{
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const pid_t process = std::atoi(entry.path().filename().c_str());
        if (process > 0 && lineOf(process, "status", "PPid:") == std::to_string(parent) && lineOf(process, "status", "Name:") == name && !lineOf(process, "status", "State:").starts_with("Z"))
            return process;
    }
    return 0;
}

} // namespace artdag
