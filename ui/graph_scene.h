// SPDX-License-Identifier: GPL-3.0-or-later
// A recipe as things on a plane: cards with ports, wires between them, and what is under a point. Made anew from each
// recipe; a pure value that never draws and never edits. Units are pixels at zoom 1.
#pragma once

#include "core/effect/catalogue.h"
#include "core/recipe/canvas_marks.h"

#include <QPointF>
#include <QRectF>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
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
    Group, ///< an instance of one
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
    bool hidden = false; ///< in a folded frame: its ports are at the frame's edges
    QRectF rect;
    std::vector<ScenePort> inputs, outputs;
};

struct SceneWire {
    int fromCard = 0, fromPort = 0;
    int toCard = 0, toPort = 0;
    PortType type = PortType::Picture;
    bool converts = false; ///< the source's type is turned into the port's
    bool hidden = false;   ///< both ends are in the same folded frame
    std::string mark;      ///< its name among the marks (core/recipe/canvas_marks.h)
    std::vector<QPointF> dots;
    QPointF a, b;
};

struct SceneFrame {
    std::string name, title, colour;
    bool folded = false;
    bool hidden = false; ///< in a folded one
    QRectF rect;         ///< as it is drawn: a folded one is its title only
    QRectF whole;
};

struct SceneHit {
    enum class What {
        Nothing,
        Card,
        Port,
        Wire,
        Dot,
        FrameTitle,
        FrameEdge,
    };
    What what = What::Nothing;
    int card = -1;
    int port = -1; ///< index into inputs or outputs
    bool input = false;
    int wire = -1;
    int dot = -1;
    int frame = -1;
    Qt::Edges edges{};
    bool operator==(const SceneHit&) const = default;
};

/// What moves with a frame: names and dots, the frames inside it too.
struct FrameContents {
    std::vector<std::string> cards;
    std::vector<int> frames;
    std::vector<std::pair<int, int>> dots; ///< wire, dot
};

class GraphScene {
public:
    static constexpr double cardWidth = 160;
    static constexpr double headerHeight = 28;
    static constexpr double pictureHeight = 90;
    static constexpr double footerHeight = 26;
    static constexpr double firstPort = 48; ///< below the card's top
    static constexpr double portPitch = 24; ///< at most
    static constexpr double frameTitle = 32;
    static constexpr double frameMargin = 24; ///< between a frame and what it was drawn around

    static GraphScene of(const Recipe& recipe, const Catalogue& effects);

    [[nodiscard]] const std::vector<SceneCard>& cards() const { return m_cards; }
    [[nodiscard]] const std::vector<SceneWire>& wires() const { return m_wires; }
    [[nodiscard]] const std::vector<SceneFrame>& frames() const { return m_frames; }
    [[nodiscard]] int frame(const std::string& name) const; ///< −1 when there is none
    [[nodiscard]] FrameContents contentsOf(int frame) const;
    [[nodiscard]] const std::vector<int>& wiresOf(int card) const { return m_wiresOf[static_cast<std::size_t>(card)]; }
    [[nodiscard]] int card(const std::string& name) const; ///< −1 when there is none
    [[nodiscard]] QRectF bounds() const;

    /// What is under a point: ports before cards before dots before wires before titles and edges of frames; later ones
    /// before earlier. `tolerance` in world units.
    [[nodiscard]] SceneHit hit(QPointF point, double tolerance) const;
    /// Cards that touch a rectangle, in order.
    [[nodiscard]] std::vector<int> cardsIn(const QRectF& rect) const;
    /// Whether a wire from this output may go to this input: types, and no circle.
    [[nodiscard]] bool fits(int fromCard, int fromPort, int toCard, int toPort) const;
    /// Wires that a line crosses.
    [[nodiscard]] std::vector<int> wiresAcross(QPointF from, QPointF to) const;
    /// The wire nearest to a point, of those that do not touch a card; −1 when none is.
    [[nodiscard]] int wireAt(QPointF point, double tolerance, int exceptCard) const;
    /// Whether an unconnected card could be put into a wire.
    [[nodiscard]] bool canInsert(int wire, const SceneCard& card) const;
    /// All cards before, or behind, one along wires; the card itself included.
    [[nodiscard]] std::vector<bool> reach(int card, bool upstream) const;
    /// Moves cards, dots and frames without making the scene anew: what a drag shows. What is under a point is found where
    /// it was until `settle`.
    void moveCards(const std::map<std::string, QPointF>& topLefts);
    void moveDot(int wire, int dot, QPointF to) { m_wires[static_cast<std::size_t>(wire)].dots[static_cast<std::size_t>(dot)] = to; }
    void setFrameRect(int frame, const QRectF& rect);
    void settle() { index(); }
    /// Words for the cards' footers, by name.
    void describeCards(const std::map<std::string, std::string>& summaries);
    /// A run of cards fewer or more, without wires: the steps between two scenes, for exact row signals.
    void removeCards(std::size_t first, std::size_t count);
    void insertCards(std::size_t at, std::span<const SceneCard> cards);

private:
    void addInput(const RecipeInput& input, const Recipe& recipe, const Catalogue& effects);
    void addNode(const Node& node, const Recipe& recipe, const Catalogue& effects);
    void addGroup(const Node& node, const Recipe& recipe, const Catalogue& effects);
    void addOutput(const RecipeOutput& output, const Recipe& recipe, const Catalogue& effects);
    void addWires(const Recipe& recipe);
    void addWire(const Wire& from, int toCard, int toPort);
    void placeCards(const Recipe& recipe);
    void placeUnplaced(const Recipe& recipe);
    void placePorts(SceneCard& card);
    void placeWire(SceneWire& wire);
    void addMarks(const Recipe& recipe);
    void fold(const CanvasFrame& frame);
    void index();
    void renumber();
    [[nodiscard]] SceneHit hitCard(const std::vector<int>& cards, QPointF point, double tolerance) const;
    [[nodiscard]] SceneHit hitWire(const std::vector<int>& wires, QPointF point, double tolerance) const;
    [[nodiscard]] SceneHit hitFrame(QPointF point, double tolerance) const;
    [[nodiscard]] bool feeds(int card, int other) const;

    std::vector<SceneCard> m_cards;
    std::vector<SceneWire> m_wires;
    std::vector<SceneFrame> m_frames;
    std::map<std::string, std::vector<std::string>> m_held; ///< by folded frame
    std::vector<std::vector<int>> m_wiresOf;
    std::unordered_map<int, int> m_foldedIn; ///< card → frame
    std::unordered_map<std::string, int> m_byName;
    mutable std::optional<QRectF> m_bounds; ///< asked at every move of the camera; empty since something moved
    struct Cell {
        std::vector<int> cards, wires;
    };
    std::unordered_map<std::uint64_t, Cell> m_grid;
};

/// A cubic between two ends or dots of a wire, as `samples` points from a to b.
std::vector<QPointF> wireCurve(QPointF a, QPointF b, int samples);
/// The whole wire through its dots, smooth enough at a zoom.
std::vector<QPointF> pathOf(const SceneWire& wire, double zoom);
double distanceToCurve(const std::vector<QPointF>& curve, QPointF point);
/// The one table of implicit conversions between ports.
bool portsFit(PortType from, PortType to);
/// The first socket of a card that takes this type, −1 when none does; the first output that a port of this type takes.
int firstSocketFor(const SceneCard& card, PortType type);
int firstOutputFor(const SceneCard& card, PortType type);

} // namespace artdag
