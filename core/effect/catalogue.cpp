// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/effect/catalogue.h"

#include "core/base/similar_names.h"

#include <algorithm>
#include <optional>
#include <string>

namespace artdag {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) { return lower(c); });
    return out;
}

/// 0 the whole text, 1 its start, 2 the start of a word, 3 anywhere; nothing when it is absent.
std::optional<int> nearness(std::string_view text, std::string_view word)
{
    const std::string folded = lower(text);
    const auto at = folded.find(word);
    if (at == std::string::npos)
        return std::nullopt;
    if (at == 0)
        return folded.size() == word.size() ? 0 : 1;
    for (auto next = at; next != std::string::npos; next = folded.find(word, next + 1))
        if (next != 0 && (folded[next - 1] == ' ' || folded[next - 1] == '_'))
            return 2;
    return 3;
}

/// Lower is better: names before titles and synonyms, these before tags, these before help.
std::optional<int> score(const Effect& effect, std::string_view word)
{
    std::optional<int> best;
    auto consider = [&](std::string_view text, int field) {
        if (const auto near = nearness(text, word); near && (!best || field + *near < *best))
            best = field + *near;
    };
    consider(effect.name, 0);
    consider(effect.title, 1);
    for (const auto synonym : effect.synonyms)
        consider(synonym, 2);
    for (const auto tag : effect.tags)
        consider(tag, 10);
    consider(effect.help, 20);
    return best;
}

std::vector<std::string> wordsOf(std::string_view query)
{
    std::vector<std::string> words;
    std::string word;
    for (const char c : std::string(query) + ' ') {
        if (c == ' ' || c == '\t' || c == '\n') {
            if (!word.empty())
                words.push_back(std::move(word));
            word.clear();
        } else {
            word.push_back(lower(c));
        }
    }
    return words;
}

} // namespace

const CatalogueEntry* Catalogue::find(std::string_view name) const
{
    if (further != nullptr && further->claims(name))
        return further->find(name);
    const auto found = std::ranges::lower_bound(entries, name, {}, &CatalogueEntry::name);
    return found != entries.end() && found->name == name ? &*found : nullptr;
}

std::vector<std::string_view> Catalogue::similar(std::string_view name) const
{
    std::vector<std::string_view> out;
    const auto add = [&out](std::string_view candidate) {
        if (std::ranges::find(out, candidate) == out.end())
            out.push_back(candidate);
    };
    const std::string folded = lower(name);
    for (const CatalogueEntry& entry : entries)
        if (std::ranges::any_of(entry.effect->synonyms, [&](std::string_view synonym) { return lower(synonym) == folded; }))
            add(entry.name);
    std::vector<std::string_view> names;
    for (const CatalogueEntry& entry : entries)
        names.push_back(entry.name);
    if (further != nullptr && further->claims(name))
        for (const CatalogueEntry* entry : further->all())
            names.push_back(entry->name);
    for (const std::string_view near : similarNames(folded, names))
        add(near);
    return out;
}

std::vector<const CatalogueEntry*> Catalogue::search(std::string_view query) const
{
    const std::vector<std::string> words = wordsOf(query);
    std::vector<std::pair<int, const CatalogueEntry*>> found;
    std::vector<const CatalogueEntry*> candidates;
    for (const CatalogueEntry& entry : entries)
        candidates.push_back(&entry);
    if (further != nullptr)
        candidates.insert(candidates.end(), further->all().begin(), further->all().end());
    for (const CatalogueEntry* entry : candidates) {
        int sum = 0;
        const bool all = std::ranges::all_of(words, [&](const std::string& word) {
            const auto one = score(*entry->effect, word);
            sum += one.value_or(0);
            return one.has_value();
        });
        if (all)
            found.emplace_back(sum, entry);
    }
    std::ranges::stable_sort(found, {}, [](const auto& hit) { return hit.first; });
    std::vector<const CatalogueEntry*> out;
    for (const auto& [sum, entry] : found)
        out.push_back(entry);
    return out;
}

} // namespace artdag
