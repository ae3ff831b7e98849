// SPDX-License-Identifier: GPL-3.0-or-later
// Content Credentials (C2PA) in a file: PNG, JPEG, WAV, MP4 (and MOV). They are written last, over all else that the file carries, and
// taken out by writeBare with the rest. Docs: docs/formats/embedding.md.
#pragma once

#include "core/credentials/read_credentials.h"
#include "core/credentials/write_credentials.h"
#include "core/embed/embed.h"
#include "core/provenance/manifest.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace artdag {

/// What a run manifest says, in the words of C2PA. `manifest` is its id.
CredentialFacts credentialFactsOf(const RunFacts& run, const std::string& manifest);

/// As writeEmbedded, with Content Credentials that `key` signs. False: its kind (WebP, Matroska) has no place for them, and the copy
/// carries `embedded` alone. Ed25519 keys give the same bytes each time. Reads and writes the film twice. Any thread.
Result<bool> writeWithCredentials(const std::filesystem::path& film, const std::filesystem::path& to, const Embedded& embedded, const CredentialFacts& facts, const SigningKey& key);

/// Whether the file has Content Credentials, whoever made them, and whether they hold for these bytes; nothing for files without, and for
/// files of other kinds. `roots` are the certificates (DER) that are trusted, `now` is in seconds since 1970. BadInput for what is damaged
/// so that it cannot be read. Any thread.
Result<std::optional<Credentials>> readCredentials(const std::filesystem::path& file, const std::vector<Bytes>& roots, std::int64_t now);

} // namespace artdag
