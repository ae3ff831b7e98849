// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: any JSON as an argument of each kind of parameter. What is read stays in the parameter's range at every instant.
#include "core/graph/argument.h"
#include "core/graph/literal.h"

#include <cmath>
#include <cstddef>
#include <cstdint>

using namespace artdag;

namespace {

const Param params[] = {
    {.name = "real", .initial = 1.0, .least = -5.0, .most = 512.0},
    {.name = "angle", .kind = ParamKind::Angle},
    {.name = "integer", .kind = ParamKind::Integer, .initial = std::int64_t{3}, .least = 1, .most = 9},
    {.name = "boolean", .kind = ParamKind::Boolean, .initial = false},
    {.name = "choice", .kind = ParamKind::Choice, .initial = std::int64_t{0}, .choices = {"soft", "hard", "screen"}},
    {.name = "text", .kind = ParamKind::Text, .initial = std::string()},
    {.name = "colour", .kind = ParamKind::Colour, .initial = Colour{}, .least = 0.0, .most = 1.0},
    {.name = "point", .kind = ParamKind::Point, .initial = Vec2{}, .least = -2.0, .most = 2.0},
    {.name = "time", .kind = ParamKind::Time, .initial = Moment{}, .least = 0.0, .most = 60.0},
    {.name = "curve", .kind = ParamKind::Curve, .initial = CurvePoints{{0, 0}, {1, 1}}},
    {.name = "gradient", .kind = ParamKind::Gradient, .initial = Gradient{{0, {}}}},
    {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0.0},
};

void sample(const Animation& animation, const Param& param)
{
    for (const double t : {-1.0, 0.0, 0.04, 0.5, 1.0, 3.25, 1e9}) {
        const Value value = animation.at(t, t * 30);
        CHECK(value.index() == param.initial.index());
        for (const double component : componentsOf(value))
            CHECK(std::isfinite(component) && component >= param.least && component <= param.most);
        CHECK(valueOfJson(jsonOfValue(value, param), param, {30, 1}).has_value());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const auto json = readJson({reinterpret_cast<const char*>(bytes), size});
    if (!json)
        return 0;
    ArgumentScope scope{.rate = {30000, 1001}, .params = {{"speed", ParamKind::Real, 2.0}, {"word", ParamKind::Text, "hard"}}, .numbers = {{"speed", 2.0}}};
    scope.typeOfWire = [](const Wire&, const std::string&, const std::string&) { return std::optional(PortType::Signal); };
    for (const Param& param : params) {
        ProblemList problems;
        const auto read = readArgument(*json, param, "node 'n'", "", scope, problems);
        CHECK(read.has_value() != problems.hasErrors());
        if (read)
            if (const auto* animation = std::get_if<std::shared_ptr<const Animation>>(&*read))
                sample(**animation, param);
    }
    return 0;
}
