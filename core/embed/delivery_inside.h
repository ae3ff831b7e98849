// SPDX-License-Identifier: GPL-3.0-or-later
// What a delivery carries inside, as evidence for checkProvenance.
#pragma once

#include "core/provenance/check_provenance.h"

#include <filesystem>

namespace artdag {

/// BadInput for a damaged file, NotFound.
Result<DeliveryInside> insideOf(const std::filesystem::path& film);

} // namespace artdag
