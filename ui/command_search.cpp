// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/command_search.h"

#include <algorithm>
#include <array>

namespace artdag {

namespace {
constexpr int wordStart = 8, sideBySide = 5, anywhere = 1;

bool beginsWord(const QString& words, qsizetype at)
{
    return at == 0 || !words[at - 1].isLetterOrNumber();
}
} // namespace

std::optional<int> fuzzyFit(const QString& letters, const QString& words)
{
    const QString wanted = QString(letters).remove(QLatin1Char(' ')).toCaseFolded();
    const QString text = words.toCaseFolded();
    if (wanted.isEmpty())
        return 0;
    // best[j]: the best score with the letters so far, the last of them at j. One row for each letter.
    std::vector<int> before(static_cast<std::size_t>(text.size()), -1);
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        std::vector<int> best(before.size(), -1);
        int reach = i == 0 ? 0 : -1; // the best of the row before that ends left of j − 1
        for (qsizetype j = 0; j < text.size(); ++j) {
            const auto at = static_cast<std::size_t>(j);
            if (i > 0 && j > 1)
                reach = std::max(reach, before[at - 2]);
            if (text[j] != wanted[i])
                continue;
            const int alone = beginsWord(text, j) ? wordStart : anywhere;
            if (reach >= 0)
                best[at] = reach + alone;
            if (i > 0 && j > 0 && before[at - 1] >= 0)
                best[at] = std::max(best[at], before[at - 1] + std::max(alone, sideBySide));
        }
        before = std::move(best);
    }
    const int best = before.empty() ? -1 : *std::ranges::max_element(before);
    return best < 0 ? std::nullopt : std::optional(best * 16 - static_cast<int>(std::min<qsizetype>(text.size(), 15)));
}

CommandSearch::CommandSearch(Commands& commands, QObject* parent)
    : QAbstractListModel(parent),
      m_commands(&commands)
{
    connect(m_commands, &Commands::keysChanged, this, &CommandSearch::list);
    list();
}

void CommandSearch::setQuery(const QString& query)
{
    m_query = query;
    list();
}

void CommandSearch::list()
{
    struct Found {
        int row, score, recent;
    };
    std::vector<Found> found;
    const QStringList recent = m_commands->recent();
    for (int row = 0; row < m_commands->total(); ++row) {
        const QModelIndex cell = m_commands->index(row);
        const QString id = cell.data(Commands::IdRole).toString();
        const auto score = fuzzyFit(m_query, cell.data(Commands::WordsRole).toString());
        const auto byId = fuzzyFit(m_query, id); // `grf` finds what belongs to the graph, and English works in every language
        const auto at = recent.indexOf(id);
        if (score || byId)
            found.push_back({row, std::max(score.value_or(-1000), byId.value_or(-1000) - 24), at < 0 ? 1000 : static_cast<int>(at)});
    }
    std::ranges::stable_sort(found, [](const Found& a, const Found& b) { return a.score != b.score ? a.score > b.score : a.recent < b.recent; });
    beginResetModel();
    m_rows.clear();
    if (m_query.trimmed().isEmpty())
        std::ranges::stable_sort(found, {}, &Found::recent);
    for (const Found& one : found)
        m_rows.push_back(one.row);
    endResetModel();
    Q_EMIT queryChanged();
}

QVariant CommandSearch::data(const QModelIndex& index, int role) const
{
    return index.isValid() && index.row() < total() ? m_commands->index(m_rows[static_cast<std::size_t>(index.row())]).data(role) : QVariant();
}

QString CommandSearch::idAt(int row) const
{
    return row >= 0 && row < total() ? data(index(row), Commands::IdRole).toString() : QString();
}

} // namespace artdag
