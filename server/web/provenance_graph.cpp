// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/provenance_graph.h"

#include "core/effect/catalogue.h"
#include "core/federation/actor_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <limits>
#include <map>
#include <numeric>

namespace artdag::server {

namespace {

constexpr int boxWidth = 124;
constexpr int boxHeight = 52;
constexpr int columnStep = 153;
constexpr int rowStep = 70;
constexpr int edge = 1; // of the drawing, so that strokes are whole
constexpr std::size_t mostBoxes = 120;

struct Line {
    int from = 0;
    std::string kind; ///< picture, sound, signal
};

struct Box {
    std::string name, title, words;
    std::vector<Line> in;
    int column = 0;
    double y = 0;
    enum { New,
        Open,
        Done } visit
        = New;
};

/// At most `count` characters of UTF-8, with an ellipsis where something was cut.
std::string shortened(std::string_view text, std::size_t count)
{
    std::size_t characters = 0;
    std::size_t cut = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80)
            continue;
        if (++characters == count)
            cut = i;
        if (characters > count)
            return std::string(text.substr(0, cut)) + "…";
    }
    return std::string(text);
}

std::string valueWords(const Json& value)
{
    if (value.is_number())
        return ecmaNumber(value.get<double>());
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_boolean())
        return value.get<bool>() ? "on" : "off";
    return {};
}

/// The plain arguments of a node that say most, best first: what listens to sound, what goes from here to there, what the
/// artist made a handle of, what moves by a formula, a number or a word.
enum class Telling {
    Bind,
    Keys,
    Param,
    Formula,
    Plain,
    Nothing
};
struct Words {
    Telling telling = Telling::Nothing;
    std::string text;
};

Words wordsOfKeys(const std::string& name, const Json& keys)
{
    const bool whole = keys.is_array() && keys.size() > 1 && keys.front().is_array() && keys.back().is_array() && keys.front().size() > 1 && keys.back().size() > 1;
    const std::string first = whole ? valueWords(keys.front()[1]) : "";
    const std::string last = whole ? valueWords(keys.back()[1]) : "";
    if (first.empty() || last.empty() || first == last)
        return {Telling::Formula, name + " moves"};
    return {Telling::Keys, name + " " + first + " → " + last};
}

Words wordsOfArgument(const Recipe& recipe, const std::string& name, const Json& value)
{
    if (value.is_array() && value.size() > 1 && value.front().is_array())
        return {Telling::Plain, std::to_string(value.size()) + " " + (name == "gradient" ? "colours" : "points")};
    if (!value.is_object()) {
        const std::string words = valueWords(value);
        return words.empty() || words.front() == '#' ? Words{} : Words{Telling::Plain, name + " " + words};
    }
    if (const auto bind = value.find("bind"); bind != value.end() && bind->is_string()) {
        const std::string source = bind->get<std::string>();
        return {Telling::Bind, name + " ← " + source.substr(0, source.find('.'))};
    }
    if (const auto keys = value.find("keys"); keys != value.end())
        return wordsOfKeys(name, *keys);
    if (const auto param = value.find("param"); param != value.end() && param->is_string()) {
        const auto found = std::ranges::find(recipe.params, param->get<std::string>(), &RecipeParam::name);
        const std::string words = found == recipe.params.end() ? "" : valueWords(found->fallback);
        return words.empty() || words.front() == '#' ? Words{} : Words{Telling::Param, name + " " + words};
    }
    return value.contains("expr") ? Words{Telling::Formula, name + " moves"} : Words{};
}

std::string wordsOf(const Recipe& recipe, const Node& node)
{
    Words best;
    if (node.name != node.effect) { // the artist's own word beats a plain number
        best = {Telling::Plain, node.name};
        std::ranges::replace(best.text, '_', ' ');
    }
    for (const auto& [name, value] : node.args) {
        Words words = wordsOfArgument(recipe, name, value);
        // A name of one letter says little: any other formula is better.
        if (words.telling < best.telling || (words.telling == best.telling && words.telling == Telling::Formula && best.text.find(' ') == 1))
            best = std::move(words);
    }
    return best.text;
}

const char* kindOf(PortType type)
{
    return type == PortType::Picture ? "picture" : type == PortType::Sound ? "sound"
                                                                           : "signal";
}

/// What a wire carries, by the effect that makes it; by its name when this server does not know the effect.
std::string kindOf(const Recipe& recipe, const Wire& wire)
{
    if (const Node* node = recipe.node(wire.node)) {
        if (const CatalogueEntry* entry = builtinEffects().find(node->effect))
            for (const Port& port : entry->effect->outputs)
                if (wire.port.empty() || port.name == wire.port)
                    return kindOf(port.type);
    }
    return wire.port == "sound" ? "sound" : wire.port.empty() || wire.port == "picture" ? "picture"
                                                                                        : "signal";
}

/// Collects the boxes that an output needs, sources first, each with its column.
class Layout {
public:
    explicit Layout(const Recipe& recipe)
        : m_recipe(recipe)
    {
    }

    /// Index of the box of a wire's source, −1 when there is none or it would close a circle.
    int add(const Wire& wire)
    {
        if (const auto known = m_index.find(wire.node); known != m_index.end())
            return boxes[static_cast<std::size_t>(known->second)].visit == Box::Open ? -1 : known->second;
        const Node* node = m_recipe.node(wire.node);
        const auto input = std::ranges::find(m_recipe.inputs, wire.node, &RecipeInput::name);
        if ((node == nullptr && input == m_recipe.inputs.end()) || boxes.size() >= mostBoxes)
            return -1;
        const int index = static_cast<int>(boxes.size());
        m_index[wire.node] = index;
        boxes.emplace_back();
        boxes.back().name = wire.node;
        boxes.back().visit = Box::Open;
        Box box = boxes.back();
        if (node != nullptr) {
            box.title = node->effect;
            box.words = wordsOf(m_recipe, *node);
            connect(*node, box);
        } else {
            box.title = input->title.empty() ? input->name : input->title;
            box.words = input->media == "still" ? "a picture" : "footage";
        }
        place(box);
        boxes[static_cast<std::size_t>(index)] = std::move(box);
        return index;
    }

    void link(Box& box, const Wire& wire, const std::string& kind)
    {
        const int source = add(wire);
        if (source >= 0 && std::ranges::none_of(box.in, [&](const Line& line) { return line.from == source && line.kind == kind; }))
            box.in.push_back({source, kind});
    }

    /// A box is right of all its sources.
    void place(Box& box)
    {
        box.visit = Box::Done;
        for (const Line& line : box.in)
            box.column = std::max(box.column, boxes[static_cast<std::size_t>(line.from)].column + 1);
    }

    std::vector<Box> boxes;

private:
    void connect(const Node& node, Box& box)
    {
        for (const auto& [port, value] : node.in) {
            if (const Wire* wire = std::get_if<Wire>(&value.value))
                link(box, *wire, kindOf(m_recipe, *wire));
            else
                for (const Item& item : std::get<std::vector<Item>>(value.value))
                    if (item.from)
                        link(box, *item.from, kindOf(m_recipe, *item.from));
        }
        for (const auto& [name, value] : node.args) {
            const auto bind = value.is_object() ? value.find("bind") : value.end();
            if (value.is_object() && bind != value.end() && bind->is_string())
                if (const auto wire = wireOfText(bind->get<std::string>()))
                    link(box, *wire, "signal");
        }
    }

    const Recipe& m_recipe;
    std::map<std::string, int> m_index;
};

/// Boxes move right until they are beside what uses them: short wires. The last box is the result and stays.
void tighten(std::vector<Box>& boxes)
{
    std::vector<Box*> rightFirst;
    for (Box& box : boxes)
        rightFirst.push_back(&box);
    std::ranges::stable_sort(rightFirst, std::ranges::greater{}, &Box::column);
    std::vector<int> limit(boxes.size(), std::numeric_limits<int>::max());
    limit.back() = boxes.back().column;
    for (Box* box : rightFirst) { // a source is always left of its users, so these are done before it
        const int own = limit[static_cast<std::size_t>(box - boxes.data())];
        box->column = own == std::numeric_limits<int>::max() ? box->column : own;
        for (const Line& line : box->in)
            limit[static_cast<std::size_t>(line.from)] = std::min(limit[static_cast<std::size_t>(line.from)], box->column - 1);
    }
}

/// Where a box would like to be, and how many wires say so: what counts is the sum over wires.
struct Wish {
    double y = 0;
    double wires = 1;
};

/// Heights of a column's boxes nearest to the wished ones (weighted least squares) with a row between each two, in the order
/// of the wishes: isotonic regression by pooling neighbours that would overlap.
void settle(std::vector<Box*>& column, const std::vector<Wish>& wishes)
{
    std::vector<std::size_t> order(column.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return wishes[i].y; });
    struct Pool {
        double sum = 0, wires = 0;
        std::size_t count = 0;
        [[nodiscard]] double mean() const { return sum / wires; }
    };
    std::vector<Pool> pools;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        const Wish& wish = wishes[order[rank]];
        pools.push_back({(wish.y - static_cast<double>(rank) * rowStep) * wish.wires, wish.wires, 1});
        while (pools.size() > 1 && pools[pools.size() - 2].mean() >= pools.back().mean()) {
            const Pool last = pools.back();
            pools.pop_back();
            pools.back().sum += last.sum;
            pools.back().wires += last.wires;
            pools.back().count += last.count;
        }
    }
    std::size_t rank = 0;
    for (const Pool& pool : pools)
        for (std::size_t i = 0; i < pool.count; ++i, ++rank)
            column[order[rank]]->y = pool.mean() + static_cast<double>(rank) * rowStep;
}

/// Height of a wire's end at its user, as the height that its source would have to be level with it.
double levelOf(const Box& user, std::size_t wire)
{
    return user.y + boxHeight * (static_cast<double>(wire) + 1) / (static_cast<double>(user.in.size()) + 1) - boxHeight / 2.0;
}

/// Boxes come to lie level with what they are wired to: first seen from their users, then from both sides.
void align(std::vector<Box>& boxes)
{
    std::map<int, std::vector<Box*>, std::greater<>> columns; // from the result leftwards
    std::vector<std::vector<std::pair<const Box*, std::size_t>>> users(boxes.size());
    for (Box& box : boxes) {
        columns[box.column].push_back(&box);
        for (std::size_t i = 0; i < box.in.size(); ++i)
            users[static_cast<std::size_t>(box.in[i].from)].emplace_back(&box, i);
    }
    auto sweep = [&](const std::vector<Box*>& column, bool bothSides) {
        std::vector<Wish> wishes;
        for (const Box* box : column) {
            double sum = 0;
            int count = 0;
            for (const auto& [user, wire] : users[static_cast<std::size_t>(box - boxes.data())]) {
                sum += levelOf(*user, wire);
                ++count;
            }
            for (std::size_t i = 0; bothSides && i < box->in.size(); ++i) {
                sum += boxes[static_cast<std::size_t>(box->in[i].from)].y - (levelOf(*box, i) - box->y);
                ++count;
            }
            wishes.push_back(count == 0 ? Wish{box->y, 1.0} : Wish{sum / count, static_cast<double>(count)});
        }
        std::vector<Box*> members = column;
        settle(members, wishes);
    };
    for (const auto& [number, column] : columns)
        sweep(column, false);
    for (int again = 0; again < 80; ++again) { // until chains lie straight; some ten thousand steps at most
        for (auto column = columns.rbegin(); column != columns.rend(); ++column)
            sweep(column->second, true);
        for (const auto& [number, column] : columns)
            sweep(column, true);
    }
    const double top = std::ranges::min(boxes, {}, &Box::y).y;
    for (Box& box : boxes)
        box.y = static_cast<int>(box.y - top + 0.5); // whole px: sharp strokes
    for (const auto& [number, column] : columns)     // what rounding bent is straightened
        for (Box* box : column) {
            const auto& to = users[static_cast<std::size_t>(box - boxes.data())];
            if (to.size() == 1 && to.front().first->in.size() == 1 && std::abs(box->y - to.front().first->y) <= 2)
                box->y = to.front().first->y;
        }
}

void drawWires(const std::vector<Box>& boxes, std::string& svg)
{
    for (const Box& box : boxes) {
        const int x2 = box.column * columnStep + edge;
        for (std::size_t i = 0; i < box.in.size(); ++i) {
            const Box& source = boxes[static_cast<std::size_t>(box.in[i].from)];
            const double x1 = source.column * columnStep + edge + boxWidth;
            const double y1 = source.y + edge + boxHeight / 2.0;
            const double y2 = box.y + edge + boxHeight * (static_cast<double>(i) + 1) / (static_cast<double>(box.in.size()) + 1);
            // A long wire stays low for most of its way, so that it passes between rows.
            const double bend = std::max(14.0, (x2 - x1) / 2);
            svg += fmt::format(R"(<path class="wire {}" d="M{:.1f} {:.1f}C{:.1f} {:.1f} {:.1f} {:.1f} {} {:.1f}"/>)", box.in[i].kind, x1, y1, x1 + bend, y1, x2 - bend, y2, x2, y2);
        }
    }
}

void drawBoxes(const std::vector<Box>& boxes, std::string& svg)
{
    for (const Box& box : boxes) {
        const bool last = &box == &boxes.back();
        const int x = box.column * columnStep + edge;
        const double y = box.y + edge;
        svg += fmt::format(R"(<g><title>{}</title><rect class="box{}" x="{}" y="{:.1f}" width="{}" height="{}" rx="1"/>)", escapeHtml(box.name + (box.words.empty() ? "" : ": " + box.words)), last ? " result" : "", x, y, boxWidth, boxHeight);
        const double middle = box.words.empty() ? 31 : 22;
        svg += fmt::format(R"(<text class="name{}" x="{}" y="{:.1f}">{}</text>)", last ? " result" : "", x + 13, y + middle, escapeHtml(shortened(box.title, 15)));
        if (!box.words.empty())
            svg += fmt::format(R"(<text class="words" x="{}" y="{:.1f}">{}</text>)", x + 13, y + 39, escapeHtml(shortened(box.words, 17)));
        svg += "</g>";
    }
}

} // namespace

ProvenanceGraph drawProvenance(const Recipe& recipe, std::string_view output, std::string_view result, std::string_view facts)
{
    ProvenanceGraph graph;
    auto found = std::ranges::find(recipe.outputs, output, &RecipeOutput::name);
    if (found == recipe.outputs.end())
        found = recipe.outputs.begin();
    if (found == recipe.outputs.end())
        return graph;
    Layout layout(recipe);
    Box film;
    film.name = film.title = result;
    film.words = facts;
    for (const auto& wire : {found->picture, found->sound})
        if (wire)
            layout.link(film, *wire, kindOf(recipe, *wire));
    if (film.in.empty())
        return graph;
    layout.place(film);
    for (const Box& box : layout.boxes)
        film.column = std::max(film.column, box.column + 1);
    layout.boxes.push_back(std::move(film));
    tighten(layout.boxes);
    align(layout.boxes);
    graph.nodes = static_cast<int>(layout.boxes.size()) - 1;
    for (const Box& box : layout.boxes) {
        graph.width = std::max(graph.width, box.column * columnStep + boxWidth + 2 * edge);
        graph.height = std::max(graph.height, static_cast<int>(box.y) + boxHeight + 2 * edge);
    }
    graph.svg = fmt::format(R"(<svg class="graph" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" aria-label="{2} steps, from sources on the left to the result on the right">)", graph.width, graph.height, graph.nodes);
    drawWires(layout.boxes, graph.svg);
    drawBoxes(layout.boxes, graph.svg);
    graph.svg += "</svg>";
    return graph;
}

} // namespace artdag::server
