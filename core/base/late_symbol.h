// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace artdag {

/// The address of the function or variable `name` of the shared library `library` (a soname), which is loaded when first asked for. If it cannot be, the program says which one is
/// missing and ends with code 4: callers are C functions, which no error can leave. Any thread.
void* lateSymbol(const char* library, const char* name);

} // namespace artdag
