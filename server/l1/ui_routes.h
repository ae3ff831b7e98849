// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of a renderer: what is looked up for them. How they look is server/web/render_pages.
#pragma once

#include "server/http/message.h"

namespace artdag::server {

struct Site;

Result<Response> getRunsPage(Site& site, const Request& request);
Result<Response> getRunPage(Site& site, const Request& request);
Result<Response> getRecipesPage(Site& site, const Request& request);
/// A form: `recipe` is the id of a kept one, or `text` a document. Leads to the run, or says what is wrong.
Result<Response> postRecipePage(Site& site, const Request& request);
Result<Response> getMediaPage(Site& site, const Request& request);
Result<Response> getProgressScript(Site& site, const Request& request);

} // namespace artdag::server
