// SPDX-License-Identifier: GPL-3.0-or-later
// The form of a card, of the handles or of the canvas, as rows. Reads the document's recipe, writes through the document:
// a drag is one undo step. It never decides what is a valid recipe; it shows the inspection's problems beside the rows.
#pragma once

#include "ui/field.h"
#include "ui/graph_scope.h"

#include <QAbstractListModel>
#include <QVariant>

#include <functional>
#include <map>
#include <memory>
#include <set>

namespace artdag {

class FieldModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(int count READ rowTotal NOTIFY countChanged)
    Q_PROPERTY(QString card READ card NOTIFY cardChanged)
    Q_PROPERTY(int others READ othersTotal NOTIFY othersChanged)
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
        KeysRole,    ///< how many keyframes
        KeyHereRole, ///< there is one at the playhead
        EaseRole,    ///< after that one
        FollowRole,  ///< {title, low, high, smooth, offset, decay, noise, map} of a binding
        CanFollowRole,
        NowRole, ///< what an expression or keyframes give at the playhead
    };

    /// The form of a card may follow a scope into groups; otherwise it is about the document itself.
    FieldModel(Document& document, const Catalogue& effects, Source source, GraphScope* scope = nullptr, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// Where its fields are: the document, or the group that is open.
    [[nodiscard]] GraphScope& scope() const { return *m_scope; }
    [[nodiscard]] int rowTotal() const { return static_cast<int>(m_fields.size()); }
    [[nodiscard]] QString card() const { return m_card; }
    /// How many cards more take what is set here.
    [[nodiscard]] int othersTotal() const { return static_cast<int>(others().size()); }
    [[nodiscard]] QString help() const;
    [[nodiscard]] QString effectTitle() const;
    [[nodiscard]] const std::vector<Field>& fields() const { return m_fields; }
    void setCard(const QString& card);
    /// Selected cards: what is set here is set at those of the same effect, too, in the same step.
    void setSelected(const std::set<std::string>& names);
    void setProblems(const std::vector<Problem>& problems);
    /// Where the playhead is: what keyframes give there is shown, and typed and dragged values become keyframes there.
    void setFrame(std::int64_t frame);

    /// Typed text; an error stays at the row until the next edit.
    Q_INVOKABLE bool setText(int row, const QString& text);
    Q_INVOKABLE void setComponentText(int row, int component, const QString& text);
    Q_INVOKABLE void setOn(int row, bool on);
    Q_INVOKABLE void setChoice(int row, int choice);
    Q_INVOKABLE void setColour(int row, const QColor& colour);
    Q_INVOKABLE void setStopColour(int row, int stop, const QColor& colour);
    Q_INVOKABLE void addStop(int row, double position);
    Q_INVOKABLE void removeStop(int row, int stop);
    Q_INVOKABLE bool setFormula(int row, const QString& text);
    /// An expression that gives the value at the playhead.
    Q_INVOKABLE void makeExpression(int row);
    Q_INVOKABLE void reset(int row);

    /// A keyframe at the playhead, or none there.
    Q_INVOKABLE void toggleKey(int row);
    /// The playhead goes to the next keyframe (1) or the one before (−1).
    Q_INVOKABLE void goToKey(int row, int step);
    Q_INVOKABLE void setEase(int row, const QString& ease);
    /// {id, title, made}: what this row can follow; none where nothing can lead it.
    Q_INVOKABLE QVariantList followChoices(int row) const;
    Q_INVOKABLE void follow(int row, const QString& id);
    /// A typed member of a binding: low, high, smooth, offset, decay, noise, map.
    Q_INVOKABLE void setFollowMember(int row, const QString& member, const QString& text);
    /// The value at the playhead stays, nothing moves it any more.
    Q_INVOKABLE void makeConstant(int row);
    Q_INVOKABLE QStringList parameters(int row) const;
    Q_INVOKABLE QString parameterOf(int row) const;
    Q_INVOKABLE void takeParameter(int row, const QString& name);
    Q_INVOKABLE void makeParameter(int row);
    /// The argument as it is written goes to the clipboard; and back.
    Q_INVOKABLE void copy(int row) const;
    Q_INVOKABLE void pasteCopied(int row);
    /// It and what was copied take the same parameter of the recipe from now on.
    Q_INVOKABLE void pasteLink(int row);
    /// Words that could stand where the word before the cursor ends: names and functions of expressions.
    Q_INVOKABLE QStringList completions(int row, const QString& text, int cursor) const;
    Q_INVOKABLE void toggleHandle(int row);
    Q_INVOKABLE void newSeed(int row);
    /// The row's name among the handles, as `soft.radius`; empty where it cannot be one.
    Q_INVOKABLE QString handleAt(int row) const;

    Q_INVOKABLE void beginDrag(int row);
    /// These do nothing when other fields were shown meanwhile. `pixels` since the drag began; a step a pixel pair, a tenth of it with `fine`, ten with `coarse`.
    Q_INVOKABLE void drag(int row, double pixels, bool fine, bool coarse);
    Q_INVOKABLE void dragComponent(int row, int component, double pixels, bool fine);
    Q_INVOKABLE void dragFraction(int row, double fraction);
    Q_INVOKABLE void dragStop(int row, int stop, double position);
    Q_INVOKABLE void endDrag();
    /// As an arrow key on a slider does: a step by itself.
    Q_INVOKABLE void setFraction(int row, double fraction);

Q_SIGNALS:
    void countChanged();
    void cardChanged();
    void othersChanged();
    /// Rows will be about something else: what is being typed belongs to what they are about now.
    void aboutToShowOthers();
    void othersShown();
    void refused(const QString& message);
    void fileWanted(int row);
    void frameWanted(qint64 frame);

private:
    [[nodiscard]] std::vector<Field> read() const;
    void rebuild();
    /// Row by row in the place of those before: an editor is dear to make, and takes another value at once.
    void show(std::vector<Field> fields);
    void evaluate();
    /// The field with the literal that keyframes give at the playhead.
    [[nodiscard]] Field atPlayhead(int row) const;
    [[nodiscard]] QVariantMap followParts(const Field& field) const;
    [[nodiscard]] Rate rate() const { return m_scope->recipe()->canvas.rate; }
    [[nodiscard]] bool valid(int row) const { return row >= 0 && row < rowTotal(); }
    [[nodiscard]] Field& field(int row) { return m_fields[static_cast<std::size_t>(row)]; }
    /// A value at the playhead, or the default for none.
    void write(int row, std::optional<Json> value);
    [[nodiscard]] std::vector<std::string> others() const;
    /// The argument in any form.
    void writeArgument(int row, std::optional<Json> value);
    void writeStops(int row, const std::function<void(Json&)>& edit);
    void setError(int row, const QString& message);
    [[nodiscard]] QVariantList stopsOf(const Field& field) const;

    std::unique_ptr<GraphScope> m_own; ///< at the document itself, when no scope was given
    GraphScope* m_scope;
    const Catalogue* m_effects;
    Source m_source;
    QString m_card;
    std::set<std::string> m_selected;
    std::vector<Field> m_fields;
    std::vector<Problem> m_problems;
    std::map<int, QString> m_errors; ///< of what was typed
    std::int64_t m_frame = 0;
    std::map<int, Json> m_now; ///< of rows that move: their values at the playhead
    Json m_dragStart;
    bool m_dragging = false;
};

} // namespace artdag
