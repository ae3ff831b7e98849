// SPDX-License-Identifier: GPL-3.0-or-later
// Other processes of a test: the program itself, started again with other arguments.
#pragma once

#include "core/base/result.h"

#include <string>
#include <sys/types.h>
#include <vector>

namespace artdag {

struct Child {
    pid_t pid = -1;
    int out = -1; ///< what it writes to standard output
};

/// `arguments` begins with the name of the program.
Child start(const std::vector<std::string>& arguments);
/// To the end of what it writes; closes it.
std::string readAll(int fd);
/// Waits; 128 + the signal when one killed it.
int exitCode(const Child& child);
/// Says an error on standard error; returns the code.
int complain(const Error& error, int code);

} // namespace artdag
