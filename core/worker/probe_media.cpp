// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/worker/probe_media.h"

#include "core/worker/media_words.h"

#include <fmt/core.h>

namespace artdag {

Error errorOfEnd(const WorkerEnd& end, const FileSource& media)
{
    return {end.fault, fmt::format("{}: its decoder {}", media.name(), end.words)};
}

Result<OpenedInWorker> openInWorker(const MediaOrigin& origin, const WorkerOptions& options, std::optional<WorkerEnd>* ended)
{
    OpenedInWorker opened;
    opened.worker = TRY(WorkerProcess::start(*origin.source, options));
    const auto came = [&](WorkerEnd end) {
        Error error = errorOfEnd(end, *origin.source);
        if (ended != nullptr)
            *ended = std::move(end);
        return tl::unexpected<Error>(std::move(error));
    };
    const auto answer = opened.worker->ask({{"ask", "open"}, {"name", origin.source->name()}, {"pictures first", origin.begins == MediaOrigin::Begins::WithPictures}});
    if (!answer)
        return came(answer.error());
    if (answer->contains("fault"))
        return tl::unexpected<Error>(errorOfJson(*answer, origin.source->name()));
    auto facts = factsOfJson(answer->value("facts", Json()));
    if (!facts)
        return came(opened.worker->distrust());
    opened.facts = std::move(*facts);
    return opened;
}

Result<MediaProbe> probeInWorker(const MediaOrigin& origin, const WorkerOptions& options)
{
    MediaProbe probe;
    std::optional<WorkerEnd> end;
    auto opened = openInWorker(origin, options, &end);
    if (opened) {
        probe.facts = std::move(opened->facts);
        return probe;
    }
    if (opened.error().fault == Fault::Unavailable && !end)
        return tl::unexpected<Error>(opened.error());
    probe.problem = opened.error().message;
    probe.harmful = end && end->fault == Fault::Corrupt;
    return probe;
}

} // namespace artdag
