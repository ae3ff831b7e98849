// SPDX-License-Identifier: GPL-3.0-or-later
// All frame keys that one key is made of and that are not known yet: found without recursion, however deep the graph is,
// and hashed level by level, side by side.
#pragma once

#include "core/plan/plan.h"

#include <unordered_map>
#include <vector>

namespace artdag {

class KeyWave {
public:
    explicit KeyWave(const Plan& plan);
    /// The key, and all others that were found on the way, are then known to the plan.
    FrameKey run(NodePort port, std::int64_t frame);

private:
    struct Work {
        PlanSlot slot;
        std::size_t begin = 0, end = 0; ///< its preimage in m_bytes
        std::size_t firstNeed = 0, needs = 0;
        int level = 0;
        bool passes = false; ///< its one need is the same work
        FrameKey key;
    };
    struct Need {
        int work = -1;         ///< −1: known already
        std::size_t place = 0; ///< where the key goes in m_bytes
        FrameKey key;
    };
    int workFor(const PlanSlot& slot);
    void open(int work);
    void addNeed(const GraphNode& node, const PlanNode& planned, const FrameNeed& need);
    void addNeed(const PlanSlot& slot);
    void addOwn(Preimage& preimage, const FrameCall& call, const EvaluatedArguments& arguments, const PlanSlot& slot) const;
    [[nodiscard]] std::vector<int> sourcesFirst() const;
    void hashLevels(std::vector<int>& order);

    const Plan& m_plan;
    Preimage m_bytes;
    std::vector<Work> m_works;
    std::vector<Need> m_needs;
    std::vector<int> m_firstOf; ///< by node: the work of its frame that was asked first
    std::unordered_map<PlanSlot, int, PlanSlotHash> m_others;
};

} // namespace artdag
