// SPDX-License-Identifier: GPL-3.0-or-later
// The content-addressed store: assets (kept) and renders (evictable), and the action cache that says which bytes a key's
// work gave. One store per user, shared safely by several processes. Names from outside never reach a path.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace artdag {

enum class ObjectClass {
    Asset,
    Render,
};

struct ObjectFacts {
    std::uint64_t size = 0;
    ObjectClass kind = ObjectClass::Render;
    bool linked = false;          ///< the bytes are in the artist's own file, believed while its stat agrees
    std::optional<Digest> sha256; ///< of the same bytes, for formats of others; unknown after the index was made anew
};

struct StoreStatistics {
    std::uint64_t assets = 0, renders = 0, linked = 0; ///< objects
    std::uint64_t assetBytes = 0, renderBytes = 0, linkedBytes = 0;
    std::uint64_t actions = 0;
};

/// What a key's work gave: the objects it needs to be a hit, and small facts (frame digests, PSNR).
struct ActionResult {
    std::vector<ContentId> objects;
    Json facts = Json::object();
};

/// Thread-safe. Each call is complete when it returns: what it acknowledged survives a crash.
class Store {
public:
    virtual ~Store() = default;

    /// Puts bytes: hash while writing, sync, rename without replacing, sync the directory, commit, acknowledge.
    virtual Result<ContentId> put(ByteView bytes, ObjectClass kind) = 0;
    /// Puts a file: linked when it is longer than 64 MiB, else copied (reflink first).
    virtual Result<ContentId> putFile(const std::filesystem::path& path, ObjectClass kind) = 0;
    /// The verified bytes. NotFound when absent; an object whose bytes do not match is quarantined and is NotFound.
    virtual Result<Bytes> get(const ContentId& id) = 0;
    /// A path to read an object's bytes from, for decoders; verified like get when it was not verified in this process.
    virtual Result<std::filesystem::path> path(const ContentId& id) = 0;
    virtual std::optional<ObjectFacts> facts(const ContentId& id) = 0;

    /// The result of a key's work; a hit only when every object it names is present.
    virtual std::optional<ActionResult> action(std::string_view kind, const Digest& key) = 0;
    virtual Result<void> putAction(std::string_view kind, const Digest& key, const ActionResult& result) = 0;

    virtual Result<void> pin(const ContentId& id) = 0;
    virtual Result<void> unpin(const ContentId& id) = 0;
    virtual Result<StoreStatistics> statistics() = 0;
    /// Evicts unpinned renders, least recently used first, until renders take at most `limitBytes`; returns the bytes
    /// evicted. They stay in the trash, and on the disk, until the second collection after this one.
    virtual Result<std::uint64_t> collect(std::uint64_t limitBytes) = 0;
    /// Reads and hashes every object; the ids whose bytes are wrong (they are quarantined), and those of assets and linked
    /// files that are gone or changed.
    virtual Result<std::vector<ContentId>> check() = 0;
};

/// Opens or makes the store in a directory; sweeps what dead processes left, makes a missing or damaged index anew. Denied
/// for a read-only directory, one on a network, or symbolic links inside; Corrupt for an index of a newer schema. Not to be
/// used on the other side of a fork.
Result<std::unique_ptr<Store>> openStore(const std::filesystem::path& directory);

} // namespace artdag
