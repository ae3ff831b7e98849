// SPDX-License-Identifier: GPL-3.0-or-later
// What a publication is made of, before anything is sent: the file as it will be published, the papers, and the list of what goes to
// the server. The list that is shown to the artist and the list that is sent are the same.
#pragma once

#include "core/provenance/claim.h"
#include "core/recipe/recipe.h"
#include "core/store/store.h"
#include "core/workflow/publish_work.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace artdag {

/// The delivery, and what it was made from.
struct Delivery {
    std::filesystem::path path; ///< request.film, or a copy that carries what was chosen
    ContentId id;
    Digest sha256{};
    std::uint64_t size = 0;
    RunFacts run;
    std::string recipeText;
    Recipe recipe;
};

/// Reads and hashes the film, or writes a copy into `directory` that carries what the request says. BadInput for a folder, for a recipe
/// that is not the manifest's, and for a recipe inside of the file that the request keeps from others.
Result<Delivery> gatherDelivery(Store& store, const PublishRequest& request, const std::filesystem::path& directory);

/// One object that goes along.
struct SentObject {
    std::string what; ///< `film`, `recipe`, `frame digests`, `input footage`, `font`, `analysis:beats`
    ContentId id;
    const char* type = "application/octet-stream";
    std::filesystem::path path; ///< empty: it is not in the store, and only cited
    std::uint64_t size = 0;
};

/// What is sent, in order, but for poster and papers: the film, the recipe when it is for everyone, what checking the pixels needs, and
/// the inputs unless they are only cited. The recipe is written into `directory`.
Result<std::vector<SentObject>> objectsOf(Store& store, const PublishRequest& request, const Delivery& delivery, const std::filesystem::path& directory);

/// The still that is shown before the film plays: the request's, or one made in `directory`; empty when there is none to be made.
std::filesystem::path posterOf(const PublishRequest& request, const Delivery& delivery, const std::filesystem::path& directory);

/// What someone who knows nobody can check of a work.
enum class Checkable {
    Pixels,    ///< everything: rendering it again gives the same frames
    Allowed,   ///< signature, bytes and time; the pixels, when the creator gives what is kept back
    Signature, ///< signature, bytes and time only
};
Checkable checkableBy(RecipeAccess recipe, bool inputsPublic, bool hasInputs);
/// In a sentence, for the command line.
const char* wordsOf(Checkable checkable);

/// `public`, `followers`, `request`, `sealed`. BadInput for another word.
Result<RecipeAccess> recipeAccessOf(const std::string& word);
const char* wordOf(RecipeAccess access);

/// Whose work an input is, as the server says.
struct Citation {
    ContentId id;
    std::string owner; ///< an actor
    std::string url;   ///< of the work's page
};
/// Asks the server which inputs are works there, by their content ids. One that it does not know is cited by its id alone.
Result<std::vector<Citation>> findCitations(ServerConversation& server, const RunFacts& run);
/// What the work is made from, with the owners and addresses that are known. Where somebody else is named, the recipe is the creator's
/// unless the manifest names its author: or all would go to the others.
std::vector<Ingredient> citedIngredients(RunFacts run, const std::string& creator, const std::vector<Citation>& citations);

/// `@carol@artdag.example=12.5`: an account and its percent, with at most two decimals. BadInput for anything else.
Result<Share> shareOfText(const std::string& text);
/// What is left to the creator, in basis points. BadInput for shares that are no whole, or for nobody, or for the creator.
Result<int> restOf(const std::vector<Share>& shares, const std::string& creator);

/// The policy of a claim whose creator says who has how much.
inline constexpr std::string_view statedPolicy = "stated@1";
/// The same ingredients with the weights that the creator states: each of `shares` has what it says, equally over what is its owner's, the
/// creator the rest; who owns nothing of it is named beside the recipe. BadInput for shares that are no whole, or for nobody.
Result<std::vector<Ingredient>> statedShares(std::vector<Ingredient> ingredients, const std::vector<Share>& shares, const std::string& creator, const ContentId& recipe);
/// Each owner once, the creator first, with what nobody else has; they sum to 10,000.
std::vector<Share> sharesOf(const std::vector<Ingredient>& ingredients, const std::string& creator);

struct PublicationSummary {
    std::vector<SentObject> objects; ///< those without a path are not sent
    std::uint64_t bytes = 0;         ///< of all that are sent
    std::string embedded;            ///< `none`, `link`, `full`
    Checkable checkable = Checkable::Pixels;
    std::vector<Share> shares;
};
/// Sends nothing, asks nobody and needs no key: a film that carries something has the id here that another key's credentials give it. `creator` is the account that will publish; empty: not known yet.
Result<PublicationSummary> summarizePublication(Store& store, const PublishRequest& request, const std::string& creator, const std::vector<Citation>& citations = {});

} // namespace artdag
