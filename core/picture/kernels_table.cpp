// SPDX-License-Identifier: GPL-3.0-or-later
// The table of one level.
#include "core/picture/rows.h"

namespace artdag::ARTDAG_KERNELS {

#define ARTDAG_ENTRY(result, name, arguments) name,
extern const RowKernels table;
const RowKernels table = {ARTDAG_ROW_KERNELS(ARTDAG_ENTRY)};

} // namespace artdag::ARTDAG_KERNELS
