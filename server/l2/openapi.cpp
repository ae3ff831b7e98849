// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/openapi.h"

#include "server/l2/application.h"

#include <algorithm>
#include <cctype>

namespace artdag::server {

namespace {

Json schemaReference(const char* name)
{
    return {{"$ref", std::string("#/components/schemas/") + name}};
}

Json bodyOf(const char* type, const char* schema)
{
    Json content{{"schema", *schema == '\0' ? Json{{"type", "string"}} : schemaReference(schema)}};
    if (*schema != '\0')
        content["example"] = schemas()[schema]["examples"][0];
    return Json{{type, std::move(content)}};
}

/// `{user}` and `{file}` of a template, in order.
std::vector<std::string> capturesOf(std::string_view path)
{
    std::vector<std::string> names;
    for (std::size_t open = path.find('{'); open != std::string_view::npos; open = path.find('{', open + 1))
        names.emplace_back(path.substr(open + 1, path.find('}', open) - open - 1));
    return names;
}

Json parameter(const std::string& name, const char* where, bool required)
{
    return {{"name", name}, {"in", where}, {"required", required}, {"schema", Json{{"type", "string"}}}};
}

/// Query parameters are few and belong to two routes, so they are told here.
void addQuery(const Route& route, Json& parameters)
{
    const std::string_view path = route.path;
    const bool isList = path == "/assets" && std::string_view(route.method) == "GET";
    for (const char* name : {"owner", "tag", "q"})
        if (isList)
            parameters.push_back(parameter(name, "query", false));
    for (const char* name : {"limit", "cursor"})
        if (isList || path == "/anchors" || path == "/anchors/ui" || (path == "/users/{user}/outbox" && std::string_view(name) == "cursor"))
            parameters.push_back(parameter(name, "query", false));
    if (path == "/.well-known/webfinger")
        parameters.push_back(parameter("resource", "query", true));
    if (path == "/consents" && std::string_view(route.method) == "GET")
        parameters.push_back(parameter("claim", "query", false));
    for (const char* name : {"limit", "cursor"})
        if ((path == "/runs" || path == "/cache" || path == "/recipes" || path == "/configs") && std::string_view(route.method) == "GET")
            parameters.push_back(parameter(name, "query", false));
    if (path == "/cache/upload")
        parameters.push_back(parameter("content_hash", "query", false));
    if (path == "/media")
        parameters.push_back(parameter("content_hash", "query", false));
}

Json operationOf(const Route& route)
{
    const Words& words = route.words;
    Json operation{{"summary", words.summary}, {"tags", Json::array({words.tag})}};
    Json parameters = Json::array();
    for (const std::string& name : capturesOf(route.path))
        parameters.push_back(parameter(name, "path", true));
    addQuery(route, parameters);
    if (!parameters.empty())
        operation["parameters"] = std::move(parameters);
    if (route.access >= Access::Member)
        operation["security"] = Json::array({Json{{"bearer", Json::array()}}});
    if (route.body == Body::Memory)
        operation["requestBody"] = Json{{"required", true}, {"content", bodyOf("application/json", words.takes)}};
    else if (route.body == Body::Form)
        operation["requestBody"] = Json{{"required", true}, {"content", bodyOf("application/x-www-form-urlencoded", words.takes)}};
    else if (route.body == Body::File)
        operation["requestBody"] = Json{{"required", true}, {"content", Json{{"*/*", Json{{"schema", Json{{"type", "string"}, {"format", "binary"}}}}}}}};
    Json success{{"description", "Success"}};
    if (words.status != 204 && words.status != 303)
        success["content"] = bodyOf(words.type, words.gives);
    operation["responses"] = Json{{std::to_string(words.status), std::move(success)}, {"default", Json{{"description", "A problem (RFC 9457)"}, {"content", bodyOf("application/problem+json", "Problem")}}}};
    return operation;
}

} // namespace

Json openApiDocument(std::string_view publicUrl)
{
    return openApiDocument(publicUrl, routes());
}

Json openApiDocument(std::string_view publicUrl, std::span<const Route> table)
{
    Json paths = Json::object();
    for (const Route& route : table) {
        std::string method = route.method;
        std::ranges::transform(method, method.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        paths[route.path][method] = operationOf(route);
    }
    return {{"openapi", "3.1.0"},
        {"info", Json{{"title", "Art DAG"}, {"version", ARTDAG_VERSION}, {"description", "Owned works with their provenance: publish, read, verify, federate."}, {"license", Json{{"name", "GPL-3.0-or-later"}, {"identifier", "GPL-3.0-or-later"}}}}},
        {"servers", Json::array({Json{{"url", publicUrl}}})}, {"paths", std::move(paths)},
        {"components", Json{{"schemas", schemas()}, {"securitySchemes", Json{{"bearer", Json{{"type", "http"}, {"scheme", "bearer"}, {"bearerFormat", "JWT"}}}}}}}};
}

} // namespace artdag::server
