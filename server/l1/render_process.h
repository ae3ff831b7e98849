// SPDX-License-Identifier: GPL-3.0-or-later
// One `artdag-render` process for one order: started with limits, heard, stopped. Whatever it does, the call ends with its
// answer or with how it ended, and no child is left behind; it ends with the thread that waits here.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>

namespace artdag::server {

struct RenderProcess {
    std::filesystem::path program;
    std::uint64_t memory = 0;             ///< bytes; 0: no limit
    std::chrono::seconds processorTime{}; ///< 0: no limit
    std::chrono::seconds wallTime{};      ///< 0: no limit
};

/// The last document of serveOrder. `hear` gets each `{"progress": …}`; `stop` is asked five times a second, and true ends it
/// within two seconds with Cancelled. Unavailable: it was killed from outside or could not be started, try again. BadInput:
/// it went over a limit.
Result<Json> runOrder(const RenderProcess& process, const Json& order, const std::function<void(const Json&)>& hear, const std::function<bool()>& stop);

} // namespace artdag::server
