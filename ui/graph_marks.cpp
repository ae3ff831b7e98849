// SPDX-License-Identifier: GPL-3.0-or-later
// What the canvas draws beside the nodes: frames, dots, bookmarks; none of it changes a key (core/recipe/canvas_marks.h).
#include "ui/graph_layout.h"
#include "ui/graph_model.h"
#include "ui/graph_wiring.h"

#include <QLineF>

#include <algorithm>

namespace artdag {

void GraphModel::applyMarks(const CanvasMarks& marks, const QString& label)
{
    m_scope.apply(withMarks(*m_scope.recipe(), marks), label);
}

void GraphModel::changeFrame(const QString& name, const QString& label, const std::function<void(CanvasFrame&)>& change)
{
    CanvasMarks marks = marksOf(*m_scope.recipe());
    CanvasFrame* frame = marks.frame(toStd(name));
    if (frame == nullptr)
        return;
    const CanvasFrame before = *frame;
    change(*frame);
    if (*frame != before)
        applyMarks(marks, label);
}

QString GraphModel::frameSelected(QPointF at)
{
    QRectF around;
    for (const SceneCard& card : m_scene.cards()) {
        if (m_selected.contains(card.name))
            around |= card.rect;
    }
    // Frames that have nothing else in them are framed with their cards.
    for (std::size_t i = 0; i < m_scene.frames().size(); ++i) {
        const FrameContents contents = m_scene.contentsOf(static_cast<int>(i));
        if (!contents.cards.empty() && std::ranges::all_of(contents.cards, [this](const std::string& name) { return m_selected.contains(name); }))
            around |= m_scene.frames()[i].whole;
    }
    const double margin = GraphScene::frameMargin;
    const QRectF rect = around.isEmpty() ? QRectF(at, QSizeF(360, 240)) : around.adjusted(-margin, -margin - GraphScene::frameTitle, margin, margin);
    const Recipe placed = placedRecipe();
    CanvasMarks marks = marksOf(placed);
    CanvasFrame frame{.name = freshFrameName(marks), .title = toStd(tr("Frame"))};
    const LayoutPoint corner = onGrid(rect.topLeft());
    frame.x = corner.first;
    frame.y = corner.second;
    frame.width = rect.width();
    frame.height = rect.height();
    const std::string name = frame.name;
    // Around a frame that is there it is drawn below it.
    const auto inner = std::ranges::find_if(marks.frames, [&](const CanvasFrame& each) { return rect.contains(QRectF(each.x, each.y, each.width, each.height)); });
    marks.frames.insert(inner, std::move(frame));
    m_scope.apply(withMarks(placed, marks), tr("Frame"));
    setSelection({}, m_current, -1, -1, name);
    return toQt(std::string_view(name));
}

void GraphModel::setFrameTitle(const QString& frame, const QString& title)
{
    changeFrame(frame, tr("Rename frame"), [&](CanvasFrame& each) { each.title = toStd(title); });
}

void GraphModel::setFrameColour(const QString& frame, const QString& colour)
{
    changeFrame(frame, tr("Colour of frame"), [&](CanvasFrame& each) { each.colour = toStd(colour); });
}

void GraphModel::foldFrame(const QString& name)
{
    const int index = m_scene.frame(toStd(name));
    if (index < 0)
        return;
    const FrameContents contents = m_scene.contentsOf(index);
    const bool folds = !m_scene.frames()[static_cast<std::size_t>(index)].folded;
    CanvasMarks marks = marksOf(placedRecipe());
    CanvasFrame* frame = marks.frame(toStd(name));
    frame->folded = folds;
    frame->holds = folds ? contents.cards : std::vector<std::string>();
    if (folds) {
        for (const int inner : contents.frames)
            frame->holds.push_back("#" + m_scene.frames()[static_cast<std::size_t>(inner)].name);
    }
    m_scope.apply(withMarks(placedRecipe(), marks), folds ? tr("Fold frame") : tr("Unfold frame"));
}

void GraphModel::fitFrame(const QString& name)
{
    const int index = m_scene.frame(toStd(name));
    if (index < 0 || m_scene.frames()[static_cast<std::size_t>(index)].folded)
        return;
    const FrameContents contents = m_scene.contentsOf(index);
    QRectF around;
    for (const std::string& card : contents.cards)
        around |= m_scene.cards()[static_cast<std::size_t>(m_scene.card(card))].rect;
    for (const int inner : contents.frames)
        around |= m_scene.frames()[static_cast<std::size_t>(inner)].whole;
    if (around.isEmpty())
        return;
    const double margin = GraphScene::frameMargin;
    around.adjust(-margin, -margin - GraphScene::frameTitle, margin, margin);
    changeFrame(name, tr("Fit frame"), [&](CanvasFrame& frame) {
        frame.x = around.x();
        frame.y = around.y();
        frame.width = around.width();
        frame.height = around.height();
    });
}

void GraphModel::addDot(int index, QPointF at)
{
    const SceneWire wire = m_scene.wires()[static_cast<std::size_t>(index)];
    // Between the two neighbours where the way through the new dot is shortest.
    std::vector<QPointF> stops{wire.a};
    stops.insert(stops.end(), wire.dots.begin(), wire.dots.end());
    stops.push_back(wire.b);
    std::size_t best = 0;
    double least = 1e300;
    for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
        const double way = QLineF(stops[i], at).length() + QLineF(at, stops[i + 1]).length() - QLineF(stops[i], stops[i + 1]).length();
        if (way < least) {
            least = way;
            best = i;
        }
    }
    const Recipe placed = placedRecipe();
    CanvasMarks marks = marksOf(placed);
    auto& dots = marks.dots[wire.mark];
    dots.insert(dots.begin() + static_cast<std::ptrdiff_t>(std::min(best, dots.size())), onGrid(at));
    m_scope.apply(withMarks(placed, marks), tr("Dot"));
    for (std::size_t i = 0; i < m_scene.wires().size(); ++i) {
        if (m_scene.wires()[i].mark == wire.mark && m_scene.wires()[i].toPort == wire.toPort)
            selectWire(static_cast<int>(i), static_cast<int>(best));
    }
}

void GraphModel::cutWires(const std::vector<int>& wires)
{
    // From the last item of a list to the first: taking one out gives the later ones other numbers.
    std::vector<SceneWire> cut;
    for (const int wire : wires)
        cut.push_back(m_scene.wires()[static_cast<std::size_t>(wire)]);
    std::ranges::sort(cut, std::greater(), &SceneWire::toPort);
    Result<Recipe> next = *m_scope.recipe();
    for (const SceneWire& wire : cut) {
        const SceneCard& to = m_scene.cards()[static_cast<std::size_t>(wire.toCard)];
        if (next)
            next = unplug(*next, to, to.inputs[static_cast<std::size_t>(wire.toPort)]);
    }
    if (!cut.empty())
        m_scope.apply(std::move(next), cut.size() == 1 ? tr("Cut wire") : tr("Cut %1 wires").arg(cut.size()));
}

void GraphModel::setBookmark(int digit)
{
    if (m_current.isEmpty() || m_current.startsWith(QLatin1Char('@')))
        return;
    CanvasMarks marks = marksOf(*m_scope.recipe());
    const bool off = marks.bookmarks.contains(digit) && marks.bookmarks.at(digit) == toStd(m_current);
    std::erase_if(marks.bookmarks, [&](const auto& entry) { return entry.second == toStd(m_current); });
    if (!off)
        marks.bookmarks[digit] = toStd(m_current);
    applyMarks(marks, tr("Bookmark %1").arg(digit));
}

QString GraphModel::goToBookmark(int digit)
{
    const auto found = m_bookmarks.find(digit);
    if (found == m_bookmarks.end() || m_scene.card(found->second) < 0) {
        Q_EMIT refused(tr("Bookmark %1 is not set: select a card and press Ctrl+%1").arg(digit));
        return {};
    }
    const QString name = toQt(std::string_view(found->second));
    select(name);
    return name;
}

int GraphModel::bookmarkOf(const std::string& name) const
{
    const auto found = std::ranges::find_if(m_bookmarks, [&](const auto& entry) { return entry.second == name; });
    return found == m_bookmarks.end() ? 0 : found->first;
}

} // namespace artdag
