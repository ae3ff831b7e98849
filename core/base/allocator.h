// SPDX-License-Identifier: GPL-3.0-or-later
// How this process keeps memory that was freed.
#pragma once

namespace artdag {

/// Blocks of up to 32 MiB come from the heap, and up to 256 MiB at its end stay there when freed. A renderer frees and asks for the
/// same sizes frame after frame; by default each is a mapping of its own, whose pages the kernel clears every time (a
/// seventh of the processor time of a layered film). Called once, before the first thread; does nothing but with glibc.
void keepFreedMemory();

} // namespace artdag
