// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/make_proxies.h"

#include <chrono>

namespace artdag {

Result<std::vector<MadeProxy>> makeProxies(Workspace& workspace, const std::vector<ContentId>& films, bool all, const CancelToken& cancel, const std::function<void(double)>& progress)
{
    std::vector<MadeProxy> done;
    for (const ContentId& film : films) {
        MadeProxy one{.media = film};
        const Sources::MediaFacts facts = TRY(workspace.sources->facts(film));
        one.why = whyNoProxy(facts);
        if (one.why.empty() && !all && !isDear(facts))
            one.why = "any of its frames is decoded soon enough";
        const auto known = one.why.empty() ? Proxy::find(*workspace.store, film, facts) : nullptr;
        if (known != nullptr) {
            one.pictures = known->sheet().pictures.size();
        } else if (one.why.empty()) {
            const auto began = std::chrono::steady_clock::now();
            const auto maker = TRY(ProxyMaker::open(*workspace.store, film, facts));
            while (!TRY(maker->step())) {
                if (cancel.cancelled())
                    return fail(Fault::Cancelled, "making proxies was cancelled; what was made is kept");
                progress((static_cast<double>(done.size()) + maker->progress()) / static_cast<double>(films.size()));
            }
            one.made = true;
            one.pictures = maker->pictures();
            one.bytes = maker->bytes();
            one.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
        }
        done.push_back(std::move(one));
        progress(static_cast<double>(done.size()) / static_cast<double>(films.size()));
    }
    return done;
}

} // namespace artdag
