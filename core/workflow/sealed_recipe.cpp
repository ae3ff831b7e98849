// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/sealed_recipe.h"

#include "core/base/files.h"
#include "core/workflow/server_conversation.h"

namespace artdag {

namespace {

std::filesystem::path sealPath(const ManifestId& run)
{
    return artdagHome() / "sealed" / (run.hex() + ".json");
}

} // namespace

Result<Seal> sealOfRun(const ManifestId& run, const std::string& recipe)
{
    if (auto known = findSeal(run); known || known.error().fault != Fault::NotFound)
        return known;
    Seal seal{secureRandom(secretSize), recipe};
    const std::filesystem::path path = sealPath(run);
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    std::filesystem::permissions(path.parent_path(), std::filesystem::perms::owner_all, error);
    const Json document{{"artdag_seal", 1}, {"run", run.text()}, {"secret", hexOf(seal.secret)}, {"recipe", recipe}};
    TRY(writeFileAtomically(path, bytesOf(document.dump(2) + "\n"), 0600));
    return seal;
}

Result<Seal> findSeal(const ManifestId& run)
{
    const auto text = readTextFile(sealPath(run));
    if (!text)
        return fail(text.error().fault, "seal of run " + run.text() + ": this home has none; it is where the work was published sealed");
    const Json document = TRY(readJson(*text));
    const auto textOf = [&](const char* name) { return document.is_object() && document.contains(name) && document[name].is_string() ? document[name].get<std::string>() : std::string(); };
    const auto secret = bytesOfHex(textOf("secret"));
    if (!secret || secret->size() != secretSize || textOf("recipe").empty())
        return fail(Fault::Corrupt, "seal '" + sealPath(run).string() + "': it is damaged");
    return Seal{*secret, textOf("recipe")};
}

Result<Disclosure> discloseWork(HttpClient& http, const Session& session, const std::string& name, const std::vector<std::string>& names)
{
    ServerConversation server(http, session);
    const Json claim = TRY(server.get("/assets/@" + session.user + "/" + name + "/claim", "claim of '" + name + "'"));
    const ClaimFacts facts = TRY(readClaim(claim));
    if (!facts.sealedRoot || !facts.run)
        return fail(Fault::BadInput, "work '" + name + "': its recipe is not sealed");
    Disclosure disclosure = TRY(disclose(TRY(findSeal(*facts.run)), documentId(claim), names));
    if (disclosure.root != *facts.sealedRoot)
        return fail(Fault::Corrupt, "work '" + name + "': its claim seals another recipe than the one that this home keeps");
    return disclosure;
}

} // namespace artdag
