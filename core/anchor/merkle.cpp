// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/anchor/merkle.h"

namespace artdag {

namespace {

constexpr std::uint8_t leafMark = 0;
constexpr std::uint8_t pairMark = 1;

std::vector<Digest> levelAbove(std::span<const Digest> level)
{
    std::vector<Digest> above;
    above.reserve((level.size() + 1) / 2);
    for (std::size_t i = 0; i < level.size(); i += 2)
        above.push_back(i + 1 < level.size() ? pairOf(level[i], level[i + 1]) : level[i]);
    return above;
}

} // namespace

Digest leafOf(ByteView salt, const Digest& sha256OfBytes)
{
    return Hasher(Hasher::Algorithm::Sha256).add(ByteView(&leafMark, 1)).add(salt).add(ByteView(sha256OfBytes)).finish();
}

Digest pairOf(const Digest& left, const Digest& right)
{
    return Hasher(Hasher::Algorithm::Sha256).add(ByteView(&pairMark, 1)).add(ByteView(left)).add(ByteView(right)).finish();
}

Digest merkleRoot(std::span<const Digest> leaves)
{
    CHECK(!leaves.empty());
    std::vector<Digest> level(leaves.begin(), leaves.end());
    while (level.size() > 1)
        level = levelAbove(level);
    return level.front();
}

std::vector<MerkleStep> inclusionPath(std::span<const Digest> leaves, std::size_t index)
{
    CHECK(index < leaves.size());
    std::vector<MerkleStep> path;
    std::vector<Digest> level(leaves.begin(), leaves.end());
    while (level.size() > 1) {
        const std::size_t beside = index ^ 1U;
        if (beside < level.size())
            path.push_back({level[beside], beside < index});
        level = levelAbove(level);
        index /= 2;
    }
    return path;
}

Digest rootAlong(Digest leaf, std::span<const MerkleStep> path)
{
    for (const MerkleStep& step : path)
        leaf = step.isLeft ? pairOf(step.sibling, leaf) : pairOf(leaf, step.sibling);
    return leaf;
}

} // namespace artdag
