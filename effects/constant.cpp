// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"

namespace artdag {
namespace {

double signal(const Call& call, Flicks)
{
    return call.args.real("value");
}

} // namespace

extern const Effect effect_constant;
const Effect effect_constant{
    .name = "constant",
    .title = "Constant",
    .help = "One number as a signal. Many arguments can follow it, so that one knob moves them all; keyframes on its value make it a track.",
    .tags = {"signal"},
    .synonyms = {"number", "value", "knob", "macro", "keyframes"},
    .outputs = {{.name = "signal", .type = PortType::Signal, .title = "Signal"}},
    .params = {{.name = "value", .initial = 0.5, .least = -1e6, .most = 1e6, .title = "Value"}},
    .signal = signal,
};

} // namespace artdag
