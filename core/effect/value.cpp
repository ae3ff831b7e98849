// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/value_bytes.h"

#include <cmath>

namespace artdag {

namespace {

template <class Sink>
void addColour(Sink& hasher, const Colour& colour)
{
    hasher.addF64(colour.r).addF64(colour.g).addF64(colour.b).addF64(colour.a);
}

/// The bytes of each alternative (docs/formats/recipe.md, "Values in keys").
template <class Sink>
struct AddBytes {
    Sink& hasher;

    void operator()(double value) const { hasher.addF64(value); }
    void operator()(std::int64_t value) const { hasher.addU64(static_cast<std::uint64_t>(value)); }
    void operator()(bool value) const { hasher.addU16(value ? 1 : 0); }
    void operator()(const std::string& value) const { hasher.addText(value); }
    void operator()(const Colour& value) const { addColour(hasher, value); }
    void operator()(Vec2 value) const { hasher.addF64(value.x).addF64(value.y); }
    void operator()(Moment value) const { hasher.addU64(static_cast<std::uint64_t>(value.flicks)); }
    void operator()(const Gradient& value) const
    {
        hasher.addU32(static_cast<std::uint32_t>(value.size()));
        for (const GradientStop& stop : value) {
            hasher.addF64(stop.position);
            addColour(hasher, stop.colour);
        }
    }
    void operator()(const CurvePoints& value) const
    {
        hasher.addU32(static_cast<std::uint32_t>(value.size()));
        for (const Vec2& point : value)
            hasher.addF64(point.x).addF64(point.y);
    }
    void operator()(const ContentId& value) const { hasher.add(ByteView(value.digest)); }
};

std::int64_t nearestInteger(double value)
{
    constexpr double largest = 9007199254740992.0; // 2^53: beyond it a double is no exact integer
    return static_cast<std::int64_t>(std::floor(std::fmin(std::fmax(value, -largest), largest) + 0.5));
}

} // namespace

const char* nameOf(ParamKind kind)
{
    switch (kind) {
    case ParamKind::Real: return "real";
    case ParamKind::Integer: return "integer";
    case ParamKind::Boolean: return "boolean";
    case ParamKind::Choice: return "choice";
    case ParamKind::Text: return "text";
    case ParamKind::Colour: return "colour";
    case ParamKind::Point: return "point";
    case ParamKind::Size: return "size";
    case ParamKind::Angle: return "angle";
    case ParamKind::Time: return "time";
    case ParamKind::File: return "file";
    case ParamKind::Font: return "font";
    case ParamKind::Curve: return "curve";
    case ParamKind::Gradient: return "gradient";
    case ParamKind::Seed: return "seed";
    case ParamKind::Formula: return "formula";
    }
    CHECK(!"a kind of parameter without a name");
    return "";
}

void addValue(Hasher& hasher, const Value& value)
{
    hasher.addU16(static_cast<std::uint16_t>(value.index()));
    std::visit(AddBytes<Hasher>{hasher}, value);
}

void addValue(Preimage& preimage, const Value& value)
{
    preimage.addU16(static_cast<std::uint16_t>(value.index()));
    std::visit(AddBytes<Preimage>{preimage}, value);
}

std::vector<double> componentsOf(const Value& value)
{
    struct Components {
        std::vector<double> operator()(double v) const { return {v}; }
        std::vector<double> operator()(std::int64_t v) const { return {static_cast<double>(v)}; }
        std::vector<double> operator()(bool v) const { return {v ? 1.0 : 0.0}; }
        std::vector<double> operator()(const Colour& v) const { return {v.r, v.g, v.b, v.a}; }
        std::vector<double> operator()(Vec2 v) const { return {v.x, v.y}; }
        std::vector<double> operator()(Moment v) const { return {secondsOfFlicks(v.flicks)}; }
        std::vector<double> operator()(const std::string&) const { return {}; }
        std::vector<double> operator()(const Gradient&) const { return {}; }
        std::vector<double> operator()(const CurvePoints&) const { return {}; }
        std::vector<double> operator()(const ContentId&) const { return {}; }
    };
    return std::visit(Components{}, value);
}

Value valueOfComponents(const Value& pattern, const std::vector<double>& components)
{
    CHECK(components.size() == componentsOf(pattern).size());
    if (components.empty())
        return pattern;
    if (std::holds_alternative<std::int64_t>(pattern))
        return nearestInteger(components[0]);
    if (std::holds_alternative<bool>(pattern))
        return components[0] >= 0.5;
    if (std::holds_alternative<Colour>(pattern))
        return Colour{components[0], components[1], components[2], components[3]};
    if (std::holds_alternative<Vec2>(pattern))
        return Vec2{components[0], components[1]};
    if (std::holds_alternative<Moment>(pattern))
        return Moment{flicksOfSeconds(components[0])};
    return components[0];
}

} // namespace artdag
