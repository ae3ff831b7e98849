// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/keyframes.h"

#include "core/graph/literal.h"

#include <algorithm>

namespace artdag {

namespace {

double bezier(double a, double b, double s)
{
    // (1−s)³·0 + 3(1−s)²s·a + 3(1−s)s²·b + s³
    const double r = 1.0 - s;
    return 3.0 * r * r * s * a + 3.0 * r * s * s * b + s * s * s;
}

/// x(s) rises with s for x1, x2 in 0–1, so halving the interval finds s to the last bit with the same steps everywhere.
double solveBezier(double x1, double x2, double x)
{
    double low = 0.0, high = 1.0;
    for (int i = 0; i < 54; ++i) {
        const double middle = (low + high) * 0.5;
        (bezier(x1, x2, middle) < x ? low : high) = middle;
    }
    return high;
}

Value clamped(const Value& pattern, std::vector<double> components, const Param& param)
{
    for (double& component : components)
        component = clampToRange(component, param);
    return valueOfComponents(pattern, components);
}

class KeyAnimation final : public Animation {
public:
    KeyAnimation(std::vector<Keyframe> keys, const Param& param)
        : m_keys(std::move(keys)),
          m_param(param) {}

    Value at(double t, double) const override
    {
        const auto after = std::ranges::upper_bound(m_keys, t, {}, &Keyframe::time);
        if (after == m_keys.begin())
            return m_keys.front().value;
        const Keyframe& from = *std::prev(after);
        if (after == m_keys.end() || from.ease.kind == Ease::Kind::Hold)
            return from.value;
        const double u = from.ease.at((t - from.time) / (after->time - from.time));
        std::vector<double> mixed = componentsOf(from.value);
        const std::vector<double> to = componentsOf(after->value);
        for (std::size_t i = 0; i < mixed.size(); ++i)
            mixed[i] += (to[i] - mixed[i]) * u;
        return clamped(from.value, std::move(mixed), m_param);
    }

private:
    std::vector<Keyframe> m_keys;
    Param m_param;
};

class ExpressionAnimation final : public Animation {
public:
    ExpressionAnimation(std::vector<Expression> components, Value pattern, const Param& param)
        : m_components(std::move(components)),
          m_pattern(std::move(pattern)),
          m_param(param)
    {
    }

    Value at(double t, double frame) const override
    {
        if (std::holds_alternative<bool>(m_pattern))
            return m_components[0].at(t, frame) != 0.0;
        std::vector<double> values;
        for (const Expression& each : m_components)
            values.push_back(each.at(t, frame));
        if (values.size() == 3 && std::holds_alternative<Colour>(m_pattern))
            values.push_back(1.0);
        return clamped(m_pattern, std::move(values), m_param);
    }

private:
    std::vector<Expression> m_components;
    Value m_pattern;
    Param m_param;
};

} // namespace

double Ease::at(double u) const
{
    switch (kind) {
    case Kind::Hold: return 0.0;
    case Kind::Linear: return u;
    case Kind::Smooth: return u * u * (3.0 - 2.0 * u);
    case Kind::Bezier: return u <= 0.0 ? 0.0 : u >= 1.0 ? 1.0
                                                        : bezier(curve[1], curve[3], solveBezier(curve[0], curve[2], u));
    }
    return u;
}

std::shared_ptr<const Animation> animationOfKeys(std::vector<Keyframe> keys, const Param& param)
{
    CHECK(!keys.empty());
    return std::make_shared<KeyAnimation>(std::move(keys), param);
}

std::shared_ptr<const Animation> animationOfExpressions(std::vector<Expression> components, const Value& pattern, const Param& param)
{
    CHECK(!components.empty());
    return std::make_shared<ExpressionAnimation>(std::move(components), pattern, param);
}

} // namespace artdag
