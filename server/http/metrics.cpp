// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/metrics.h"

#include "server/http/router.h"

#include <fmt/format.h>

#include <dirent.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace artdag::server {

namespace {

/// Backslash, quote and line feed, as the format wants it; of the rest of a label nothing is changed.
void appendEscaped(std::string& text, std::string_view value)
{
    for (const char c : value) {
        if (c == '\\' || c == '"')
            text.push_back('\\');
        if (c == '\n')
            text += "\\n";
        else
            text.push_back(c);
    }
}

std::int64_t openDescriptors()
{
    DIR* folder = ::opendir("/proc/self/fd");
    if (folder == nullptr)
        return 0;
    std::int64_t count = -3;             // `.`, `..` and this one
    while (::readdir(folder) != nullptr) // NOLINT(concurrency-mt-unsafe): the folder is this call's own
        ++count;
    ::closedir(folder);
    return count;
}

/// proc(5): sizes in pages; the start in ticks since the machine's.
void writeProcess(MetricsText& text)
{
    long size = 0;
    long resident = 0;
    if (FILE* file = std::fopen("/proc/self/statm", "re"); file != nullptr) {
        if (std::fscanf(file, "%ld %ld", &size, &resident) != 2)
            size = resident = 0;
        std::fclose(file);
    }
    const auto page = static_cast<double>(::sysconf(_SC_PAGESIZE));
    timespec processor{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &processor);
    rlimit descriptors{};
    ::getrlimit(RLIMIT_NOFILE, &descriptors);
    text.single("process_resident_memory_bytes", "gauge", "Memory that the process has in RAM", static_cast<double>(resident) * page);
    text.single("process_virtual_memory_bytes", "gauge", "Addresses that the process has", static_cast<double>(size) * page);
    text.single("process_cpu_seconds_total", "counter", "Processor time of the process", static_cast<double>(processor.tv_sec) + static_cast<double>(processor.tv_nsec) * 1e-9);
    text.single("process_open_fds", "gauge", "Descriptors that are open", static_cast<double>(openDescriptors()));
    text.single("process_max_fds", "gauge", "Descriptors that may be open", static_cast<double>(descriptors.rlim_cur));
}

} // namespace

void MetricsText::family(std::string_view name, std::string_view type, std::string_view help)
{
    m_name = name;
    m_text += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

void MetricsText::sample(double value, Labels labels, std::string_view suffix)
{
    m_text += m_name;
    m_text += suffix;
    char before = '{';
    for (const auto& [name, label] : labels) {
        m_text.push_back(std::exchange(before, ','));
        m_text += name;
        m_text += "=\"";
        appendEscaped(m_text, label);
        m_text.push_back('"');
    }
    m_text += labels.size() == 0 ? " " : "} ";
    m_text += fmt::format("{}\n", value);
}

void MetricsText::single(std::string_view name, std::string_view type, std::string_view help, double value)
{
    family(name, type, help);
    sample(value);
}

void Metrics::note(const Request& request, const Exchange& exchange)
{
    const auto bucket = std::ranges::lower_bound(bounds, exchange.seconds) - bounds.begin();
    const std::lock_guard lock(m_mutex);
    Series& series = m_series[{knownMethod(request.method), routeOf(request)}];
    ++series.statuses[exchange.status];
    ++series.buckets.at(static_cast<std::size_t>(bucket));
    series.seconds += exchange.seconds;
    series.received += exchange.received;
    series.sent += exchange.sent;
}

void Metrics::noteConnection(int change)
{
    m_open += change;
    if (change > 0)
        ++m_accepted;
}

void Metrics::count(Counted counted, std::string_view what)
{
    const std::lock_guard lock(m_mutex);
    ++m_counts.at(static_cast<std::size_t>(counted)).try_emplace(std::string(what)).first->second;
}

void Metrics::writeRequests(MetricsText& text) const
{
    text.family("artdag_http_requests_total", "counter", "Requests that were answered");
    for (const auto& [key, series] : m_series)
        for (const auto& [status, count] : series.statuses)
            text.sample(static_cast<double>(count), {{"method", key.first}, {"route", key.second}, {"status", std::to_string(status)}});
    text.family("artdag_http_request_duration_seconds", "histogram", "From the end of a header to the end of its answer");
    for (const auto& [key, series] : m_series) {
        std::uint64_t count = 0;
        for (std::size_t i = 0; i < series.buckets.size(); ++i) {
            count += series.buckets.at(i);
            text.sample(static_cast<double>(count), {{"method", key.first}, {"route", key.second}, {"le", i < bounds.size() ? fmt::format("{}", bounds.at(i)) : "+Inf"}}, "_bucket");
        }
        text.sample(series.seconds, {{"method", key.first}, {"route", key.second}}, "_sum");
        text.sample(static_cast<double>(count), {{"method", key.first}, {"route", key.second}}, "_count");
    }
    text.family("artdag_http_received_bytes_total", "counter", "Bytes of the bodies of requests");
    for (const auto& [key, series] : m_series)
        text.sample(static_cast<double>(series.received), {{"method", key.first}, {"route", key.second}});
    text.family("artdag_http_sent_bytes_total", "counter", "Bytes of the bodies of answers");
    for (const auto& [key, series] : m_series)
        text.sample(static_cast<double>(series.sent), {{"method", key.first}, {"route", key.second}});
}

void Metrics::write(MetricsText& text) const
{
    {
        const std::lock_guard lock(m_mutex);
        writeRequests(text);
        struct Family {
            const char *name, *help, *label;
        };
        constexpr std::array<Family, 3> families{{{"artdag_inbox_total", "What came to an inbox, by what became of it", "outcome"}, {"artdag_http_limited_total", "Requests that were refused with 429, by kind", "kind"},
            {"artdag_delivery_attempts_total", "Posts to inboxes elsewhere, by what became of them", "outcome"}}};
        for (std::size_t i = 0; i < families.size(); ++i) {
            text.family(families.at(i).name, "counter", families.at(i).help);
            for (const auto& [what, count] : m_counts.at(i))
                text.sample(static_cast<double>(count), {{families.at(i).label, what}});
        }
    }
    text.single("artdag_http_connections", "gauge", "Connections that are open", static_cast<double>(m_open));
    text.single("artdag_http_connections_total", "counter", "Connections that were taken", static_cast<double>(m_accepted));
    writeProcess(text);
}

std::string_view knownMethod(std::string_view method)
{
    constexpr std::array<std::string_view, 7> known{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    const auto* found = std::ranges::find(known, method);
    return found == known.end() ? "other" : *found;
}

std::string routeOf(const Request& request)
{
    if (request.route == nullptr)
        return "-";
    const bool below = request.path.starts_with("/l1") && !std::string_view(request.route->path).starts_with("/l1");
    return (below ? "/l1" : "") + std::string(request.route->path);
}

} // namespace artdag::server
