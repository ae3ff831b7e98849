// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document.h"

#include "core/base/files.h"
#include "ui/qt_std.h"

namespace artdag {

namespace {
constexpr std::size_t mostSteps = 2000;
}

Document::Document(QObject* parent)
    : QObject(parent)
{
    m_steps.push_back({std::make_shared<const Recipe>(), {}});
    m_saved = recipe();
}

QString Document::title() const
{
    return toQt(recipe()->title);
}

QString Document::undoText() const
{
    return canUndo() ? m_steps[m_now].label : QString();
}

QString Document::redoText() const
{
    return canRedo() ? m_steps[m_now + 1].label : QString();
}

void Document::reset(Recipe recipe, const QString& path, bool saved)
{
    m_gesture = false;
    m_steps.clear();
    m_steps.push_back({std::make_shared<const Recipe>(std::move(recipe)), {}});
    m_now = 0;
    m_saved = saved ? this->recipe() : nullptr;
    m_path = path;
    Q_EMIT pathChanged();
    Q_EMIT opened();
    Q_EMIT recipeChanged();
    Q_EMIT stepsChanged();
}

void Document::cutRedo()
{
    m_steps.resize(m_now + 1);
    if (m_steps.size() > mostSteps) {
        m_steps.erase(m_steps.begin());
        --m_now;
    }
}

void Document::apply(Recipe next, const QString& label)
{
    if (m_gesture)
        endGesture();
    cutRedo();
    m_steps.push_back({std::make_shared<const Recipe>(std::move(next)), label});
    ++m_now;
    Q_EMIT recipeChanged();
    Q_EMIT stepsChanged();
}

bool Document::apply(Result<Recipe> next, const QString& label)
{
    if (!next) {
        Q_EMIT refused(wordsOf(next.error()));
        return false;
    }
    apply(std::move(*next), label);
    return true;
}

void Document::beginGesture(const QString& label)
{
    if (m_gesture)
        endGesture();
    m_gesture = true;
    m_gestureLabel = label;
    m_gestureStart = recipe();
}

void Document::change(Result<Recipe> next)
{
    if (!next) {
        Q_EMIT refused(wordsOf(next.error()));
        return;
    }
    if (!m_gesture)
        return; // an undo or another edit has ended it under the hand, which is still down
    auto snapshot = std::make_shared<const Recipe>(std::move(*next));
    const bool first = m_steps[m_now].recipe == m_gestureStart;
    if (first) {
        cutRedo();
        m_steps.push_back({std::move(snapshot), m_gestureLabel});
        ++m_now;
    } else {
        m_steps[m_now].recipe = std::move(snapshot);
    }
    Q_EMIT recipeChanged();
    if (first)
        Q_EMIT stepsChanged();
}

void Document::endGesture()
{
    if (!m_gesture)
        return;
    m_gesture = false;
    if (recipe() != m_gestureStart && writeRecipe(*recipe()) == writeRecipe(*m_gestureStart)) {
        // It came back to where it began: no step, and the earlier snapshot with its previews.
        m_steps.pop_back();
        --m_now;
        Q_EMIT recipeChanged();
    }
    m_gestureStart.reset();
    Q_EMIT stepsChanged();
    Q_EMIT gestureEnded();
}

void Document::cancelGesture()
{
    if (!m_gesture)
        return;
    m_gesture = false;
    if (recipe() != m_gestureStart) {
        m_steps.pop_back();
        --m_now;
        Q_EMIT recipeChanged();
        Q_EMIT stepsChanged();
    }
    m_gestureStart.reset();
    Q_EMIT gestureEnded();
}

void Document::undo()
{
    if (m_gesture) {
        cancelGesture();
        return;
    }
    if (!canUndo())
        return;
    --m_now;
    Q_EMIT recipeChanged();
    Q_EMIT stepsChanged();
}

void Document::redo()
{
    if (m_gesture || !canRedo())
        return;
    ++m_now;
    Q_EMIT recipeChanged();
    Q_EMIT stepsChanged();
}

void Document::setTitle(const QString& title)
{
    if (toStd(title) == recipe()->title)
        return;
    Recipe next = *recipe();
    next.title = toStd(title);
    apply(std::move(next), tr("Title"));
}

void Document::markSaved(const RecipePointer& snapshot, const QString& path)
{
    m_saved = snapshot;
    if (path != m_path) {
        m_path = path;
        Q_EMIT pathChanged();
    }
    Q_EMIT stepsChanged();
}

Result<void> saveRecipe(const Recipe& recipe, const std::filesystem::path& path)
{
    const std::string text = writeRecipe(recipe);
    return writeFileAtomically(path, bytesOf(text));
}

} // namespace artdag
