// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/published_answers.h"

#include "core/anchor/block_header.h"
#include "core/anchor/merkle.h"
#include "core/anchor/timestamp.h"
#include "core/identity/keys.h"
#include "core/provenance/claim.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace artdag {

namespace {

using Verdict = VerifyAnswer::Verdict;

Result<Digest> digestOf(const Json& hex)
{
    const Bytes bytes = TRY(bytesOfHex(hex.get<std::string>()));
    Digest digest{};
    if (bytes.size() != digest.size())
        return fail(Fault::Corrupt, "a hash of the bundle has another length");
    std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

/// The activity publishes the work in hand: it names its claim.
Result<void> checkSubject(ByteView activity, const Json& claim)
{
    const Json document = TRY(readJson(std::string_view(reinterpret_cast<const char*>(activity.data()), activity.size())));
    const Json object = document.value("object", Json::object());
    if (!object.is_object() || object.value("claimHash", Json("")) != documentId(claim).text())
        return fail(Fault::Corrupt, "the activity that is dated speaks of another work");
    return {};
}

Result<Digest> rootOf(const Json& bundle, ByteView activity)
{
    const Digest leaf = leafOf(TRY(bytesOfHex(bundle.at("salt").get<std::string>())), sha256(activity));
    if (leaf != TRY(digestOf(bundle.at("leaf"))))
        return fail(Fault::Corrupt, "the dated leaf is not that of the activity: its bytes were changed");
    std::vector<MerkleStep> path;
    for (const Json& step : bundle.at("path"))
        path.push_back({TRY(digestOf(step.at("hash"))), step.at("side") == "left"});
    return rootAlong(leaf, path);
}

/// The block whose header came along, if the timestamp leads from the activity to it.
Result<BlockHeader> blockOf(const Json& bundle, ByteView activity, const Digest& root)
{
    const DetachedTimestamp proof = TRY(readDetachedTimestamp(TRY(bytesOfBase64(bundle.at("ots").get<std::string>()))));
    const Digest digest = sha256(activity);
    if (proof.fileHash != TimestampOperation::Sha256 || proof.timestamp.message != Bytes(digest.begin(), digest.end()))
        return fail(Fault::Corrupt, "the timestamp is of other bytes");
    const Json& block = bundle.at("block");
    BlockHeader header = TRY(readBlockHeader(TRY(bytesOfHex(block.at("header").get<std::string>()))));
    header.height = block.at("height").get<std::int64_t>();
    const auto attested = attestationsOf(proof.timestamp);
    const bool leads = std::ranges::any_of(attested, [&](const auto& one) {
        return one.second.kind == TimeAttestation::Kind::Bitcoin && static_cast<std::int64_t>(one.second.height) == header.height && std::ranges::equal(one.first, header.merkleRoot);
    });
    if (!leads)
        return fail(Fault::Corrupt, fmt::format("the timestamp does not lead from the root {} to block {}", hexOf(root), header.height));
    return header;
}

Result<VerifyAnswer> dated(const Json& bundle, const Json& claim, VerifyAnswer answer)
{
    const Bytes activity = TRY(bytesOfBase64(bundle.at("activity").get<std::string>()));
    TRY(checkSubject(activity, claim));
    const Digest root = TRY(rootOf(bundle, activity));
    if (bundle.at("merkle_root").is_null()) {
        answer.words.push_back("it waits for its server's next anchor; ask again in ten minutes");
        return answer;
    }
    if (root != TRY(digestOf(bundle.at("merkle_root"))))
        return fail(Fault::Corrupt, "the activity is not under the root that is dated");
    if (bundle.at("ots").is_null() || bundle.at("block").is_null()) {
        answer.words.push_back(fmt::format("its record is under the root {}, which no confirmed block holds so far", hexOf(root)));
        return answer;
    }
    const BlockHeader block = TRY(blockOf(bundle, activity, root));
    answer.verdict = Verdict::Yes;
    answer.words.push_back(fmt::format("it existed before {:%Y-%m-%d %H:%M} UTC: block {} of the Bitcoin chain commits to it", std::chrono::sys_seconds(std::chrono::seconds(block.time)), block.height));
    answer.words.push_back("left to you: any block explorer tells whether that block's hash is " + blockHashOf(block));
    return answer;
}

/// A signer's time as the account: texts in UTC of one form sort as times do.
Result<VerifyAnswer> owned(const Json& bundle, const Json& claim, VerifyAnswer answer)
{
    const std::string at = TRY(readClaim(claim)).createdAt;
    answer.verdict = Verdict::Yes;
    for (const std::string& kid : TRY(signersOf(claim))) {
        const auto& keys = bundle.at("keys");
        const auto key = std::ranges::find_if(keys, [&](const Json& one) { return one.at("kid") == kid; });
        if (key == keys.end())
            return fail(Fault::Denied, "key " + kid + " was never one of the account's");
        if (!key->at("revoked_at").is_null() && key->at("revoked_at").get<std::string>() <= at)
            return fail(Fault::Denied, fmt::format("key {} was revoked at {}, the claim says that it was signed at {}", kid, key->at("revoked_at").get<std::string>(), at));
        answer.words.push_back(fmt::format("key {} is the account's since {}{}; the claim was signed at {}", kid, key->at("not_before").get<std::string>(),
            key->at("revoked_at").is_null() ? "" : " until " + key->at("revoked_at").get<std::string>(), at));
    }
    return answer;
}

/// `ask` of the bundle, with everything that may be wrong with it as words.
VerifyAnswer answered(const char* question, Result<VerifyAnswer> (*ask)(const Json&, const Json&, VerifyAnswer), const Json& bundle, const Json& claim)
{
    VerifyAnswer answer{question, Verdict::CannotTell, {}};
    if (!bundle.is_object()) {
        answer.words.push_back("its server gives no proof bundle");
        return answer;
    }
    try {
        auto done = ask(bundle, claim, answer);
        if (done)
            return *done;
        answer.words.push_back(done.error().message);
    } catch (const Json::exception&) {
        answer.words.push_back("the proof bundle is damaged");
    }
    answer.verdict = Verdict::No;
    return answer;
}

} // namespace

VerifyAnswer publishedDate(const Json& bundle, const Json& claim)
{
    return answered("Is its date more than its server's word?", dated, bundle, claim);
}

VerifyAnswer publishedKeys(const Json& bundle, const Json& claim)
{
    return answered("Was it signed with the account's key?", owned, bundle, claim);
}

VerifyAnswer publishedParts(const FetchedWork& work)
{
    VerifyAnswer answer{"What is it made of, and is all of that at hand?", Verdict::Yes, {}};
    const auto claim = readClaim(work.claim);
    if (!claim)
        return answer;
    for (const Ingredient& part : claim->ingredients) {
        std::string words = fmt::format("{} {}", nameOf(part.role), part.contentHash.text());
        if (!part.owner.empty())
            words += " of " + part.owner;
        words += fmt::format(", {}.{:02} %", part.weight / 100, part.weight % 100);
        if (!part.url.empty())
            words += ", " + part.url;
        answer.words.push_back(std::move(words));
    }
    for (const ContentId& id : work.missing)
        answer.words.push_back("not to be had from its server: " + id.text());
    if (!work.missing.empty())
        answer.verdict = Verdict::CannotTell;
    return answer;
}

std::string whyNoRecipe(const FetchedWork& work)
{
    const auto claim = work.recipe.empty() ? readClaim(work.claim) : Result<ClaimFacts>(fail(Fault::NotFound, ""));
    if (!claim)
        return {};
    switch (claim->recipeAccess) {
    case RecipeAccess::Public: return "its server does not give the recipe, although the claim makes it public";
    case RecipeAccess::Followers: return fmt::format("the pixels are checkable by whom the creator allows: the recipe is for followers of {}; log in there as one (artdag login)", claim->creator);
    case RecipeAccess::Request: return fmt::format("the pixels are checkable by whom the creator allows: {} gives the recipe to people who ask on the page of the work; log in there as one (artdag login)", claim->creator);
    case RecipeAccess::Sealed: break;
    }
    return "the recipe is sealed: signature, bytes and time can be checked, the pixels by nobody else than the creator";
}

std::vector<VerifyAnswer> publishedAnswers(const FetchedWork& work)
{
    if (!work.claim.is_object())
        return {};
    return {publishedDate(work.bundle, work.claim), publishedKeys(work.bundle, work.claim), publishedParts(work)};
}

} // namespace artdag
