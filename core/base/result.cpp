// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"

#include <cstdio>
#include <cstdlib>

namespace artdag::result_detail {

void checkFailed(const char* condition, const char* file, int line)
{
    std::fprintf(stderr, "artdag: our bug: CHECK(%s) failed at %s:%d\n", condition, file, line);
    std::abort();
}

} // namespace artdag::result_detail
