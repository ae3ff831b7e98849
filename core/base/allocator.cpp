// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/allocator.h"

#include <malloc.h>

namespace artdag {

void keepFreedMemory()
{
#ifdef __GLIBC__
    ::mallopt(M_MMAP_THRESHOLD, 32 << 20);
    ::mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
}

} // namespace artdag
