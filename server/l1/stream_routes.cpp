// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l1/stream_routes.h"

#include "server/http/file_response.h"
#include "server/l1/live_film.h"
#include "server/l1/render_queue.h"
#include "server/l1/renderer.h"
#include "server/l1/run_document.h"
#include "server/l1/run_routes.h"
#include "server/l2/renditions.h"

namespace artdag::server {

Result<Response> getRunStream(Site& site, const Request& request)
{
    const Run run = TRY(runOfRequest(site, request));
    const std::string level = request.captures.size() == 3 ? request.capture("level") : ""; // {id}, {level}, {file}
    const std::string& file = request.capture("file");
    std::optional<StreamPart> part;
    if (const auto live = site.renderer->queue->liveOf(run.runKey)) {
        live->want();
        part = TRY(streamPartIn(live->stream(), level, file));
    }
    if (!part && run.content)
        part = TRY(findStreamPart(site, *run.content, level, file));
    else if (!part && run.isOver())
        return fail(Fault::NotFound, "run '" + run.id + "': it gave no film");
    if (!part)
        return problem(503, "This stream is being made. Ask again in a moment.").with("Retry-After", "2").with("Cache-Control", "no-store");
    ServedFile served{part->path, part->size, part->type, part->etag};
    served.cacheControl = file == "index.m3u8" ? "no-store" : "private, max-age=0, must-revalidate";
    return fileResponse(request, served);
}

} // namespace artdag::server
