// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/provenance_graph.h"

#include "core/effect/catalogue.h"
#include "core/federation/actor_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace artdag::server {

namespace {

constexpr int boxWidth = 124;
constexpr int boxHeight = 52;
constexpr int columnStep = 153;
constexpr int rowStep = 76;
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
    enum { New, Open, Done } visit = New;
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

/// The most telling argument of a node: what moves first, then the first plain one.
std::string wordsOf(const Node& node)
{
    std::string plain;
    for (const auto& [name, value] : node.args) {
        if (!value.is_object()) {
            const std::string words = valueWords(value);
            if (plain.empty() && !words.empty())
                plain = name + " " + words;
            continue;
        }
        if (const auto bind = value.find("bind"); bind != value.end() && bind->is_string()) {
            const std::string source = bind->get<std::string>();
            return name + " ← " + source.substr(0, source.find('.'));
        }
        if (const auto keys = value.find("keys"); keys != value.end() && keys->is_array() && keys->size() > 1 && keys->front().is_array() && keys->back().is_array() && keys->front().size() > 1 && keys->back().size() > 1) {
            const std::string first = valueWords(keys->front()[1]);
            const std::string last = valueWords(keys->back()[1]);
            if (!first.empty() && !last.empty())
                return name + " " + first + " → " + last;
        }
        if (const auto expression = value.find("expr"); expression != value.end() && expression->is_string())
            return name + " = " + expression->get<std::string>();
    }
    return plain;
}

const char* kindOf(PortType type)
{
    return type == PortType::Picture ? "picture" : type == PortType::Sound ? "sound" : "signal";
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
    return wire.port == "sound" ? "sound" : wire.port.empty() || wire.port == "picture" ? "picture" : "signal";
}

/// Collects the boxes that an output needs, sources first, each with its column and height.
class Layout {
public:
    explicit Layout(const Recipe& recipe) : m_recipe(recipe) {}

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
            box.words = wordsOf(*node);
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

    /// A box is right of all its sources and at their middle; one without sources begins a row.
    void place(Box& box)
    {
        box.visit = Box::Done;
        double sum = 0;
        for (const Line& line : box.in) {
            const Box& source = boxes[static_cast<std::size_t>(line.from)];
            box.column = std::max(box.column, source.column + 1);
            sum += source.y;
        }
        box.y = box.in.empty() ? m_nextRow : static_cast<int>(sum / static_cast<double>(box.in.size())); // whole px: sharp strokes
        if (box.in.empty())
            m_nextRow += rowStep;
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
    double m_nextRow = 0;
};

/// Boxes of a column that would touch are moved apart, the lower one down.
void separate(std::vector<Box>& boxes)
{
    std::map<int, std::vector<Box*>> columns;
    for (Box& box : boxes)
        columns[box.column].push_back(&box);
    for (auto& [column, members] : columns) {
        std::ranges::stable_sort(members, {}, &Box::y);
        for (std::size_t i = 1; i < members.size(); ++i)
            members[i]->y = std::max(members[i]->y, members[i - 1]->y + rowStep);
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
    separate(layout.boxes);
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
