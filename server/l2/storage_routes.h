// SPDX-License-Identifier: GPL-3.0-or-later
// /storage: an account's places for copies. What is secret goes in and is never told again.
#pragma once

#include "server/http/router.h"

namespace artdag::server {

Result<Response> getStorages(Site& site, const Request& request);
Result<Response> getStoragesOfType(Site& site, const Request& request);
Result<Response> getStorage(Site& site, const Request& request);
Result<Response> postStorage(Site& site, const Request& request);
Result<Response> patchStorage(Site& site, const Request& request);
Result<Response> deleteStorage(Site& site, const Request& request);
Result<Response> postStorageTest(Site& site, const Request& request);
/// All that the page does: `do` is add, on, off, test or remove.
Result<Response> postStorageForm(Site& site, const Request& request);

} // namespace artdag::server
