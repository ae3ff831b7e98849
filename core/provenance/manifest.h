// SPDX-License-Identifier: GPL-3.0-or-later
// The run manifest: how pixels came to be, as values and as the document that is signed (docs/formats/identity.md).
// It never holds a host name, a path or the clock: when it was made is told by the caller.
#pragma once

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/base/time.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace artdag {

/// How long and how large the film is; members without meaning (no picture, no sound) are left out of the document.
struct MediaFacts {
    std::string type = "video"; ///< `video`, `image` or `audio`
    int width = 0, height = 0;
    Rate rate; ///< written "30/1"
    std::int64_t frames = 0;
    int sampleRate = 0, channels = 0;
    std::int64_t samples = 0;
    bool operator==(const MediaFacts&) const = default;
};

/// An input that the output depends on.
struct ManifestInput {
    std::string port; ///< the recipe's name for it; each once
    std::string name; ///< the work's own name, never a path
    ContentId contentHash;
    std::string owner;   ///< `@carol@b.example`; empty: nobody is named (null)
    std::string license; ///< SPDX or CC name; empty: not said (null)
    std::string decoder; ///< `h264 lavc 59.37`; empty: not decoded (null)
    bool operator==(const ManifestInput&) const = default;
};

struct ManifestEffect {
    std::string name; ///< `effect:glitch`; each once
    std::string version;
    ContentId contentHash; ///< of its source at build time
    std::string owner;     ///< empty (null) for built-in effects
    bool operator==(const ManifestEffect&) const = default;
};

/// What was computed once, is not bit-exact by rule, and was kept by content.
struct ManifestBake {
    std::string what; ///< `analysis:beats`
    ContentId contentHash;
    std::string by; ///< `aubio 0.4.9`
    bool operator==(const ManifestBake&) const = default;
};

struct ManifestGenerator {
    std::string kind = "none"; ///< `none`, `procedural` or `model`
    std::string modelName;     ///< only for `model`
    ContentId modelHash;
    std::string seed; ///< a whole number as text; empty: none (null)
    std::optional<Digest> promptHash;
    bool operator==(const ManifestGenerator&) const = default;
};

struct ManifestInfrastructure {
    std::string softwareName = "infra:artdag";
    std::string softwareVersion;
    ContentId softwareHash;                    ///< null digest: not known (null)
    std::string hardwareName = "infra:studio"; ///< a kind of machine, never its name
    std::string operatorName;                  ///< an actor; empty: null
    std::string numerics = "cpu-1";
    std::string encoder; ///< `libx264 164`
    bool operator==(const ManifestInfrastructure&) const = default;
};

/// Everything of the document but its signatures.
struct RunFacts {
    std::string createdAt; ///< `2026-03-01T12:00:00Z`
    struct {
        ContentId contentHash; ///< of the recipe's text
        GraphHash graph;
        std::string name, author;                      ///< author: an actor; empty: null
        std::map<std::string, std::string> parameters; ///< as ECMAScript prints them
    } recipe;
    struct {
        std::string name;
        ContentId contentHash; ///< of the bytes that the renderer wrote, nothing embedded
        FramesHash framesHash;
        ContentId frameDigests; ///< the object that lists the raw digests
        std::string encode;
        std::vector<std::string> psnr; ///< decibels, one a chunk; may be empty
        MediaFacts media;
    } output;
    std::vector<ManifestInput> inputs;
    std::vector<ManifestEffect> effects;
    std::vector<ManifestBake> baked;
    std::vector<ContentId> fonts;
    ManifestGenerator generator;
    ManifestInfrastructure infrastructure;
};

/// Names the work of a run: SHA3-256("artdag.run.1\n" ‖ JCS{graph, output, inputs {port: hash}, params, encode, numerics}).
RunKey runKey(const GraphHash& graph, const std::string& output, const std::map<std::string, ContentId>& inputs,
    const std::map<std::string, std::string>& params, const std::string& encode, const std::string& numerics);
RunKey runKey(const RunFacts& facts);

/// The unsigned document. BadInput names a member that could not be read back (a bad actor, a path as a name …).
Result<Json> makeManifest(const RunFacts& facts);
/// Reads a document strictly: every member of the right type, length and form, none unknown, run_key right. BadInput
/// names the member. Says nothing about signatures: verifyDocument does, with manifestPrefix.
Result<RunFacts> readManifest(const Json& document);

} // namespace artdag
