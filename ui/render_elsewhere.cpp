// SPDX-License-Identifier: GPL-3.0-or-later
// One film of the queue on a renderer: what it lacks is sent, its progress is shown as a run's here, and the film comes into the list. Nothing
// of it is believed: StudioSession has some frames rendered here as soon as it is there.
#include "core/provenance/manifest.h"
#include "core/workflow/make_poster.h"
#include "core/workflow/remote_render.h"
#include "ui/qt_std.h"
#include "ui/render_queue.h"
#include "ui/renderers.h"

namespace artdag {

namespace {

QString wordsOf(RemoteStep step, const QString& renderer)
{
    switch (step) {
    case RemoteStep::Sending: return RenderQueue::tr("sending what it lacks");
    case RemoteStep::Queued: return RenderQueue::tr("waits there");
    case RemoteStep::Fetching: return RenderQueue::tr("fetching the film");
    case RemoteStep::Lost: return RenderQueue::tr("%1 does not answer; it is asked again until it does").arg(renderer);
    case RemoteStep::Full: return RenderQueue::tr("%1 takes nothing more now; it is asked again until it does").arg(renderer);
    case RemoteStep::Rendering: break;
    }
    return {};
}

} // namespace

void RenderQueue::say(const std::string& id, const QString& words)
{
    QMetaObject::invokeMethod(
        this, [this, id, words] {
            const int row = rowOf(id);
            if (row < 0 || job(row).state != QLatin1String("running"))
                return;
            job(row).message = words;
            if (!words.isEmpty()) // what was left was so when it last answered
                job(row).progress.secondsLeft = -1;
            tell(row);
        },
        Qt::QueuedConnection);
}

Result<GalleryEntry> RenderQueue::renderElsewhere(const Run& run)
{
    const RenderOrder& order = run.order;
    const QString name = rendererName(toQt(std::string_view(order.renderer)));
    const OpenedRecipe opened = openRecipe(order.recipe, *m_workspace);
    const GraphOutput* output = opened.graph ? opened.graph->output(order.output) : nullptr;
    const EncodeProfile profile = TRY(encodeProfile(!order.encode.empty() ? order.encode : (output != nullptr ? output->encode : "share-h264")));
    RemoteRequest request;
    request.renderer = order.renderer;
    request.newToken = [this, &order]() -> Result<std::string> { return m_tokens ? m_tokens(order.renderer) : fail(Fault::Denied, "renderer: nobody is logged in"); };
    request.token = TRY(request.newToken());
    request.recipeText = order.recipe;
    request.output = order.output;
    request.encode = order.encode;
    request.checkedFrames = 0;
    request.cancel = run.cancel;
    request.leave = run.leave;
    request.patient = true;
    request.progress = progressOf(order);
    request.step = [this, &order, name](RemoteStep step) { say(order.id, wordsOf(step, name)); };
    std::error_code error;
    std::filesystem::create_directories(order.folder, error);
    request.path = takePlace(run, profile);
    const auto http = openHttpClient();
    Result<RemoteFilm> rendered = renderOn(*http, request, *m_workspace);
    dropPlace(request.path);
    const RemoteFilm film = TRY(std::move(rendered));

    const RunFacts facts = TRY(readManifest(film.manifest));
    GalleryEntry entry = entryFor(order);
    entry.film = pathToQt(film.path);
    entry.provenance = pathToQt(film.provenancePath);
    entry.contentHash = toQt(facts.output.contentHash.text());
    entry.framesHash = toQt(facts.output.framesHash.text());
    entry.encode = toQt(std::string_view(facts.output.encode));
    entry.width = facts.output.media.width;
    entry.height = facts.output.media.height;
    entry.seconds = opened.recipe.canvas.duration;
    const std::filesystem::path poster = m_workspace->home / "studio" / "posters" / (toStd(entry.id) + ".jpg");
    std::filesystem::create_directories(poster.parent_path(), error);
    if (makePoster(film.path, poster)) { // what has no picture has no poster
        entry.poster = pathToQt(poster);
        entry.image = QImage(entry.poster);
    }
    return entry;
}

} // namespace artdag
