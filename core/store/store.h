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
#include <span>
#include <string>
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
    std::optional<Digest> sha256; ///< of the same bytes, for formats of others; after the index was made anew, unknown until check()
};

struct StoreStatistics {
    std::uint64_t assets = 0, renders = 0, linked = 0; ///< objects
    std::uint64_t assetBytes = 0, renderBytes = 0, linkedBytes = 0;
    std::uint64_t actions = 0;
    std::uint64_t trashBytes = 0; ///< evicted, and still on the disk until two collections later
    std::uint64_t roots = 0;
};

/// What a key's work gave: the objects it needs to be a hit, small facts (frame digests, numerics, PSNR), and what it cost.
struct ActionResult {
    std::vector<ContentId> objects;
    Json facts = Json::object();
    std::uint64_t costMicroseconds = 0; ///< of computing, for all objects together; 0: unknown, so only age counts
};

/// A reason why objects stay: a pin, a run that is kept, a published work.
struct Root {
    enum class Kind {
        Pin,
        Run,
        Work,
    };
    Kind kind = Kind::Run;
    std::string name;
    std::vector<ContentId> keeps;         ///< cannot be evicted or removed while the root is there
    std::vector<ContentId> intermediates; ///< can; `discard` takes them along
    bool operator==(const Root&) const = default;
};

/// Keeps objects from eviction while its owner lives: an open document, a run on its way. The kernel ends it with the
/// process. Thread-safe; nothing may be added once its store is closed.
class Hold {
public:
    virtual ~Hold() = default;
    /// NotFound when the object is not (or no longer) there: put it again.
    virtual Result<void> add(const ContentId& id) = 0;
};

enum class Intake {
    LinkWhenLong, ///< files over 64 MiB stay where they are
    Copy,         ///< reflink first: what is published, what lies on a medium that goes away
};

/// Bytes on their way into a store, in order; gone at the end of its life unless it was finished. Not thread-safe, and not
/// to outlive its store.
class ObjectWriter {
public:
    virtual ~ObjectWriter() = default;
    /// Unavailable when the disk is full.
    virtual Result<void> add(ByteView bytes) = 0;
    virtual Result<ContentId> finish() = 0; ///< as Store::put
};

/// Thread-safe. Each call is complete when it returns: what it acknowledged survives a crash.
class Store {
public:
    virtual ~Store() = default;

    /// Puts bytes: hash while writing, sync, rename without replacing, sync the directory, commit, acknowledge.
    /// Unavailable when the disk or the limit is full and eviction cannot make room.
    virtual Result<ContentId> put(ByteView bytes, ObjectClass kind) = 0;
    /// Puts several at the price of one directory sync each directory and one commit; all are acknowledged, or none.
    virtual Result<std::vector<ContentId>> putAll(std::span<const ByteView> objects, ObjectClass kind) = 0;
    /// Puts bytes piece by piece: room for the `expected` is made beforehand, but there may be fewer or more.
    virtual Result<std::unique_ptr<ObjectWriter>> write(std::uint64_t expected, ObjectClass kind) = 0;
    /// Puts a file: linked when it is longer than 64 MiB, else copied (reflink first).
    virtual Result<ContentId> putFile(const std::filesystem::path& path, ObjectClass kind, Intake intake = Intake::LinkWhenLong) = 0;
    /// The content id of a file that stays where it is and is not taken in: known while its mark agrees with what was noted
    /// when it was last asked for or put, else hashed. NotFound when there is none; Conflict when it changes meanwhile.
    /// `hashed` is what the caller, who has just written it, read in it: believed instead of reading it once more.
    virtual Result<ContentId> identify(const std::filesystem::path& path, std::optional<ContentId> hashed = {}) = 0;
    /// The verified bytes. NotFound when absent; an object whose bytes do not match is quarantined and is NotFound;
    /// Unavailable for more bytes than the memory limit: read those by path.
    virtual Result<Bytes> get(const ContentId& id) = 0;
    /// A path to read an object's bytes from, for decoders; verified at the first call in this process and whenever the
    /// file has changed.
    virtual Result<std::filesystem::path> path(const ContentId& id) = 0;
    virtual std::optional<ObjectFacts> facts(const ContentId& id) = 0;

    /// A file that is usable at once, whatever its length, under a random id that path, get and facts take in this process
    /// only; its hash is computed meanwhile. Nothing may be stored under keys made of it. The same file has the same id.
    virtual Result<ContentId> offerFile(const std::filesystem::path& path) = 0;
    virtual bool isProvisional(const ContentId& id) = 0;
    /// Waits for the hash of an offered file, which is then an asset: its content id. Any other id is returned as it is.
    virtual Result<ContentId> settle(const ContentId& id) = 0;
    /// Finds linked files that were moved, by content, in a directory and below; the ids that are at hand again.
    virtual Result<std::vector<ContentId>> relink(const std::filesystem::path& directory) = 0;

    /// The result of a key's work; a hit only when every object it names is present.
    virtual std::optional<ActionResult> action(std::string_view kind, const Digest& key) = 0;
    virtual Result<void> putAction(std::string_view kind, const Digest& key, const ActionResult& result) = 0;

    virtual Result<void> pin(const ContentId& id) = 0;
    virtual Result<void> unpin(const ContentId& id) = 0;
    virtual std::unique_ptr<Hold> hold() = 0;
    /// Adds a root, or replaces the one of that kind and name. NotFound when an object that it keeps is missing.
    virtual Result<void> keep(const Root& root) = 0;
    /// Takes a root away (a run no longer kept, a work withdrawn or taken down); its objects are then like any others.
    virtual Result<void> release(Root::Kind kind, std::string_view name) = 0;
    virtual Result<std::vector<Root>> roots() = 0;
    /// Removes one object. Conflict while a root keeps it or a living process holds it.
    virtual Result<void> remove(const ContentId& id) = 0;
    /// Removes a kept run, its intermediates, and those of its objects that nothing else keeps; returns what went. Conflict
    /// when a published work keeps one of its objects.
    virtual Result<std::vector<ContentId>> discard(std::string_view run) = 0;

    virtual Result<StoreStatistics> statistics() = 0;
    /// Evicts renders that no root keeps and nobody holds, least cost of making again for each byte first, with age,
    /// until renders take at most `limitBytes`; returns the bytes evicted. They stay in the trash, and on the disk, until
    /// the second collection after this one.
    virtual Result<std::uint64_t> collect(std::uint64_t limitBytes) = 0;
    /// Reads and hashes every object; the ids whose bytes are wrong (they are quarantined), and those of assets and linked
    /// files that are gone or changed.
    virtual Result<std::vector<ContentId>> check() = 0;
    /// The same for the next 1/256 parts of the objects until `bytes` are read; goes on where the last call ended.
    virtual Result<std::vector<ContentId>> scrub(std::uint64_t bytes) = 0;
    /// The most bytes on the disk; 0: no limit. At the limit renders are evicted down to 90 % of it.
    virtual std::uint64_t diskLimit() = 0;
    virtual Result<void> setDiskLimit(std::uint64_t bytes) = 0; ///< kept with the store; holds for stores opened later
};

struct StoreLimits {
    std::optional<std::uint64_t> diskBytes;               ///< instead of what is kept with the store; 0: no limit
    std::uint64_t memoryBytes = std::uint64_t{1} << 30;   ///< the longest object that get returns
    std::uint64_t ballastBytes = std::uint64_t{16} << 20; ///< held back so that a full disk can still be tidied
};

/// Opens or makes the store in a directory; sweeps what dead processes left, makes a missing or damaged index anew. Denied
/// for a read-only directory, one on a network, or symbolic links inside; Corrupt for an index of a newer schema. Not to be
/// used on the other side of a fork.
Result<std::unique_ptr<Store>> openStore(const std::filesystem::path& directory, const StoreLimits& limits = {});

} // namespace artdag
