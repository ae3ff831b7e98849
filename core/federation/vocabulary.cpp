// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/vocabulary.h"

namespace artdag {

namespace {

Json reference(const char* id)
{
    return {{"@id", id}, {"@type", "@id"}};
}

Json references(const char* id)
{
    return {{"@id", id}, {"@type", "@id"}, {"@container", "@set"}};
}

} // namespace

Json actorContext()
{
    return Json::array({activityStreams, "https://w3id.org/security/v1", "https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1",
        Json{{"toot", "http://joinmastodon.org/ns#"}, {"discoverable", "toot:discoverable"}, {"indexable", "toot:indexable"}, {"featured", reference("toot:featured")},
            {"manuallyApprovesFollowers", "as:manuallyApprovesFollowers"}, {"movedTo", reference("as:movedTo")}, {"schema", "http://schema.org#"}, {"PropertyValue", "schema:PropertyValue"}, {"value", "schema:value"}}});
}

Json noteContext()
{
    return Json::array({activityStreams, "https://w3id.org/security/v1", "https://w3id.org/security/data-integrity/v1",
        Json{{"toot", "http://joinmastodon.org/ns#"}, {"blurhash", "toot:blurhash"}, {"sensitive", "as:sensitive"}, {"Hashtag", "as:Hashtag"}, {"schema", "http://schema.org#"},
            {"ad", artdagNamespace}, {"contentHash", "ad:contentHash"}, {"assetType", "ad:assetType"}, {"provenance", reference("ad:provenance")}, {"provenanceHash", "ad:provenanceHash"},
            {"framesHash", "ad:framesHash"}, {"claim", reference("ad:claim")}, {"claimHash", "ad:claimHash"}, {"inputs", references("ad:inputs")}, {"effects", references("ad:effects")},
            {"recipe", reference("ad:recipe")}, {"license", reference("schema:license")}, {"creatorKey", "ad:creatorKey"}, {"ingredient", reference("ad:ingredient")}, {"role", "ad:role"}, {"weight", "ad:weight"},
            {"derivedFrom", reference("ad:derivedFrom")}, {"payoutPolicy", "ad:payoutPolicy"}, {"price", "ad:price"}, {"disclosure", reference("ad:disclosure")}, {"supersedes", "ad:supersedes"},
            {"access", "ad:access"}, {"template", reference("ad:template")}}});
}

} // namespace artdag
