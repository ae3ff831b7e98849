// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/parsed_request.h"

#include <limits>

namespace artdag::server {

void prepareParser(RequestParser& parser, std::uint32_t headerLimit)
{
    parser.header_limit(headerLimit);
    parser.body_limit(std::numeric_limits<std::uint64_t>::max());
}

Request requestOf(const RequestParser& parser)
{
    const auto& message = parser.get();
    Request request;
    request.method = std::string(message.method_string());
    request.target = std::string(message.target());
    const auto question = request.target.find('?');
    request.path = request.target.substr(0, question);
    request.query = question == std::string::npos ? "" : request.target.substr(question + 1);
    for (const auto& field : message) {
        std::string name(field.name_string());
        for (char& c : name)
            c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
        request.headers.emplace_back(std::move(name), std::string(field.value()));
    }
    return request;
}

bool isAmbiguous(const Request& request)
{
    int hosts = 0;
    int lengths = 0;
    int codings = 0;
    for (const auto& [name, value] : request.headers) {
        hosts += name == "host" ? 1 : 0;
        lengths += name == "content-length" ? 1 : 0;
        codings += name == "transfer-encoding" ? 1 : 0;
    }
    return hosts != 1 || lengths > 1 || (lengths > 0 && codings > 0);
}

} // namespace artdag::server
