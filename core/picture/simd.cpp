// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/simd.h"

#include "core/picture/rows.h"

#include <cstdlib>
#include <string>
#include <string_view>

namespace artdag {

namespace {

bool machineHas(SimdLevel level)
{
    switch (level) {
    case SimdLevel::V2:
        return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("ssse3");
    case SimdLevel::V3:
        return machineHas(SimdLevel::V2) && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2")
            && __builtin_cpu_supports("fma");
    case SimdLevel::V4:
        return machineHas(SimdLevel::V3) && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
            && __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    }
    return false;
}

Result<SimdLevel> readLevel()
{
    constexpr SimdLevel all[] = {SimdLevel::V4, SimdLevel::V3, SimdLevel::V2};
    if (const char* asked = std::getenv("ARTDAG_SIMD"); asked != nullptr && *asked != '\0') {
        for (const SimdLevel level : all) {
            if (std::string_view(asked) != nameOf(level))
                continue;
            if (!machineHas(level))
                return fail(Fault::Unavailable, "ARTDAG_SIMD: this machine has no x86-64-" + std::string(asked));
            return level;
        }
        return fail(Fault::BadInput, "ARTDAG_SIMD: '" + std::string(asked).substr(0, 40) + "' is none of v2, v3, v4");
    }
    for (const SimdLevel level : all)
        if (machineHas(level))
            return level;
    return fail(Fault::Unavailable, "processor: Art DAG needs x86-64-v2 (SSE 4.2)");
}

} // namespace

Result<SimdLevel> simdLevel()
{
    static const Result<SimdLevel> level = readLevel();
    return level;
}

const char* nameOf(SimdLevel level)
{
    constexpr const char* names[] = {"v2", "v3", "v4"};
    return names[static_cast<int>(level)];
}

const RowKernels& rowKernelsOf(SimdLevel level)
{
    switch (level) {
    case SimdLevel::V2:
        return kernels_v2::table;
    case SimdLevel::V3:
        return kernels_v3::table;
    case SimdLevel::V4:
        break;
    }
    return kernels_v4::table;
}

const RowKernels& rowKernels()
{
    // main asked simdLevel() first and reported its error; whoever did not gets the same answer here as an abort.
    static const RowKernels& chosen = []() -> const RowKernels& {
        const auto level = simdLevel();
        CHECK(level.has_value());
        return rowKernelsOf(*level);
    }();
    return chosen;
}

} // namespace artdag
