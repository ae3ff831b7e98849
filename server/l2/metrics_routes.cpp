// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/metrics_routes.h"

#include "server/db/job_counts.h"
#include "server/db/overview.h"
#include "server/http/metrics.h"

#include <openssl/crypto.h>

#include <filesystem>

namespace artdag::server {

namespace {

bool isLoopbackHost(std::string_view host)
{
    return host.starts_with("127.") || host.starts_with("[::1]") || host == "localhost" || host.starts_with("localhost:");
}

/// A proxy on this machine has a loopback address, too. What tells its requests from a scraper's: it says for whom it asks, and
/// asks for a name that others know.
bool comesFromHere(const Request& request)
{
    const bool forwarded = !request.header("x-forwarded-for").empty() || !request.header("forwarded").empty() || !request.header("via").empty() || !request.header("x-real-ip").empty();
    return !forwarded && countedAddress(request.peer).empty() && isLoopbackHost(request.header("host"));
}

bool hasToken(const Site& site, const Request& request)
{
    const std::string wanted = "Bearer " + site.options.metrics.token;
    const std::string_view given = request.header("authorization");
    return !site.options.metrics.token.empty() && given.size() == wanted.size() && CRYPTO_memcmp(given.data(), wanted.data(), wanted.size()) == 0;
}

Result<void> writeDatabase(Site& site, MetricsText& text)
{
    text.family("artdag_jobs", "gauge", "Jobs by kind and state");
    for (const JobGroup& group : TRY(groupJobs(*site.database)))
        text.sample(static_cast<double>(group.count), {{"kind", group.kind}, {"state", group.state}});
    const Overview overview = TRY(overviewOf(*site.database));
    text.single("artdag_deliveries_waiting", "gauge", "Activities on their way to other servers", static_cast<double>(overview.deliveries));
    text.single("artdag_accounts", "gauge", "Accounts that are let in", static_cast<double>(overview.accounts));
    text.single("artdag_works", "gauge", "Published works", static_cast<double>(overview.works));
    text.single("artdag_objects", "gauge", "Files of works that are known", static_cast<double>(overview.objects));
    text.single("artdag_stored_bytes", "gauge", "Bytes of these files", static_cast<double>(overview.bytes));
    return {};
}

} // namespace

Result<Response> getMetrics(Site& site, const Request& request)
{
    if (!hasToken(site, request) && !(site.options.metrics.forLoopback && comesFromHere(request)))
        return problem(404, "No page and no work has this address.");
    MetricsText text;
    text.family("artdag_info", "gauge", "The version that runs");
    text.sample(1, {{"version", ARTDAG_VERSION}});
    site.metrics->write(text);
    const Database::Figures figures = site.database->figures();
    text.single("artdag_database_connections", "gauge", "Connections to the database", static_cast<double>(figures.connections));
    text.single("artdag_database_waits_total", "counter", "Transactions and turns that were begun", static_cast<double>(figures.waits));
    text.single("artdag_database_wait_seconds_total", "counter", "Time that beginning them took: others stood in the way", static_cast<double>(figures.microseconds) * 1e-6);
    std::error_code error;
    if (const auto space = std::filesystem::space(site.options.directory, error); !error)
        text.single("artdag_disk_free_bytes", "gauge", "Room on the disk of the data directory", static_cast<double>(space.available));
    const bool isUp = writeDatabase(site, text).has_value(); // without it the rest is still worth knowing
    text.single("artdag_database_up", "gauge", "1 when the database answers", isUp ? 1 : 0);
    return textResponse(text.text(), "text/plain; version=0.0.4; charset=utf-8").with("Cache-Control", "no-store").with("Access-Control-Allow-Origin", site.instance.publicUrl); // no other page in a browser on this machine
}

} // namespace artdag::server
