// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/credentials.h"

#include "core/base/files.h"
#include "core/embed/binding_hash.h"
#include "core/embed/container.h"
#include "core/provenance/claim.h"

#include <algorithm>

namespace artdag {

namespace {

/// A file that is gone when this is.
struct PassingFile {
    std::filesystem::path path;
    explicit PassingFile(std::filesystem::path of)
        : path(std::move(of)) {}
    PassingFile(const PassingFile&) = delete;
    PassingFile& operator=(const PassingFile&) = delete;
    ~PassingFile()
    {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
    }
};

/// Without the hash: everything that the size of the store depends on.
Binding emptyBinding(const embed::Container& container, const embed::PlacedStore& placed)
{
    if (&container == &embed::mp4)
        return boxBinding();
    return {"c2pa.hash.data", "sha256", Bytes(32), DataBinding{{{placed.at, placed.size}}}, {}, false};
}

/// The store says how long it is within itself, in a number that grows with it: asked until it stays.
Result<Bytes> draft(const FilePlaces& file, const embed::Container& container, const CredentialFacts& facts, const SigningKey& key, const CertificateChain& chain)
{
    Bytes store(16);
    for (;;) {
        Bytes next = TRY(writeCredentials(facts, emptyBinding(container, TRY(container.place(file, store))), key, chain));
        if (next.size() == store.size())
            return next;
        store = std::move(next);
    }
}

/// The file is written with a store of the right size first; then what credentials speak of can be hashed as a reader does, and the store
/// takes its place.
Result<void> addCredentials(const std::filesystem::path& film, const std::filesystem::path& to, const embed::Container& container, const CredentialFacts& facts, const SigningKey& key)
{
    const FilePlaces file = TRY(FilePlaces::open(film));
    const CertificateChain chain = TRY(certificatesOf(key));
    const Bytes first = TRY(draft(file, container, facts, key, chain));
    const embed::PlacedStore placed = TRY(container.place(file, first));
    TRY(writeSpliced(file, to, placed.splices));
    const auto finish = [&]() -> Result<void> {
        Binding binding = emptyBinding(container, placed);
        binding.value = TRY(embed::bindingHash(TRY(FilePlaces::open(to)), binding));
        const Bytes store = TRY(writeCredentials(facts, binding, key, chain));
        CHECK(store.size() == first.size());
        return overwrite(to, placed.at, TRY(container.place(file, store)).splices[placed.which].inserted);
    };
    Result<void> finished = finish();
    if (!finished) {
        std::error_code ignored;
        std::filesystem::remove(to, ignored);
    }
    return finished;
}

/// Compares the file with what the credentials say of it.
void judge(const FilePlaces& file, const embed::Carried& carried, const Binding& binding, Credentials& credentials)
{
    if (binding.isMalformed || (!binding.data && !binding.boxes))
        return; // which is said already
    const std::string name = binding.data ? "assertion.dataHash." : "assertion.bmffHash.";
    const auto hash = embed::bindingHash(file, binding);
    if (!hash && (binding.hash != "sha256" && binding.hash != "sha384" && binding.hash != "sha512"))
        credentials.findings.push_back({"algorithm.unsupported", CredentialState::Unknown, hash.error().message});
    else if (hash && *hash == binding.value)
        credentials.findings.push_back({name + "match", CredentialState::Valid, "the file is the one that was signed"});
    else
        credentials.findings.push_back({name + "mismatch", CredentialState::Tampered, "the file is not the one that was signed"});
    // What is left out of the hash may be anything; only the credentials themselves have to be.
    for (std::size_t at = 0; binding.data && at < binding.data->exclusions.size(); ++at) {
        const DataBinding::Range& range = binding.data->exclusions[at];
        if (range.length > 0 && (carried.storeAt.empty() || range.start < carried.storeAt.front() || range.start + range.length > carried.storeAt.back())) {
            credentials.findings.push_back({name + "additionalExclusionsPresent", CredentialState::Unknown, "a part of the file is left out of what was signed"});
            return;
        }
    }
}

} // namespace

CredentialFacts credentialFactsOf(const RunFacts& run, const std::string& manifest)
{
    CredentialFacts facts{manifest, run.recipe.contentHash.text(), run.output.contentHash.text(), disclosureOf(run), run.createdAt, run.infrastructure.softwareVersion, {}};
    for (const ManifestInput& input : run.inputs)
        facts.inputs.push_back({input.name, input.contentHash.text(), input.owner + (!input.owner.empty() && !input.license.empty() ? ", " : "") + input.license});
    return facts;
}

Result<bool> writeWithCredentials(const std::filesystem::path& film, const std::filesystem::path& to, const Embedded& embedded, const CredentialFacts& facts, const SigningKey& key)
{
    const FilePlaces file = TRY(FilePlaces::open(film));
    const embed::Container* container = embed::containerOf(file);
    if (container == nullptr || container->place == nullptr) {
        TRY(writeEmbedded(film, to, embedded));
        return false;
    }
    if (!TRY(embed::about(film, container->name, container->find(file))).store.empty())
        return fail(Fault::BadInput, "file '" + film.string() + "': it has Content Credentials already; give the file that was rendered");
    const PassingFile carrier(to.string() + ".part-" + hexOf(secureRandom(8)));
    TRY(writeEmbedded(film, carrier.path, embedded));
    TRY(embed::about(film, container->name, addCredentials(carrier.path, to, *container, facts, key)));
    return true;
}

Result<std::optional<Credentials>> readCredentials(const std::filesystem::path& path, const std::vector<Bytes>& roots, std::int64_t now)
{
    const FilePlaces file = TRY(FilePlaces::open(path));
    const embed::Container* container = embed::containerOf(file);
    if (container == nullptr)
        return std::optional<Credentials>();
    const embed::Carried carried = TRY(embed::about(path, container->name, container->find(file)));
    if (carried.store.empty())
        return std::optional<Credentials>();
    CredentialReading reading = TRY(embed::about(path, container->name, readCredentialStore(carried.store, roots, now)));
    judge(file, carried, reading.binding, reading.credentials);
    return std::optional(std::move(reading.credentials));
}

} // namespace artdag
