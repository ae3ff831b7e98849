// SPDX-License-Identifier: GPL-3.0-or-later
// What a creator does to a work after it was published: change what is said about it and who may see it or its recipe, withdraw it,
// and agree to a share in the work of another.
#pragma once

#include "core/identity/keys.h"
#include "core/store/store.h"
#include "core/workflow/publish_work.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag {

/// What is not set stays as it is.
struct WorkChange {
    std::optional<std::string> name, description, alt, visibility; ///< said beside the claim
    std::optional<std::string> title, license, recipeAccess;       ///< said in the claim: a new one takes the place of the signed one
    std::optional<std::vector<std::string>> tags;
    std::optional<bool> inputsPublic;

    [[nodiscard]] bool changesClaim() const { return title || license || recipeAccess || tags || inputsPublic; }
    [[nodiscard]] bool empty() const { return !changesClaim() && !name && !description && !alt && !visibility; }
};

/// The name of a work of the account: `work` is that, or the address of its page or asset at the account's server. BadInput for
/// another server's or somebody else's.
Result<std::string> ownWorkName(const Session& session, std::string_view work);

/// As the server tells it; NotFound when it was withdrawn.
Result<Json> readAsset(HttpClient& http, const Session& session, const std::string& name);

/// Does what differs, a new claim first; `key` signs it and is not needed otherwise. What becomes public is sent from `store`: NotFound when
/// it is not there. What others hold already stays with them. Conflict when the name is taken.
Result<PublishedWork> updateWork(HttpClient& http, const Session& session, Store& store, const std::optional<SigningKey>& key, const std::string& name, const WorkChange& change);

/// The work is gone for everyone, followers' servers are told, and its bytes go after thirty days.
Result<void> withdrawWork(HttpClient& http, const Session& session, const std::string& name);

/// Signs that the account agrees to what another's work (the address of its page, at the account's server) gives it. NotFound when it
/// gives nothing to this account. The share in basis points.
Result<int> consentToShare(HttpClient& http, const Session& session, const SigningKey& key, const std::string& work);

/// A payee of a published work, and whether it has agreed.
struct Payee {
    std::string owner; ///< an actor
    int basisPoints = 0;
    bool agreed = false; ///< the creator has, by the claim
};
/// Asks the work's server; needs no account.
Result<std::vector<Payee>> payeesOf(HttpClient& http, const Session& session, const std::string& name);

} // namespace artdag
