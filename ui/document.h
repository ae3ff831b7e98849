// SPDX-License-Identifier: GPL-3.0-or-later
// The open document: the current recipe and the earlier ones. Undo is an earlier shared_ptr<const Recipe>, so an undone
// document is byte for byte what it was. It never checks, plans or renders.
#pragma once

#include "core/recipe/recipe.h"

#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

#include <filesystem>
#include <memory>
#include <vector>

namespace artdag {

using RecipePointer = std::shared_ptr<const Recipe>;

class Document : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(QString title READ title WRITE setTitle NOTIFY recipeChanged)
    Q_PROPERTY(QString path READ path NOTIFY pathChanged)
    Q_PROPERTY(bool modified READ isModified NOTIFY stepsChanged)
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY stepsChanged)
    Q_PROPERTY(bool canRedo READ canRedo NOTIFY stepsChanged)
    Q_PROPERTY(QString undoText READ undoText NOTIFY stepsChanged)
    Q_PROPERTY(QString redoText READ redoText NOTIFY stepsChanged)

public:
    explicit Document(QObject* parent = nullptr);

    [[nodiscard]] RecipePointer recipe() const { return m_steps[m_now].recipe; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] bool isModified() const { return recipe() != m_saved; }
    [[nodiscard]] bool canUndo() const { return m_now > 0; }
    [[nodiscard]] bool canRedo() const { return m_now + 1 < m_steps.size(); }
    [[nodiscard]] QString undoText() const;
    [[nodiscard]] QString redoText() const;
    /// A gesture is under way (something is being dragged): previews may be drafts.
    [[nodiscard]] bool inGesture() const { return m_gesture; }
    [[nodiscard]] std::size_t steps() const { return m_steps.size(); }

    /// A new document. `path` is empty when it has no file yet. Not `saved`: no file has it as it is (it was recovered).
    void reset(Recipe recipe, const QString& path, bool saved = true);
    /// One undo step.
    void apply(Recipe next, const QString& label);
    /// The same for an edit that may have failed: says why through `refused`. True when it was applied.
    bool apply(Result<Recipe> next, const QString& label);

    /// All changes between these two are one undo step; none when the recipe ends as it began. An undo or an edit of another
    /// kind in between ends it, and changes that still come do nothing.
    void beginGesture(const QString& label);
    void change(Result<Recipe> next);
    void endGesture();
    void cancelGesture();

    Q_INVOKABLE void undo();
    Q_INVOKABLE void redo();
    void setTitle(const QString& title);

    /// A snapshot has been written to a file, which is the document's from now on.
    void markSaved(const RecipePointer& snapshot, const QString& path);

Q_SIGNALS:
    void recipeChanged();
    void gestureEnded();
    void stepsChanged();
    void pathChanged();
    void opened();
    void refused(const QString& message);

private:
    struct Step {
        RecipePointer recipe;
        QString label;
    };
    void cutRedo();

    std::vector<Step> m_steps;
    std::size_t m_now = 0;
    RecipePointer m_saved;
    QString m_path;
    bool m_gesture = false;
    QString m_gestureLabel;
    RecipePointer m_gestureStart;
};

/// Writes the one written form, atomically. Waits for the disk: not for the GUI thread.
Result<void> saveRecipe(const Recipe& recipe, const std::filesystem::path& path);

} // namespace artdag
