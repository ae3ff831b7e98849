// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/expression.h"

#include "core/base/exact_math.h"
#include "core/base/similar_names.h"
#include "core/effect/expression_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace artdag {

namespace {

constexpr std::size_t mostCharacters = 4096;
constexpr int mostLevels = 64;
constexpr std::size_t mostStack = 256;

enum Code : std::uint8_t {
    Number,
    Time,
    Frame,
    Variable,
    Negate,
    Not,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Power,
    Less,
    LessEqual,
    More,
    MoreEqual,
    Equal,
    Unequal,
    And,
    Or,
    Call,
};

struct Operator {
    std::string_view text;
    int level; ///< binds tighter the higher it is
    Code code;
};
/// Longer texts first, so that `<=` is not read as `<`.
constexpr Operator operators[] = {
    {"||", 1, Or},
    {"&&", 2, And},
    {"==", 3, Equal},
    {"!=", 3, Unequal},
    {"<=", 4, LessEqual},
    {">=", 4, MoreEqual},
    {"<", 4, Less},
    {">", 4, More},
    {"+", 5, Add},
    {"-", 5, Subtract},
    {"*", 6, Multiply},
    {"/", 6, Divide},
    {"%", 6, Modulo},
    {"^", 8, Power},
};
constexpr int unaryLevel = 7;
constexpr int powerLevel = 8;

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

double binary(Code code, double a, double b)
{
    switch (code) {
    case Add: return a + b;
    case Subtract: return a - b;
    case Multiply: return a * b;
    case Divide: return b == 0.0 ? 0.0 : a / b;
    case Modulo: return exact::fmod(a, b);
    case Power: return exact::pow(a, b);
    case Less: return a < b ? 1.0 : 0.0;
    case LessEqual: return a <= b ? 1.0 : 0.0;
    case More: return a > b ? 1.0 : 0.0;
    case MoreEqual: return a >= b ? 1.0 : 0.0;
    case Equal: return a == b ? 1.0 : 0.0;
    case Unequal: return a != b ? 1.0 : 0.0;
    case And: return a != 0.0 && b != 0.0 ? 1.0 : 0.0;
    case Or: return a != 0.0 || b != 0.0 ? 1.0 : 0.0;
    default: break;
    }
    CHECK(!"an operator without a meaning");
    return 0.0;
}

double finite(double value)
{
    return std::isfinite(value) ? value : 0.0;
}

} // namespace

/// Precedence climbing; the first fault ends it.
class ExpressionCompiler {
public:
    ExpressionCompiler(std::string_view text, const ExpressionNames& names, ExpressionVariables variables, CompiledExpression& out)
        : m_text(text),
          m_names(names),
          m_variables(variables),
          m_out(out) {}

    void compile()
    {
        if (m_text.size() > mostCharacters) {
            fault(0, "the expression is longer than " + std::to_string(mostCharacters) + " bytes");
            return;
        }
        const bool whole = choice() && end();
        if (!whole)
            m_out.expression.m_steps.clear();
    }

private:
    bool fault(std::size_t at, std::string message, std::string hint = {})
    {
        const auto characters = std::ranges::count_if(m_text.substr(0, at), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
        if (m_out.faults.empty())
            m_out.faults.push_back({static_cast<int>(characters) + 1, std::move(message), std::move(hint)});
        return false;
    }
    bool emit(std::uint8_t code, int taken, double number = 0, int arguments = 0)
    {
        m_out.expression.m_steps.push_back({code, static_cast<std::uint8_t>(arguments), number});
        m_stack += 1 - static_cast<std::size_t>(taken);
        return m_stack <= mostStack || fault(m_at, "the expression needs too many values at once", "break it into parts");
    }
    bool enter() { return ++m_level <= mostLevels || fault(m_at, "the expression is nested deeper than " + std::to_string(mostLevels) + " levels"); }
    void space()
    {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\n' || m_text[m_at] == '\r'))
            ++m_at;
    }
    char peek()
    {
        space();
        return m_at < m_text.size() ? m_text[m_at] : '\0';
    }
    std::string found()
    {
        space();
        if (m_at >= m_text.size())
            return "the end";
        std::size_t length = 1;
        while (m_at + length < m_text.size() && (static_cast<unsigned char>(m_text[m_at + length]) & 0xC0U) == 0x80U)
            ++length;
        if (isLetter(m_text[m_at]))
            length = word().size();
        return "'" + std::string(m_text.substr(m_at, length)) + "'";
    }
    bool expect(char c, const char* why)
    {
        if (peek() != c)
            return fault(m_at, "expected '" + std::string(1, c) + "' " + why + ", found " + found());
        ++m_at;
        return true;
    }
    bool end()
    {
        if (peek() == '\0' && m_at >= m_text.size())
            return true;
        if (m_text[m_at] == '=')
            return fault(m_at, "'=' is no operator", "write '==' to compare");
        return fault(m_at, "expected an operator or the end, found " + found(), isDigit(m_text[m_at]) || isLetter(m_text[m_at]) || m_text[m_at] == '(' ? "write '*' to multiply" : "");
    }
    std::string_view word() const
    {
        std::size_t length = 0;
        while (m_at + length < m_text.size() && (isLetter(m_text[m_at + length]) || isDigit(m_text[m_at + length])))
            ++length;
        return m_text.substr(m_at, length);
    }

    /// condition ? a : b, which groups to the right
    bool choice()
    {
        if (!enter() || !chain(1))
            return false;
        if (peek() == '?') {
            ++m_at;
            if (!choice() || !expect(':', "of '?'") || !choice() || !call("if", 3))
                return false;
        }
        --m_level;
        return true;
    }
    const Operator* operatorHere()
    {
        space();
        for (const Operator& each : operators)
            if (m_text.substr(m_at).starts_with(each.text))
                return &each;
        return nullptr;
    }
    bool chain(int least)
    {
        if (!unary())
            return false;
        for (const Operator* next = operatorHere(); next != nullptr && next->level >= least; next = operatorHere()) {
            m_at += next->text.size();
            // a ^ b ^ c is a ^ (b ^ c), and its right side may have a sign: 2 ^ -1
            const bool right = next->level == powerLevel ? power() : chain(next->level + 1);
            if (!right || !emit(next->code, 2))
                return false;
        }
        return true;
    }
    bool power()
    {
        if (!enter())
            return false;
        const bool fine = peek() == '-' || peek() == '+' || peek() == '!' ? unary() : chain(powerLevel);
        --m_level;
        return fine;
    }
    bool unary()
    {
        const char sign = peek();
        if (sign != '-' && sign != '+' && sign != '!')
            return primary();
        if (!enter())
            return false;
        ++m_at;
        // −2 ^ 2 is −(2 ^ 2)
        if (!chain(unaryLevel + 1))
            return false;
        --m_level;
        return sign == '+' || emit(sign == '-' ? Negate : Not, 1);
    }
    bool primary()
    {
        const char c = peek();
        if (c == '(') {
            ++m_at;
            return choice() && expect(')', "to close '('");
        }
        if (isDigit(c) || c == '.')
            return number();
        if (isLetter(c))
            return name();
        return fault(m_at, "expected a number, a name or '(', found " + found(), m_at >= m_text.size() ? "the expression is not finished" : "");
    }
    bool number()
    {
        double value = 0;
        const char* first = m_text.data() + m_at;
        const auto read = std::from_chars(first, m_text.data() + m_text.size(), value);
        if (read.ec == std::errc::invalid_argument)
            return fault(m_at, "expected a number, found " + found());
        if (read.ec != std::errc() || !std::isfinite(value))
            return fault(m_at, "the number is out of range");
        m_at += static_cast<std::size_t>(read.ptr - first);
        return emit(Number, 0, value);
    }
    bool name()
    {
        const std::size_t start = m_at;
        const std::string_view text = word();
        m_at += text.size();
        if (peek() == '(') {
            ++m_at;
            return arguments(text, start);
        }
        if (text == "t" || text == "frame") {
            m_out.expression.m_moves = true;
            return emit(text == "t" ? Time : Frame, 0);
        }
        if (const auto variable = std::ranges::find(m_variables, text); variable != m_variables.end()) {
            m_out.expression.m_moves = true;
            return emit(Variable, 0, static_cast<double>(variable - m_variables.begin()));
        }
        if (const auto param = std::ranges::find(m_names, text, [](const auto& entry) -> std::string_view { return entry.first; }); param != m_names.end())
            return emit(Number, 0, param->second);
        if (text == "pi" || text == "tau")
            return emit(Number, 0, text == "pi" ? exact::pi : 2.0 * exact::pi);
        if (text == "e")
            return emit(Number, 0, 2.71828182845904523536);
        std::vector<std::string_view> known{"t", "frame", "pi", "tau", "e"};
        known.insert(known.end(), m_variables.begin(), m_variables.end());
        for (const auto& entry : m_names)
            known.emplace_back(entry.first);
        for (const ExpressionFunction& function : expressionFunctions())
            if (function.name == text)
                return fault(start, "'" + std::string(text) + "' is a function", "write " + std::string(text) + "(…)");
        return fault(start, "'" + std::string(text) + "' is not a name here", didYouMean(text, known));
    }
    bool arguments(std::string_view function, std::size_t start)
    {
        int count = 0;
        if (peek() != ')') {
            for (;;) {
                if (!choice())
                    return false;
                if (++count > 255)
                    return fault(m_at, "too many arguments");
                if (peek() != ',')
                    break;
                ++m_at;
            }
        }
        if (!expect(')', ("to close '" + std::string(function) + "('").c_str()))
            return false;
        return call(function, count, start);
    }
    bool call(std::string_view name, int count, std::size_t start = 0)
    {
        const auto functions = expressionFunctions();
        const auto found = std::ranges::find(functions, name, &ExpressionFunction::name);
        if (found == functions.end()) {
            std::vector<std::string_view> known;
            for (const ExpressionFunction& function : functions)
                known.push_back(function.name);
            return fault(start, "'" + std::string(name) + "' is not a function", didYouMean(name, known));
        }
        if (count < found->least || count > found->most)
            return fault(start, "'" + std::string(name) + "' takes " + std::to_string(found->least) + (found->most > found->least ? "–" + std::to_string(found->most) : std::string()) + (found->most == 1 ? " value" : " values") + ", got " + std::to_string(count));
        return emit(static_cast<std::uint8_t>(Call + (found - functions.begin())), count, 0, count);
    }

    std::string_view m_text;
    const ExpressionNames& m_names;
    ExpressionVariables m_variables;
    CompiledExpression& m_out;
    std::size_t m_at = 0;
    std::size_t m_stack = 0;
    int m_level = 0;
};

double Expression::at(double t, double frame, std::span<const double> variables) const
{
    std::array<double, mostStack + 1> stack;
    std::size_t top = 0;
    for (const Step& step : m_steps) {
        switch (step.code) {
        case Number: stack[top++] = step.number; continue;
        case Time: stack[top++] = t; continue;
        case Frame: stack[top++] = frame; continue;
        case Variable: stack[top++] = variables[static_cast<std::size_t>(step.number)]; continue;
        case Negate: stack[top - 1] = -stack[top - 1]; continue;
        case Not: stack[top - 1] = stack[top - 1] == 0.0 ? 1.0 : 0.0; continue;
        default: break;
        }
        if (step.code < Call) {
            --top;
            stack[top - 1] = finite(binary(static_cast<Code>(step.code), stack[top - 1], stack[top]));
            continue;
        }
        top -= step.arguments;
        const ExpressionFunction& function = expressionFunctions()[static_cast<std::size_t>(step.code - Call)];
        stack[top] = finite(function.call(std::span(stack.data() + top, step.arguments)));
        ++top;
    }
    return top == 1 ? stack[0] : 0.0;
}

CompiledExpression compileExpression(std::string_view text, const ExpressionNames& names, ExpressionVariables variables)
{
    CompiledExpression out;
    ExpressionCompiler(text, names, variables, out).compile();
    return out;
}

} // namespace artdag
