// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/rebake.h"

#include "core/render/ready_plan.h"

#include <fmt/format.h>

namespace artdag {

namespace {

/// The node whose bridge gave it; −1 when the plan has none.
int nodeOf(const Plan& plan, const AnalysisKey& key)
{
    for (std::size_t i = 0; i < plan.nodes.size(); ++i)
        if (plan.nodes[i].needed && plan.graph->nodes[i].entry->bridge != nullptr && plan.nodes[i].analysisKey == key)
            return static_cast<int>(i);
    return -1;
}

/// Notes what came of it; an error is said in its place, unless the work was cancelled.
Result<void> note(Rebaked& rebaked, const ContentId& cited, Result<ContentId> again)
{
    if (!again && again.error().fault == Fault::Cancelled)
        return tl::unexpected<Error>(again.error());
    if (!again)
        rebaked.why = again.error().message;
    else
        rebaked.outcome = *again == cited ? Rebaked::Outcome::Same : Rebaked::Outcome::Differs;
    return {};
}

Result<void> rebakeBridge(Rebaked& rebaked, const ManifestBake& bake, std::string_view key, const PlannedRender& planned, Workspace& workspace, const CancelToken& cancel)
{
    const int node = nodeOf(*planned.plan, TRY(nameOfText<AnalysisKey>(key)));
    if (node < 0) {
        rebaked.why = "the recipe has no node that gives it";
        return {};
    }
    const GraphNode& graphNode = planned.plan->graph->nodes[static_cast<std::size_t>(node)];
    rebaked.node = graphNode.name;
    const CatalogueEntry* here = workspace.bridges->find(graphNode.entry->name);
    if (here == nullptr) {
        rebaked.why = fmt::format("this machine has no {}", graphNode.entry->name);
        return {};
    }
    rebaked.here = here->bridge->by();
    return note(rebaked, bake.contentHash, bakedAgain(planned.plan, node, *workspace.sources, cancel));
}

Result<void> rebakeMedia(Rebaked& rebaked, const ManifestBake& bake, std::string_view media, Workspace& workspace)
{
    auto again = workspace.sources->bakedAgain(TRY(nameOfText<ContentId>(media)));
    if (again && !*again) {
        rebaked.why = "it is read as it is here";
        return {};
    }
    rebaked.here = "this machine";
    return note(rebaked, bake.contentHash, again ? Result<ContentId>(**again) : Result<ContentId>(tl::unexpected<Error>(again.error())));
}

} // namespace

std::string wordsOf(const Rebaked& rebaked)
{
    const std::string subject = rebaked.node.empty() ? rebaked.what : fmt::format("node '{}'", rebaked.node);
    if (rebaked.outcome == Rebaked::Outcome::CannotTell)
        return fmt::format("{}: baked by {}; cannot be baked again here: {}", subject, rebaked.by, rebaked.why);
    return fmt::format("{}: baked by {}; re-derived here by {}: {}", subject, rebaked.by, rebaked.here, rebaked.outcome == Rebaked::Outcome::Same ? "the same" : "differs, as another library or processor may; the work is judged by what it cites");
}

Result<std::vector<Rebaked>> rebake(const RunFacts& facts, const PlannedRender& planned, Workspace& workspace, const CancelToken& cancel)
{
    std::vector<Rebaked> all;
    for (const ManifestBake& bake : facts.baked) {
        Rebaked rebaked{.what = bake.what, .node = {}, .by = bake.by, .here = {}, .why = {}};
        bool known = false;
        for (const std::string_view kind : {bakedFilmOf, filteredSoundOf})
            if (bake.what.starts_with(kind)) {
                known = true;
                TRY(rebakeBridge(rebaked, bake, std::string_view(bake.what).substr(kind.size()), planned, workspace, cancel));
            }
        for (const std::string_view kind : {bakedSoundOf, bakedPictureOf})
            if (bake.what.starts_with(kind)) {
                known = true;
                TRY(rebakeMedia(rebaked, bake, std::string_view(bake.what).substr(kind.size()), workspace));
            }
        if (known) // a description is no bake
            all.push_back(std::move(rebaked));
    }
    return all;
}

} // namespace artdag
