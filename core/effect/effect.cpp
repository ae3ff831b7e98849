// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/effect.h"

namespace artdag {

namespace {

template <class T>
const T& valueAs(const Arguments& arguments, std::string_view name)
{
    const T* value = std::get_if<T>(&arguments.value(name));
    CHECK(value != nullptr);
    return *value;
}

} // namespace

const char* nameOf(PortType type)
{
    switch (type) {
    case PortType::Picture: return "picture";
    case PortType::Sound: return "sound";
    case PortType::Signal: return "signal";
    case PortType::Events: return "events";
    case PortType::Text: return "text";
    case PortType::Table: return "table";
    }
    CHECK(!"a type of port without a name");
    return "";
}

const Value& Arguments::value(std::string_view name) const
{
    CHECK(params.size() == values.size());
    for (std::size_t i = 0; i < params.size(); ++i)
        if (params[i].name == name)
            return values[i];
    CHECK(!"an effect asked for an argument that its description lacks");
    return values[0];
}

double Arguments::real(std::string_view name) const
{
    const Value& found = value(name);
    if (const auto* whole = std::get_if<std::int64_t>(&found))
        return static_cast<double>(*whole);
    const double* number = std::get_if<double>(&found);
    CHECK(number != nullptr);
    return *number;
}

std::int64_t Arguments::integer(std::string_view name) const
{
    return valueAs<std::int64_t>(*this, name);
}

bool Arguments::boolean(std::string_view name) const
{
    return valueAs<bool>(*this, name);
}

int Arguments::choice(std::string_view name) const
{
    return static_cast<int>(valueAs<std::int64_t>(*this, name));
}

const std::string& Arguments::text(std::string_view name) const
{
    return valueAs<std::string>(*this, name);
}

Colour Arguments::colour(std::string_view name) const
{
    return valueAs<Colour>(*this, name);
}

Vec2 Arguments::vec2(std::string_view name) const
{
    return valueAs<Vec2>(*this, name);
}

Flicks Arguments::time(std::string_view name) const
{
    return valueAs<Moment>(*this, name).flicks;
}

const Gradient& Arguments::gradient(std::string_view name) const
{
    return valueAs<Gradient>(*this, name);
}

const CurvePoints& Arguments::curve(std::string_view name) const
{
    return valueAs<CurvePoints>(*this, name);
}

const ContentId& Arguments::file(std::string_view name) const
{
    return valueAs<ContentId>(*this, name);
}

int Call::input(std::string_view port) const
{
    for (std::size_t i = 0; i < inputs.size(); ++i)
        if (effect.inputs[static_cast<std::size_t>(inputs[i].port)].name == port)
            return static_cast<int>(i);
    return -1;
}

std::int64_t Call::framesOf(Flicks time) const
{
    // floor(time · rate + ½) in whole numbers: ties go up, as everywhere in documents.
    const __int128 period = static_cast<__int128>(flicksPerSecond) * canvas.rate.denominator;
    const __int128 doubled = static_cast<__int128>(time) * canvas.rate.numerator * 2 + period;
    const __int128 quotient = doubled / (2 * period);
    return static_cast<std::int64_t>(doubled % (2 * period) < 0 ? quotient - 1 : quotient);
}

} // namespace artdag
