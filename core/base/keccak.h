// SPDX-License-Identifier: GPL-3.0-or-later
// The permutation of SHA3, one state at a time: keys have short preimages, for which making a context of OpenSSL's costs
// more than the hash. Many equal lengths at once are core/picture/kernels_keccak.cpp.
#pragma once

#include <array>
#include <cstdint>

namespace artdag {

/// Keccak-f[1600] (FIPS 202 §3.3); word x + 5y, little-endian. tests/base/digest_test checks it against OpenSSL.
void keccak(std::array<std::uint64_t, 25>& state);

} // namespace artdag
