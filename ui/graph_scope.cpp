// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph_scope.h"

#include "core/recipe/canvas_marks.h"
#include "core/recipe/group_scope.h"
#include "ui/qt_std.h"

#include <utility>

namespace artdag {

GraphScope::GraphScope(Document& document, QObject* parent)
    : QObject(parent),
      m_document(&document)
{
    connect(m_document, &Document::recipeChanged, this, &GraphScope::onRecipeChanged);
    connect(m_document, &Document::opened, this, [this] {
        m_back.clear();
        m_forward.clear();
        m_path.clear();
        m_inside.reset();
        Q_EMIT moved();
    });
}

std::string GraphScope::groupAt(const Path& path) const
{
    const RecipePointer recipe = m_document->recipe();
    const Group* group = nullptr;
    for (const std::string& instance : path) {
        const Node* node = group == nullptr ? recipe->node(instance) : group->node(instance);
        group = node == nullptr || node->group.empty() ? nullptr : recipe->group(node->group);
        if (group == nullptr)
            return {};
    }
    return group == nullptr ? std::string() : group->name;
}

std::string GraphScope::group() const
{
    return groupAt(m_path);
}

RecipePointer GraphScope::recipe() const
{
    const RecipePointer whole = m_document->recipe();
    if (m_path.empty())
        return whole;
    if (m_inside == nullptr || m_seen != whole) {
        m_seen = whole;
        Result<Recipe> inside = recipeOfGroup(*whole, group());
        m_inside = inside ? std::make_shared<const Recipe>(std::move(*inside)) : whole;
    }
    return m_inside;
}

QStringList GraphScope::trail() const
{
    const QString title = m_document->title();
    QStringList words{title.isEmpty() ? tr("Film") : title};
    for (const std::string& instance : m_path)
        words << toQt(std::string_view(instance));
    return words;
}

std::string GraphScope::flatName(const std::string& name) const
{
    std::string flat;
    for (const std::string& instance : m_path)
        flat += instance + "__";
    return flat + name;
}

void GraphScope::onRecipeChanged()
{
    // An undone group is left.
    Path path = m_path;
    while (!path.empty() && groupAt(path).empty())
        path.pop_back();
    const bool left = path != m_path;
    m_path = std::move(path);
    if (left) {
        m_inside.reset();
        Q_EMIT moved();
    }
    Q_EMIT recipeChanged();
}

void GraphScope::go(Path path)
{
    m_path = std::move(path);
    m_inside.reset();
    Q_EMIT moved();
    Q_EMIT recipeChanged();
}

bool GraphScope::enter(const std::string& instance)
{
    Path path = m_path;
    path.push_back(instance);
    if (groupAt(path).empty())
        return false;
    m_back.push_back(m_path);
    m_forward.clear();
    go(std::move(path));
    return true;
}

void GraphScope::goTo(int depth)
{
    if (depth < 0 || depth >= this->depth())
        return;
    m_back.push_back(m_path);
    m_forward.clear();
    go({m_path.begin(), m_path.begin() + depth});
}

void GraphScope::back()
{
    while (!m_back.empty()) {
        Path path = std::move(m_back.back());
        m_back.pop_back();
        if (!path.empty() && groupAt(path).empty())
            continue;
        m_forward.push_back(m_path);
        go(std::move(path));
        return;
    }
}

void GraphScope::forward()
{
    while (!m_forward.empty()) {
        Path path = std::move(m_forward.back());
        m_forward.pop_back();
        if (!path.empty() && groupAt(path).empty())
            continue;
        m_back.push_back(m_path);
        go(std::move(path));
        return;
    }
}

Result<Recipe> GraphScope::outside(Recipe inside) const
{
    inside = withTidyMarks(std::move(inside));
    if (m_path.empty())
        return inside;
    return withGroup(*m_document->recipe(), group(), inside);
}

void GraphScope::apply(Recipe next, const QString& label)
{
    m_document->apply(outside(std::move(next)), label);
}

bool GraphScope::apply(Result<Recipe> next, const QString& label)
{
    return m_document->apply(next ? outside(std::move(*next)) : std::move(next), label);
}

void GraphScope::change(Result<Recipe> next)
{
    m_document->change(next ? outside(std::move(*next)) : std::move(next));
}

} // namespace artdag
