// SPDX-License-Identifier: GPL-3.0-or-later
// A render on a renderer (L1) instead of here: it gets the recipe and what it lacks of the media, and gives back the film with
// its signed provenance. Nothing of that is believed: a few frames are rendered here and compared.
#pragma once

#include "core/net/http_client.h"
#include "core/workflow/verify_work.h"

#include <filesystem>
#include <functional>
#include <string>

namespace artdag {

/// Where a render elsewhere is.
enum class RemoteStep {
    Sending,   ///< recipe and media
    Queued,    ///< others are before it there
    Rendering, ///< RemoteRequest::progress tells how far
    Fetching,  ///< the film and its papers
    Lost,      ///< the renderer does not answer, and is asked again
    Full,      ///< the renderer takes nothing more for a while, and is asked again when it says
};

struct RemoteRequest {
    std::string renderer; ///< its base URL without a final slash
    std::string token;    ///< a bearer token that it takes
    /// Another token, asked for when the renderer does not take the one before any more: attached renderers' last a quarter of an hour. Empty: Denied then.
    std::function<Result<std::string>()> newToken;
    std::string recipeText;
    RecipeBindings bindings;
    std::string output, encode;
    std::filesystem::path path; ///< empty: `<output>.<extension>` in the current folder
    int checkedFrames = 5;      ///< rendered here too; 0: none
    CancelToken cancel;         ///< cancels the run there, too
    CancelToken leave;          ///< ends the waiting only: the run goes on there, and asked again it is the same
    bool patient = false;       ///< a renderer that answered once is asked again while it does not, or takes nothing more; else that is Unavailable
    std::function<void(const RunProgress&)> progress;
    std::function<void(RemoteStep)> step; ///< when another begins
};

struct RemoteFilm {
    std::filesystem::path path, provenancePath;
    Json run; ///< as the renderer tells it
    Json manifest;
    int uploaded = 0; ///< media that it lacked
    std::optional<VerifyReport> check;
};

/// BadInput with the renderer's words for a recipe that it refuses; Corrupt when the film is not what its papers say; Unavailable when it
/// cannot be reached: asked again it is the same run, which goes on there meanwhile. The store has recipe and digests afterwards, as of a render here.
Result<RemoteFilm> renderOn(HttpClient& http, const RemoteRequest& request, Workspace& workspace);

} // namespace artdag
