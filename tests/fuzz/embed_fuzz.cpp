// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a file that may carry a recipe: an answer or an error; what was taken out leaves a file that carries nothing. The
// same with Content Credentials: they hold, and taken out again the file is the first one.
#include "core/base/files.h"
#include "core/embed/credentials.h"

#include <cstdlib>
#include <unistd.h>

using namespace artdag;

namespace {

constexpr std::int64_t today = 1'800'000'000;

void tryCredentials(const std::filesystem::path& file, const std::filesystem::path& carrier, const std::filesystem::path& bare, const Embedded& put)
{
    static const SigningKey key = SigningKey::generate(KeyAlgorithm::Ed25519).value();
    static const std::vector<Bytes> roots{certificatesOf(key)->root};
    ::unlink(carrier.c_str());
    ::unlink(bare.c_str());
    const auto done = writeWithCredentials(file, carrier, put, {put.manifest, put.manifest, put.manifest, "algorithmicMedia", "2026-03-01T12:00:00Z", "1", {}}, key);
    if (!done || !*done)
        return;
    const auto credentials = readCredentials(carrier, roots, today);
    if (!credentials || !*credentials || (*credentials)->state() != CredentialState::Valid)
        std::abort();
    if (!writeBare(carrier, bare) || readFile(bare).value() != readFile(file).value())
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const TemporaryDirectory directory = TemporaryDirectory::make("artdag-fuzz").value();
    const std::filesystem::path file = directory.path() / "file", bare = directory.path() / "bare", carrier = directory.path() / "carrier";
    std::FILE* out = std::fopen(file.c_str(), "wb");
    std::fwrite(data, 1, size, out);
    std::fclose(out);
    const auto read = readEmbedded(file);
    static_cast<void>(readCredentials(file, {}, today));
    ::unlink(bare.c_str());
    ::unlink(carrier.c_str());
    if (!read)
        return 0;
    if (read->empty()) {
        const Embedded put{"sha3-256:00", "{\"a\": \"<&>\"}"};
        if (!writeEmbedded(file, carrier, put))
            return 0;
        if (readEmbedded(carrier).value() != put || !writeBare(carrier, bare) || !readEmbedded(bare).value().empty())
            std::abort();
        tryCredentials(file, carrier, bare, put);
    } else {
        static_cast<void>(writeBare(file, bare));
    }
    return 0;
}
