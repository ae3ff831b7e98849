// SPDX-License-Identifier: GPL-3.0-or-later
// What `(recipe "name" …)` means: definitions, threads and stages become nodes.
#pragma once

#include "core/import/s_expression.h"

namespace artdag {

OldResult<OldGraph> graphOfSExpressions(const std::vector<SExpression>& expressions);

} // namespace artdag
