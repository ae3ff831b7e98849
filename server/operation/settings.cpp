// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/operation/settings.h"

#include "core/base/files.h"
#include "server/operation/setting_checks.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>

namespace artdag::server {

namespace {

using Check = std::string (*)(const std::string&); ///< what is wrong, or nothing

struct Known {
    const char* name;
    const char* usual;
    bool isSecret;
    Check check;
    const char* meaning;
};

// All settings there are. An option of the command line, where there is one, is named in app/server.
constexpr std::array table{
    Known{"ARTDAG_DOMAIN", "", false, isHost, "Domain of handles, HOST or HOST:PORT; cannot change after the first work"},
    Known{"ARTDAG_HOST", "", false, isHost, "Host where actors and works live; the domain when not given"},
    Known{"ARTDAG_USER", "", false, anything, "Name of the owner's account"},
    Known{"ARTDAG_DATA", "", false, anything, "Directory of database, keys, secrets and media"},
    Known{"DATABASE_URL", "", true, isDatabase, "Database: sqlite:PATH (in the data directory when not given) or postgresql://…"},
    Known{"HOST", "", false, isHost, "Address to listen on; 127.0.0.1 without a domain, else 0.0.0.0"},
    Known{"PORT", "8200", false, isPort, "Port to listen on; 0 takes a free one"},
    Known{"PUBLIC_URL", "", false, isWebUrl, "Base of all URLs; https://HOST when not given"},
    Known{"TRUSTED_PROXIES", "127.0.0.1, ::1", false, areNetworks, "Addresses or networks of proxies whose X-Forwarded-For, X-Forwarded-Proto, Forwarded and X-Request-Id are believed"},
    Known{"TLS_CERTIFICATE", "", false, anything, "Certificate with its chain, in PEM, for TLS without a proxy; read again on SIGHUP"},
    Known{"TLS_KEY", "", false, anything, "Its key, in PEM"},
    Known{"REDIRECT_PORT", "0", false, isPort, "With a certificate of our own: a port that leads from http to PUBLIC_URL and does nothing else; 0: none"},
    Known{"HSTS", "0", false, isLongTime, "Seconds that browsers shall ask this host with TLS only; 0: nothing is said"},
    Known{"COMPRESSION", "true", false, isSwitch, "Answers that are text and open to everybody, in gzip to who takes it"},
    Known{"LOG_LEVEL", "info", false, isLogLevel, "Least that the log has: debug, info (each request), warning or error"},
    Known{"LOG_FORMAT", "json", false, isLogFormat, "json or plain"},
    Known{"METRICS", "true", false, isSwitch, "/metrics for programs on this machine that ask without a proxy"},
    Known{"METRICS_TOKEN", "", true, isLongWord, "Bearer token that opens /metrics to others"},
    Known{"RATE_VISITOR", "300/300", false, isRate, "Requests of an address that is not logged in: how many in how many seconds, or off"},
    Known{"RATE_MEMBER", "1500/300", false, isRate, "The same, of each account"},
    Known{"RATE_MEDIA", "3000/300", false, isRate, "The same, for media: a page has many"},
    Known{"RATE_UPLOAD", "300/1800", false, isRate, "The same, for uploads and their pieces, of each account"},
    Known{"RATE_LOGIN", "25/300", false, isRate, "The same, for passwords and codes, of each address"},
    Known{"RATE_REGISTER", "5/1800", false, isRate, "The same, for new accounts"},
    Known{"RATE_RESET", "25/300", false, isRate, "The same, for ways back into an account"},
    Known{"RATE_INBOX", "3000/300", false, isRate, "The same, for activities, of each address and of each server"},
    Known{"REGISTRATION", "", false, isRegistration, "open, approval (usual) or closed"},
    Known{"L1_SERVERS", "", false, areWebUrls, "Renderers that members may attach; the own /l1 when not given"},
    Known{"L2_SERVERS", "", false, areWebUrls, "Registries whose people may attach to this renderer; the own one when it has that role"},
    Known{"ARTDAG_CALENDARS", "", false, areWebUrls, "OpenTimestamps calendars that date what is published; no others are ever asked"},
    Known{"ARTDAG_BLOCK_HEADERS", "", false, isWebUrl, "Where Bitcoin block headers are looked up: an Esplora API (https://HOST/api) or Bitcoin Core's REST (http://HOST:8332/rest); without it dates are attested, never confirmed"},
    Known{"CALENDAR_TIMEOUT", "15", false, isSeconds, "Seconds to wait for a calendar or a block header"},
    Known{"STORAGE_HOSTS", "", false, anything, "HOST or HOST:PORT of S3 and IPFS services that members may keep copies at, with commas between"},
    Known{"FEDERATE_WITH", "", false, areDomains, "Domains with commas between: no other servers are dealt with; all but blocked ones when not given"},
    Known{"SMTP_URL", "", true, isMailServer, "Mail server for messages to members who gave an address: smtps://USER:PASSWORD@HOST:PORT, or smtp:// for STARTTLS; none: no mail is sent"},
    Known{"SMTP_FROM", "", false, isMailSender, "Address that mail comes from; artdag@DOMAIN when not given"},
    Known{"SMTP_AUTHORITIES", "", false, anything, "PEM file of authorities for the mail server's certificate; the system's when not given"},
    Known{"JWT_SECRET", "", true, isStrong, "Secret of tokens; made and kept when not given"},
    Known{"MAX_UPLOAD", "500000000", false, isBytes, "Longest file in bytes"},
    Known{"MEMBER_QUOTA", "5000000000", false, isBytes, "Bytes that each member may keep here"},
    Known{"WORKS_PER_DAY", "50", false, isCount, "Works that each member may publish a day"},
    Known{"TRANSCODE_MINUTES", "60", false, isCount, "Minutes of each member's films that are made into streams a day; what is longer waits for another day"},
    Known{"FULL_DISK", "90", false, isPercent, "Percent of the disk beyond which uploads stop"},
    Known{"RENDERS", "1", false, isThreads, "Renders at the same time"},
    Known{"RENDER_THREADS", "0", false, isThreadsOrAll, "Threads of each render; 0: all cores"},
    Known{"RENDER_DISK", "50", false, isCount, "GiB of rendered pieces that are kept for the next time"},
    Known{"MAX_RUN_TIME", "3600", false, isCount, "Seconds that a render may take"},
    Known{"MAX_RUN_MEMORY", "4096", false, isCount, "MiB that a render may have"},
    Known{"MAX_RUN_PIXELS", "9437184", false, isCount, "Pixels of a frame"},
    Known{"MAX_RUN_DURATION", "600", false, isCount, "Seconds of a film"},
    Known{"MAX_RUN_NODES", "2000", false, isCount, "Nodes of a recipe"},
    Known{"MAX_RUNS", "100", false, isCount, "Runs that wait or are under way"},
    Known{"MAX_RUNS_OF_USER", "20", false, isCount, "The same, of one person"},
    Known{"THREADS", "2", false, isThreads, "Threads for connections"},
    Known{"SECURE_MODE", "false", false, isSwitch, "Documents only for servers that sign their requests"},
    Known{"ALLOW_LOOPBACK", "false", false, isSwitch, "For trying and testing: http, loopback addresses and open registration"},
};

std::string lower(std::string text)
{
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// The text of a file that holds one secret, without the line's end. A secret that others can read is one no more.
std::string secretOf(const std::filesystem::path& file, bool guarded, std::string& problem)
{
    struct stat facts {};
    if (guarded && ::stat(file.c_str(), &facts) == 0 && (facts.st_mode & 07) != 0)
        problem = "file '" + file.string() + "' can be read by everyone; give it mode 0600";
    const auto text = readTextFile(file, 64U << 10);
    if (!text) {
        problem = text.error().message;
        return "";
    }
    return text->substr(0, text->find_last_not_of("\r\n") + 1);
}

using FileValues = std::map<std::string, std::string>;

std::string textOf(const toml::node& node, std::string& problem)
{
    if (const auto* text = node.as_string())
        return text->get();
    if (const auto* number = node.as_integer())
        return std::to_string(number->get());
    if (const auto* on = node.as_boolean())
        return on->get() ? "true" : "false";
    std::string joined;
    if (const auto* list = node.as_array())
        for (const toml::node& part : *list)
            joined += (joined.empty() ? "" : ",") + textOf(part, problem);
    else
        problem = "must be text, a number, true, false, or a list of these";
    return joined;
}

FileValues readFileValues(const std::filesystem::path& file, std::vector<std::string>& problems)
{
    FileValues values;
    try {
        const toml::table read = toml::parse_file(file.string());
        for (const auto& [key, node] : read) {
            const std::string name(key.str());
            std::string problem;
            const bool known = std::ranges::any_of(table, [&](const Known& one) { return lower(one.name) == name; });
            if (known)
                values[name] = textOf(node, problem);
            else
                problem = "there is no such setting";
            if (!problem.empty())
                problems.push_back(fmt::format("{}:{}: '{}': {}", file.string(), node.source().begin.line, name, problem));
        }
    } catch (const toml::parse_error& error) {
        problems.push_back(fmt::format("{}:{}: {}", file.string(), error.source().begin.line, error.description()));
    }
    return values;
}

Setting settingOf(const Known& known, const SettingSources& sources, const std::filesystem::path& file, const FileValues& values)
{
    Setting setting{known.name, known.usual, "usual", "", known.meaning, known.isSecret};
    const std::string small = lower(known.name);
    auto said = [&](const std::string& name) { return sources.environment ? sources.environment(name) : std::nullopt; };
    std::error_code ignored;
    if (const auto option = sources.options.find(setting.name); option != sources.options.end()) {
        setting.value = option->second;
        setting.from = "command line";
    } else if (const auto value = said(setting.name); value && !value->empty()) {
        setting.value = *value;
        setting.from = "environment";
    } else if (const auto named = known.isSecret ? said(setting.name + "_FILE") : std::nullopt; named && !named->empty()) {
        setting.value = secretOf(*named, true, setting.problem);
        setting.from = "file '" + *named + "' (" + setting.name + "_FILE)";
    } else if (known.isSecret && std::filesystem::exists(sources.secrets / small, ignored)) {
        setting.value = secretOf(sources.secrets / small, false, setting.problem); // its guard is whoever put it there
        setting.from = "file '" + (sources.secrets / small).string() + "'";
    } else if (const auto written = values.find(small); written != values.end()) {
        setting.value = written->second;
        setting.from = "file '" + file.string() + "'";
    }
    if (setting.problem.empty())
        setting.problem = known.check(setting.value);
    return setting;
}

} // namespace

Settings Settings::read(const SettingSources& sources)
{
    Settings settings;
    std::filesystem::path file;
    std::error_code ignored;
    for (const std::filesystem::path& candidate : sources.files)
        if (file.empty() && std::filesystem::exists(candidate, ignored))
            file = candidate;
    const FileValues values = file.empty() ? FileValues() : readFileValues(file, settings.m_problems);
    bool holdsSecret = false;
    for (const Known& known : table) {
        settings.m_all.push_back(settingOf(known, sources, file, values));
        holdsSecret = holdsSecret || (known.isSecret && values.contains(lower(known.name)));
    }
    struct stat facts {};
    if (holdsSecret && ::stat(file.c_str(), &facts) == 0 && (facts.st_mode & 07) != 0)
        settings.m_problems.push_back(file.string() + ": it holds a secret and can be read by everyone; give it mode 0600");
    return settings;
}

const Setting& Settings::find(std::string_view name) const
{
    const auto found = std::ranges::find(m_all, name, &Setting::name);
    CHECK(found != m_all.end());
    return *found;
}

std::int64_t Settings::number(std::string_view name) const
{
    return std::strtoll(find(name).value.c_str(), nullptr, 10);
}

std::vector<std::string> Settings::list(std::string_view name) const
{
    return partsOf(find(name).value);
}

Result<void> Settings::check() const
{
    std::string wrong;
    for (const Setting& setting : m_all)
        if (!setting.problem.empty())
            wrong += (wrong.empty() ? "" : "\n") + setting.name + ": " + setting.problem + " (from " + setting.from + ")";
    for (const std::string& problem : m_problems)
        wrong += (wrong.empty() ? "" : "\n") + problem;
    if (!wrong.empty())
        return fail(Fault::BadInput, wrong);
    return {};
}

std::optional<std::string> environmentOf(const std::string& name)
{
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::string shown(const Setting& setting)
{
    if (setting.value.empty())
        return "(none)";
    if (!setting.isSecret)
        return setting.value;
    const std::string& value = setting.value;
    if (value.starts_with("sqlite:"))
        return value;
    const std::size_t scheme = value.find("://");
    const std::size_t host = value.rfind('@');
    if (scheme == std::string::npos || host == std::string::npos || host < scheme)
        return "(hidden)";
    return value.substr(0, scheme) + "://…@" + value.substr(host + 1, value.find('?', host) - host - 1); // options may hold a password, too
}

} // namespace artdag::server
