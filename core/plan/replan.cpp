// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/node_digests.h"
#include "core/plan/plan_node.h"

#include <functional>
#include <queue>

namespace artdag {

namespace {

/// What the users of a node see of it.
bool looksTheSame(const PlanNode& before, const PlanNode& now)
{
    return before.outputs == now.outputs && before.animated == now.animated && before.guessed == now.guessed;
}

/// Plans the node again and, in order, those that a changed shape reaches; the nodes that were planned.
Result<std::vector<int>> planAgain(Plan& plan, int first, const NodeUsers& users, Sources& sources, const PlanOptions& options)
{
    std::vector<int> planned;
    std::priority_queue<int, std::vector<int>, std::greater<>> waiting; // sources come before their users
    for (waiting.push(first); !waiting.empty();) {
        const int index = waiting.top();
        waiting.pop();
        if (!planned.empty() && planned.back() == index)
            continue;
        PlanNode& node = plan.nodes.change(static_cast<std::size_t>(index));
        const PlanNode before = std::exchange(node, PlanNode{.fromStart = node.fromStart, .needed = true});
        TRY(planNode(plan, index, sources, options));
        planned.push_back(index);
        if (!looksTheSame(before, node))
            for (const int user : users.of(index))
                waiting.push(user);
    }
    return planned;
}

/// The node and all that is made of it.
std::vector<bool> behind(int first, const NodeUsers& users, std::size_t count)
{
    std::vector<bool> reached(count);
    for (std::vector<int> open{first}; !open.empty();) {
        const int index = open.back();
        open.pop_back();
        if (reached[static_cast<std::size_t>(index)])
            continue;
        reached[static_cast<std::size_t>(index)] = true;
        open.insert(open.end(), users.of(index).begin(), users.of(index).end());
    }
    return reached;
}

} // namespace

NodeUsers::NodeUsers(const Plan& plan)
    : m_first(plan.nodes.size() + 1)
{
    const auto forEachWire = [&](const auto& use) {
        for (std::size_t i = 0; i < plan.nodes.size(); ++i)
            if (plan.nodes[i].needed)
                forEachSource(plan.graph->nodes[i], [&](NodePort source) { use(static_cast<std::size_t>(source.node), static_cast<int>(i)); });
    };
    forEachWire([&](std::size_t source, int) { ++m_first[source + 1]; });
    for (std::size_t i = 0; i + 1 < m_first.size(); ++i)
        m_first[i + 1] += m_first[i];
    m_users.resize(m_first.back());
    std::vector<std::size_t> next(m_first.begin(), m_first.end() - 1);
    forEachWire([&](std::size_t source, int user) { m_users[next[source]++] = user; });
}

std::shared_ptr<const NodeUsers> Plan::users() const
{
    const std::lock_guard lock(m_memo->mutex);
    if (!m_memo->users)
        m_memo->users = std::make_shared<const NodeUsers>(*this);
    return m_memo->users;
}

Result<std::shared_ptr<const Plan>> replan(const std::shared_ptr<const Plan>& before, const ArgumentEdit& edit, Sources& sources, const PlanOptions& options)
{
    auto graph = TRY(withArgument(*before->graph, edit));
    if (!before->simple)
        return makePlan(std::move(graph), before->output.name, sources, options);
    auto plan = std::make_shared<Plan>(*before);
    plan->graph = std::move(graph);
    plan->m_memo = std::make_shared<Plan::Memo>();
    plan->m_memo->users = before->users();
    const NodeUsers& users = *plan->m_memo->users;
    if (plan->nodes[static_cast<std::size_t>(edit.node)].needed) {
        makeDigests(*plan, TRY(planAgain(*plan, edit.node, users, sources, options)));
        measureOutput(*plan, options);
    }
    plan->takeKeysBut(*before, behind(edit.node, users, plan->nodes.size()));
    return std::shared_ptr<const Plan>(std::move(plan));
}

} // namespace artdag
