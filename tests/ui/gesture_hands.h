// SPDX-License-Identifier: GPL-3.0-or-later
// Hands that a die moves, as on the canvas, also in the inspector, on the timeline and on the picture.
#pragma once

#include "tests/ui/gesture_canvas.h"

namespace artdag {

class GestureHands : public CanvasHands {
protected:
    /// Its controls of one kind that are seen, by a property that only these have.
    QList<QQuickItem*> controls(const char* property) const
    {
        QList<QQuickItem*> found;
        for (QQuickItem* inspector : itemsBelow(m_window->contentItem())) {
            if (!QByteArray(inspector->metaObject()->className()).startsWith("InspectorPanel"))
                continue;
            for (QQuickItem* item : itemsBelow(inspector)) {
                const QPointF middle = item->mapToItem(inspector, {item->width() / 2, item->height() / 2});
                if (item->isVisible() && item->isEnabled() && item->metaObject()->indexOfProperty(property) >= 0 && middle.y() > 60 && middle.y() < inspector->height() - 60)
                    found << item;
            }
            break;
        }
        return found;
    }
    bool slide()
    {
        const auto sliders = controls("visualPosition");
        if (sliders.isEmpty())
            return false;
        const QQuickItem* slider = oneOf(sliders);
        const double at = slider->property("visualPosition").toDouble(), to = at < 0.5 ? 0.6 + random(40) / 100.0 : random(40) / 100.0;
        const auto place = [&](double position) { return slider->mapToScene({7 + position * (slider->width() - 14), slider->height() / 2}).toPoint(); };
        drag(place(at), place(to));
        return true;
    }
    bool scrub()
    {
        const auto boxes = controls("sidePadding");
        if (boxes.isEmpty())
            return false;
        const QQuickItem* box = oneOf(boxes);
        const QPoint middle = box->mapToScene({box->width() / 2, box->height() / 2}).toPoint();
        drag(middle, middle + QPoint((20 + random(60)) * (chance(50) ? 1 : -1), 0));
        return true;
    }
    bool editARow()
    {
        FieldModel* form = chance(20) ? m_session->handles() : m_session->form();
        for (int tries = 0; tries < 6 && form->rowCount() == 0; ++tries) {
            graph().select(graph().nameAt(random(graph().count())));
            form = m_session->form();
        }
        if (form->rowCount() == 0)
            return false;
        const int row = random(form->rowCount());
        const auto has = [&](FieldModel::Role role) { return form->data(form->index(row), role).toBool(); };
        const QVariantList follows = form->followChoices(row);
        switch (random(12)) {
        case 0: has(FieldModel::AnimatableRole) ? form->toggleKey(row) : changeARow(*form, row); break;
        case 1: has(FieldModel::AnimatableRole) ? form->makeExpression(row) : changeARow(*form, row); break;
        case 2: has(FieldModel::CanBeHandleRole) ? form->toggleHandle(row) : changeARow(*form, row); break;
        case 3: follows.isEmpty() ? changeARow(*form, row) : form->follow(row, oneOf(follows).toMap()[QStringLiteral("id")].toString()); break;
        case 4: has(FieldModel::ChangedRole) ? form->reset(row) : changeARow(*form, row); break;
        default: changeARow(*form, row);
        }
        return true;
    }
    /// Another value, as the editor of that kind of row gives it.
    void changeARow(FieldModel& form, int row)
    {
        const auto data = [&](FieldModel::Role role) { return form.data(form.index(row), role); };
        const QString kind = data(FieldModel::KindRole).toString();
        const QVariantList stops = data(FieldModel::StopsRole).toList();
        const auto choices = static_cast<int>(data(FieldModel::ChoicesRole).toStringList().size());
        switch (static_cast<FieldForm>(data(FieldModel::FormRole).toInt())) {
        case FieldForm::Expression: form.setFormula(row, QStringLiteral("%1 * t").arg(random(100) / 10.0)); return;
        case FieldForm::Binding: form.setFollowMember(row, QStringLiteral("smooth"), QString::number(random(100) / 100.0)); return;
        case FieldForm::Parameter: form.makeConstant(row); return;
        default: break;
        }
        if (kind == QLatin1String("boolean"))
            form.setOn(row, !data(FieldModel::OnRole).toBool());
        else if (choices > 1)
            form.setChoice(row, (data(FieldModel::ChoiceRole).toInt() + 1 + random(choices - 1)) % choices);
        else if (kind == QLatin1String("colour"))
            form.setColour(row, QColor::fromRgb(random(256), random(256), random(256)));
        else if (kind == QLatin1String("point") || kind == QLatin1String("size"))
            form.setComponentText(row, random(2), QString::number(random(1000) / 1000.0));
        else if (!stops.isEmpty())
            chance(50) ? form.addStop(row, random(1000) / 1000.0) : form.setStopColour(row, random(static_cast<int>(stops.size())), QColor::fromRgb(random(256), random(256), random(256)));
        else if (kind == QLatin1String("seed"))
            form.newSeed(row);
        else if (data(FieldModel::BoundedRole).toBool())
            dragARow(form, row);
        else
            form.setText(row, QString::number(1 + random(400) / 10.0));
    }
    void dragARow(FieldModel& form, int row)
    {
        const double at = form.data(form.index(row), FieldModel::FractionRole).toDouble();
        form.beginDrag(row);
        for (int i = 1; i <= 3; ++i)
            form.dragFraction(row, at < 0.5 ? at + i * 0.15 : at - i * 0.15);
        form.endDrag();
    }

    // --- on the timeline and on the picture ---

    bool dragAMarker()
    {
        const auto markers = static_cast<int>(m_session->timeline()->markers().size());
        if (markers > 0)
            m_session->timeline()->moveMarker(random(markers), random(1000) / 1000.0);
        return markers > 0;
    }
    /// The first row of the current card that has keys; −1: none.
    int keyedRow() const
    {
        const CurveModel& curves = *m_session->timeline()->curves();
        for (int row = 0; row < curves.rowTotal(); ++row) {
            if (!curves.data(curves.index(row), CurveModel::KeysRole).toList().isEmpty())
                return row;
        }
        return -1;
    }
    /// A card with keys becomes the current one.
    bool showKeys()
    {
        for (int tries = 0; tries < 2 * graph().count() && keyedRow() < 0; ++tries)
            graph().select(graph().nameAt(tries % graph().count()));
        return keyedRow() >= 0;
    }
    bool dragAKey()
    {
        if (!showKeys())
            return false;
        CurveModel& curves = *m_session->timeline()->curves();
        const int row = keyedRow();
        const int key = oneOf(curves.data(curves.index(row), CurveModel::KeysRole).toList()).toMap()[QStringLiteral("key")].toInt();
        curves.beginDrag(row, key);
        for (int i = 0; i < 3; ++i)
            curves.dragTo(key, 0, random(1000) / 1000.0, random(1000) / 1000.0);
        curves.endDrag();
        return true;
    }
    /// A card with items becomes the current one; the plan says where they are.
    bool showItems()
    {
        const ItemStrip& items = *m_session->timeline()->items();
        for (const Node& node : graph().scope()->recipe()->nodes) {
            if (items.pieceCount() > 0)
                break;
            if (node.effect == "sequence") {
                graph().select(toQt(std::string_view(node.name)));
                static_cast<void>(QTest::qWaitFor([&] { return items.pieceCount() > 0; }, 1000));
            }
        }
        return items.pieceCount() > 0;
    }
    bool trimAnItem()
    {
        if (!showItems())
            return false;
        ItemStrip& items = *m_session->timeline()->items();
        items.beginDrag(random(items.pieceCount()), chance(50) ? ItemStrip::End : ItemStrip::Start);
        items.dragBy((random(100) - 50) / 200.0);
        items.endDrag();
        return true;
    }
    bool dragOnThePicture()
    {
        Overlay& overlay = *m_session->viewer()->overlay();
        if (overlay.handleCount() == 0)
            return false;
        const int handle = random(overlay.handleCount());
        overlay.begin(handle);
        overlay.moveTo(handle, {random(1000) / 1000.0, random(1000) / 1000.0});
        overlay.end();
        return true;
    }
};

} // namespace artdag
