// SPDX-License-Identifier: GPL-3.0-or-later
// The description of this API for machines (OpenAPI 3.1), written from the route table and the schemas of bodies, so that
// neither can be forgotten.
#pragma once

#include "core/base/json.h"
#include "server/http/router.h"

#include <string>
#include <string_view>

namespace artdag::server {

Json openApiDocument(std::string_view publicUrl);
/// Of one role's routes.
Json openApiDocument(std::string_view baseUrl, std::span<const Route> routes);

/// All schemas by name, each with an example.
const Json& schemas();

} // namespace artdag::server
