// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/binding.h"

#include "core/base/exact_math.h"
#include "core/graph/literal.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {

double mapped(Binding::Map map, double unit)
{
    switch (map) {
    case Binding::Map::Linear: return unit;
    case Binding::Map::Sqrt: return std::sqrt(unit);
    case Binding::Map::Square: return unit * unit;
    case Binding::Map::Log: return exact::log(1.0 + 9.0 * unit) / exact::log(10.0);
    }
    return unit;
}

} // namespace

Binding bindingOfJson(const Json& json, Wire wire, const Param& param)
{
    static constexpr std::string_view maps[] = {"linear", "sqrt", "square", "log"};
    Binding binding{.wire = std::move(wire), .source = {}, .range = {}, .decay = {}, .param = param};
    if (json.contains("range"))
        binding.range = {json["range"][0].get<double>(), json["range"][1].get<double>()};
    if (json.contains("decay"))
        binding.decay = json["decay"].get<double>();
    binding.smooth = json.value("smooth", 0.0);
    binding.offset = json.value("offset", 0.0);
    binding.noise = json.value("noise", 0.0);
    binding.seed = json.value("seed", std::int64_t{0});
    binding.map = static_cast<Binding::Map>(std::ranges::find(maps, json.value("map", "linear")) - maps);
    return binding;
}

Value valueOfSignal(const Binding& binding, double signal)
{
    double value = signal;
    if (binding.range || binding.map != Binding::Map::Linear)
        value = mapped(binding.map, std::clamp(signal, 0.0, 1.0));
    if (binding.range)
        value = binding.range->first + (binding.range->second - binding.range->first) * value;
    if (!std::isfinite(value)) // a range as wide as the numbers
        value = 0.0;
    std::vector<double> components(componentsOf(binding.param.initial).size(), clampToRange(value, binding.param));
    if (std::holds_alternative<Colour>(binding.param.initial))
        components[3] = 1.0;
    return valueOfComponents(binding.param.initial, components);
}

} // namespace artdag
