// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials/read_credentials.h"

namespace artdag {

namespace {

/// Texts of strangers go to a terminal: nothing that it would take for an order, and not without an end.
std::string shown(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size() && out.size() < 200; ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const bool isSecondControl = byte == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0; // U+0080–U+009F
        out += byte < 0x20 || byte == 0x7F || isSecondControl ? '?' : text[at];
        at += isSecondControl ? 1 : 0;
    }
    return out;
}

std::string withIf(std::string_view before, const std::string& text, std::string_view after = "")
{
    return text.empty() ? "" : std::string(before) + shown(text) + std::string(after);
}

const char* sentenceOf(CredentialState state)
{
    switch (state) {
    case CredentialState::Valid: return "valid: it is as it was signed, by somebody whom you trust";
    case CredentialState::Untrusted: return "untrusted: it is as it was signed, but who signed is not known here";
    case CredentialState::Unknown: return "unknown: not all of it can be checked here";
    case CredentialState::Tampered: break;
    }
    return "TAMPERED: it is not as it was signed";
}

} // namespace

const char* nameOf(CredentialState state)
{
    static constexpr const char* names[] = {"valid", "untrusted", "unknown", "tampered"};
    return names[static_cast<int>(state)];
}

Json jsonOf(const Credentials& credentials)
{
    Json actions = Json::array(), ingredients = Json::array(), findings = Json::array();
    for (const Credentials::Action& one : credentials.actions)
        actions.push_back({{"action", one.action}, {"digital_source_type", one.source}, {"when", one.when}});
    for (const Credentials::Ingredient& one : credentials.ingredients)
        ingredients.push_back({{"title", one.title}, {"relationship", one.relationship}, {"id", one.id}, {"has_credentials", one.hasCredentials}});
    for (const CredentialFinding& one : credentials.findings)
        findings.push_back({{"code", one.code}, {"state", nameOf(one.state)}, {"words", one.words}});
    const auto& signer = credentials.signer;
    return {{"state", nameOf(credentials.state())}, {"label", credentials.label}, {"title", credentials.title}, {"generator", credentials.generator},
        {"signer", {{"name", signer.name}, {"organization", signer.organization}, {"kid", signer.kid}, {"algorithm", signer.algorithm}, {"timestamp", signer.hasTimestamp}}}, {"actions", std::move(actions)},
        {"ingredients", std::move(ingredients)}, {"manifest", credentials.manifest}, {"recipe", credentials.recipe}, {"rendered", credentials.rendered}, {"findings", std::move(findings)}};
}

std::vector<std::string> wordsOf(const Credentials& credentials)
{
    const auto& signer = credentials.signer;
    std::vector<std::string> lines{std::string("Content Credentials   ") + sentenceOf(credentials.state())};
    lines.push_back("    signed by         " + shown(signer.name) + withIf(" (", signer.organization, ")") + withIf(", ", signer.algorithm) + (signer.hasTimestamp ? ", with a timestamp" : ""));
    lines.push_back("    key               " + signer.kid);
    lines.push_back("    made with         " + shown(credentials.generator) + withIf(", titled ", credentials.title));
    for (const Credentials::Action& one : credentials.actions)
        lines.push_back("    " + shown(one.action) + withIf(" ", one.when) + withIf(" as ", one.source));
    for (const Credentials::Ingredient& one : credentials.ingredients)
        lines.push_back("    " + shown(one.relationship) + withIf(" '", one.title, "'") + withIf(" ", one.id) + (one.hasCredentials ? " (with credentials of its own)" : ""));
    if (credentials.areOurs())
        lines.push_back("    manifest          " + shown(credentials.manifest));
    for (const CredentialFinding& one : credentials.findings)
        if (one.state != CredentialState::Valid)
            lines.push_back("    " + one.code + ": " + shown(one.words));
    return lines;
}

} // namespace artdag
