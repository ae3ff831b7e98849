// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/dot_letters.h"

#include <algorithm>
#include <iterator>

namespace artdag {

namespace {

struct Glyph {
    char letter;
    std::uint64_t dots;
};
// clang-format off
constexpr Glyph glyphs[] = {
    {' ', 0x000000000U}, {'!', 0x100421084U}, {'"', 0x00000014aU}, {'#', 0x295f57d4aU}, {'$', 0x11f4717c4U},
    {'%', 0x672222273U}, {'&', 0x593511526U}, {'\'', 0x000000884U}, {'(', 0x208210888U}, {')', 0x088842082U},
    {'*', 0x02aefbaa0U}, {'+', 0x0084f9080U}, {',', 0x088600000U}, {'-', 0x0000f8000U}, {'.', 0x18c000000U},
    {'/', 0x042222210U}, {'0', 0x3a33ae62eU}, {'1', 0x3884210c4U}, {'2', 0x7c226422eU}, {'3', 0x3e107420fU},
    {'4', 0x211f4a988U}, {'5', 0x3a3083c3fU}, {'6', 0x3a317842eU}, {'7', 0x08442221fU}, {'8', 0x3a317462eU},
    {'9', 0x3a10f462eU}, {':', 0x00c6018c0U}, {';', 0x0886018c0U}, {'<', 0x208208888U}, {'=', 0x001f07c00U},
    {'>', 0x088882082U}, {'?', 0x10044422eU}, {'@', 0x783daf62eU}, {'A', 0x4631fc62eU}, {'B', 0x3e317c62fU},
    {'C', 0x78210843eU}, {'D', 0x3e318c62fU}, {'E', 0x7c217843fU}, {'F', 0x04217843fU}, {'G', 0x7a31c843eU},
    {'H', 0x4631fc631U}, {'I', 0x38842108eU}, {'J', 0x19284211cU}, {'K', 0x452519531U}, {'L', 0x7c2108421U},
    {'M', 0x4631ad771U}, {'N', 0x4739ace71U}, {'O', 0x3a318c62eU}, {'P', 0x04217c62fU}, {'Q', 0x59358c62eU},
    {'R', 0x45257c62fU}, {'S', 0x3e107043eU}, {'T', 0x10842109fU}, {'U', 0x3a318c631U}, {'V', 0x11518c631U},
    {'W', 0x4775ac631U}, {'X', 0x462a22a31U}, {'Y', 0x108422a31U}, {'Z', 0x7c222221fU}, {'[', 0x38421084eU},
    {'\\', 0x420820821U}, {']', 0x39084210eU}, {'^', 0x000004544U}, {'_', 0x7c0000000U}, {'`', 0x000000082U},
    {'a', 0x7a3e83800U}, {'b', 0x3e318bc21U}, {'c', 0x78210f800U}, {'d', 0x7a318fa10U}, {'e', 0x783f8b800U},
    {'f', 0x084213c4cU}, {'g', 0x3a1e8f800U}, {'h', 0x46318bc21U}, {'i', 0x388421804U}, {'j', 0x190843008U},
    {'k', 0x24a32a421U}, {'l', 0x388421086U}, {'m', 0x46b5aac00U}, {'n', 0x46318bc00U}, {'o', 0x3a318b800U},
    {'p', 0x042f8bc00U}, {'q', 0x421e8f800U}, {'r', 0x04211f400U}, {'s', 0x3e0e0f800U}, {'t', 0x304213c42U},
    {'u', 0x7a318c400U}, {'v', 0x11518c400U}, {'w', 0x2ab5ac400U}, {'x', 0x454454400U}, {'y', 0x3a1e8c400U},
    {'z', 0x7c4447c00U}, {'{', 0x30420884cU}, {'|', 0x108421084U}, {'}', 0x190882106U}, {'~', 0x0008a8800U},
};
// clang-format on

} // namespace

std::uint64_t dotsOf(char32_t letter)
{
    const auto* found = std::find_if(std::begin(glyphs), std::end(glyphs), [&](const Glyph& glyph) { return static_cast<char32_t>(glyph.letter) == letter; });
    return found == std::end(glyphs) ? 0x7e318c63fU : found->dots;
}

} // namespace artdag
