// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/bands.h"

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <vector>

namespace artdag {

namespace {
constexpr int leastRows = 32; ///< of a band: below, what bands read twice costs more than they save
}

int bandsForOneFrame()
{
    return 2 * tbb::this_task_arena::max_concurrency();
}

Result<void> inBands(PictureView out, int bands, const std::function<Result<void>(PictureView)>& make)
{
    const int rows = std::max(leastRows, (out.rect.height() + bands - 1) / std::max(1, bands));
    const int count = (out.rect.height() + rows - 1) / rows;
    if (count < 2)
        return make(out);
    std::vector<Result<void>> done(static_cast<std::size_t>(count));
    // Isolated: who makes a part of a simulation holds its lock, and must not take up a frame that waits for it.
    tbb::this_task_arena::isolate([&] {
        tbb::parallel_for(
            0, count, [&](int band) {
                const int first = out.rect.y0 + band * rows;
                done[static_cast<std::size_t>(band)] = make(out.sub({out.rect.x0, first, out.rect.x1, std::min(first + rows, out.rect.y1)}));
            },
            tbb::simple_partitioner());
    });
    const auto failed = std::ranges::find_if(done, [](const Result<void>& one) { return !one; });
    return failed == done.end() ? Result<void>() : std::move(*failed);
}

} // namespace artdag
