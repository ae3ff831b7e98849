// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a fuzz target over files and over mutations of them that are the same each time: what crashes here crashes for
// everybody. replay COUNT FILE…
#include "core/base/random.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;

/// One to eight small damages: flipped bits, other bytes, cuts, repeats.
Input damaged(const Input& whole, std::uint64_t seed)
{
    Input input = whole;
    const auto times = 1 + artdag::randomBits(seed, 0) % 8;
    for (std::uint64_t step = 1; step <= times && !input.empty(); ++step) {
        const auto at = static_cast<std::ptrdiff_t>(artdag::randomBits(seed, step, 1) % input.size());
        const auto length = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(1 + artdag::randomBits(seed, step, 2) % 64, input.size() - static_cast<std::size_t>(at)));
        switch (artdag::randomBits(seed, step, 3) % 5) {
        case 0:
            input[static_cast<std::size_t>(at)] ^= static_cast<std::uint8_t>(1U << artdag::randomBits(seed, step, 4) % 8);
            break;
        case 1:
            input[static_cast<std::size_t>(at)] = static_cast<std::uint8_t>(artdag::randomBits(seed, step, 4));
            break;
        case 2:
            input.erase(input.begin() + at, input.begin() + at + length);
            break;
        case 3: {
            const Input part(input.begin() + at, input.begin() + at + length);
            input.insert(input.begin() + at, part.begin(), part.end());
            break;
        }
        default:
            input.resize(static_cast<std::size_t>(at));
        }
    }
    return input;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 3) {
        std::fprintf(stderr, "usage: %s COUNT FILE…\n", argv[0]);
        return 2;
    }
    const int mutations = std::atoi(argv[1]);
    long runs = 0;
    for (int file = 2; file < argc; ++file) {
        std::ifstream stream(argv[file], std::ios::binary);
        const Input whole((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
        LLVMFuzzerTestOneInput(whole.data(), whole.size());
        for (int mutation = 0; mutation < mutations; ++mutation) {
            const Input input = damaged(whole, static_cast<std::uint64_t>(file) << 32 | static_cast<std::uint64_t>(mutation));
            LLVMFuzzerTestOneInput(input.data(), input.size());
        }
        runs += 1 + mutations;
    }
    std::printf("%ld inputs, no crash\n", runs);
    return runs > 0 ? 0 : 1;
}
