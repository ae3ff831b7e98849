// SPDX-License-Identifier: GPL-3.0-or-later
// Every route of a renderer, one line each, as in server/l2/route_table.cpp; without the prefix that it has beside a registry.
#include "server/l1/attach_routes.h"
#include "server/l1/cache_routes.h"
#include "server/l1/catalogue_routes.h"
#include "server/l1/recipe_routes.h"
#include "server/l1/renderer.h"
#include "server/l1/run_routes.h"
#include "server/l1/stream_routes.h"
#include "server/l1/ui_routes.h"
#include "server/l2/metrics_routes.h"
#include "server/l2/page_routes.h"

namespace artdag::server {

namespace {

constexpr const char* html = "text/html";

// clang-format off
constexpr Route table[] = {
    {"GET",  "/", getRendererStatus, Access::Anyone, Body::None, Pace::Quick, {"Status; a page for those who prefer HTML", "Service", "", "RendererStatus"}},
    {"GET",  "/healthz", getRendererHealth, Access::Anyone, Body::None, Pace::Quick, {"Alive, with its database", "Service", "", "RendererStatus"}},
    {"GET",  "/openapi.json", getRendererApi, Access::Anyone, Body::None, Pace::Quick, {"This description", "Service", "", "OpenApi"}},
    {"GET",  "/docs", getRendererDocs, Access::Anyone, Body::None, Pace::Quick, {"This description as a page", "Service", "", "", html}},
    {"GET",  "/style/{file}", getStyle, Access::Anyone, Body::None, Pace::Quick, {"The stylesheet", "Service", "", "", "text/css"}},
    {"GET",  "/metrics", getMetrics, Access::Anyone, Body::None, Pace::Slow, {"Figures for Prometheus", "Service", "", "", "text/plain"}},
    {"GET",  "/robots.txt", getRobots, Access::Anyone, Body::None, Pace::Quick, {"For crawlers", "Service", "", "", "text/plain"}},

    {"POST", "/runs", postRun, Access::Member, Body::Memory, Pace::Slow, {"Render a recipe; the same run again when it is known", "Runs", "NewRun", "Run", "application/json", 202}},
    {"GET",  "/runs", getRuns, Access::Member, Body::None, Pace::Quick, {"Own runs, newest first", "Runs", "", "RunList"}},
    {"GET",  "/runs/{id}", getRun, Access::Member, Body::None, Pace::Quick, {"One run", "Runs", "", "Run"}},
    {"GET",  "/runs/{id}/events", getRunEvents, Access::Member, Body::None, Pace::Quick, {"The run whenever it changes, as Server-Sent Events, until it is over", "Runs", "", "", "text/event-stream"}},
    {"GET",  "/runs/{id}/plan", getRunPlan, Access::Member, Body::None, Pace::Slow, {"What it takes: steps, chunks, what is at hand", "Runs", "", "RenderPlan"}},
    {"GET",  "/runs/{id}/provenance", getRunProvenance, Access::Member, Body::None, Pace::Quick, {"The manifest, signed by this renderer", "Runs", "", "Manifest"}},
    {"GET",  "/runs/{id}/hls/{file}", getRunStream, Access::Member, Body::None, Pace::Quick, {"The film as a stream, while it is made and after: index.m3u8", "Runs", "", "", "application/vnd.apple.mpegurl"}},
    {"GET",  "/runs/{id}/hls/{level}/{file}", getRunStream, Access::Member, Body::None, Pace::Quick, {"Playlist and segments of one resolution", "Runs", "", "", "*/*"}},
    {"GET",  "/runs/{id}/attestation", getRunAttestation, Access::Member, Body::None, Pace::Quick, {"The same for others' tools: in-toto and SLSA in a DSSE envelope, signed by this renderer", "Runs", "", "Envelope"}},
    {"POST", "/runs/{id}/cancel", postRunCancel, Access::Member, Body::Memory, Pace::Slow, {"Stop within two seconds", "Runs", "Empty", "Run"}},
    {"POST", "/runs/{id}/delete", deleteRun, Access::Member, Body::Memory, Pace::Slow, {"As DELETE, for forms", "Runs", "Empty", "", "application/json", 204}},
    {"DELETE", "/runs/{id}", deleteRun, Access::Member, Body::None, Pace::Slow, {"Forget a run and its film, unless a work is made of it", "Runs", "", "", "application/json", 204}},
    {"POST", "/plan", postPlan, Access::Member, Body::Memory, Pace::Slow, {"What a run would take, without one", "Runs", "NewRun", "RenderPlan"}},

    {"POST", "/cache/upload", postUpload, Access::Member, Body::File, Pace::Slow, {"Bring bytes", "Bytes", "", "CachedObject", "application/json", 201}},
    {"GET",  "/cache", getCache, Access::Member, Body::None, Pace::Quick, {"Own bytes, by hash", "Bytes", "", "CachedList"}},
    {"GET",  "/cache/{hash}", getCached, Access::Known, Body::None, Pace::Quick, {"Bytes", "Bytes", "", "", "*/*"}},
    {"GET",  "/cache/{hash}/meta", getCachedMeta, Access::Known, Body::None, Pace::Quick, {"What they are and what they were made of", "Bytes", "", "CachedObject"}},
    {"DELETE", "/cache/{hash}", deleteCached, Access::Member, Body::None, Pace::Slow, {"Give bytes up; 409 says what is made of them", "Bytes", "", "", "application/json", 204}},

    {"POST", "/recipes", postRecipe, Access::Member, Body::Memory, Pace::Slow, {"Keep a recipe", "Recipes", "NewRecipe", "KeptRecipe", "application/json", 201}},
    {"GET",  "/recipes", getRecipes, Access::Member, Body::None, Pace::Quick, {"Own recipes, newest first", "Recipes", "", "RecipeList"}},
    {"GET",  "/recipes/{id}", getRecipe, Access::Member, Body::None, Pace::Quick, {"One recipe with its document, by id or name", "Recipes", "", "KeptRecipe"}},
    {"DELETE", "/recipes/{id}", deleteRecipe, Access::Member, Body::None, Pace::Slow, {"Forget a recipe", "Recipes", "", "", "application/json", 204}},
    {"POST", "/configs", postRecipe, Access::Member, Body::Memory, Pace::Slow, {"Keep a recipe", "Recipes", "NewRecipe", "KeptRecipe", "application/json", 201}},
    {"GET",  "/configs", getRecipes, Access::Member, Body::None, Pace::Quick, {"Own recipes, newest first", "Recipes", "", "RecipeList"}},
    {"GET",  "/configs/{id}", getRecipe, Access::Member, Body::None, Pace::Quick, {"One recipe with its document, by id or name", "Recipes", "", "KeptRecipe"}},
    {"DELETE", "/configs/{id}", deleteRecipe, Access::Member, Body::None, Pace::Slow, {"Forget a recipe", "Recipes", "", "", "application/json", 204}},

    {"GET",  "/effects", getEffects, Access::Anyone, Body::None, Pace::Slow, {"All effects with their parameters", "Catalogue", "", "EffectList"}},
    {"GET",  "/effects/{name}", getEffect, Access::Anyone, Body::None, Pace::Slow, {"One effect", "Catalogue", "", "Effect"}},
    {"GET",  "/assets", getNamedAssets, Access::Anyone, Body::None, Pace::Quick, {"Public works whose bytes are here", "Catalogue", "", "NamedAssets"}},

    {"GET",  "/auth", getAttach, Access::Known, Body::None, Pace::Slow, {"Attach: choose a registry, or come back from it with a code", "Attach", "", "", html}},
    {"POST", "/auth", postAttach, Access::Anyone, Body::Memory, Pace::Slow, {"Attach with a token, from the form", "Attach", "Empty", "", html, 303}},
    {"GET",  "/auth/instance", getRendererKey, Access::Anyone, Body::None, Pace::Quick, {"The key that signs for this renderer", "Attach", "", "RendererKey"}},
    {"POST", "/auth/revoke", postRendererRevoke, Access::Known, Body::Memory, Pace::Slow, {"End one's own token; or that of a registry's person, signed by it", "Attach", "Revocation", "", "application/json", 204}},
    {"GET",  "/auth/revoke", getRevokePage, Access::Known, Body::None, Pace::Quick, {"A page with a form", "Attach", "", "", html}},
    {"POST", "/auth/revoke-user", postRevokeUser, Access::Anyone, Body::Memory, Pace::Slow, {"End every token of a registry's person, signed by it", "Attach", "Revocation", "", "application/json", 204}},
    {"GET",  "/auth/revoke-user", getRevokePage, Access::Known, Body::None, Pace::Quick, {"A page with a form", "Attach", "", "", html}},
    {"POST", "/logout", postRendererLogout, Access::Known, Body::Memory, Pace::Slow, {"End one's own token", "Attach", "Empty", "", "application/json", 204}},
    {"GET",  "/logout", getRevokePage, Access::Known, Body::None, Pace::Quick, {"A page with a form", "Attach", "", "", html}},

    {"GET",  "/ui", getRunsPage, Access::Member, Body::None, Pace::Quick, {"Own runs", "Pages", "", "", html}},
    {"GET",  "/ui/runs/{id}", getRunPage, Access::Member, Body::None, Pace::Quick, {"One run with its graph and its film", "Pages", "", "", html}},
    {"GET",  "/ui/recipes", getRecipesPage, Access::Member, Body::None, Pace::Quick, {"Own recipes, and a form that renders one", "Pages", "", "", html}},
    {"POST", "/ui/recipes", postRecipePage, Access::Member, Body::Memory, Pace::Slow, {"Render a recipe from the form", "Pages", "Empty", "", html, 303}},
    {"GET",  "/ui/media", getMediaPage, Access::Member, Body::None, Pace::Quick, {"Own bytes", "Pages", "", "", html}},
    {"GET",  "/ui/progress.js", getProgressScript, Access::Anyone, Body::None, Pace::Quick, {"Progress without reloading", "Pages", "", "", "text/javascript"}},
};
// clang-format on

} // namespace

std::span<const Route> rendererRoutes()
{
    return table;
}

bool isRendererRoute(const Route& route)
{
    return &route >= std::begin(table) && &route < std::end(table);
}

} // namespace artdag::server
