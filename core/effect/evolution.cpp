// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/evolution.h"

#include "core/base/exact_math.h"

#include <algorithm>
#include <cmath>

namespace artdag {

double Evolution::turns() const
{
    return place - exact::floor(place);
}

std::vector<Param> withEvolution(std::vector<Param> own, double speed, std::string_view one)
{
    own.insert(own.end(),
        {
            {.name = "evolution", .initial = 0.0, .step = 0.01, .title = "Evolution", .help = one, .group = "Motion"},
            {.name = "speed", .initial = speed, .least = -32.0, .most = 32.0, .step = 0.01, .unit = "1/s", .title = "Speed", .help = "How much evolution grows each second by itself", .group = "Motion"},
            {.name = "loop", .kind = ParamKind::Time, .initial = Moment{10 * flicksPerSecond}, .least = 0.0, .most = 3600.0, .step = 0.5, .unit = "s", .title = "Loop", .help = "After this time the film comes back without a seam; the speed is rounded so that it does. 0: never", .group = "Motion", .animatable = false},
        });
    return own;
}

Evolution evolutionOf(const FrameCall& call)
{
    const double by = call.args.real("evolution"), speed = call.args.real("speed");
    const Flicks loop = call.args.time("loop");
    if (loop <= 0)
        return {by + speed * call.t(), 0};
    const double whole = std::max(exact::floor(std::abs(speed) * secondsOfFlicks(loop) + 0.5), speed != 0.0 ? 1.0 : 0.0);
    const Flicks rest = timeOfFrame(call.frame, call.canvas.rate) % loop; // in whole numbers, so that equal phases are equal bits
    const double share = static_cast<double>(rest < 0 ? rest + loop : rest) / static_cast<double>(loop);
    return {by + (speed < 0 ? -whole : whole) * share, static_cast<std::int64_t>(whole)};
}

void evolutionMoment(const FrameCall& call, std::vector<double>& out)
{
    out.push_back(evolutionOf(call).place);
}

bool evolutionStands(const Call& call)
{
    return call.args.real("speed") == 0.0;
}

} // namespace artdag
