// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formula/formula_math.h"

#include "core/base/exact_math.h"
#include "core/base/similar_names.h"
#include "core/formula/formula_words.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace artdag {

namespace {

using enum FormulaOperation;

struct Function {
    std::string_view name;
    int least, most; ///< arguments
};
constexpr Function functions[] = {
    {"abs", 1, 1},
    {"atan", 1, 2},
    {"ceil", 1, 1},
    {"clamp", 3, 3},
    {"cos", 1, 1},
    {"cross", 2, 2},
    {"distance", 2, 2},
    {"dot", 2, 2},
    {"exp", 1, 1},
    {"floor", 1, 1},
    {"fract", 1, 1},
    {"hash", 1, 3},
    {"hsv", 3, 3},
    {"length", 1, 1},
    {"log", 1, 1},
    {"max", 2, 4},
    {"min", 2, 4},
    {"mix", 3, 3},
    {"mod", 2, 2},
    {"noise", 1, 3},
    {"normalize", 1, 1},
    {"pow", 2, 2},
    {"rotate", 2, 2},
    {"round", 1, 1},
    {"sample", 1, 2},
    {"sign", 1, 1},
    {"sin", 1, 1},
    {"smoothstep", 3, 3},
    {"sqrt", 1, 1},
    {"step", 2, 2},
    {"tan", 1, 1},
    {"vec2", 1, 2},
    {"vec3", 1, 3},
    {"vec4", 1, 4},
};

} // namespace

bool isFormulaFunction(std::string_view name)
{
    return std::ranges::find(functions, name, &Function::name) != std::end(functions);
}

std::vector<std::string_view> formulaFunctions()
{
    std::vector<std::string_view> names;
    for (const Function& function : functions)
        names.push_back(function.name);
    return names;
}

FormulaTerm FormulaMath::map(const Term& value, FormulaOperation operation)
{
    Term mapped{value.size, {}};
    for (std::size_t i = 0; i < static_cast<std::size_t>(value.size); ++i)
        mapped.at[i] = m_code.operation(operation, value.at[i]);
    return mapped;
}

/// Number by number; one number goes with each of a vector.
template <class Use>
Result<FormulaTerm> FormulaMath::each(const Term& a, const Term& b, int column, Use&& use)
{
    if (a.size != b.size && a.size != 1 && b.size != 1)
        return formulaFault(column, "a vector of " + std::to_string(a.size) + " and one of " + std::to_string(b.size) + " do not go together");
    Term result{std::max(a.size, b.size), {}};
    for (std::size_t i = 0; i < static_cast<std::size_t>(result.size); ++i)
        result.at[i] = use(a.at[a.size == 1 ? 0 : i], b.at[b.size == 1 ? 0 : i]);
    return result;
}

Result<FormulaTerm> FormulaMath::combined(FormulaOperation operation, const Term& a, const Term& b, int column)
{
    return each(a, b, column, [&](Number x, Number y) { return m_code.operation(operation, x, y); });
}

Result<FormulaTerm> FormulaMath::mixed(const Term& a, const Term& b, const Term& t, int column)
{
    return combined(Add, a, TRY(combined(Multiply, TRY(combined(Subtract, b, a, column)), t, column)), column);
}

Result<FormulaTerm> FormulaMath::held(const Term& value, int column)
{
    return combined(Minimum, TRY(combined(Maximum, value, term(0.0), column)), term(1.0), column);
}

Result<FormulaTerm> FormulaMath::dot(const Term& a, const Term& b, int column)
{
    const Term product = TRY(combined(Multiply, a, b, column));
    Term total{1, {product.at[0]}};
    for (std::size_t i = 1; i < static_cast<std::size_t>(product.size); ++i)
        total.at[0] = m_code.operation(Add, total.at[0], product.at[i]);
    return total;
}

Result<FormulaTerm> FormulaMath::selected(const Term& which, const Term& yes, const Term& no, int column)
{
    if (which.size != 1)
        return formulaFault(column, "what is asked before '?' must be one number");
    return each(yes, no, column, [&](Number a, Number b) { return m_code.operation(Select, which.at[0], a, b); });
}

Result<FormulaTerm> FormulaMath::raised(const Term& base, const Term& exponent, int column)
{
    return each(base, exponent, column, [&](Number a, Number b) {
        const auto known = m_code.valueOf(b);
        if (known && (*known == 2 || *known == 3 || *known == 4)) { // exact, and quicker
            const Number square = m_code.operation(Multiply, a, a);
            return *known == 2 ? square : m_code.operation(Multiply, square, *known == 3 ? a : square);
        }
        return m_code.operation(Power, a, b);
    });
}

Result<FormulaTerm> FormulaMath::applied(std::string_view name, int column, const std::vector<Term>& a)
{
    const auto* function = std::ranges::find(functions, name, &Function::name);
    if (function == std::end(functions))
        return formulaFault(column, "there is no function '" + std::string(name) + "'", didYouMean(name, formulaFunctions()));
    const auto given = static_cast<int>(a.size());
    if (given < function->least || given > function->most)
        return formulaFault(column, std::string(name) + " takes " + std::to_string(function->least) + (function->most > function->least ? " to " + std::to_string(function->most) : "") + " arguments, got " + std::to_string(given));
    static const std::map<std::string_view, FormulaOperation> simple = {{"abs", Absolute}, {"cos", Cosine}, {"floor", Floor}, {"sin", Sine}, {"sqrt", SquareRoot}};
    if (const auto operation = simple.find(name); operation != simple.end())
        return map(a[0], operation->second);
    if (name.starts_with("vec"))
        return vector(name, column, a);
    if (name == "min" || name == "max") {
        Term least = a[0];
        for (std::size_t i = 1; i < a.size(); ++i)
            least = TRY(combined(name == "min" ? Minimum : Maximum, least, a[i], column));
        return least;
    }
    if (name == "mod")
        return combined(Modulo, a[0], a[1], column);
    if (name == "pow")
        return raised(a[0], a[1], column);
    if (name == "atan")
        return combined(Direction, a[0], a.size() > 1 ? a[1] : term(1.0), column);
    if (name == "noise" || name == "hash")
        return lattice(name, column, a);
    if (name == "sample")
        return sampled(column, a);
    return ofEach(name, column, a);
}

/// Functions of each number that are made of others.
Result<FormulaTerm> FormulaMath::ofEach(std::string_view name, int column, const std::vector<Term>& a)
{
    const auto negative = [&](const Term& value) { return combined(Subtract, term(0.0), value, column); };
    if (name == "ceil")
        return negative(map(TRY(negative(a[0])), Floor));
    if (name == "round")
        return map(TRY(combined(Add, a[0], term(0.5), column)), Floor);
    if (name == "fract")
        return combined(Subtract, a[0], map(a[0], Floor), column);
    if (name == "sign")
        return combined(Subtract, TRY(combined(Less, term(0.0), a[0], column)), TRY(combined(Less, a[0], term(0.0), column)), column);
    if (name == "tan")
        return combined(Divide, map(a[0], Sine), map(a[0], Cosine), column);
    if (name == "exp")
        return map(TRY(combined(Multiply, a[0], term(1.44269504088896340736), column)), Exponential2);
    if (name == "log")
        return combined(Multiply, map(a[0], Logarithm2), term(0.69314718055994530942), column);
    if (name == "step")
        return combined(LessOrEqual, a[0], a[1], column);
    if (name == "clamp")
        return combined(Minimum, TRY(combined(Maximum, a[0], a[1], column)), a[2], column);
    if (name == "mix")
        return mixed(a[0], a[1], a[2], column);
    if (name == "smoothstep") {
        const Term t = TRY(held(TRY(combined(Divide, TRY(combined(Subtract, a[2], a[0], column)), TRY(combined(Subtract, a[1], a[0], column)), column)), column));
        return combined(Multiply, TRY(combined(Multiply, t, t, column)), TRY(combined(Subtract, term(3.0), TRY(combined(Multiply, term(2.0), t, column)), column)), column);
    }
    return geometric(name, column, a);
}

Result<FormulaTerm> FormulaMath::geometric(std::string_view name, int column, const std::vector<Term>& a)
{
    if (name == "dot")
        return dot(a[0], a[1], column);
    if (name == "length")
        return map(TRY(dot(a[0], a[0], column)), SquareRoot);
    if (name == "distance") {
        const Term way = TRY(combined(Subtract, a[0], a[1], column));
        return map(TRY(dot(way, way, column)), SquareRoot);
    }
    if (name == "normalize")
        return combined(Divide, a[0], map(TRY(dot(a[0], a[0], column)), SquareRoot), column);
    if (name == "rotate") { // of a place, clockwise on screen, by degrees
        if (a[0].size != 2 || a[1].size != 1)
            return formulaFault(column, "rotate takes a vec2 and degrees");
        const Term radians = TRY(combined(Multiply, a[1], term(exact::pi / 180), column));
        const Number s = m_code.operation(Sine, radians.at[0]), c = m_code.operation(Cosine, radians.at[0]), x = a[0].at[0], y = a[0].at[1];
        return Term{2, {m_code.operation(Subtract, times(x, c), times(y, s)), m_code.operation(Add, times(x, s), times(y, c))}};
    }
    if (name == "cross") {
        if (a[0].size != 3 || a[1].size != 3)
            return formulaFault(column, "cross takes two vec3");
        Term product{3, {}};
        for (std::size_t i = 0; i < 3; ++i)
            product.at[i] = m_code.operation(Subtract, times(a[0].at[(i + 1) % 3], a[1].at[(i + 2) % 3]), times(a[0].at[(i + 2) % 3], a[1].at[(i + 1) % 3]));
        return product;
    }
    return hsv(a, column);
}

/// Hue in turns, saturation, value: value · (1 − saturation · (1 − clamp(|6·fract(hue + n/3) − 3| − 1))) (Smith 1978).
Result<FormulaTerm> FormulaMath::hsv(const std::vector<Term>& a, int column)
{
    if (a[0].size != 1 || a[1].size != 1 || a[2].size != 1)
        return formulaFault(column, "hsv takes three numbers");
    Term colour{3, {}};
    for (std::size_t i = 0; i < 3; ++i) {
        const Term turned = TRY(combined(Add, a[0], term(i == 0 ? 1.0 : i == 1 ? 2.0 / 3
                                                                               : 1.0 / 3),
            column));
        const Term within = TRY(combined(Subtract, turned, map(turned, Floor), column));
        const Term far = map(TRY(combined(Subtract, TRY(combined(Multiply, within, term(6.0), column)), term(3.0), column)), Absolute);
        const Term pure = TRY(held(TRY(combined(Subtract, far, term(1.0), column)), column));
        colour.at[i] = times(a[2].at[0], TRY(mixed(term(1.0), pure, a[1], column)).at[0]);
    }
    return colour;
}

Result<FormulaTerm> FormulaMath::vector(std::string_view name, int column, const std::vector<Term>& a)
{
    const int size = name[3] - '0';
    Term all{0, {}};
    for (const Term& part : a)
        for (int i = 0; i < part.size; ++i) {
            if (all.size == size)
                return formulaFault(column, std::string(name) + " takes " + std::to_string(size) + " numbers, got more");
            all.at[static_cast<std::size_t>(all.size++)] = part.at[static_cast<std::size_t>(i)];
        }
    if (all.size == 1)
        for (; all.size < size; ++all.size)
            all.at[static_cast<std::size_t>(all.size)] = all.at[0];
    if (all.size != size)
        return formulaFault(column, std::string(name) + " takes " + std::to_string(size) + " numbers, got " + std::to_string(all.size));
    return all;
}

/// One to three numbers, or a vector of them.
Result<FormulaTerm> FormulaMath::lattice(std::string_view name, int column, const std::vector<Term>& a)
{
    std::array<Number, 3> at{m_code.constant(0), m_code.constant(0), m_code.constant(0)};
    std::size_t size = 0;
    for (const Term& part : a)
        for (int i = 0; i < part.size; ++i) {
            if (size == 3)
                return formulaFault(column, std::string(name) + " takes up to three numbers");
            at[size++] = part.at[static_cast<std::size_t>(i)];
        }
    if (name == "hash")
        return Term{1, {m_code.operation(Hash, at[0], at[1], at[2])}};
    const auto isWhole = [&](Number number) {
        const auto value = m_code.valueOf(number);
        return value && std::floor(*value) == *value;
    };
    const FormulaOperation noise = !isWhole(at[2]) ? Noise : isWhole(at[1]) ? LineNoise
                                                                            : FlatNoise;
    return Term{1, {m_code.operation(noise, at[0], at[1], at[2])}};
}

Result<FormulaTerm> FormulaMath::sampled(int column, const std::vector<Term>& a)
{
    if (!m_samples)
        return formulaFault(column, "there is no picture to sample here", "connect one");
    const bool two = a.size() == 2 && a[0].size == 1 && a[1].size == 1;
    if (!two && !(a.size() == 1 && a[0].size == 2))
        return formulaFault(column, "sample takes a place: sample(u, v), or a vec2");
    Term pixel{4, {}};
    for (int plane = 0; plane < 4; ++plane)
        pixel.at[static_cast<std::size_t>(plane)] = m_code.sample(plane, a[0].at[0], two ? a[1].at[0] : a[0].at[1]);
    return pixel;
}

} // namespace artdag
