// SPDX-License-Identifier: GPL-3.0-or-later
// Which part of the document is looked at and edited: the whole, or the inside of a group as a recipe of its own. Edits go
// through it to the document, one undo step each. It remembers the way back, as browsers do.
#pragma once

#include "ui/document.h"

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include <string>
#include <vector>

namespace artdag {

class GraphScope : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("given by Session")
    Q_PROPERTY(QStringList trail READ trail NOTIFY moved)
    Q_PROPERTY(int depth READ depth NOTIFY moved)
    Q_PROPERTY(bool canGoBack READ canGoBack NOTIFY moved)
    Q_PROPERTY(bool canGoForward READ canGoForward NOTIFY moved)

public:
    explicit GraphScope(Document& document, QObject* parent = nullptr);

    [[nodiscard]] Document& document() { return *m_document; }
    /// The document's recipe, or what recipeOfGroup makes of the opened group. The same pointer until it changes.
    [[nodiscard]] RecipePointer recipe() const;
    [[nodiscard]] int depth() const { return static_cast<int>(m_path.size()); }
    [[nodiscard]] QStringList trail() const; ///< what stands over the canvas: the film, then the opened groups
    [[nodiscard]] bool canGoBack() const { return !m_back.empty(); }
    [[nodiscard]] bool canGoForward() const { return !m_forward.empty(); }
    [[nodiscard]] const std::vector<std::string>& path() const { return m_path; } ///< names of instances
    /// The group that is open; empty for the document itself.
    [[nodiscard]] std::string group() const;
    /// What a node of this scope is called in the flat recipe, that is in plans and inspections.
    [[nodiscard]] std::string flatName(const std::string& name) const;

    /// Opens the group of an instance in this scope. False when it is none.
    bool enter(const std::string& instance);
    Q_INVOKABLE void goTo(int depth);
    Q_INVOKABLE void back();
    Q_INVOKABLE void forward();

    /// As those of Document, for a recipe of this scope.
    void apply(Recipe next, const QString& label);
    bool apply(Result<Recipe> next, const QString& label);
    void beginGesture(const QString& label) { m_document->beginGesture(label); }
    void change(Result<Recipe> next);
    void endGesture() { m_document->endGesture(); }

Q_SIGNALS:
    void recipeChanged();
    void moved();

private:
    using Path = std::vector<std::string>;
    void onRecipeChanged();
    void go(Path path);
    [[nodiscard]] std::string groupAt(const Path& path) const; ///< empty when the path leads nowhere
    [[nodiscard]] Result<Recipe> outside(Recipe inside) const;

    Document* m_document;
    Path m_path;
    std::vector<Path> m_back, m_forward;
    mutable RecipePointer m_seen, m_inside; ///< the document's recipe and what was made of it
};

} // namespace artdag
