// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/federation/rdf.h"

#include "core/base/digest.h"

#include <algorithm>
#include <map>
#include <optional>

namespace artdag {

namespace {

constexpr int deepest = 200; // of the recursion over blank nodes that hang on each other

std::string hashOf(std::string_view text)
{
    return hexOf(sha256(bytesOf(text)));
}

template <class NameOf>
std::string lineOf(const Quad& quad, NameOf nameOf)
{
    const auto part = [&](const RdfTerm& term) { return term.isBlank() ? nameOf(term.text) : term.text; };
    return part(quad.subject) + " " + quad.predicate.text + " " + part(quad.object) + (quad.graph.text.empty() ? "" : " " + part(quad.graph)) + " .\n";
}

/// Gives names in the order in which they are asked for.
class Issuer {
public:
    explicit Issuer(std::string prefix)
        : m_prefix(std::move(prefix))
    {
    }
    [[nodiscard]] const std::string* find(const std::string& node) const
    {
        const auto found = m_names.find(node);
        return found == m_names.end() ? nullptr : &found->second;
    }
    const std::string& issue(const std::string& node)
    {
        const auto [entry, isNew] = m_names.try_emplace(node, m_prefix + std::to_string(m_order.size()));
        if (isNew)
            m_order.push_back(node);
        return entry->second;
    }
    [[nodiscard]] const std::vector<std::string>& order() const { return m_order; }

private:
    std::string m_prefix;
    std::map<std::string, std::string> m_names;
    std::vector<std::string> m_order;
};

/// One run of URDNA2015; the names of functions are those of the specification.
class Canonicaliser {
public:
    Canonicaliser(const std::vector<Quad>& quads, std::size_t budget)
        : m_quads(quads),
          m_budget(budget)
    {
    }

    Result<Issuer> names()
    {
        for (const Quad& quad : m_quads)
            for (const RdfTerm* term : {&quad.subject, &quad.object, &quad.graph})
                if (term->isBlank() && (m_quadsOf[term->text].empty() || m_quadsOf[term->text].back() != &quad))
                    m_quadsOf[term->text].push_back(&quad);
        std::map<std::string, std::vector<std::string>> nodesOf;
        for (const auto& [node, quads] : m_quadsOf)
            nodesOf[TRY(hashFirstDegreeQuads(node))].push_back(node);
        for (const auto& [hash, nodes] : nodesOf)
            if (nodes.size() == 1)
                m_canonical.issue(nodes.front());
        for (const auto& [hash, nodes] : nodesOf)
            if (nodes.size() > 1)
                TRY(nameAlike(nodes));
        return m_canonical;
    }

private:
    struct Hashed {
        std::string hash;
        Issuer issuer;
    };

    /// Nodes that first-degree hashing cannot tell apart.
    Result<void> nameAlike(const std::vector<std::string>& nodes)
    {
        std::vector<Hashed> results;
        for (const std::string& node : nodes) {
            if (m_canonical.find(node))
                continue;
            Issuer issuer("_:b");
            issuer.issue(node);
            results.push_back(TRY(hashNDegreeQuads(node, std::move(issuer))));
        }
        std::ranges::stable_sort(results, {}, &Hashed::hash);
        for (const Hashed& result : results)
            for (const std::string& node : result.issuer.order())
                m_canonical.issue(node);
        return {};
    }

    Result<void> spend()
    {
        if (m_budget == 0)
            return fail(Fault::BadInput, "linked data: its blank nodes are too hard to tell apart");
        --m_budget;
        return {};
    }

    Result<std::string> hashFirstDegreeQuads(const std::string& node)
    {
        if (const auto known = m_firstDegree.find(node); known != m_firstDegree.end())
            return known->second;
        TRY(spend());
        std::vector<std::string> lines;
        for (const Quad* quad : m_quadsOf[node])
            lines.push_back(lineOf(*quad, [&](const std::string& other) { return std::string(other == node ? "_:a" : "_:z"); }));
        std::ranges::sort(lines);
        std::string text;
        for (const std::string& line : lines)
            text += line;
        return m_firstDegree[node] = hashOf(text);
    }

    Result<std::string> hashRelatedBlankNode(const std::string& related, const Quad& quad, const Issuer& issuer, char position)
    {
        TRY(spend());
        const std::string* name = m_canonical.find(related);
        name = name ? name : issuer.find(related);
        const std::string input = std::string(1, position) + (position == 'g' ? "" : quad.predicate.text);
        return hashOf(input + (name ? *name : TRY(hashFirstDegreeQuads(related))));
    }

    Result<std::map<std::string, std::vector<std::string>>> relatedNodes(const std::string& node, const Issuer& issuer)
    {
        std::map<std::string, std::vector<std::string>> result;
        for (const Quad* quad : m_quadsOf[node])
            for (const auto& [term, position] : {std::pair(&quad->subject, 's'), std::pair(&quad->object, 'o'), std::pair(&quad->graph, 'g')})
                if (term->isBlank() && term->text != node)
                    result[TRY(hashRelatedBlankNode(term->text, *quad, issuer, position))].push_back(term->text);
        return result;
    }

    struct Path {
        std::string text;
        Issuer issuer;
    };
    /// True when a path can no longer become the least one.
    static bool isWorse(const std::string& path, const std::optional<Path>& chosen)
    {
        return chosen && path.size() >= chosen->text.size() && path > chosen->text;
    }

    /// The path through related nodes in one order; nothing when another order is better already.
    Result<std::optional<Path>> pathThrough(const std::vector<std::string>& order, Issuer issuer, const std::optional<Path>& chosen)
    {
        std::string path;
        std::vector<std::string> unvisited;
        for (const std::string& related : order) {
            if (const std::string* name = m_canonical.find(related)) {
                path += *name;
            } else {
                if (!issuer.find(related))
                    unvisited.push_back(related);
                path += issuer.issue(related);
            }
            if (isWorse(path, chosen))
                return std::optional<Path>();
        }
        for (const std::string& related : unvisited) {
            Hashed result = TRY(hashNDegreeQuads(related, issuer));
            path += issuer.issue(related) + "<" + result.hash + ">";
            issuer = std::move(result.issuer);
            if (isWorse(path, chosen))
                return std::optional<Path>();
        }
        return std::optional<Path>(Path{std::move(path), std::move(issuer)});
    }

    Result<Hashed> hashNDegreeQuads(const std::string& node, Issuer issuer)
    {
        TRY(spend());
        if (m_depth == deepest)
            return fail(Fault::BadInput, "linked data: its blank nodes are too hard to tell apart");
        ++m_depth;
        std::string data;
        for (auto& [hash, related] : TRY(relatedNodes(node, issuer))) {
            std::vector<std::string> order = related;
            std::ranges::sort(order);
            std::optional<Path> chosen;
            do {
                TRY(spend());
                auto path = TRY(pathThrough(order, issuer, chosen));
                if (path && (!chosen || path->text < chosen->text))
                    chosen = std::move(path);
            } while (std::ranges::next_permutation(order).found);
            data += hash + chosen->text;
            issuer = std::move(chosen->issuer);
        }
        --m_depth;
        return Hashed{hashOf(data), std::move(issuer)};
    }

    const std::vector<Quad>& m_quads;
    std::size_t m_budget;
    int m_depth = 0;
    std::map<std::string, std::vector<const Quad*>> m_quadsOf;
    std::map<std::string, std::string> m_firstDegree;
    Issuer m_canonical{"_:c14n"};
};

} // namespace

RdfTerm RdfTerm::literal(std::string_view value, const std::string& suffix)
{
    std::string text = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\')
            text += {'\\', c};
        else if (c == '\n' || c == '\r')
            text += c == '\n' ? "\\n" : "\\r";
        else
            text += c;
    }
    return {text + "\"" + suffix};
}

Result<std::string> canonicalQuads(std::vector<Quad> quads, std::size_t budget)
{
    std::ranges::sort(quads);
    quads.erase(std::ranges::unique(quads).begin(), quads.end());
    const Issuer names = TRY(Canonicaliser(quads, budget).names());
    std::vector<std::string> lines;
    lines.reserve(quads.size());
    for (const Quad& quad : quads)
        lines.push_back(lineOf(quad, [&](const std::string& node) { return *names.find(node); }));
    std::ranges::sort(lines);
    std::string text;
    for (const std::string& line : lines)
        text += line;
    return text;
}

} // namespace artdag
