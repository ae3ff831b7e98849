// SPDX-License-Identifier: GPL-3.0-or-later
// Figures of a running server, and their text for Prometheus (exposition format 0.0.4). Counters only go up, and begin at 0
// with the process. Any thread.
#pragma once

#include "server/http/message.h"
#include "server/http/serve.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace artdag::server {

/// Writes families of samples; names and labels are ours, values of labels are escaped.
class MetricsText {
public:
    using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;
    /// `type`: counter, gauge, histogram. All samples of a family follow it.
    void family(std::string_view name, std::string_view type, std::string_view help);
    /// Of the family before; `suffix`: `_bucket`, `_sum`, `_count` of a histogram.
    void sample(double value, Labels labels = {}, std::string_view suffix = "");
    void single(std::string_view name, std::string_view type, std::string_view help, double value);
    [[nodiscard]] const std::string& text() const { return m_text; }

private:
    std::string m_text, m_name;
};

class Metrics {
public:
    void note(const Request& request, const Exchange& exchange);
    void noteConnection(int change);
    enum class Counted {
        Inbox,    ///< what came to an inbox, by what became of it
        Limited,  ///< requests that came too often, by kind
        Delivery, ///< posts to inboxes elsewhere, by what became of them
    };
    /// One more of these; `what` is one of few words.
    void count(Counted counted, std::string_view what);
    /// Requests, durations, connections, inboxes; and this process's memory, processor time and descriptors.
    void write(MetricsText& text) const;

private:
    static constexpr std::array<double, 12> bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10}; ///< s
    struct Series {
        std::map<int, std::uint64_t> statuses;
        std::array<std::uint64_t, bounds.size() + 1> buckets{};
        double seconds = 0;
        std::uint64_t received = 0, sent = 0;
    };
    void writeRequests(MetricsText& text) const;
    mutable std::mutex m_mutex;
    std::map<std::pair<std::string_view, std::string>, Series> m_series;       ///< by method and route
    std::array<std::map<std::string, std::uint64_t, std::less<>>, 3> m_counts; ///< by Counted
    std::atomic<std::int64_t> m_open{0};
    std::atomic<std::uint64_t> m_accepted{0};
};

/// The method of a request as it may be a label or stand in a log: one that HTTP knows, else `other`.
std::string_view knownMethod(std::string_view method);
/// The template of its route, those of a renderer beside a registry with /l1 before; or `-`. Never the path, in which there may
/// be a secret.
std::string routeOf(const Request& request);

} // namespace artdag::server
