// SPDX-License-Identifier: GPL-3.0-or-later
// The Studio's way to pixels and sound: asks are done by worker threads through the same frame server as an export, at
// fewer pixels, and answered on the GUI thread. Newer asks of a slot cancel older ones. It writes
// nothing to the store but what it may always make again: analyses and proxies.
#pragma once

#include "core/workflow/why_run.h"
#include "ui/display_image.h"
#include "ui/document.h"
#include "ui/proxy_work.h"
#include "ui/work_queue.h"

#include <QImage>
#include <QObject>

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace artdag {

/// What is looked at or listened to: the wires of a node, an input or an output.
struct PreviewTarget {
    std::optional<Wire> picture, sound;
    RecipePointer recipe = nullptr; ///< an earlier one; null: the document's
    Channels channels = Channels::Colour;
    bool operator==(const PreviewTarget&) const = default;
    [[nodiscard]] bool empty() const { return !picture && !sound; }
};
/// The target that a card of the graph stands for (`@name` for outputs).
PreviewTarget targetOfCard(const Recipe& recipe, const Catalogue& effects, const std::string& card);
/// The film: the first output.
PreviewTarget targetOfFilm(const Recipe& recipe);

struct PreviewPicture {
    QImage image; ///< display sRGB
    std::int64_t frame = 0;
    double scale = 1;
    double milliseconds = 0; ///< of computing, on one thread
    PicturePointer pixels;   ///< what the image was made of: linear light, premultiplied
};

/// While a frame is computed: the one in memory that is nearest to it at `scale`, at most `reach` frames away. None when the
/// frame itself is in memory.
struct PreviewMeanwhile {
    double scale = 1;
    std::int64_t reach = 0;
    std::function<void(const PreviewPicture&)> show;
};

/// Loudest sample of each of equal stretches.
struct PreviewPeaks {
    std::vector<float> peaks;
};

/// An inspection, and what it says of every node for those who ask why it would run.
struct TracedInspection {
    Inspection inspection;
    std::shared_ptr<const RecipeTrace> trace;
};

struct CachedFrames {
    std::vector<std::pair<std::int64_t, std::int64_t>> ranges; ///< first, count
};

/// The scale a preview is asked at: 1, ½, ¼ or ⅛, the smallest that has enough pixels for a view.
double previewScale(int canvasWidth, int canvasHeight, double viewWidth, double viewHeight);

struct PreparedRecipe;

class PreviewEngine : public QObject {
    Q_OBJECT

public:
    template <class T>
    using Done = std::function<void(Result<T>)>;

    /// `workspace` must outlive the engine.
    PreviewEngine(Workspace& workspace, std::size_t cacheBytes, QObject* parent = nullptr);
    ~PreviewEngine() override;

    void setRecipe(RecipePointer recipe);
    /// `done` is called on the GUI thread, unless the ask was cancelled or superseded before it began. Before, `meanwhile` is given
    /// another picture to show, where one is in memory.
    void askPicture(Urgency urgency, std::string slot, PreviewTarget target, std::int64_t frame, double scale, Done<PreviewPicture> done, bool keepRunning = false, PreviewMeanwhile meanwhile = {});
    /// The film of another recipe than the one that is open, in the background: what varies it, what an asset looks like. Asks of different slots are
    /// answered each; `afresh` computes every pixel anew instead of finding them in memory.
    void askVariation(RecipePointer recipe, std::string slot, std::int64_t frame, double scale, bool afresh, Done<PreviewPicture> done);
    void askSound(Urgency urgency, std::string slot, PreviewTarget target, SampleRange range, Done<Sound> done);
    void askPeaks(Urgency urgency, std::string slot, PreviewTarget target, SampleRange range, int count, Done<PreviewPeaks> done);
    void askInspection(double scale, std::int64_t first, std::int64_t frames, Done<std::shared_ptr<const TracedInspection>> done);
    void askCached(PreviewTarget target, double scale, std::int64_t frames, Done<CachedFrames> done);
    /// What a plan knows without rendering: curves, marks. `work` is called by a worker thread, what it gives on the GUI thread;
    /// neither when there is no plan.
    using Finish = std::function<void()>;
    void askPlan(Urgency urgency, std::string slot, PreviewTarget target, double scale, std::function<Finish(const Plan&, const CancelToken&)> work);
    /// What is made of pictures that are at hand (scopes, differences): by a worker thread, and what it gives on the GUI thread.
    void compute(Urgency urgency, std::string slot, std::function<Finish(const CancelToken&)> work);
    /// Whether films that are dear to decode get proxies while nothing else is to be done; at first they do. Turned off, what is
    /// in the making stops within a picture, and what there is of it is kept.
    void setMakesProxies(bool makes);
    [[nodiscard]] ProxyState proxyState() const { return m_proxies->state(); }
    void cancel(std::string_view slotPrefix) { m_queue->cancel(slotPrefix); }
    [[nodiscard]] bool idle() const { return m_queue->idle() && m_answersUnderWay == 0; }
    [[nodiscard]] const std::shared_ptr<FrameCache>& cache() const { return m_cache; }
    /// Node renders since the start: a test of "undo shows the earlier preview from the cache".
    [[nodiscard]] std::int64_t nodesExecuted() const;

Q_SIGNALS:
    /// Proxies have come further, or one is made, which previews read from now on.
    void proxiesChanged();

private:
    void answer(std::function<void()> done);
    void lookForProxies();
    void makeProxies(WorkQueue& queue);
    void useNewProxies();
    std::shared_ptr<PreparedRecipe> preparedFor(const RecipePointer& recipe);
    std::shared_ptr<PreparedRecipe> prepare(RecipePointer recipe) const;
    template <class T>
    void post(std::shared_ptr<PreparedRecipe> prepared, Urgency urgency, std::string slot, std::function<Result<T>(PreparedRecipe&, const CancelToken&)> work, Done<T> done, bool keepRunning = false);

    Workspace* m_workspace;
    std::shared_ptr<FrameCache> m_cache;
    std::shared_ptr<PreparedRecipe> m_prepared;
    std::vector<std::shared_ptr<PreparedRecipe>> m_earlier; ///< recipes that are compared with, the last used last
    std::shared_ptr<std::atomic<std::int64_t>> m_executed = std::make_shared<std::atomic<std::int64_t>>(0);
    std::shared_ptr<ProxyShelf> m_shelf;
    std::unique_ptr<ProxyWork> m_proxies;
    bool m_makesProxies = true;
    bool m_looked = false; ///< for films of this recipe that want proxies
    std::atomic<int> m_answersUnderWay{0};
    std::unique_ptr<WorkQueue> m_queue; ///< last, so that its threads end first
};

} // namespace artdag
