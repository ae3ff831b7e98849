// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/problems_model.h"

#include "ui/qt_std.h"

#include <algorithm>

namespace artdag {

QString cardOfPointer(std::string_view pointer)
{
    const QStringList parts = toQt(pointer).split(QLatin1Char('/'));
    if (parts.size() < 3)
        return {};
    if (parts[1] == QLatin1String("nodes") || parts[1] == QLatin1String("inputs"))
        return parts[2];
    return parts[1] == QLatin1String("outputs") ? QLatin1Char('@') + parts[2] : QString();
}

QHash<int, QByteArray> ProblemsModel::roleNames() const
{
    return {{MessageRole, "message"}, {HintRole, "hint"}, {CardRole, "card"}, {SevereRole, "severe"}};
}

QVariant ProblemsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowTotal())
        return {};
    const Problem& problem = m_problems[static_cast<std::size_t>(index.row())];
    switch (role) {
    case MessageRole: return toQt(problem.message);
    case HintRole: return toQt(problem.hint);
    case CardRole: return cardOfPointer(problem.pointer);
    case SevereRole: return problem.severity == Problem::Severity::Error;
    default: return {};
    }
}

int ProblemsModel::errors() const
{
    return static_cast<int>(std::count_if(m_problems.begin(), m_problems.end(), [](const Problem& problem) { return problem.severity == Problem::Severity::Error; }));
}

void ProblemsModel::setProblems(std::vector<Problem> problems)
{
    std::stable_sort(problems.begin(), problems.end(), [](const Problem& a, const Problem& b) { return a.severity < b.severity; });
    auto same = [](const Problem& a, const Problem& b) { return a.severity == b.severity && a.pointer == b.pointer && a.message == b.message && a.hint == b.hint; };
    if (std::equal(problems.begin(), problems.end(), m_problems.begin(), m_problems.end(), same))
        return;
    beginResetModel();
    m_problems = std::move(problems);
    endResetModel();
    Q_EMIT countChanged();
}

} // namespace artdag
