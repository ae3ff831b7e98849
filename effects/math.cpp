// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/effect/effect.h"

#include <algorithm>
#include <cmath>

namespace artdag {
namespace {

enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
    Minimum,
    Maximum,
    Average,
    Difference,
    Power,
    Modulo,
    Greater,
    Less,
};

double calculated(int operation, double a, double b)
{
    switch (operation) {
    case Add: return a + b;
    case Subtract: return a - b;
    case Multiply: return a * b;
    case Divide: return b == 0.0 ? 0.0 : a / b;
    case Minimum: return std::min(a, b);
    case Maximum: return std::max(a, b);
    case Average: return 0.5 * (a + b);
    case Difference: return std::fabs(a - b);
    case Power: return exact::pow(a, b);
    case Modulo: return exact::fmod(a, b);
    case Greater: return a > b ? 1.0 : 0.0;
    default: return a < b ? 1.0 : 0.0;
    }
}

double signal(const Call& call, Flicks time)
{
    const int other = call.input("b");
    const double b = call.args.real("number") + (other >= 0 ? call.signals->signal(other, time) : 0.0);
    return calculated(call.args.choice("operation"), call.signals->signal(call.input("a"), time), b);
}

} // namespace

extern const Effect effect_math;
const Effect effect_math{
    .name = "math",
    .title = "Math",
    .help = "Calculates with two signals, or with a signal and a number. What is divided by 0 is 0; comparisons give 1 or 0.",
    .tags = {"signal"},
    .synonyms = {"add", "subtract", "multiply", "divide", "minimum", "maximum", "power", "compare", "combine signals", "math node"},
    .inputs = {{.name = "a", .type = PortType::Signal, .title = "a"}, {.name = "b", .type = PortType::Signal, .title = "b", .optional = true}},
    .outputs = {{.name = "signal", .type = PortType::Signal, .title = "Signal"}},
    .params = {
        {.name = "operation", .kind = ParamKind::Choice, .initial = std::int64_t{Add}, .title = "Operation", .help = "Difference is how far apart they are; modulo is what remains of a after whole steps of b", .choices = {"add", "subtract", "multiply", "divide", "minimum", "maximum", "average", "difference", "power", "modulo", "greater", "less"}},
        {.name = "number", .initial = 0.0, .least = -1e6, .most = 1e6, .title = "Number", .help = "It is b where nothing is connected; else it is added to b"},
    },
    .signal = signal,
};

} // namespace artdag
