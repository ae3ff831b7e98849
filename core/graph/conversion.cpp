// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/conversion.h"

#include <algorithm>

namespace artdag {

namespace {

constexpr Conversion table[] = {
    {PortType::Events, PortType::Signal, "", "an impulse at each event, which decays"},
    {PortType::Sound, PortType::Signal, "energy", "its energy, loudest 1"},
};

} // namespace

std::span<const Conversion> conversions()
{
    return table;
}

const Conversion* conversion(PortType from, PortType to)
{
    const auto row = std::ranges::find_if(table, [&](const Conversion& each) { return each.from == from && each.to == to; });
    return row == std::end(table) ? nullptr : row;
}

bool converts(PortType from, PortType to)
{
    return from == to || conversion(from, to) != nullptr;
}

} // namespace artdag
