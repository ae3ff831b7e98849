// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provenance/run_attestation.h"

namespace artdag {

namespace {

constexpr const char* buildType = "https://rose-ash.com/artdag/render/v1";

/// A ResourceDescriptor of something that is named by its SHA3-256.
Json resource(const std::string& name, const std::string& sha3Hex)
{
    return {{"name", name}, {"digest", {{"sha3_256", sha3Hex}}}};
}

Json dependenciesOf(const RunFacts& run)
{
    Json list = Json::array({resource("recipe", run.recipe.contentHash.hex())});
    for (const ManifestInput& input : run.inputs)
        list.push_back(resource("input:" + input.port, input.contentHash.hex()));
    for (const ContentId& font : run.fonts)
        list.push_back(resource("font", font.hex()));
    for (const ManifestBake& bake : run.baked)
        list.push_back(resource(bake.what, bake.contentHash.hex()));
    for (const ManifestEffect& effect : run.effects) {
        list.push_back(resource(effect.name, effect.contentHash.hex()));
        list.back()["annotations"] = {{"version", effect.version}};
    }
    return list;
}

Result<std::string> textOf(const Json& object, const char* name)
{
    const auto member = object.is_object() ? object.find(name) : object.end();
    if (!object.is_object() || member == object.end() || !member->is_string())
        return fail(Fault::BadInput, std::string("envelope: '") + name + "' must be a text");
    return member->get<std::string>();
}

} // namespace

Json runStatement(const RunFacts& run, const ManifestId& manifest, const RunCircumstances& circumstances)
{
    Json subject = resource(run.output.name, run.output.contentHash.hex());
    subject["digest"]["sha256"] = hexOf(circumstances.sha256);
    Json metadata{{"invocationId", circumstances.invocation}};
    if (!circumstances.startedAt.empty())
        metadata["startedOn"] = circumstances.startedAt;
    if (!circumstances.finishedAt.empty())
        metadata["finishedOn"] = circumstances.finishedAt;
    const Json asked{{"graph", run.recipe.graph.text()}, {"output", run.output.name}, {"encode", run.output.encode}, {"parameters", run.recipe.parameters}, {"numerics", run.infrastructure.numerics}};
    Json byproducts = Json::array({resource("manifest", manifest.hex()), resource("frame digests", run.output.frameDigests.hex())});
    byproducts[0]["annotations"] = {{"framesHash", run.output.framesHash.text()}};
    return {{"_type", "https://in-toto.io/Statement/v1"}, {"subject", Json::array({std::move(subject)})}, {"predicateType", "https://slsa.dev/provenance/v1"},
        {"predicate",
            {{"buildDefinition", {{"buildType", buildType}, {"externalParameters", asked}, {"resolvedDependencies", dependenciesOf(run)}}},
                {"runDetails", {{"builder", {{"id", circumstances.builder}, {"version", {{run.infrastructure.softwareName, run.infrastructure.softwareVersion}}}}}, {"metadata", std::move(metadata)}, {"byproducts", std::move(byproducts)}}}}}};
}

std::string preAuthEncoding(std::string_view type, std::string_view payload)
{
    std::string bytes = "DSSEv1";
    for (const std::string_view part : {type, payload})
        bytes.append(" ").append(std::to_string(part.size())).append(" ").append(part);
    return bytes;
}

Result<Json> sealEnvelope(std::string_view type, std::string_view payload, const SigningKey& key)
{
    const Bytes signature = TRY(key.sign(bytesOf(preAuthEncoding(type, payload))));
    return Json{{"payload", base64(bytesOf(payload))}, {"payloadType", type}, {"signatures", Json::array({Json{{"keyid", key.publicKey().kid()}, {"sig", base64(signature)}}})}};
}

Result<std::string> openEnvelope(const Json& envelope, std::string_view type, const std::function<Result<PublicKey>(const std::string& kid)>& find)
{
    if (TRY(textOf(envelope, "payloadType")) != type)
        return fail(Fault::BadInput, "envelope: its payload is not " + std::string(type));
    const Bytes payload = TRY(bytesOfBase64(TRY(textOf(envelope, "payload"))));
    const std::string text(payload.begin(), payload.end());
    const std::string message = preAuthEncoding(type, text);
    const Json signatures = envelope.value("signatures", Json());
    if (!signatures.is_array() || signatures.size() > 16)
        return fail(Fault::BadInput, "envelope: 'signatures' must be a list of at most 16");
    for (const Json& signature : signatures) {
        const auto key = find(TRY(textOf(signature, "keyid")));
        if (key && key->verify(bytesOf(message), TRY(bytesOfBase64(TRY(textOf(signature, "sig"))))))
            return text;
    }
    return fail(Fault::Denied, "envelope: no key that is known signed it");
}

} // namespace artdag
