// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/l2/anchoring.h"

#include "core/anchor/block_header.h"
#include "core/anchor/calendar.h"
#include "core/base/files.h"

#include <algorithm>
#include <future>

namespace artdag::server {

namespace {

constexpr std::string_view upgradeJob = "anchor-upgrade";
constexpr std::int64_t firstUpgrade = 600'000'000; // a block takes that long
constexpr int mostResubmitted = 20;

struct Attested {
    Bytes message;
    std::int64_t height = 0;
};

/// What Bitcoin blocks attest, the earliest first.
std::vector<Attested> blocksOf(const Timestamp& timestamp)
{
    std::vector<Attested> blocks;
    for (auto& [message, attestation] : attestationsOf(timestamp))
        if (attestation.kind == TimeAttestation::Kind::Bitcoin && attestation.height < (std::uint64_t{1} << 31))
            blocks.push_back({std::move(message), static_cast<std::int64_t>(attestation.height)});
    std::ranges::sort(blocks, {}, &Attested::height);
    return blocks;
}

std::string joined(const std::vector<std::string>& complaints)
{
    std::string words;
    for (const std::string& complaint : complaints)
        words += (words.empty() ? "" : "; ") + complaint;
    return words.substr(0, 2000);
}

bool commitsTo(const BlockHeader& header, const Bytes& message)
{
    return std::ranges::equal(header.merkleRoot, message);
}

/// Hands a root to all calendars at once.
Result<void> submitAnchor(Site& site, HttpClient& http, Anchor& anchor)
{
    const AnchorOptions& options = site.options.anchors;
    std::vector<std::future<Result<Timestamp>>> answers;
    for (const std::string& calendar : options.calendars)
        answers.push_back(std::async(std::launch::async, [&] { return submitDigest(http, calendar, options.calendars, anchor.root, options.patience); }));
    Timestamp timestamp = TRY(anchor.timestamp());
    std::vector<std::string> complaints;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const auto answer = answers[i].get();
        const auto merged = answer ? mergeTimestamps(timestamp, *answer) : Result<void>(tl::unexpected(answer.error()));
        if (merged)
            anchor.calendars.push_back(options.calendars[i]);
        else
            complaints.push_back(merged.error().message);
    }
    anchor.error = options.calendars.empty() ? "no calendar is configured" : joined(complaints);
    if (!anchor.calendars.empty()) {
        anchor.state = "pending";
        anchor.proof = TRY(writeTimestamp(timestamp));
        TRY(addJob(*site.database, upgradeJob, hexOf(anchor.root), Json::object(), nowMicroseconds() + firstUpgrade));
    }
    return updateAnchor(*site.database, anchor);
}

/// What headers say of one block: nothing when it stands.
struct Verdict {
    std::string words;
    bool isRefuted = false;
    bool isUnknown = false; ///< the source does not answer
    std::optional<BlockHeader> header;
};

Verdict judge(HttpClient& http, const AnchorOptions& options, const Attested& attested)
{
    Verdict verdict;
    const std::string block = "block " + std::to_string(attested.height) + ": ";
    const auto header = fetchBlockHeader(http, options.headers, attested.height, options.patience);
    verdict.isRefuted = header ? !commitsTo(*header, attested.message) : header.error().fault == Fault::NotFound;
    verdict.isUnknown = !header && !verdict.isRefuted;
    if (!header)
        verdict.words = block + header.error().message;
    else if (verdict.isRefuted)
        verdict.words = block + "its header commits to something else";
    else if (header->confirmations < enoughConfirmations)
        verdict.words = block + "it has " + std::to_string(std::max<std::int64_t>(header->confirmations, 0)) + " of " + std::to_string(enoughConfirmations) + " confirmations";
    else
        verdict.header = *header;
    return verdict;
}

void confirm(Anchor& anchor, const BlockHeader& header)
{
    anchor.state = "confirmed";
    anchor.block = header.height;
    anchor.blockTime = header.time * 1'000'000;
    anchor.header = header.bytes;
}

/// Compares what blocks attest with their headers, and drops from the timestamp what they refute.
void checkHeaders(HttpClient& http, const AnchorOptions& options, Anchor& anchor, Timestamp& timestamp, std::vector<std::string>& complaints)
{
    const bool wasConfirmed = anchor.state == "confirmed";
    std::vector<Attested> standing;
    bool unknown = false;
    for (const Attested& attested : blocksOf(timestamp)) {
        const Verdict verdict = options.headers.empty() ? Verdict{"no source of block headers is configured", false, true, {}} : judge(http, options, attested);
        if (verdict.header)
            return confirm(anchor, *verdict.header);
        complaints.push_back(verdict.words);
        unknown = unknown || verdict.isUnknown;
        if (verdict.isRefuted)
            pruneTimestamp(timestamp, [&](const Bytes& message, const TimeAttestation& attestation) { return attestation.kind == TimeAttestation::Kind::Bitcoin && static_cast<std::int64_t>(attestation.height) == attested.height && message == attested.message; });
        else
            standing.push_back(attested);
    }
    if (wasConfirmed && unknown)
        return; // a source that is silent takes nothing back
    anchor.state = standing.empty() ? "pending" : "attested";
    anchor.block = standing.empty() ? std::nullopt : std::optional(standing.front().height);
    anchor.blockTime = 0;
    anchor.header.clear();
}

Result<Anchor> upgrade(Site& site, HttpClient& http, Anchor anchor)
{
    const AnchorOptions& options = site.options.anchors;
    if (anchor.state == "new")
        TRY(submitAnchor(site, http, anchor));
    if (anchor.proof.empty())
        return anchor;
    Timestamp timestamp = TRY(anchor.timestamp());
    std::vector<std::string> complaints = askCalendars(http, options.calendars, timestamp, options.patience).complaints;
    checkHeaders(http, options, anchor, timestamp, complaints);
    anchor.proof = TRY(writeTimestamp(timestamp));
    anchor.checkedAt = nowMicroseconds();
    anchor.error = anchor.state == "confirmed" ? "" : joined(complaints);
    TRY(updateAnchor(*site.database, anchor));
    return anchor;
}

std::string headerProblem(const Anchor& anchor)
{
    if (anchor.state != "confirmed")
        return {};
    const auto timestamp = anchor.timestamp();
    const auto header = readBlockHeader(anchor.header);
    const auto blocks = timestamp ? blocksOf(*timestamp) : std::vector<Attested>();
    const bool fits = header && std::ranges::any_of(blocks, [&](const Attested& attested) { return commitsTo(*header, attested.message); });
    return fits ? "" : "the kept proof does not lead to the kept block header";
}

/// 0x01 ‖ left ‖ right, as steps of a timestamp.
Result<Timestamp*> pairStep(Timestamp& at, const MerkleStep& step)
{
    const Bytes sibling(step.sibling.begin(), step.sibling.end());
    Timestamp* joined = &at;
    if (!step.isLeft)
        joined = TRY(timestampAfter(at, {TimestampOperation::Append, sibling}));
    Bytes before{1};
    if (step.isLeft)
        before.insert(before.end(), sibling.begin(), sibling.end());
    joined = TRY(timestampAfter(*joined, {TimestampOperation::Prepend, before}));
    return timestampAfter(*joined, {TimestampOperation::Sha256, {}});
}

template <class Try>
TriedSource tried(const std::string& url, Try attempt)
{
    const auto start = nowMicroseconds();
    const auto result = attempt();
    return {url, result ? "" : result.error().message, (nowMicroseconds() - start) / 1000};
}

} // namespace

Result<std::vector<Anchor>> anchorWaiting(Site& site)
{
    const std::lock_guard one(site.anchoring);
    std::vector<Anchor> made;
    while (auto anchor = TRY(makeAnchor(*site.database, nowMicroseconds())))
        made.push_back(std::move(*anchor));
    const auto http = openHttpClient();
    for (Anchor& anchor : TRY(listNewAnchors(*site.database, mostResubmitted))) {
        TRY(submitAnchor(site, *http, anchor));
        const auto ours = std::ranges::find(made, anchor.id, &Anchor::id);
        if (ours != made.end())
            *ours = anchor;
    }
    return made;
}

Result<Anchor> upgradeAnchor(Site& site, const Digest& root)
{
    const std::lock_guard one(site.anchoring);
    const auto http = openHttpClient();
    return upgrade(site, *http, TRY(findAnchor(*site.database, root)));
}

Result<ActivityCheck> checkActivity(Site& site, const Activity& activity)
{
    ActivityCheck check;
    check.leaf = TRY(findLeaf(*site.database, "activity", activity.uuid));
    const Leaf& own = check.leaf;
    if (!own.salt.empty() && leafOf(own.salt, sha256(bytesOf(activity.bytes))) != own.leaf)
        check.problem = "the bytes of the activity are not those of its leaf";
    if (own.anchorId != 0) {
        check.anchor = TRY(findAnchor(*site.database, own.anchorId));
        std::vector<Digest> leaves;
        std::size_t index = 0;
        for (const Leaf& leaf : TRY(leavesUnder(*site.database, own.anchorId))) {
            if (leaf.seq == own.seq)
                index = leaves.size();
            leaves.push_back(leaf.leaf);
        }
        check.path = inclusionPath(leaves, index);
        if (check.problem.empty() && rootAlong(own.leaf, check.path) != check.anchor->root)
            check.problem = "the leaves of the anchor do not lead to its root";
        if (check.problem.empty())
            check.problem = headerProblem(*check.anchor);
    }
    check.status = !check.problem.empty() ? "changed" : own.salt.empty() ? "erased"
        : check.anchor                                                   ? check.anchor->state
                                                                         : "waiting";
    return check;
}

Result<DetachedTimestamp> activityTimestamp(const Activity& activity, const ActivityCheck& check)
{
    const std::string object = "activity " + std::to_string(activity.seq) + ": ";
    if (check.status == "changed" || check.status == "erased")
        return fail(Fault::Conflict, object + (check.problem.empty() ? "it was erased, and its salt with it" : check.problem));
    if (!check.anchor || check.anchor->proof.empty())
        return fail(Fault::Conflict, object + "no calendar has taken its anchor yet");
    DetachedTimestamp file;
    const Digest digest = sha256(bytesOf(activity.bytes));
    file.timestamp.message.assign(digest.begin(), digest.end());
    Bytes before{0};
    before.insert(before.end(), check.leaf.salt.begin(), check.leaf.salt.end());
    Timestamp* at = TRY(timestampAfter(*TRY(timestampAfter(file.timestamp, {TimestampOperation::Prepend, before})), {TimestampOperation::Sha256, {}}));
    for (const MerkleStep& step : check.path)
        at = TRY(pairStep(*at, step));
    TRY(mergeTimestamps(*at, TRY(check.anchor->timestamp())));
    return file;
}

std::vector<TriedSource> tryTimeSources(Site& site)
{
    const AnchorOptions& options = site.options.anchors;
    const auto http = openHttpClient();
    const Bytes random = secureRandom(32);
    const Digest digest = sha256(random);
    std::vector<TriedSource> sources;
    for (const std::string& calendar : options.calendars)
        sources.push_back(tried(calendar, [&] { return submitDigest(*http, calendar, options.calendars, digest, options.patience); }));
    if (!options.headers.empty())
        sources.push_back(tried(options.headers, [&] { return fetchBestHeight(*http, options.headers, options.patience); }));
    return sources;
}

std::pair<std::string, JobKind> anchorJobKind(Site& site)
{
    JobKind kind;
    kind.run = [&site](const Job&, const std::atomic<bool>&) -> Result<void> {
        TRY(anchorWaiting(site));
        const auto left = TRY(listNewAnchors(*site.database, 1));
        if (!left.empty() && !site.options.anchors.calendars.empty())
            return fail(Fault::Unavailable, "anchor " + hexOf(left.front().root) + ": " + left.front().error);
        return {};
    };
    return {std::string(anchorJob), std::move(kind)};
}

std::pair<std::string, JobKind> anchorUpgradeJobKind(Site& site)
{
    JobKind kind;
    kind.tries = 70; // the last ones twelve hours apart: a month
    kind.run = [&site](const Job& job, const std::atomic<bool>&) -> Result<void> {
        const Anchor anchor = TRY(upgradeAnchor(site, TRY(digestOfText(job.ref))));
        const bool isAll = anchor.state == "confirmed" || (anchor.state == "attested" && site.options.anchors.headers.empty());
        return isAll ? Result<void>() : fail(Fault::Unavailable, "anchor " + job.ref + ": " + (anchor.error.empty() ? "no block attests it yet" : anchor.error));
    };
    return {std::string(upgradeJob), std::move(kind)};
}

} // namespace artdag::server
