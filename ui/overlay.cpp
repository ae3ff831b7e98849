// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overlay.h"

#include "ui/key_curve.h"

#include <algorithm>
#include <cmath>

namespace artdag {

namespace {
constexpr double ringRadius = 0.12, ringStep = 0.05; // of the picture's height

/// Written in a form that can be shown at the playhead and written again: a literal, or keys.
bool canBeDragged(const Field& field)
{
    return (field.form() == FieldForm::Literal || field.form() == FieldForm::Keys) && !field.place.node.empty();
}

/// A point whose range lies around the picture's middle is a place in the picture; others (a constant of a fractal, an offset in
/// cells) are not.
bool isPlace(const Field& field)
{
    return field.kind == ParamKind::Point && field.unit.isEmpty() && std::isfinite(field.least) && std::abs(field.least + field.most - 1) < 1e-9;
}

std::optional<OverlayHandle> handleOf(const Field& field)
{
    if (!canBeDragged(field))
        return std::nullopt;
    if (isPlace(field))
        return OverlayHandle{field, OverlayHandle::Shape::Place};
    if (field.kind == ParamKind::Size && field.unit == QLatin1String("px"))
        return OverlayHandle{field, field.least < 0 ? OverlayHandle::Shape::Vector : OverlayHandle::Shape::Box};
    if (field.kind == ParamKind::Size && field.unit.isEmpty() && field.least == 0 && field.most == 1)
        return OverlayHandle{field, OverlayHandle::Shape::Box, true};
    if (field.kind == ParamKind::Angle && field.unit == QLatin1String("deg"))
        return OverlayHandle{field, OverlayHandle::Shape::Turn};
    return std::nullopt;
}
} // namespace

std::vector<OverlayHandle> overlayHandles(const std::vector<Field>& fields)
{
    std::vector<OverlayHandle> handles;
    for (const Field& field : fields)
        if (const auto handle = handleOf(field))
            handles.push_back(*handle);
    // Sizes and angles belong to the first place of their own item, or of the node.
    std::map<std::size_t, int> rings;
    for (std::size_t i = 0; i < handles.size(); ++i) {
        handles[i].anchor = i;
        if (handles[i].shape == OverlayHandle::Shape::Place)
            continue;
        for (std::size_t j = 0; j < handles.size() && handles[i].anchor == i; ++j)
            if (handles[j].shape == OverlayHandle::Shape::Place && handles[j].field.place.item == handles[i].field.place.item)
                handles[i].anchor = j;
        if (handles[i].shape == OverlayHandle::Shape::Turn)
            handles[i].ring = rings[handles[i].anchor == i ? handles.size() : handles[i].anchor]++;
    }
    return handles;
}

Overlay::Overlay(Document& document, Player& player, QObject* parent)
    : QAbstractListModel(parent),
      m_document(&document),
      m_player(&player)
{
    connect(m_player, &Player::frameChanged, this, [this] {
        if (!m_player->isPlaying() && !m_handles.empty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    });
}

void Overlay::setForm(FieldModel& form)
{
    m_form = &form;
    connect(m_form, &FieldModel::othersShown, this, &Overlay::rebuild);
    connect(m_form, &FieldModel::dataChanged, this, &Overlay::rebuild);
    rebuild();
}

void Overlay::setOn(bool on)
{
    m_on = on;
    Q_EMIT onChanged();
}

void Overlay::rebuild()
{
    std::vector<OverlayHandle> handles = overlayHandles(m_form->fields());
    const bool same = std::ranges::equal(handles, m_handles,
        [](const OverlayHandle& a, const OverlayHandle& b) { return a.field.place == b.field.place && a.shape == b.shape && a.anchor == b.anchor; });
    if (same) {
        // A drag goes on over its own edits.
        m_handles = std::move(handles);
        if (!m_handles.empty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_handles = std::move(handles);
    endResetModel();
    Q_EMIT countChanged();
}

QHash<int, QByteArray> Overlay::roleNames() const
{
    return {{TitleRole, "title"}, {ShapeRole, "shape"}, {AtRole, "at"}, {AnchorRole, "anchor"}, {RingRole, "ring"}, {ValueRole, "value"}};
}

QSizeF Overlay::canvas() const
{
    return {static_cast<double>(m_document->recipe()->canvas.width), static_cast<double>(m_document->recipe()->canvas.height)};
}

std::vector<double> Overlay::numbers(const OverlayHandle& handle) const
{
    const Rate rate = m_player->rate();
    const Json& shown = handle.field.shown();
    std::vector<double> numbers = handle.field.form() == FieldForm::Keys
        ? numbersAt(keysOf(shown, rate), static_cast<double>(m_player->frame()) / rate.perSecond())
        : numbersOf(shown);
    numbers.resize(handle.shape == OverlayHandle::Shape::Turn ? 1 : 2);
    return numbers;
}

QPointF Overlay::anchorOf(const OverlayHandle& handle) const
{
    const OverlayHandle& anchor = m_handles[handle.anchor];
    if (anchor.shape != OverlayHandle::Shape::Place)
        return {0.5, 0.5};
    const std::vector<double> at = numbers(anchor);
    return {at[0], at[1]};
}

QPointF Overlay::placeOf(const OverlayHandle& handle) const
{
    const std::vector<double> now = numbers(handle);
    const QPointF anchor = anchorOf(handle);
    const QSizeF size = canvas();
    switch (handle.shape) {
    case OverlayHandle::Shape::Place: return {now[0], now[1]};
    case OverlayHandle::Shape::Box:
        return handle.ofPicture ? anchor + QPointF(now[0], now[1]) / 2 : anchor + QPointF(now[0] / size.width(), now[1] / size.height()) / 2;
    case OverlayHandle::Shape::Vector: return anchor + QPointF(now[0] / size.width(), now[1] / size.height());
    case OverlayHandle::Shape::Turn: {
        const double radius = (ringRadius + ringStep * handle.ring) * size.height();
        const double angle = now[0] * M_PI / 180;
        return anchor + QPointF(std::cos(angle) * radius / size.width(), std::sin(angle) * radius / size.height());
    }
    }
    return anchor;
}

QVariant Overlay::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const OverlayHandle& handle = m_handles[static_cast<std::size_t>(index.row())];
    static constexpr const char* shapes[] = {"place", "box", "vector", "turn"};
    switch (role) {
    case TitleRole: return handle.field.title;
    case ShapeRole: return QString::fromLatin1(shapes[static_cast<int>(handle.shape)]);
    case AtRole: return placeOf(handle);
    case AnchorRole: return anchorOf(handle);
    case RingRole: return ringRadius + ringStep * handle.ring;
    case ValueRole: {
        QStringList words;
        for (const double number : numbers(handle))
            words << numberText(number, handle.field.step);
        return words.join(QStringLiteral(", ")) + (handle.field.unit.isEmpty() ? QString() : QLatin1Char(' ') + handle.field.unit);
    }
    default: return {};
    }
}

std::vector<double> Overlay::numbersFor(const OverlayHandle& handle, QPointF at) const
{
    const QSizeF size = canvas();
    const QPointF from = at - anchorOf(handle);
    switch (handle.shape) {
    case OverlayHandle::Shape::Place: return {at.x(), at.y()};
    case OverlayHandle::Shape::Box:
        return handle.ofPicture ? std::vector<double>{std::abs(from.x()) * 2, std::abs(from.y()) * 2}
                                : std::vector<double>{std::abs(from.x()) * 2 * size.width(), std::abs(from.y()) * 2 * size.height()};
    case OverlayHandle::Shape::Vector: return {from.x() * size.width(), from.y() * size.height()};
    case OverlayHandle::Shape::Turn: {
        const double degrees = std::atan2(from.y() * size.height(), from.x() * size.width()) * 180 / M_PI;
        // As many whole turns as it has: dragging around goes on beyond 360.
        const double now = numbers(handle)[0];
        return {degrees + std::round((now - degrees) / 360) * 360};
    }
    }
    return {};
}

void Overlay::write(const OverlayHandle& handle, const std::vector<double>& numbers)
{
    // A step is what the field counts in; what a pointer finds between two of them means nothing.
    Json literal = numbers.size() == 1 ? Json(0) : Json::array({0, 0});
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const double step = handle.shape == OverlayHandle::Shape::Place ? 0.001 : std::max(handle.field.step, 0.001);
        const Json one = literalOfNumber(handle.field, std::round(numbers[i] / step) * step);
        if (numbers.size() == 1)
            literal = one;
        else
            literal[i] = one;
    }
    Json value = literal;
    if (handle.field.form() == FieldForm::Keys)
        value = argumentOfKeys(withKey(keysOf(handle.field.shown(), m_player->rate()),
            static_cast<double>(m_player->frame()) / m_player->rate().perSecond(), literal, m_player->rate()));
    if (value != handle.field.shown())
        m_form->scope().change(writeField(*m_form->scope().recipe(), handle.field, std::move(value)));
}

void Overlay::begin(int row)
{
    if (row >= 0 && row < rowCount())
        m_document->beginGesture(m_handles[static_cast<std::size_t>(row)].field.title);
}

void Overlay::moveTo(int row, QPointF at)
{
    if (row < 0 || row >= rowCount() || !m_document->inGesture())
        return;
    const OverlayHandle handle = m_handles[static_cast<std::size_t>(row)];
    write(handle, numbersFor(handle, at));
}

void Overlay::end()
{
    m_document->endGesture();
}

void Overlay::nudge(int row, int x, int y)
{
    if (row < 0 || row >= rowCount())
        return;
    const OverlayHandle handle = m_handles[static_cast<std::size_t>(row)];
    std::vector<double> now = numbers(handle);
    begin(row);
    if (handle.shape == OverlayHandle::Shape::Turn) {
        now[0] += x + y;
    } else {
        const bool px = handle.shape != OverlayHandle::Shape::Place && !handle.ofPicture;
        now[0] += px ? x : x / canvas().width();
        now[1] += px ? y : y / canvas().height();
    }
    write(handle, now);
    end();
}

} // namespace artdag
