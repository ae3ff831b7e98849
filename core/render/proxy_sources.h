// SPDX-License-Identifier: GPL-3.0-or-later
// What a preview reads: films from their proxies where those are at hand, all else from the files themselves. An export is
// given the files' own sources and so cannot meet a proxy.
#pragma once

#include "core/graph/graph.h"
#include "core/render/proxy.h"

#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace artdag {

/// The proxies that the store was found to hold, each looked for once. Thread-safe.
class ProxyShelf {
public:
    explicit ProxyShelf(Store& store)
        : m_store(&store) {}
    /// Null when there is none.
    std::shared_ptr<const Proxy> find(const ContentId& media, const Sources::MediaFacts& facts);
    /// Has the store asked again: the proxy was made, or is lost.
    void forget(const ContentId& media);

private:
    Store* m_store;
    std::mutex m_mutex;
    std::map<ContentId, std::shared_ptr<const Proxy>> m_known;
};

/// One plan's sources. Which proxies it reads never changes: the plan's keys name them.
class ProxySources : public Sources {
public:
    using Proxies = std::map<ContentId, std::shared_ptr<const Proxy>>;
    /// `originals` must outlive it.
    ProxySources(Sources& originals, Proxies proxies)
        : m_originals(&originals),
          m_proxies(std::move(proxies)) {}

    /// Those of the file, but that its picture is read from its proxy: that enters keys as any baked picture does.
    Result<MediaFacts> facts(const ContentId& media, const std::string& layer = {}) override;
    Result<CodedPointer> picture(const ContentId& media, Flicks time, const std::string& layer = {}) override;
    Result<Sound> sound(const ContentId& media, SampleRange range, int sampleRate) override { return m_originals->sound(media, range, sampleRate); }
    Result<std::shared_ptr<const Bytes>> file(const ContentId& id) override { return m_originals->file(id); }
    [[nodiscard]] const Proxies& proxies() const { return m_proxies; }

private:
    Sources* m_originals;
    Proxies m_proxies;
};

/// The films that the sources of a graph name.
std::vector<ContentId> filmsOf(const Graph& graph);

/// Sources for a plan of `graph` at `scale`. Proxies are read at proxyScale and below, but not of films that an analysis looks
/// at (what it finds is to be the same), nor of those that are shown with more pixels than their proxy has.
std::unique_ptr<ProxySources> previewSources(const Graph& graph, double scale, Sources& originals, ProxyShelf& shelf);

} // namespace artdag
