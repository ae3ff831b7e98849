// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/node_report.h"

#include "ui/qt_std.h"

#include <QLocale>

#include <cmath>

namespace artdag {

namespace {
QVariantMap row(const QString& label, const QString& words, bool severe = false)
{
    return {{QStringLiteral("label"), label}, {QStringLiteral("words"), words}, {QStringLiteral("severe"), severe}};
}
} // namespace

NodeReport::NodeReport(GraphModel& graph, QObject* parent)
    : QObject(parent),
      m_graph(&graph)
{
}

void NodeReport::forget()
{
    m_plan.reset();
    m_now.reset();
    m_cached.clear();
    m_times.clear();
    m_errors.clear();
    m_states.clear();
    Q_EMIT changed();
}

void NodeReport::take(const Inspection& inspection, TracePointer trace)
{
    m_plan = inspection.plan;
    m_now = std::move(trace);
    m_states.clear();
    for (const InspectedNode& node : inspection.nodes) {
        m_states[node.name] = node.state;
        const bool traced = m_now->nodes.contains(node.name);
        if (traced && node.state == NodeState::Cached)
            m_cached[node.name] = m_now;
        else if (traced && node.state == NodeState::Partial) // what was made since an edit does not take its reason away
            m_cached.try_emplace(node.name, m_now);
        if (node.state == NodeState::Failed)
            m_errors[node.name] = toQt(std::string_view(node.message));
    }
    Q_EMIT changed();
}

void NodeReport::setTime(const std::string& flatName, double milliseconds, double scale)
{
    m_times[flatName] = {milliseconds, scale};
}

bool NodeReport::show(const QString& name)
{
    if (m_graph->scene().card(toStd(name)) < 0)
        return false;
    m_name = name;
    Q_EMIT changed();
    return true;
}

void NodeReport::addShape(QVariantList& rows, const std::string& flat) const
{
    const int index = m_plan == nullptr ? -1 : m_plan->graph->node(flat);
    if (index < 0 || m_plan->nodes[static_cast<std::size_t>(index)].outputs.empty())
        return;
    const StreamFacts& facts = m_plan->nodes[static_cast<std::size_t>(index)].outputs.front();
    const QLocale locale;
    if (facts.type == PortType::Picture) {
        rows << row(tr("Size"), tr("%1 × %2 px in the film").arg(std::lround(facts.width / m_now->scale)).arg(std::lround(facts.height / m_now->scale)));
        const std::int64_t frames = m_plan->stepFrames(index, 0);
        rows << row(tr("Frames"), frames == 1 ? tr("1, a still") : locale.toString(static_cast<qlonglong>(frames)));
    } else {
        rows << row(tr("Gives"), QString::fromLatin1(nameOf(facts.type)));
    }
}

QVariantList NodeReport::rows() const
{
    QVariantList rows;
    const int card = m_graph->scene().card(toStd(m_name));
    if (card < 0)
        return rows;
    const std::string name = toStd(m_name);
    const std::string flat = m_graph->scope()->flatName(name);
    const CardStatus status = m_graph->statusOf(name);
    rows << row(tr("Effect"), toQt(std::string_view(m_graph->scene().cards()[static_cast<std::size_t>(card)].effect)));
    addShape(rows, flat);
    if (const auto time = m_times.find(flat); time != m_times.end())
        rows << row(tr("Time"), tr("%1 ms for a frame at %2 %").arg(QLocale().toString(time->second.first, 'f', 1)).arg(std::lround(time->second.second * 100)));
    rows << row(tr("State"), status.state.isEmpty() ? tr("not looked at yet") : status.state);
    if (!status.message.isEmpty())
        rows << row(status.state == QLatin1String("failed") ? tr("Error") : tr("Now"), status.message, status.state == QLatin1String("failed"));
    else if (const auto error = m_errors.find(flat); error != m_errors.end())
        rows << row(tr("Last error"), error->second);
    return rows;
}

QString NodeReport::why() const
{
    const std::string flat = m_graph->scope()->flatName(toStd(m_name));
    const auto state = m_states.find(flat);
    if (state != m_states.end() && state->second == NodeState::Cached)
        return tr("It would not: all its frames are at hand.");
    if (state != m_states.end() && (state->second == NodeState::Failed || state->second == NodeState::Waiting))
        return tr("It cannot: %1").arg(m_graph->statusOf(toStd(m_name)).message);
    if (m_now == nullptr || m_now->nodes.empty())
        return tr("That is known when the recipe can be planned.");
    const auto before = m_cached.find(flat);
    const auto now = m_now->nodes.find(flat);
    const bool same = before != m_cached.end() && now != m_now->nodes.end() && before->second->nodes.at(flat).key == now->second.key;
    if (same && state != m_states.end() && state->second == NodeState::Partial)
        return tr("Some of its frames have not been made yet.");
    return toQt(std::string_view(whyRun(flat, before == m_cached.end() ? nullptr : before->second.get(), *m_now)));
}

} // namespace artdag
