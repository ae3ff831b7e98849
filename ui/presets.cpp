// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/presets.h"

#include "core/base/files.h"
#include "core/recipe/edit_recipe.h"
#include "ui/qt_std.h"

#include <utility>

namespace artdag {

Presets::Presets(GraphScope& scope, const Catalogue& effects, std::filesystem::path file, QObject* parent)
    : QObject(parent),
      m_scope(&scope),
      m_effects(&effects),
      m_file(std::move(file))
{
    connect(m_scope, &GraphScope::recipeChanged, this, &Presets::changed);
    const Result<std::string> text = readTextFile(m_file);
    if (!text)
        return;
    Result<Json> json = readJson(*text);
    if (json && json->is_object()) {
        m_presets = std::move(*json);
    } else {
        std::error_code ignored;
        std::filesystem::rename(m_file, m_file.string() + ".unreadable", ignored);
    }
}

const Node* Presets::node() const
{
    const Node* found = m_scope->recipe()->node(toStd(m_card));
    return found != nullptr && m_effects->find(found->effect) != nullptr ? found : nullptr;
}

void Presets::setCard(const QString& card)
{
    m_card = card;
    Q_EMIT changed();
}

bool Presets::isPossible() const
{
    const Node* found = node();
    return found != nullptr && !m_effects->find(found->effect)->effect->params.empty();
}

QStringList Presets::names() const
{
    QStringList list;
    const Node* found = node();
    if (found == nullptr || !m_presets.contains(found->effect) || !m_presets[found->effect].is_object())
        return list;
    for (const auto& [name, arguments] : m_presets[found->effect].get_ref<const Json::object_t&>()) {
        if (arguments.is_object())
            list << toQt(name);
    }
    list.sort(Qt::CaseInsensitive);
    return list;
}

void Presets::apply(const QString& name)
{
    const Node* found = node();
    if (found == nullptr || !names().contains(name))
        return;
    Result<Recipe> next = *m_scope->recipe();
    const Json& arguments = m_presets[found->effect][toStd(name)];
    for (const Param& param : m_effects->find(found->effect)->effect->params) {
        const std::string argument(param.name);
        // What the preset says nothing of keeps what moves it, and is its default otherwise.
        const Json* now = found->arg(argument);
        if (next && (arguments.contains(argument) || (now != nullptr && !now->is_object())))
            next = setArgument(*next, found->name, argument, arguments.contains(argument) ? std::optional<Json>(arguments[argument]) : std::nullopt);
    }
    m_scope->apply(std::move(next), tr("Preset %1").arg(name));
}

void Presets::applyDefaults()
{
    const Node* found = node();
    if (found == nullptr)
        return;
    Result<Recipe> next = *m_scope->recipe();
    for (const auto& argument : found->args) {
        if (next)
            next = setArgument(*next, found->name, argument.first, std::nullopt);
    }
    m_scope->apply(std::move(next), tr("Defaults"));
}

void Presets::keep(const QString& name)
{
    const Node* found = node();
    const QString plain = name.simplified();
    if (found == nullptr || plain.isEmpty())
        return;
    Json arguments = Json::object();
    for (const auto& [argument, value] : found->args) {
        if (!value.is_object())
            arguments[argument] = value;
    }
    m_presets[found->effect][toStd(plain)] = std::move(arguments);
    save();
}

void Presets::remove(const QString& name)
{
    const Node* found = node();
    if (found == nullptr || !names().contains(name))
        return;
    m_presets[found->effect].erase(toStd(name));
    save();
}

void Presets::save()
{
    Q_EMIT changed();
    std::error_code ignored;
    std::filesystem::create_directories(m_file.parent_path(), ignored);
    const std::string text = m_presets.dump(2) + "\n";
    if (const auto written = writeFileAtomically(m_file, bytesOf(std::string_view(text))); !written)
        Q_EMIT refused(tr("The preset is not kept: %1").arg(wordsOf(written.error())));
}

} // namespace artdag
