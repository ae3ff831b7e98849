// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/import_recipe.h"

#include "core/import/convert_graph.h"
#include "core/import/read_dag.h"
#include "core/import/read_yaml.h"
#include "core/import/s_expression_graph.h"

namespace artdag {

namespace {

constexpr std::size_t mostBytes = 4U << 20;

tl::unexpected<Error> failAt(const char* form, const Problem& at, const std::string& message)
{
    return fail(Fault::BadInput, std::string(form) + " recipe, line " + std::to_string(at.line) + ", column " + std::to_string(at.column) + ": " + message);
}

/// The recipe itself tells what it lacks.
void describeNotes(Imported& imported)
{
    std::string& text = imported.recipe.description;
    if (!imported.notes.empty())
        text += std::string(text.empty() ? "" : "\n\n") + "Imported. Not carried over:";
    for (const Problem& note : imported.notes)
        text += "\n- " + note.message + (note.line > 0 ? " (line " + std::to_string(note.line) + ")" : "");
}

/// `locate` gives lines and columns to what has only a pointer.
template <class Locate>
Result<Imported> finish(const char* form, OldResult<OldGraph> graph, const Catalogue& effects, Locate locate)
{
    OldResult<Imported> imported = graph ? convertGraph(std::move(*graph), effects) : tl::unexpected(std::move(graph.error()));
    if (!imported) {
        std::vector<Problem> at{noteAt(imported.error().place, "")};
        locate(at);
        return failAt(form, at[0], imported.error().message);
    }
    locate(imported->notes);
    describeNotes(*imported);
    return std::move(*imported);
}

Result<Imported> importJson(std::string_view text, const Catalogue& effects)
{
    const auto document = readJson(text);
    if (!document) {
        const JsonScan scan = scanJson(text);
        if (scan.faults.empty())
            return fail(Fault::BadInput, "DAG recipe: " + document.error().message);
        const TextPlace place = placesOfOffsets(text, {scan.faults[0].offset})[0];
        return failAt("DAG", {.line = place.line, .column = place.column}, scan.faults[0].message);
    }
    return finish("DAG", readDag(*document), effects, [text](std::vector<Problem>& problems) { locateProblems(text, problems); });
}

Result<Imported> importYaml(std::string_view text, const Catalogue& effects)
{
    const auto document = readYaml(text);
    if (!document)
        return failAt("YAML", noteAt(document.error().place, ""), document.error().message);
    return finish("YAML", readDag(document->value), effects, [&](std::vector<Problem>& problems) {
        for (Problem& problem : problems)
            for (std::string pointer = problem.pointer; problem.line == 0;) {
                if (const auto place = document->places.find(pointer); place != document->places.end()) {
                    problem.line = place->second.line;
                    problem.column = place->second.column;
                }
                pointer.resize(pointer.rfind('/') == std::string::npos ? 0 : pointer.rfind('/'));
            }
    });
}

Result<Imported> importSExpressions(std::string_view text, const Catalogue& effects)
{
    const auto expressions = readSExpressions(text);
    if (!expressions)
        return failAt("S-expression", noteAt(expressions.error().place, ""), expressions.error().message);
    return finish("S-expression", graphOfSExpressions(*expressions), effects, [](std::vector<Problem>& problems) {
        for (Problem& problem : problems)
            if (problem.line == 0)
                problem.line = problem.column = 1;
    });
}

} // namespace

Result<Imported> importRecipe(std::string_view text, const Catalogue& effects)
{
    if (text.size() > mostBytes)
        return fail(Fault::BadInput, "recipe to import: it is longer than " + std::to_string(mostBytes >> 20) + " MB");
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return fail(Fault::BadInput, "recipe to import: the text is empty");
    switch (text[first]) {
    case '{': return importJson(text, effects);
    case '(':
    case ';': return importSExpressions(text, effects);
    default: return importYaml(text, effects);
    }
}

} // namespace artdag
