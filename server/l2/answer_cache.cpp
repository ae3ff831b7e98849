// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/answer_cache.h"

namespace artdag::server {

bool isStranger(const Request& request)
{
    return request.caller.userId == 0 && request.header("authorization").empty() && request.header("signature").empty();
}

} // namespace artdag::server
