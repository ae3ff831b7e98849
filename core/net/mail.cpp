// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/mail.h"

#include "core/base/digest.h"
#include "core/base/files.h"
#include "core/net/curl_handle.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <ctime>
#include <memory>

namespace artdag {

namespace {

bool isAlphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// What is between scheme and path without a login: `HOST:PORT`.
std::string_view authorityOf(std::string_view url)
{
    url.remove_prefix(std::min(url.find("://") + 3, url.size()));
    url = url.substr(0, url.find('/'));
    const auto at = url.rfind('@');
    return at == std::string_view::npos ? url : url.substr(at + 1);
}

bool hasLogin(std::string_view url)
{
    return url.find('@') != std::string_view::npos;
}

bool isThisMachine(std::string_view authority)
{
    const std::string_view host = authority.starts_with('[') ? authority.substr(0, authority.find(']') + 1) : authority.substr(0, authority.find(':'));
    return host == "localhost" || host == "[::1]" || (host.starts_with("127.") && std::ranges::all_of(host, [](char c) { return c == '.' || (c >= '0' && c <= '9'); }));
}

/// RFC 5322 §3.3, in English whatever the locale.
std::string dateText(std::time_t now)
{
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::array<char, 32> clock{};
    (void)std::strftime(clock.data(), clock.size(), "%Y %H:%M:%S +0000", &parts);
    const std::string day = std::to_string(parts.tm_mday);
    return std::string(days.at(static_cast<std::size_t>(parts.tm_wday))) + ", " + (day.size() == 1 ? "0" : "") + day + " " + months.at(static_cast<std::size_t>(parts.tm_mon)) + " " + clock.data();
}

/// Header and body with the line ends of the wire.
std::string messageText(const MailServer& server, const Mail& mail)
{
    const std::string domain = server.from.substr(server.from.rfind('@') + 1);
    std::string text = "Date: " + dateText(std::time(nullptr)) + "\nFrom: <" + server.from + ">\nTo: <" + mail.to + ">\nSubject: " + mail.subject + "\nMessage-ID: <" + hexOf(secureRandom(16)) + "@" + domain + ">\n"
        + "MIME-Version: 1.0\nContent-Type: text/plain; charset=us-ascii\nAuto-Submitted: auto-generated\n\n" + mail.text;
    if (!text.ends_with('\n'))
        text += '\n';
    std::string wire;
    for (const char c : text)
        wire += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return wire;
}

std::size_t giveText(char* bytes, std::size_t, std::size_t count, void* context)
{
    auto& rest = *static_cast<std::string_view*>(context);
    const std::size_t given = std::min(rest.size(), count);
    std::memcpy(bytes, rest.data(), given);
    rest.remove_prefix(given);
    return given;
}

void prepare(CURL* curl, const MailServer& server, const std::string& url, curl_slist* recipients)
{
    const bool inTheClear = url.starts_with("smtp:") && !hasLogin(url) && isThisMachine(authorityOf(url));
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(inTheClear ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!server.authorities.empty())
        curl_easy_setopt(curl, CURLOPT_CAINFO, server.authorities.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, ("<" + server.from + ">").c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 15L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 120L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
}

bool isAscii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

} // namespace

bool isMailAddress(std::string_view text)
{
    const auto at = text.find('@');
    if (text.size() > 254 || at == std::string_view::npos || at == 0 || at > 64)
        return false;
    const std::string_view local = text.substr(0, at);
    const std::string_view domain = text.substr(at + 1);
    const auto isAtom = [](char c) { return isAlphanumeric(c) || std::string_view("!#$%&'*+/=?^_`{|}~-.").find(c) != std::string_view::npos; };
    const auto isDotted = [](std::string_view part) { return !part.empty() && part.front() != '.' && part.back() != '.' && part.find("..") == std::string_view::npos; };
    return isDotted(local) && isDotted(domain) && domain.front() != '-' && std::ranges::all_of(local, isAtom) && std::ranges::all_of(domain, [](char c) { return isAlphanumeric(c) || c == '-' || c == '.'; });
}

std::string mailUrlProblem(std::string_view url)
{
    const std::string_view authority = authorityOf(url);
    const bool scheme = url.starts_with("smtp://") || url.starts_with("smtps://");
    const bool plain = std::ranges::all_of(url, [](char c) { return c > ' ' && c < 0x7F && std::string_view("\"<>\\?#").find(c) == std::string_view::npos; });
    const auto slash = scheme ? url.find('/', url.find("://") + 3) : std::string_view::npos;
    const bool pathless = slash == std::string_view::npos || slash + 1 == url.size();
    return scheme && plain && pathless && !authority.empty() && authority.front() != ':' ? "" : "must be smtps://USER:PASSWORD@HOST:PORT, or smtp:// for STARTTLS";
}

Result<void> sendMail(const MailServer& server, const Mail& mail)
{
    const std::string object = "mail server " + std::string(authorityOf(server.url)) + ": ";
    if (!isMailAddress(server.from) || !isMailAddress(mail.to) || mail.subject.find_first_of("\r\n") != std::string::npos || !isAscii(mail.subject + mail.text))
        return fail(Fault::BadInput, object + "the message cannot be sent as it is");
    const std::string text = messageText(server, mail);
    std::string_view rest = text;
    const CurlPointer curl = makeCurl();
    const CurlList recipients(curl_slist_append(nullptr, ("<" + mail.to + ">").c_str()));
    std::array<char, CURL_ERROR_SIZE> words{};
    // The path is the name that we greet with.
    const std::string url = server.url + (server.url.ends_with('/') ? "" : "/") + server.from.substr(server.from.rfind('@') + 1);
    prepare(curl.get(), server, url, recipients.get());
    curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, words.data());
    curl_easy_setopt(curl.get(), CURLOPT_READFUNCTION, giveText);
    curl_easy_setopt(curl.get(), CURLOPT_READDATA, &rest);
    const CURLcode code = curl_easy_perform(curl.get());
    if (code == CURLE_OK)
        return {};
    long said = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &said);
    const bool forGood = said >= 500 && said < 600 && code != CURLE_LOGIN_DENIED && code != CURLE_USE_SSL_FAILED;
    return fail(forGood ? Fault::BadInput : Fault::Unavailable, object + (words[0] != '\0' ? words.data() : curl_easy_strerror(code)));
}

} // namespace artdag
