// SPDX-License-Identifier: GPL-3.0-or-later
// A recipe as things on a plane: cards with ports, wires between them, and what is under a point. Made anew from each
// recipe; a pure value that never draws and never edits. Units are pixels at zoom 1.
#pragma once

#include "core/effect/catalogue.h"
#include "core/recipe/recipe.h"

#include <QPointF>
#include <QRectF>

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace artdag {

struct ScenePort {
    std::string name;
    std::string title;
    PortType type = PortType::Picture;
    bool input = true;
    bool list = false; ///< takes any number of wires
    bool optional = false;
    int item = -1; ///< which item of a list port this socket holds; −1: a plain port, or the socket for one more
    bool connected = false;
    QPointF at;
};

enum class CardKind {
    Input,
    Node,
    Missing,
    Output,
};

struct SceneCard {
    std::string name; ///< in the recipe; outputs are `@name`, which no node can be called
    std::string title;
    std::string effect; ///< its name; `media`, `still` for inputs, the profile for outputs
    std::string summary;
    CardKind kind = CardKind::Node;
    bool bypass = false;
    QRectF rect;
    std::vector<ScenePort> inputs, outputs;
};

struct SceneWire {
    int fromCard = 0, fromPort = 0;
    int toCard = 0, toPort = 0;
    PortType type = PortType::Picture;
    bool converts = false; ///< the source's type is turned into the port's
    QPointF a, b;
};

struct SceneHit {
    enum class What {
        Nothing,
        Card,
        Port,
        Wire,
    };
    What what = What::Nothing;
    int card = -1;
    int port = -1; ///< index into inputs or outputs
    bool input = false;
    int wire = -1;
};

class GraphScene {
public:
    static constexpr double cardWidth = 160;
    static constexpr double headerHeight = 28;
    static constexpr double pictureHeight = 90;
    static constexpr double footerHeight = 26;
    static constexpr double firstPort = 48; ///< below the card's top
    static constexpr double portPitch = 24; ///< at most

    static GraphScene of(const Recipe& recipe, const Catalogue& effects);

    [[nodiscard]] const std::vector<SceneCard>& cards() const { return m_cards; }
    [[nodiscard]] const std::vector<SceneWire>& wires() const { return m_wires; }
    [[nodiscard]] int card(const std::string& name) const; ///< −1 when there is none
    [[nodiscard]] QRectF bounds() const;

    /// What is under a point: ports before cards before wires, later cards before earlier. `tolerance` in world units.
    [[nodiscard]] SceneHit hit(QPointF point, double tolerance) const;
    /// Cards that touch a rectangle, in order.
    [[nodiscard]] std::vector<int> cardsIn(const QRectF& rect) const;
    /// Whether a wire from this output may go to this input: types, and no circle.
    [[nodiscard]] bool fits(int fromCard, int fromPort, int toCard, int toPort) const;
    /// Moves cards without making the scene anew: what a drag shows.
    void moveCards(const std::map<std::string, QPointF>& topLefts);
    /// Words for the cards' footers, by name.
    void describeCards(const std::map<std::string, std::string>& summaries);
    /// One card fewer or more, without wires: the steps between two scenes, for exact row signals.
    void removeCard(int card);
    void insertCard(int at, SceneCard card);

private:
    void addInput(const RecipeInput& input);
    void addNode(const Node& node, const Catalogue& effects);
    void addOutput(const RecipeOutput& output);
    void addWires(const Recipe& recipe);
    void addWire(const Wire& from, int toCard, int toPort);
    void placeCards(const Recipe& recipe);
    void placePorts(SceneCard& card);
    void placeWires();
    void index();
    void renumber();
    [[nodiscard]] bool feeds(int card, int other) const;

    std::vector<SceneCard> m_cards;
    std::vector<SceneWire> m_wires;
    std::unordered_map<std::string, int> m_byName;
    struct Cell {
        std::vector<int> cards, wires;
    };
    std::unordered_map<std::uint64_t, Cell> m_grid;
};

/// The cubic of a wire, as `samples` points from a to b.
std::vector<QPointF> wireCurve(QPointF a, QPointF b, int samples);
double distanceToCurve(const std::vector<QPointF>& curve, QPointF point);
/// The one table of implicit conversions between ports.
bool portsFit(PortType from, PortType to);

} // namespace artdag
