// SPDX-License-Identifier: GPL-3.0-or-later
// What an effect is, for machines: ports, parameters with ranges and defaults, texts. `artdag effects --json` and the
// catalogue of a renderer say the same.
#pragma once

#include "core/base/json.h"
#include "core/effect/catalogue.h"

namespace artdag {

Json effectDocument(const CatalogueEntry& entry);

} // namespace artdag
