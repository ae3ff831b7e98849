// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formula/formula.h"

#include "core/base/exact_math.h"
#include "core/base/similar_names.h"
#include "core/formula/formula_math.h"
#include "core/formula/formula_words.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace artdag {

namespace {

using Term = FormulaTerm;
using Kind = FormulaWord::Kind;
using enum FormulaOperation;

constexpr std::size_t mostOperations = 20'000;
constexpr int mostSteps = 1'000'000; ///< of the compiler, for loops that do nothing
constexpr int deepest = 100;

} // namespace

class FormulaCompiler {
public:
    FormulaCompiler(std::string_view text, const FormulaTerms& terms)
        : m_text(text),
          m_terms(terms),
          m_math(static_cast<int>(terms.inputs.size()), terms.samples)
    {
    }

    Result<Formula> compile()
    {
        m_words = TRY(formulaWords(m_text));
        for (std::size_t i = 0; i < m_terms.inputs.size(); ++i)
            m_names[m_terms.inputs[i]] = {1, {m_math.code().input(i)}};
        for (const auto& [name, value] : m_terms.values)
            m_names[name] = m_math.term(value);
        m_names["pi"] = m_math.term(exact::pi);
        m_names["tau"] = m_math.term(2 * exact::pi);
        TRY(block(false));
        if (!m_result)
            return formulaFault(word().column, "the last line must say what comes out", "for instance vec3(u, v, 0)");
        if ((m_terms.results >> (m_result->size - 1) & 1) == 0)
            return formulaFault(m_resultColumn, "this gives " + std::to_string(m_result->size) + " numbers", wantedResults());
        Formula formula = m_math.code().assembled({m_result->at.begin(), m_result->at.begin() + m_result->size}, m_terms);
        formula.m_mentioned = m_mentioned;
        return formula;
    }

private:
    // -- words

    [[nodiscard]] const FormulaWord& word() const { return m_words[m_at]; }
    [[nodiscard]] bool is(std::string_view sign) const { return word().kind == Kind::Sign && word().text == sign; }
    bool accept(std::string_view sign)
    {
        if (!is(sign))
            return false;
        ++m_at;
        return true;
    }
    Result<void> expect(std::string_view sign)
    {
        if (accept(sign))
            return {};
        return formulaFault(word().column, "expected '" + std::string(sign) + "', found " + found());
    }
    [[nodiscard]] std::string found() const { return word().kind == Kind::End ? "the end" : "'" + std::string(word().text) + "'"; }
    [[nodiscard]] std::string wantedResults() const
    {
        std::string wanted;
        for (int size = 1; size <= 4; ++size)
            if ((m_terms.results >> (size - 1) & 1) != 0)
                wanted += (wanted.empty() ? "" : " or ") + std::to_string(size);
        return "here " + wanted + " are wanted";
    }

    Result<void> count()
    {
        if (++m_steps > mostSteps || m_math.code().size() > mostOperations)
            return formulaFault(word().column, "the formula is too long when its loops are written out", "let them run fewer times");
        return {};
    }

    // -- lines

    /// Lines up to the end, or up to the `}` of a loop.
    Result<void> block(bool inLoop)
    {
        while (!(inLoop && is("}"))) {
            if (word().kind == Kind::End)
                return inLoop ? Result<void>(formulaFault(word().column, "a '}' is missing")) : Result<void>();
            if (accept(";"))
                continue;
            TRY(line());
            if (word().kind != Kind::End && !is("}") && !is(";") && !(m_words[m_at - 1].text == "}"))
                return formulaFault(word().column, "expected ';' before " + found());
        }
        return {};
    }

    Result<void> line()
    {
        TRY(count());
        if (m_result)
            return formulaFault(m_resultColumn, "what comes of this line goes nowhere", "give it a name, or make it the last line");
        if (word().kind == Kind::Name && word().text == "for")
            return loop();
        const FormulaWord name = word();
        if (name.kind == Kind::Name) {
            const FormulaWord& sign = m_words[m_at + 1];
            if (sign.kind == Kind::Sign && (sign.text == "=" || (sign.text.size() == 2 && sign.text[1] == '=' && std::string_view("+-*/").find(sign.text[0]) != std::string_view::npos)))
                return assignment(name, sign.text);
        }
        m_resultColumn = word().column;
        m_result = TRY(expression());
        return {};
    }

    Result<void> assignment(const FormulaWord& name, std::string_view sign)
    {
        m_at += 2;
        const bool given = std::ranges::find(m_terms.inputs, name.text) != m_terms.inputs.end() || name.text == "pi" || name.text == "tau"
            || std::ranges::find(m_terms.values, name.text, [](const auto& each) { return each.first; }) != m_terms.values.end();
        if (isFormulaFunction(name.text) || given || name.text == "for" || name.text == "in")
            return formulaFault(name.column, "'" + std::string(name.text) + "' has a meaning already", "take another name");
        Term value = TRY(expression());
        if (sign != "=") {
            const auto old = m_names.find(name.text);
            if (old == m_names.end())
                return unknown(name);
            value = TRY(m_math.combined(sign[0] == '+' ? Add : sign[0] == '-' ? Subtract
                    : sign[0] == '*'                                          ? Multiply
                                                                              : Divide,
                old->second, value, name.column));
        }
        m_names[name.text] = value;
        return {};
    }

    /// `for i in 0..8 { … }`, written out: the bounds are constant.
    Result<void> loop()
    {
        ++m_at;
        const FormulaWord name = word();
        if (name.kind != Kind::Name)
            return formulaFault(name.column, "expected a name behind 'for'", "for i in 0..8 { … }");
        ++m_at;
        if (word().kind != Kind::Name || word().text != "in")
            return formulaFault(word().column, "expected 'in', found " + found(), "for i in 0..8 { … }");
        ++m_at;
        const double first = TRY(bound());
        TRY(expect(".."));
        const double end = TRY(bound());
        TRY(expect("{"));
        const std::size_t body = m_at;
        if (++m_depth > deepest)
            return formulaFault(name.column, "loops lie too deep in each other");
        const auto shadowed = m_names.find(name.text) != m_names.end() ? std::optional(m_names[name.text]) : std::nullopt;
        if (!(first < end))
            return formulaFault(name.column, "this loop never runs", "its second number must be larger than the first");
        for (double i = first; i < end; i += 1.0) {
            m_at = body;
            m_names[name.text] = m_math.term(i);
            TRY(count());
            TRY(block(true));
        }
        if (shadowed)
            m_names[name.text] = *shadowed;
        else
            m_names.erase(name.text);
        --m_depth;
        return expect("}");
    }

    Result<double> bound()
    {
        const int column = word().column;
        const Term value = TRY(sum());
        const auto constant = value.size == 1 ? m_math.code().valueOf(value.at[0]) : std::nullopt;
        if (!constant || std::abs(*constant) > 1e6)
            return formulaFault(column, "how often a loop runs must be known beforehand", "write a number, or one that is the same for all");
        return *constant;
    }

    // -- expressions

    Result<Term> expression()
    {
        TRY(count());
        if (++m_depth > deepest)
            return formulaFault(word().column, "too many brackets lie in each other");
        Term value = TRY(disjunction());
        if (is("?")) {
            const int column = word().column;
            ++m_at;
            const Term yes = TRY(expression());
            TRY(expect(":"));
            const Term no = TRY(expression());
            value = TRY(m_math.selected(value, yes, no, column));
        }
        --m_depth;
        return value;
    }

    Result<Term> disjunction()
    {
        Term left = TRY(conjunction());
        while (is("||")) {
            const int column = m_words[m_at++].column;
            left = TRY(m_math.combined(Or, left, TRY(conjunction()), column));
        }
        return left;
    }

    Result<Term> conjunction()
    {
        Term left = TRY(comparison());
        while (is("&&")) {
            const int column = m_words[m_at++].column;
            left = TRY(m_math.combined(And, left, TRY(comparison()), column));
        }
        return left;
    }

    Result<Term> comparison()
    {
        const Term left = TRY(sum());
        for (const std::string_view sign : {"<", "<=", ">", ">=", "==", "!="})
            if (is(sign)) {
                const int column = m_words[m_at++].column;
                const Term right = TRY(sum());
                const bool turned = sign[0] == '>';
                const FormulaOperation operation = sign == "<" || sign == ">" ? Less : sign == "<=" || sign == ">=" ? LessOrEqual
                                                                                                                    : Equal;
                const Term truth = TRY(m_math.combined(operation, turned ? right : left, turned ? left : right, column));
                return sign == "!=" ? m_math.map(truth, Not) : truth;
            }
        return left;
    }

    Result<Term> sum()
    {
        Term left = TRY(product());
        while (is("+") || is("-")) {
            const FormulaWord sign = m_words[m_at++];
            left = TRY(m_math.combined(sign.text == "+" ? Add : Subtract, left, TRY(product()), sign.column));
        }
        return left;
    }

    Result<Term> product()
    {
        Term left = TRY(unary());
        while (is("*") || is("/") || is("%")) {
            const FormulaWord sign = m_words[m_at++];
            left = TRY(m_math.combined(sign.text == "*" ? Multiply : sign.text == "/" ? Divide
                                                                                      : Modulo,
                left, TRY(unary()), sign.column));
        }
        return left;
    }

    Result<Term> unary()
    {
        int minus = 0;
        bool turned = false;
        for (;; ++m_at) {
            TRY(count());
            if (is("-"))
                ++minus;
            else if (is("!"))
                turned = true;
            else if (!is("+"))
                break;
        }
        Term value = TRY(power());
        if (turned)
            value = m_math.map(value, Not);
        return minus % 2 == 0 ? value : TRY(m_math.combined(Subtract, m_math.term(0.0), value, word().column));
    }

    Result<Term> power()
    {
        const Term base = TRY(postfix());
        if (!is("^"))
            return base;
        const int column = m_words[m_at++].column;
        if (++m_depth > deepest)
            return formulaFault(column, "too many powers");
        const Term exponent = TRY(unary()); // binds to the right: 2^-x, 2^3^2
        --m_depth;
        return m_math.raised(base, exponent, column);
    }

    /// `.xyz`, `.rgb`: some of a vector's numbers, in any order.
    Result<Term> postfix()
    {
        Term value = TRY(primary());
        while (accept(".")) {
            const FormulaWord name = word();
            Term chosen{0, {}};
            for (const char letter : name.kind == Kind::Name && name.text.size() <= 4 ? name.text : std::string_view()) {
                std::size_t index = std::string_view("xyzw").find(letter);
                if (index == std::string_view::npos)
                    index = std::string_view("rgba").find(letter);
                if (index == std::string_view::npos || index >= static_cast<std::size_t>(value.size)) {
                    chosen.size = 0;
                    break;
                }
                chosen.at[static_cast<std::size_t>(chosen.size++)] = value.at[index];
            }
            if (chosen.size == 0)
                return formulaFault(name.column, "a vector of " + std::to_string(value.size) + " has no part " + found(), "x y z w or r g b a, up to four of them");
            ++m_at;
            value = chosen;
        }
        return value;
    }

    Result<Term> primary()
    {
        const FormulaWord first = word();
        if (first.kind == Kind::Number) {
            ++m_at;
            return m_math.term(first.number);
        }
        if (accept("(")) {
            const Term value = TRY(expression());
            TRY(expect(")"));
            return value;
        }
        if (first.kind != Kind::Name)
            return formulaFault(first.column, "expected a number or a name, found " + found());
        ++m_at;
        if (is("("))
            return call(first);
        const auto known = m_names.find(first.text);
        if (known == m_names.end())
            return unknown(first);
        if (const auto value = std::ranges::find(m_terms.values, first.text, [](const auto& each) { return each.first; }); value != m_terms.values.end())
            m_mentioned |= std::uint64_t{1} << (value - m_terms.values.begin());
        return known->second;
    }

    tl::unexpected<Error> unknown(const FormulaWord& name) const
    {
        std::vector<std::string_view> names;
        for (const auto& [known, term] : m_names)
            names.push_back(known);
        return formulaFault(name.column, "there is no '" + std::string(name.text) + "'", didYouMean(name.text, names));
    }

    // -- functions

    Result<Term> call(const FormulaWord& name)
    {
        TRY(expect("("));
        std::vector<Term> arguments;
        while (!is(")")) {
            if (!arguments.empty())
                TRY(expect(","));
            arguments.push_back(TRY(expression()));
        }
        TRY(expect(")"));
        return m_math.applied(name.text, name.column, arguments);
    }

    std::string_view m_text;
    const FormulaTerms& m_terms;
    std::vector<FormulaWord> m_words;
    std::size_t m_at = 0;
    FormulaMath m_math;
    std::map<std::string_view, Term> m_names;
    std::optional<Term> m_result;
    int m_resultColumn = 1;
    std::uint64_t m_mentioned = 0;
    int m_steps = 0;
    int m_depth = 0;
};

Result<Formula> compileFormula(std::string_view text, const FormulaTerms& terms)
{
    CHECK(terms.inputs.size() <= 64 && terms.values.size() <= 64);
    return FormulaCompiler(text, terms).compile();
}

} // namespace artdag
