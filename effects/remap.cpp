// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"

#include <algorithm>

namespace artdag {
namespace {

double signal(const Call& call, Flicks time)
{
    const double value = call.signals->signal(call.input("signal"), time);
    const double from = call.args.real("from_low"), to = call.args.real("from_high"), low = call.args.real("low");
    double unit = to == from ? (value < from ? 0.0 : 1.0) : (value - from) / (to - from);
    if (call.args.boolean("clamp"))
        unit = std::clamp(unit, 0.0, 1.0);
    return low + (call.args.real("high") - low) * unit;
}

Param bound(std::string_view name, std::string_view title, double initial, std::string_view group)
{
    return {.name = name, .initial = initial, .least = -1e6, .most = 1e6, .title = title, .group = group};
}

} // namespace

extern const Effect effect_remap;
const Effect effect_remap{
    .name = "remap",
    .title = "Remap",
    .help = "Brings a signal from one range to another. With the new ends exchanged it is upside down.",
    .tags = {"signal"},
    .synonyms = {"range", "scale", "map", "fit", "invert signal", "normalize"},
    .inputs = {{.name = "signal", .type = PortType::Signal, .title = "Signal"}},
    .outputs = {{.name = "signal", .type = PortType::Signal, .title = "Signal"}},
    .params = {
        bound("from_low", "From low", 0.0, "From"),
        bound("from_high", "From high", 1.0, "From"),
        bound("low", "Low", 0.0, "To"),
        bound("high", "High", 1.0, "To"),
        {.name = "clamp", .kind = ParamKind::Boolean, .initial = false, .title = "Clamp", .help = "Keep it within the new range"},
    },
    .neutralAtDefault = true,
    .signal = signal,
};

} // namespace artdag
