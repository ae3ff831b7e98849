// SPDX-License-Identifier: GPL-3.0-or-later
// The form of a card, of the handles or of the canvas, as rows. Reads the document's recipe, writes through the document:
// a drag is one undo step. It never decides what is a valid recipe; it shows the inspection's problems beside the rows.
#pragma once

#include "ui/document.h"
#include "ui/field.h"

#include <QAbstractListModel>
#include <QVariant>

#include <functional>
#include <map>

namespace artdag {

class FieldModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(int count READ rowTotal NOTIFY countChanged)
    Q_PROPERTY(QString card READ card NOTIFY cardChanged)
    Q_PROPERTY(QString help READ help NOTIFY cardChanged)
    Q_PROPERTY(QString effectTitle READ effectTitle NOTIFY cardChanged)

public:
    enum class Source {
        Card,
        Handles,
        Canvas,
    };
    enum Role {
        KindRole = Qt::UserRole + 1,
        TitleRole,
        HelpRole,
        UnitRole,
        HeadingRole,
        FormRole,
        NumberRole,
        FractionRole,
        BoundedRole,
        TextRole,
        ColourRole,
        XTextRole,
        YTextRole,
        OnRole,
        ChoicesRole,
        ChoiceRole,
        StopsRole,
        FormulaRole,
        AnimatableRole,
        ChangedRole,
        HandleRole,
        CanBeHandleRole,
        ErrorRole,
        PlaceRole,
    };

    FieldModel(Document& document, const Catalogue& effects, Source source, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int rowTotal() const { return static_cast<int>(m_fields.size()); }
    [[nodiscard]] QString card() const { return m_card; }
    [[nodiscard]] QString help() const;
    [[nodiscard]] QString effectTitle() const;
    [[nodiscard]] const std::vector<Field>& fields() const { return m_fields; }
    void setCard(const QString& card);
    void setProblems(const std::vector<Problem>& problems);

    /// Typed text; an error stays at the row until the next edit.
    Q_INVOKABLE bool setText(int row, const QString& text);
    Q_INVOKABLE void setComponentText(int row, int component, const QString& text);
    Q_INVOKABLE void setOn(int row, bool on);
    Q_INVOKABLE void setChoice(int row, int choice);
    Q_INVOKABLE void setColour(int row, const QColor& colour);
    Q_INVOKABLE void setStopColour(int row, int stop, const QColor& colour);
    Q_INVOKABLE void moveStop(int row, int stop, double position);
    Q_INVOKABLE void addStop(int row, double position);
    Q_INVOKABLE void removeStop(int row, int stop);
    Q_INVOKABLE bool setFormula(int row, const QString& text);
    /// Turns a literal into an expression with the same value, or an animated form back into the default.
    Q_INVOKABLE void toggleFormula(int row);
    Q_INVOKABLE void reset(int row);
    Q_INVOKABLE void toggleHandle(int row);
    Q_INVOKABLE void newSeed(int row);
    /// The row's name among the handles, as `soft.radius`; empty where it cannot be one.
    Q_INVOKABLE QString handleAt(int row) const;

    Q_INVOKABLE void beginDrag(int row);
    /// `pixels` since the drag began; a step a pixel pair, a tenth of it with `fine`, ten with `coarse`.
    Q_INVOKABLE void drag(int row, double pixels, bool fine, bool coarse);
    Q_INVOKABLE void dragComponent(int row, int component, double pixels, bool fine);
    Q_INVOKABLE void dragFraction(int row, double fraction);
    Q_INVOKABLE void endDrag();

Q_SIGNALS:
    void countChanged();
    void cardChanged();
    void refused(const QString& message);
    void fileWanted(int row);

private:
    void rebuild();
    [[nodiscard]] bool valid(int row) const { return row >= 0 && row < rowTotal(); }
    [[nodiscard]] Field& field(int row) { return m_fields[static_cast<std::size_t>(row)]; }
    void write(int row, std::optional<Json> value);
    void writeStops(int row, const std::function<void(Json&)>& edit);
    void setError(int row, const QString& message);
    [[nodiscard]] QVariantList stopsOf(const Field& field) const;

    Document* m_document;
    const Catalogue* m_effects;
    Source m_source;
    QString m_card;
    std::vector<Field> m_fields;
    std::vector<Problem> m_problems;
    std::map<int, QString> m_errors; ///< of what was typed
    Json m_dragStart;
    bool m_dragging = false;
};

} // namespace artdag
