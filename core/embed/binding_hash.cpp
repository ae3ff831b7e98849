// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/embed/binding_hash.h"

#include "core/embed/mp4.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>

namespace artdag::embed {

namespace {

constexpr std::uint64_t block = 1U << 20;

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

Result<Context> openHash(const std::string& name)
{
    const EVP_MD* kind = name == "sha256" ? EVP_sha256() : name == "sha384" ? EVP_sha384()
        : name == "sha512"                                                  ? EVP_sha512()
                                                                            : nullptr;
    Context context(EVP_MD_CTX_new());
    if (kind == nullptr || !context || EVP_DigestInit_ex(context.get(), kind, nullptr) != 1)
        return fail(Fault::BadInput, "its credentials have a hash of a kind that is not known here");
    return context;
}

Result<void> addRange(EVP_MD_CTX* hash, const FilePlaces& file, std::uint64_t begin, std::uint64_t end)
{
    for (std::uint64_t at = begin; at < end; at += block) {
        const Bytes bytes = TRY(file.read(at, std::min(block, end - at)));
        CHECK(EVP_DigestUpdate(hash, bytes.data(), bytes.size()) == 1);
    }
    return {};
}

Result<void> addData(EVP_MD_CTX* hash, const FilePlaces& file, const DataBinding& binding)
{
    std::uint64_t at = 0;
    for (const DataBinding::Range& range : binding.exclusions) {
        if (range.start + range.length > file.size())
            return fail(Fault::BadInput, "its credentials speak of more than it has");
        TRY(addRange(hash, file, at, range.start));
        at = range.start + range.length;
    }
    return addRange(hash, file, at, file.size());
}

Result<bool> isExcluded(const FilePlaces& file, const Box& box, const BoxBinding& binding)
{
    for (const BoxBinding::Exclusion& exclusion : binding.exclusions) {
        bool fits = exclusion.type == box.type;
        for (const auto& [offset, bytes] : exclusion.having) {
            fits = fits && offset <= box.size && bytes.size() <= box.size - offset;
            fits = fits && TRY(file.read(box.at + offset, bytes.size())) == bytes;
        }
        if (fits)
            return true;
    }
    return false;
}

/// Each box that counts has its place before it (C2PA 2.1 §18.6.2), or they could be put into another order.
Result<void> addBoxes(EVP_MD_CTX* hash, const FilePlaces& file, const BoxBinding& binding)
{
    std::uint64_t at = 0;
    for (const Box& box : TRY(boxesIn(file, 0, file.size()))) {
        at = box.end();
        if (TRY(isExcluded(file, box, binding)))
            continue;
        Bytes place;
        addBigEndian(place, box.at, 8);
        CHECK(EVP_DigestUpdate(hash, place.data(), place.size()) == 1);
        TRY(addRange(hash, file, box.at, box.end()));
    }
    return addRange(hash, file, at, file.size()); // fewer bytes than a box has
}

} // namespace

Result<Bytes> bindingHash(const FilePlaces& file, const Binding& binding)
{
    const Context hash = TRY(openHash(binding.hash));
    if (binding.data)
        TRY(addData(hash.get(), file, *binding.data));
    else if (binding.boxes)
        TRY(addBoxes(hash.get(), file, *binding.boxes));
    else
        return fail(Fault::BadInput, "its credentials are bound to it in a way that is not known here");
    Bytes digest(EVP_MAX_MD_SIZE);
    unsigned length = 0;
    CHECK(EVP_DigestFinal_ex(hash.get(), digest.data(), &length) == 1);
    digest.resize(length);
    return digest;
}

} // namespace artdag::embed
