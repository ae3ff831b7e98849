// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/cose.h"

#include "core/credentials/cbor.h"

#include <array>

namespace artdag {

namespace {

constexpr std::uint64_t sign1Tag = 18;
constexpr std::int64_t algorithmHeader = 1, chainHeader = 33;
constexpr std::size_t mostCertificates = 16;

/// Sig_structure (RFC 9052 §4.4).
Bytes signedBytes(ByteView protectedHeader, ByteView claim)
{
    return writeCbor(Cbor::ofArray({Cbor::ofText("Signature1"), Cbor::ofBytes(protectedHeader), Cbor::ofBytes({}), Cbor::ofBytes(claim)}));
}

/// A certificate alone is a byte string, several are a list of them.
Result<std::vector<Certificate>> readChain(const Cbor& value)
{
    std::vector<Certificate> chain;
    const std::vector<Cbor> alone{value};
    const std::vector<Cbor>& list = value.kind == Cbor::Kind::Array ? value.items : alone;
    if (list.empty() || list.size() > mostCertificates)
        return fail(Fault::BadInput, "signature: it names no certificates, or too many");
    for (const Cbor& one : list) {
        if (one.kind != Cbor::Kind::Bytes)
            return fail(Fault::BadInput, "signature: a certificate is none");
        chain.push_back(TRY(Certificate::read(one.bytes())));
    }
    return chain;
}

std::optional<CoseAlgorithm> readAlgorithm(const Cbor* value)
{
    using enum CoseAlgorithm;
    for (const CoseAlgorithm one : {Es256, EdDsa, Es384, Es512, Ps256, Ps384, Ps512})
        if (value != nullptr && value->kind == Cbor::Kind::Negative && -1 - static_cast<std::int64_t>(value->number) == static_cast<std::int64_t>(one))
            return one;
    return std::nullopt;
}

} // namespace

Result<Bytes> signClaim(const SigningKey& key, const CertificateChain& chain, ByteView claim)
{
    // Only the leaf: a root is trusted because it is known already, not because it comes along.
    Cbor header{Cbor::Kind::Map, 0, 0, {}, {}};
    header.items = {Cbor::ofNumber(algorithmHeader), Cbor::ofNumber(static_cast<std::int64_t>(coseAlgorithmOf(key))), Cbor::ofNumber(chainHeader), Cbor::ofBytes(chain.leaf)};
    const Bytes protectedHeader = writeCbor(header);
    const Bytes signature = TRY(signCose(key, signedBytes(protectedHeader, claim)));
    return writeCbor(Cbor::ofTag(sign1Tag, Cbor::ofArray({Cbor::ofBytes(protectedHeader), Cbor::ofMap({}), Cbor{}, Cbor::ofBytes(signature)})));
}

Result<ClaimSignature> readClaimSignature(ByteView bytes, ByteView claim)
{
    const Cbor whole = TRY(readCbor(bytes));
    const Cbor& parts = whole.kind == Cbor::Kind::Tag && whole.number == sign1Tag ? whole.items.front() : whole;
    if (parts.kind != Cbor::Kind::Array || parts.items.size() != 4 || parts.items[0].kind != Cbor::Kind::Bytes || parts.items[3].kind != Cbor::Kind::Bytes)
        return fail(Fault::BadInput, "signature: it is no COSE_Sign1");
    const Cbor header = TRY(readCbor(parts.items[0].bytes()));
    const Cbor& open = parts.items[1]; // where version 1 of C2PA had the chain, under its name
    const Cbor* chain = header.find(chainHeader);
    for (const Cbor* map : {&header, &open})
        for (const Cbor* found : {map->find("x5chain"), map->find(chainHeader)})
            chain = chain == nullptr ? found : chain;
    if (chain == nullptr)
        return fail(Fault::BadInput, "signature: it names no certificates, or too many");
    ClaimSignature signature{readAlgorithm(header.find(algorithmHeader)), TRY(readChain(*chain)), open.find("sigTst") != nullptr || open.find("sigTst2") != nullptr, false};
    signature.isGood = signature.algorithm && parts.items[2].kind == Cbor::Kind::Null && signature.chain.front().verify(*signature.algorithm, signedBytes(parts.items[0].bytes(), claim), parts.items[3].bytes());
    return signature;
}

} // namespace artdag
