// SPDX-License-Identifier: GPL-3.0-or-later
// From a render to its recipe, its origins, and how it differs from another.
#include "core/recipe/compare_recipes.h"
#include "core/workflow/lineage.h"
#include "ui/explore.h"
#include "ui/qt_std.h"
#include "ui/sheet_picture.h"

#include <algorithm>

namespace artdag {

namespace {
QStringList differencesOf(const std::string& before, const Recipe& after)
{
    QStringList lines;
    for (const RecipeDifference& difference : compareRecipes(readRecipe(before).recipe, after))
        lines << differenceWords(difference);
    return lines;
}
} // namespace

void Explore::openRecipeOf(const QString& id, bool variant)
{
    ++m_asked;
    m_gallery->askRecipe(id, [this, id, variant](const std::string& text) {
        --m_asked;
        ReadRecipe read = readRecipe(text);
        if (text.empty() || (!read.ok() && read.recipe.nodes.empty())) {
            Q_EMIT said(tr("The recipe of this render cannot be read any more."), true);
            return;
        }
        if (variant) {
            read.recipe.title = toStd(tr("%1, variant").arg(toQt(std::string_view(read.recipe.title))));
            const std::string origin = ContentId{sha3(bytesOf(text))}.text();
            if (std::ranges::find(read.recipe.derivedFrom, origin) == read.recipe.derivedFrom.end())
                read.recipe.derivedFrom.push_back(origin);
        }
        m_document->reset(std::move(read.recipe), {});
        m_parent = id;
        Q_EMIT placeWanted(QStringLiteral("make"));
    });
}

void Explore::look()
{
    lookAtLineage();
    lookAtChanges();
}

void Explore::lookAtLineage()
{
    const GalleryEntry* entry = m_gallery->currentEntry();
    m_lineage.clear();
    if (entry == nullptr) {
        Q_EMIT lineageChanged();
        return;
    }
    const auto add = [this](const QString& role, const QString& name, const QString& detail) { m_lineage.append(QVariantMap{{QStringLiteral("role"), role}, {QStringLiteral("name"), name}, {QStringLiteral("detail"), detail}}); };
    const auto shortId = [](const ContentId& id) { return id.isNull() ? QString() : toQt(std::string_view(id.hex())).left(12); };
    if (const GalleryEntry* parent = m_gallery->entryOf(entry->parent))
        add(tr("made from"), parent->title, shortId(parent->recipeId));
    if (entry->provenance.isEmpty()) {
        add(tr("recipe"), entry->title, shortId(entry->recipeId));
        Q_EMIT lineageChanged();
        return;
    }
    ++m_asked;
    m_thread->post(
        Urgency::Viewer, "lineage", [this, path = toPath(entry->provenance), add, shortId, id = entry->id](const CancelToken&) {
            const auto lines = std::make_shared<Result<std::vector<LineageLine>>>(readLineage(path));
            QMetaObject::invokeMethod(
                this, [this, lines, add, shortId, id] {
                    --m_asked;
                    const GalleryEntry* now = m_gallery->currentEntry();
                    if (now == nullptr || now->id != id)
                        return;
                    if (!*lines)
                        add(tr("provenance"), wordsOf(lines->error()), {});
                    else
                        for (const LineageLine& line : **lines) {
                            static const char* const roles[] = {QT_TR_NOOP("recipe"), QT_TR_NOOP("made from"), QT_TR_NOOP("input"), QT_TR_NOOP("effect"), QT_TR_NOOP("baked"), QT_TR_NOOP("made with")};
                            const GalleryEntry* earlier = line.kind == LineageLine::Kind::Earlier ? m_gallery->entryOfRecipe(line.id) : nullptr;
                            // `effect:blur`: its kind is said already.
                            const QString name = earlier != nullptr ? earlier->title : toQt(std::string_view(line.name)).section(QLatin1Char(':'), -1);
                            const QString detail = line.kind == LineageLine::Kind::Effect ? tr("version %1").arg(toQt(std::string_view(line.detail))) : toQt(std::string_view(line.detail));
                            add(tr(roles[static_cast<int>(line.kind)]), name.isEmpty() ? shortId(line.id) : name, detail.isEmpty() ? shortId(line.id) : detail);
                        }
                    Q_EMIT lineageChanged();
                },
                Qt::QueuedConnection);
        },
        true);
}

void Explore::lookAtChanges()
{
    const GalleryEntry* entry = m_shown ? m_gallery->currentEntry() : nullptr;
    if (entry == nullptr) {
        m_changes.clear();
        Q_EMIT changesChanged();
        return;
    }
    ++m_asked;
    m_gallery->askRecipe(entry->id, [this, id = entry->id](const std::string& text) {
        --m_asked;
        const GalleryEntry* now = m_gallery->currentEntry();
        if (now == nullptr || now->id != id)
            return;
        m_changes = differencesOf(text, *m_document->recipe());
        Q_EMIT changesChanged();
    });
}

// --- two side by side ---

QVariantMap Explore::comparedEntry(const GalleryEntry& entry) const
{
    const auto url = [](const QString& path) { return path.isEmpty() ? QUrl() : QUrl::fromLocalFile(path); };
    return {{QStringLiteral("id"), entry.id}, {QStringLiteral("title"), entry.title}, {QStringLiteral("poster"), url(entry.poster)}, {QStringLiteral("film"), entry.missing ? QUrl() : url(entry.film)}, {QStringLiteral("facts"), QStringLiteral("%1 × %2 · %3").arg(entry.width).arg(entry.height).arg(entry.encode)}, {QStringLiteral("mark"), entry.mark}};
}

void Explore::compareTwo()
{
    QList<int> rows = m_gallery->selectedRows();
    if (rows.size() == 1 && m_gallery->current() >= 0 && rows.front() != m_gallery->current())
        rows << m_gallery->current();
    if (rows.size() != 2) {
        Q_EMIT said(tr("Select two renders to compare: hold Ctrl and click the second."), false);
        return;
    }
    const GalleryEntry left = *m_gallery->entryAt(rows[0]);
    const GalleryEntry right = *m_gallery->entryAt(rows[1]);
    m_compared = {comparedEntry(left), comparedEntry(right)};
    m_comparedChanges.clear();
    Q_EMIT comparedChanged();
    setView(QStringLiteral("compare"));
    ++m_asked;
    m_gallery->askRecipe(left.id, [this, right = right.id](const std::string& before) {
        m_gallery->askRecipe(right, [this, before](const std::string& after) {
            --m_asked;
            m_comparedChanges = differencesOf(before, readRecipe(after).recipe);
            Q_EMIT comparedChanged();
        });
    });
}

} // namespace artdag
