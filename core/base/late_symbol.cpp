// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/late_symbol.h"

#include <dlfcn.h>
#include <unistd.h>

#include <cstdio>

void* artdag::lateSymbol(const char* library, const char* name)
{
    void* loaded = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
    void* symbol = loaded ? dlsym(loaded, name) : nullptr;
    if (!symbol) {
        std::fprintf(stderr, "artdag: %s of the library %s is not to be had (%s): install the package that holds it.\n", name, library, dlerror());
        _exit(4); // unavailable; nothing half done is kept, as after a kill
    }
    return symbol;
}
