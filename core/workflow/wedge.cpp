// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/wedge.h"

#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/graph/graph.h"
#include "core/graph/literal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace artdag {

namespace {

constexpr int mostTries = 16;
constexpr int rowLength = 4;
constexpr std::size_t mostUnaskedKnobs = 4;
constexpr std::array<double, 3> reaches{0.4, 0.7, 1.0}; ///< of the first rows

Json numberJson(double number)
{
    if (number == std::floor(number) && std::abs(number) < 9e15)
        return static_cast<std::int64_t>(number);
    return number;
}

/// To the parameter's step where that tells the values apart, else to four digits.
double rounded(const Knob& knob, double value, double spacing)
{
    double unit = knob.step;
    if (knob.kind == ParamKind::Integer)
        unit = 1;
    else if (spacing < unit) {
        unit = 1e-9;
        while (unit * 1e4 < std::abs(value))
            unit *= 10;
    }
    // Divided by a whole number where there is one: 0.3 and not 0.30000000000000004.
    const double whole = std::round(1 / unit);
    if (unit < 1 && std::abs(1 / unit - whole) < 1e-6)
        return std::round(value * whole) / whole;
    return std::round(value / unit) * unit;
}

/// `turn` of a whole circle, brightness and saturation kept; greys stay grey.
Colour turnedHue(const Colour& colour, double turn)
{
    const double top = std::max({colour.r, colour.g, colour.b});
    const double span = top - std::min({colour.r, colour.g, colour.b});
    if (span <= 0)
        return colour;
    double hue = top == colour.r ? (colour.g - colour.b) / span : (top == colour.g ? 2 + (colour.b - colour.r) / span : 4 + (colour.r - colour.g) / span);
    hue = exact::fmod(hue + 6 * turn, 6);
    const auto channel = [&](double offset) {
        const double k = exact::fmod(offset + hue, 6);
        return top - span * std::clamp(std::min(k, 4 - k), 0.0, 1.0);
    };
    return {channel(5), channel(3), channel(1), colour.a};
}

Json turnedColour(const Json& colour, double turn)
{
    const auto read = colour.is_string() ? colourOfText(colour.get_ref<const std::string&>()) : std::nullopt;
    return read ? Json(textOfColour(turnedHue(*read, turn))) : colour;
}

Json turnedGradient(Json stops, double turn)
{
    for (Json& stop : stops) {
        if (stop.is_array() && stop.size() == 2)
            stop[1] = turnedColour(stop[1], turn);
    }
    return stops;
}

/// A number at `part` (0–1) of a range.
double numberAt(const Knob& knob, double least, double most, double part)
{
    if (knob.geometric && least > 0)
        return least * exact::pow(most / least, part);
    return least + (most - least) * part;
}

/// The value that is `far` (−1–1) from the one it has, on the way to the ends of its range.
Json away(const Knob& knob, double far, std::uint64_t bits)
{
    const auto moved = [&](double now, double least, double most) {
        const double span = most - least;
        if (now <= least + span / 10 || now >= most - span / 10) // one way only, so all of it
            return least + span * (now <= least + span / 10 ? std::abs(far) : 1 - std::abs(far));
        return far < 0 ? now + (now - least) * far : now + (most - now) * far;
    };
    switch (knob.kind) {
    case ParamKind::Colour: return turnedColour(knob.now, far / 2);
    case ParamKind::Gradient: return turnedGradient(knob.now, far / 2);
    case ParamKind::Boolean: return std::abs(far) < 0.5 ? knob.now : Json(!knob.now.get<bool>());
    case ParamKind::Choice:
        if (std::abs(far) < 0.3 || knob.choices.empty())
            return knob.now;
        return knob.choices[bits % knob.choices.size()];
    case ParamKind::Point: {
        Json point = knob.now;
        if (point.is_array() && point.size() == 2 && point[0].is_number() && point[1].is_number()) {
            const double other = bits % 2 == 0 ? far / 2 : -far / 2;
            point[0] = rounded(knob, moved(point[0].get<double>(), knob.least, knob.most), 1);
            point[1] = rounded(knob, std::clamp(point[1].get<double>() + other * (knob.most - knob.least) / 2, knob.least, knob.most), 1);
        }
        return point;
    }
    default: {
        const double now = knob.now.get<double>();
        return numberJson(rounded(knob, moved(now, knob.least, knob.most), std::abs(knob.most - knob.least) / 32));
    }
    }
}

std::int64_t freshSeed(std::uint64_t round, std::uint64_t cell, std::uint64_t knob, std::uint64_t tries)
{
    return 1 + static_cast<std::int64_t>(randomBits(round, cell + 1, knob, tries) % 999'999);
}

int errorsOf(const Recipe& recipe, const Catalogue& effects)
{
    const CheckedRecipe checked = checkRecipe(recipe, effects, {}, false);
    return static_cast<int>(std::ranges::count_if(checked.problems, [](const Problem& problem) { return problem.severity == Problem::Severity::Error; }));
}

/// What a variation turns: handles, or the first few that can be seen.
std::vector<Knob> chosenKnobs(const std::vector<Knob>& all)
{
    std::vector<Knob> chosen;
    const bool handles = std::ranges::any_of(all, [](const Knob& knob) { return knob.handle && knob.kind != ParamKind::Seed; });
    for (const Knob& knob : all) {
        if (knob.kind == ParamKind::Seed || (handles && !knob.handle))
            continue;
        if (handles || (chosen.size() < mostUnaskedKnobs && knob.kind != ParamKind::Boolean && knob.kind != ParamKind::Time))
            chosen.push_back(knob);
    }
    return chosen;
}

std::vector<Knob> seedsOf(const std::vector<Knob>& all)
{
    std::vector<Knob> seeds;
    std::ranges::copy_if(all, std::back_inserter(seeds), [](const Knob& knob) { return knob.kind == ParamKind::Seed; });
    return seeds;
}

/// How far the cell at `index` of its row goes for a knob: the row's quarters in an order of the knob's own.
double farOf(std::uint64_t round, int cell, std::size_t knob, std::uint64_t tries)
{
    const int row = cell / rowLength;
    std::array<int, rowLength> order{0, 1, 2, 3};
    std::ranges::sort(order, {}, [&](int quarter) { return randomBits(round, 77 + tries, knob * 1000 + static_cast<std::size_t>(row), static_cast<std::uint64_t>(quarter)); });
    const double reach = reaches[std::min<std::size_t>(static_cast<std::size_t>(row), reaches.size() - 1)];
    const double shift = row < static_cast<int>(reaches.size()) ? 0.5 : randomUnit(round, static_cast<std::uint64_t>(row), knob); // later rows differ, too
    return reach * (2 * (order[static_cast<std::size_t>(cell % rowLength)] + shift) / rowLength - 1);
}

std::string labelOf(const std::vector<Knob>& knobs, const std::vector<WedgeSetting>& settings)
{
    std::string label;
    int words = 0;
    for (const Knob& knob : knobs) {
        for (const WedgeSetting& setting : settings) {
            if (setting.place != knob.place || setting.value == knob.now || words == 3 || knob.kind == ParamKind::Gradient)
                continue;
            label += (label.empty() ? "" : " · ") + knob.title + " " + wordsOfValue(knob, setting.value);
            ++words;
        }
    }
    return label;
}

std::vector<Json> numbersOf(const Knob& knob, int count, double least, double most)
{
    std::vector<Json> values;
    const bool closed = knob.kind == ParamKind::Angle && most - least == 360; // both ends are one angle
    const int parts = closed ? count : count - 1;
    for (int i = 0; i < count; ++i) {
        const double part = parts > 0 ? static_cast<double>(i) / parts : 0.5;
        const Json value = numberJson(std::clamp(rounded(knob, numberAt(knob, least, most, part), (most - least) / std::max(1, parts)), std::min(least, most), std::max(least, most)));
        if (std::ranges::find(values, value) == values.end())
            values.push_back(value);
    }
    return values;
}

} // namespace

std::vector<Json> valuesOf(const Knob& knob, int count, const KnobRange& range)
{
    std::vector<Json> values;
    switch (knob.kind) {
    case ParamKind::Boolean: values = {false, true}; break;
    case ParamKind::Choice: values.assign(knob.choices.begin(), knob.choices.end()); break;
    case ParamKind::Point: values = {knob.now}; break;
    case ParamKind::Seed:
        for (std::uint64_t i = 0; static_cast<int>(values.size()) < count; ++i) {
            if (const Json seed = freshSeed(0, i, 0, 0); std::ranges::find(values, seed) == values.end())
                values.push_back(seed);
        }
        break;
    case ParamKind::Colour:
    case ParamKind::Gradient:
        for (int i = 0; i < count; ++i) {
            const double turn = static_cast<double>(i) / count;
            const Json value = i == 0 ? knob.now : (knob.kind == ParamKind::Colour ? turnedColour(knob.now, turn) : turnedGradient(knob.now, turn));
            if (std::ranges::find(values, value) == values.end())
                values.push_back(value);
        }
        break;
    default: return numbersOf(knob, count, range ? range->first : knob.least, range ? range->second : knob.most);
    }
    if (static_cast<int>(values.size()) > count)
        values.resize(static_cast<std::size_t>(std::max(0, count)));
    return values;
}

std::string wordsOfValue(const Knob& knob, const Json& value)
{
    if (value.is_boolean())
        return value.get<bool>() ? "on" : "off";
    if (value.is_number())
        return ecmaNumber(value.get<double>()) + (knob.unit.empty() ? "" : (knob.unit == "deg" ? "°" : " " + knob.unit));
    if (value.is_string())
        return value.get<std::string>();
    if (knob.kind == ParamKind::Gradient && value.is_array() && !value.empty() && value.back().is_array() && value.back().size() == 2 && value.back()[1].is_string())
        return value.back()[1].get<std::string>();
    if (knob.kind == ParamKind::Point && value.is_array() && value.size() == 2)
        return value[0].dump() + ", " + value[1].dump();
    return canonicalJson(value);
}

Wedge variations(const Recipe& recipe, const Catalogue& effects, int count, std::uint64_t round)
{
    const std::vector<Knob> all = knobsOf(recipe, effects);
    const std::vector<Knob> knobs = chosenKnobs(all);
    const std::vector<Knob> seeds = seedsOf(all);
    const int errors = errorsOf(recipe, effects);
    Wedge wedge{"Variations", rowLength, {}};
    std::vector<std::vector<WedgeSetting>> seen;
    for (int cell = 0; cell < count; ++cell) {
        for (std::uint64_t tries = 0; tries < mostTries; ++tries) {
            WedgeCell made;
            for (std::size_t i = 0; i < knobs.size(); ++i)
                made.settings.push_back({knobs[i].place, away(knobs[i], farOf(round, cell, i, tries), randomBits(round, static_cast<std::uint64_t>(cell), i, tries))});
            for (std::size_t i = 0; i < seeds.size(); ++i)
                made.settings.push_back({seeds[i].place, freshSeed(round, static_cast<std::uint64_t>(cell), i, tries)});
            std::erase_if(made.settings, [&](const WedgeSetting& setting) {
                return std::ranges::any_of(knobs, [&](const Knob& knob) { return knob.place == setting.place && knob.now == setting.value; });
            });
            if (made.settings.empty() || std::ranges::find(seen, made.settings) != seen.end())
                continue;
            const Result<Recipe> varied = recipeOfCell(recipe, made);
            if (!varied || errorsOf(*varied, effects) > errors)
                continue;
            made.label = labelOf(knobs, made.settings);
            if (made.label.empty())
                made.label = labelOf(seeds, made.settings);
            if (made.label.empty())
                made.label = "Variation " + std::to_string(cell + 1);
            seen.push_back(made.settings);
            wedge.cells.push_back(std::move(made));
            break;
        }
    }
    return wedge;
}

Wedge wedgeOf(const Knob& knob, int count, const KnobRange& range)
{
    Wedge wedge{knob.title, std::clamp(count, 1, rowLength), {}};
    for (Json& value : valuesOf(knob, count, range))
        wedge.cells.push_back({wordsOfValue(knob, value), {{knob.place, std::move(value)}}});
    return wedge;
}

Wedge wedgeOf(const Knob& across, int columns, const Knob& down, int rows, const KnobRange& acrossRange, const KnobRange& downRange)
{
    const std::vector<Json> xs = valuesOf(across, columns, acrossRange);
    Wedge wedge{across.title + " × " + down.title, std::max(1, static_cast<int>(xs.size())), {}};
    for (const Json& y : valuesOf(down, rows, downRange)) {
        for (const Json& x : xs)
            wedge.cells.push_back({wordsOfValue(across, x) + " · " + wordsOfValue(down, y), {{across.place, x}, {down.place, y}}});
    }
    return wedge;
}

Wedge seedWedge(const Recipe& recipe, const Catalogue& effects, int count, std::uint64_t round)
{
    const std::vector<Knob> seeds = seedsOf(knobsOf(recipe, effects));
    Wedge wedge{"Seeds", rowLength, {}};
    std::vector<std::set<Json>> used(seeds.size());
    for (int cell = 0; cell < count && !seeds.empty(); ++cell) {
        WedgeCell made;
        for (std::size_t i = 0; i < seeds.size(); ++i) {
            std::uint64_t tries = 0;
            Json seed;
            do
                seed = freshSeed(round, static_cast<std::uint64_t>(cell), i, tries++);
            while (!used[i].insert(seed).second);
            made.settings.push_back({seeds[i].place, std::move(seed)});
        }
        made.label = "Seed " + made.settings.front().value.dump();
        wedge.cells.push_back(std::move(made));
    }
    return wedge;
}

Result<Recipe> recipeOfCell(const Recipe& recipe, const WedgeCell& cell)
{
    Recipe varied = recipe;
    for (const WedgeSetting& setting : cell.settings)
        varied = TRY(setKnob(varied, setting.place, setting.value));
    return varied;
}

} // namespace artdag
