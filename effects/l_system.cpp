// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exact_math.h"
#include "core/base/random.h"
#include "core/effect/evolution.h"
#include "core/effect/gradient_table.h"
#include "core/picture/affine.h"
#include "core/picture/pointwise.h"
#include "core/picture/row_math.h"
#include "core/picture/strokes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace artdag {
namespace {

/// What is grown unless the artist writes an own one: Lindenmayer and Prusinkiewicz, The Algorithmic Beauty of Plants (1990), and classics.
struct Form {
    std::string_view name, axiom, rules;
    double angle, heading; ///< degrees; heading as on screen: −90 is up
    int iterations;
};

constexpr Form forms[] = {
    {"plant", "X", "X=F+[[X]-X]-F[-FX]+X; F=FF", 25, -72, 6},
    {"tree", "X", "X=F[+X]F[-X]+X; F=FF", 20, -84, 7},
    {"bush", "F", "F=FF-[-F+F+F]+[+F-F-F]", 22.5, -96, 4},
    {"koch", "F--F--F", "F=F+F--F+F", 60, 0, 5},
    {"dragon", "FX", "X=X+YF+; Y=-FX-Y", 90, 0, 12},
    {"hilbert", "A", "A=+BF-AFA-FB+; B=-AF+BFB+FA-", 90, 0, 6},
    {"gosper", "F", "F=F-G--G+F++FF+G-; G=+F-GG--G-F++F+G", 60, 0, 4},
    {"sierpinski", "F", "F=G-F-G; G=F+G+F", 60, 0, 7},
};
constexpr int ownForm = static_cast<int>(std::size(forms));

using Rules = std::array<std::string, 128>; ///< what becomes of a letter; empty: it stays

/// `X=F+X; F=FF`: a letter, =, what becomes of it. Blanks do not count.
Result<Rules> readRules(const std::string& text)
{
    Rules rules;
    std::string piece;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const char c = i < text.size() ? text[i] : ';';
        if (c == ' ' || c == '\t' || c == '\r')
            continue;
        if (c != ';' && c != '\n') {
            piece += c;
            continue;
        }
        if (!piece.empty()) {
            const auto letter = static_cast<unsigned char>(piece[0]);
            if (piece.size() < 2 || piece[1] != '=' || letter >= 128)
                return fail(Fault::BadInput, "rules: '" + piece + "' is no rule; write one letter, =, and what becomes of it, as in F=F+F, with ; between rules");
            rules[letter] = piece.substr(2);
        }
        piece.clear();
    }
    return rules;
}

constexpr std::size_t mostLetters = 1'500'000;

/// Stops before a word gets longer than what can be drawn.
std::string grown(std::string word, const Rules& rules, int iterations)
{
    for (int i = 0; i < iterations; ++i) {
        std::size_t size = 0;
        for (const char c : word) {
            const auto letter = static_cast<unsigned char>(c);
            size += letter < 128 && !rules[letter].empty() ? rules[letter].size() : 1;
        }
        if (size > mostLetters)
            break;
        std::string next;
        next.reserve(size);
        for (const char c : word) {
            const auto letter = static_cast<unsigned char>(c);
            if (letter < 128 && !rules[letter].empty())
                next += rules[letter];
            else
                next += c;
        }
        word = std::move(next);
    }
    return word;
}

struct Segment {
    double x0, y0, x1, y1;
    int depth;    ///< of brackets
    double birth; ///< steps from the root along its branch
};

struct Drawing {
    std::vector<Segment> segments;
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0, oldest = 1; ///< bounds; steps to the farthest tip
    bool branches = false;
};

/// How the turtle moves besides the word: degrees.
struct Pose {
    double angle = 90, heading = 0, variation = 0, sway = 0;
    double oldest = 1; ///< steps over which the sway builds up
    float turns = 0;
    std::uint64_t seed = 0;
};

struct Turtle {
    double x = 0, y = 0, heading = 0, birth = 0;
    int depth = 0;
};

void step(Turtle& turtle, const Pose& pose, bool draws, Drawing& drawing)
{
    if (pose.sway != 0.0)
        turtle.heading += pose.sway / pose.oldest * static_cast<double>(sineOfTurns(pose.turns - static_cast<float>(0.4 * turtle.birth / pose.oldest)));
    const Turn turn = turnOf(turtle.heading);
    const Turtle from = turtle;
    turtle.x += turn.cosine;
    turtle.y += turn.sine;
    turtle.birth += 1;
    if (draws)
        drawing.segments.push_back({from.x, from.y, turtle.x, turtle.y, from.depth, from.birth});
    drawing.x0 = std::min(drawing.x0, turtle.x), drawing.x1 = std::max(drawing.x1, turtle.x);
    drawing.y0 = std::min(drawing.y0, turtle.y), drawing.y1 = std::max(drawing.y1, turtle.y);
    drawing.oldest = std::max(drawing.oldest, turtle.birth);
}

/// F and G draw a step, f goes one; + turns left, − right, | round; [ and ] begin and end a branch.
Drawing walked(const std::string& word, const Pose& pose)
{
    Drawing drawing;
    std::vector<Turtle> branches;
    Turtle turtle;
    turtle.heading = pose.heading;
    std::uint64_t turning = 0;
    auto turn = [&](double way) {
        const double strays = pose.variation != 0.0 ? pose.variation * (2.0 * randomUnit(pose.seed, turning++) - 1.0) : 0.0;
        turtle.heading += way * pose.angle + strays;
    };
    for (const char c : word) {
        switch (c) {
        case 'F':
        case 'G': step(turtle, pose, true, drawing); break;
        case 'f': step(turtle, pose, false, drawing); break;
        case '+': turn(-1); break;
        case '-': turn(1); break;
        case '|': turtle.heading += 180; break;
        case '[':
            branches.push_back(turtle);
            ++turtle.depth;
            drawing.branches = true;
            break;
        case ']':
            if (!branches.empty()) {
                turtle = branches.back();
                branches.pop_back();
            }
            break;
        default: break;
        }
    }
    return drawing;
}

/// Into the canvas, whole, with a margin, at full growth and without sway: so it does not jump while it moves.
Affine fittedInto(const FrameCall& call, const Drawing& drawing)
{
    const double width = std::max(drawing.x1 - drawing.x0, 1e-3), height = std::max(drawing.y1 - drawing.y0, 1e-3);
    const double fit = call.args.real("size") * std::min(call.out.width / width, call.out.height / height);
    const Vec2 centre = call.args.vec2("centre");
    return chained(chained(moved(-0.5 * (drawing.x0 + drawing.x1), -0.5 * (drawing.y0 + drawing.y1)), scaled(fit, fit)), moved(centre.x * call.out.width, centre.y * call.out.height));
}

struct Ink {
    float halfWidth = 1, taper = 0;
    double progress = 1;
};

/// As far as it has grown; what is young is thin.
void drawSegment(const Segment& segment, const Affine& place, const Ink& ink, double oldest, bool branches, Strokes& strokes)
{
    const double grownTo = ink.progress * (oldest + (branches ? 0.15 * oldest : 0.0));
    const double share = std::clamp(grownTo - segment.birth, 0.0, 1.0);
    if (share <= 0.0)
        return;
    auto penAt = [&](double x, double y, double birth) {
        float wide = ink.halfWidth;
        for (int i = 0; i < segment.depth && i < 32; ++i)
            wide *= 1.0F - ink.taper;
        if (branches)
            wide *= gentle(static_cast<float>((grownTo - birth) / (0.15 * oldest) + 0.15)) * (1.0F - 0.6F * ink.taper * static_cast<float>(birth / oldest));
        return PenPoint{static_cast<float>(place.mapX(x, y)), static_cast<float>(place.mapY(x, y)), wide, static_cast<float>(birth / oldest)};
    };
    const double x1 = segment.x0 + (segment.x1 - segment.x0) * share, y1 = segment.y0 + (segment.y1 - segment.y0) * share;
    strokes.line(penAt(segment.x0, segment.y0, segment.birth), penAt(x1, y1, segment.birth + share));
}

Result<Drawing> drawingOf(const FrameCall& call, Affine& place)
{
    const int chosen = call.args.choice("form");
    const Form own{"custom", call.args.text("axiom"), call.args.text("rules"), call.args.real("angle"), -90, 5};
    const Form& form = chosen < ownForm ? forms[chosen] : own;
    const Rules rules = TRY(readRules(std::string(form.rules)));
    const auto wanted = static_cast<int>(call.args.integer("iterations"));
    const std::string word = grown(std::string(form.axiom), rules, wanted > 0 ? wanted : form.iterations);
    Pose pose;
    pose.angle = form.angle + call.args.real("bend");
    pose.heading = form.heading + call.args.real("rotation");
    pose.variation = word.find('[') != std::string::npos ? call.args.real("variation") : 0.0; // a curve would lose itself
    pose.seed = static_cast<std::uint64_t>(call.args.integer("seed"));
    Drawing atRest = walked(word, pose);
    place = fittedInto(call, atRest);
    if (call.args.real("sway") == 0.0 || !atRest.branches)
        return atRest;
    pose.sway = call.args.real("sway");
    pose.oldest = atRest.oldest;
    pose.turns = static_cast<float>(evolutionOf(call).turns());
    return walked(word, pose);
}

Result<void> facts(const Call& call, std::span<StreamFacts> outputs)
{
    outputs[0].width = call.canvas.width;
    outputs[0].height = call.canvas.height;
    static_cast<void>(TRY(readRules(call.args.text("rules"))));
    return {};
}

Result<void> render(const FrameCall& call, std::span<const ConstPictureView>, PictureView out)
{
    Affine place;
    const Drawing drawing = TRY(drawingOf(call, place));
    const Ink ink{static_cast<float>(0.5 * call.px("width")), static_cast<float>(call.args.real("taper")), call.args.real("progress")};
    Strokes strokes(out.rect);
    for (const Segment& segment : drawing.segments)
        drawSegment(segment, place, ink, drawing.oldest, drawing.branches, strokes);
    const GradientTable colours(call.args.gradient("colours"));
    const LinearColour back = linearOf(call.args.colour("background"));
    const auto n = static_cast<std::size_t>(out.rect.width());
    const float under[4] = {back.r, back.g, back.b, back.a};
    std::vector<float> tones(n);
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
        const Strokes::Mark* marks = strokes.row(y);
        for (std::size_t i = 0; i < n; ++i)
            tones[i] = marks[i].tone;
        float* const to[4] = {out.row(red, y), out.row(green, y), out.row(blue, y), out.row(alpha, y)};
        colours.colourRow(tones.data(), to, n);
        for (std::size_t i = 0; i < n; ++i) {
            const float cover = marks[i].cover, through = 1.0F - to[alpha][i] * cover;
            for (int plane = 0; plane < 4; ++plane)
                to[plane][i] = to[plane][i] * cover + under[plane] * through;
        }
    }
    return {};
}

std::vector<std::string_view> formNames()
{
    std::vector<std::string_view> names;
    for (const Form& form : forms)
        names.push_back(form.name);
    names.push_back("custom");
    return names;
}

} // namespace

extern const Effect effect_l_system;
const Effect effect_l_system{
    .name = "l_system",
    .title = "L-system",
    .help = "Plants and endless curves that grow by rewriting a word: each letter becomes several, and a pen draws what it says. Choose one or write your own.",
    .tags = {"generate", "line"},
    .synonyms = {"lindenmayer", "fractal tree", "plant", "koch", "snowflake", "dragon curve", "hilbert", "sierpinski", "turtle", "growth", "branch"},
    .params = withEvolution(
        {
            {.name = "form", .kind = ParamKind::Choice, .initial = std::int64_t{2}, .title = "Form", .choices = formNames(), .animatable = false},
            {.name = "axiom", .kind = ParamKind::Text, .initial = std::string("X"), .title = "Axiom", .help = "Of a custom form: the word that it begins with. F and G draw, f goes without drawing, + turns left, - right, | round, [ and ] begin and end a branch; other letters only grow", .group = "Custom", .animatable = false},
            {.name = "rules", .kind = ParamKind::Text, .initial = std::string("X=F-[[X]+X]+F[+FX]-X; F=FF"), .title = "Rules", .help = "Of a custom form: what becomes of letters, with ; between, as in X=F[+X]-X; F=FF", .group = "Custom", .animatable = false},
            {.name = "angle", .kind = ParamKind::Angle, .initial = 22.5, .step = 0.5, .unit = "deg", .title = "Angle", .help = "Of a custom form's turns", .group = "Custom"},
            {.name = "iterations", .kind = ParamKind::Integer, .initial = std::int64_t{0}, .least = 0, .most = 20, .step = 1, .title = "Iterations", .help = "How often the word is rewritten; 0 is as often as suits the form. It stops growing at a million and a half letters", .animatable = false},
            {.name = "progress", .initial = 1.0, .least = 0.0, .most = 1.0, .title = "Progress", .help = "How far it has grown"},
            {.name = "bend", .kind = ParamKind::Angle, .initial = 0.0, .step = 0.5, .unit = "deg", .title = "Bend", .help = "Added to each turn: folds and unfolds the whole figure", .group = "Growth"},
            {.name = "variation", .kind = ParamKind::Angle, .initial = 4.0, .least = 0.0, .most = 90.0, .step = 0.5, .unit = "deg", .title = "Variation", .help = "How much each turn of a plant strays by chance", .group = "Growth"},
            {.name = "sway", .kind = ParamKind::Angle, .initial = 7.0, .least = 0.0, .most = 90.0, .step = 0.5, .unit = "deg", .title = "Sway", .help = "How far the wind bends plants", .group = "Motion"},
            {.name = "size", .initial = 0.94, .least = 0.0, .most = 16.0, .title = "Size", .help = "1 fills the canvas from edge to edge", .group = "View"},
            {.name = "centre", .kind = ParamKind::Point, .initial = Vec2{0.5, 0.5}, .least = -4.0, .most = 5.0, .title = "Centre", .help = "0, 0 is top left, 1, 1 bottom right", .group = "View"},
            {.name = "rotation", .kind = ParamKind::Angle, .initial = 0.0, .step = 1.0, .unit = "deg", .title = "Rotation", .group = "View"},
            {.name = "width", .initial = 9.0, .least = 0.1, .most = 256.0, .step = 0.1, .unit = "px", .title = "Width", .group = "Look"},
            {.name = "taper", .initial = 0.28, .least = 0.0, .most = 1.0, .title = "Taper", .help = "How much thinner each branch is than where it grows from", .group = "Look"},
            {.name = "colours", .kind = ParamKind::Gradient, .initial = Gradient{{0.0, {0.42, 0.3, 0.2, 1}}, {0.35, {0.35, 0.5, 0.22, 1}}, {0.7, {0.55, 0.75, 0.3, 1}}, {0.9, {0.98, 0.75, 0.6, 1}}, {1.0, {1.0, 0.5, 0.55, 1}}}, .title = "Colours", .help = "From the root to the tips, or along a curve", .group = "Look"},
            {.name = "background", .kind = ParamKind::Colour, .initial = Colour{0.05, 0.08, 0.11, 1}, .title = "Background", .group = "Look"},
            {.name = "seed", .kind = ParamKind::Seed, .initial = std::int64_t{1}, .least = 0, .title = "Seed", .help = "Of the variation"},
        },
        0.2, "1 is a gust of wind"),
    .access = Access::Whole,
    .cost = 60,
    .facts = facts,
    .moment = evolutionMoment,
    .still = evolutionStands,
    .render = render,
};

} // namespace artdag
