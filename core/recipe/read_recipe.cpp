// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/json_text.h"
#include "core/recipe/read_nodes.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_set>

namespace artdag {

namespace {

class RecipeReader {
public:
    RecipeReader(Recipe& recipe, ProblemList& problems)
        : m_recipe(recipe),
          m_problems(problems),
          m_fields(problems)
    {
    }

    void readDocument(const Json& document);

private:
    void readVersion(const Json& document);
    void readCanvas(const Json& value, const std::string& pointer);
    void readRate(const Json& value, const std::string& pointer);
    void readDuration(const Json& value, const std::string& pointer);
    void readInput(const std::string& name, const Json& value, const std::string& pointer);
    void readOutput(const std::string& name, const Json& value, const std::string& pointer);
    void readMarkers(const Json& value, const std::string& pointer);

    Recipe& m_recipe;
    ProblemList& m_problems;
    FieldReader m_fields;
};

void RecipeReader::readVersion(const Json& document)
{
    const auto found = document.find("artdag");
    if (found == document.end()) {
        m_problems.error("", "recipe: the version is missing", "begin with \"artdag\": 1");
        return;
    }
    const double version = found->is_number() ? found->get<double>() : 0;
    if (!(version >= 1) || std::floor(version) != version)
        m_fields.wrong("/artdag", "recipe", "artdag", "the version of the format, 1", *found);
    else if (version > 1)
        m_problems.error("/artdag", "recipe: it is written in version " + shortText(*found) + " of the format, this program knows version 1", "open it with a newer Art DAG");
}

void RecipeReader::readRate(const Json& value, const std::string& pointer)
{
    const auto whole = [](const Json& part) {
        const double number = part.is_number() ? part.get<double>() : 0;
        return number >= 1 && number <= 1'000'000 && std::floor(number) == number ? static_cast<std::int64_t>(number) : 0;
    };
    Rate rate{0, 1};
    if (value.is_array() && value.size() == 2)
        rate = {whole(value[0]), whole(value[1])};
    if (rate.numerator == 0 || rate.denominator == 0 || rate.numerator < rate.denominator || rate.numerator > 240 * rate.denominator) {
        m_fields.wrong(pointer, "canvas", "rate", "a fraction of 1–240 frames per second, such as [30, 1] or [30000, 1001]", value);
        return;
    }
    const std::int64_t divisor = std::gcd(rate.numerator, rate.denominator);
    m_recipe.canvas.rate = {rate.numerator / divisor, rate.denominator / divisor};
    if (divisor != 1)
        m_problems.warning(pointer, "canvas: rate [" + std::to_string(rate.numerator) + ", " + std::to_string(rate.denominator) + "] is not in lowest terms",
            "write [" + std::to_string(m_recipe.canvas.rate.numerator) + ", " + std::to_string(m_recipe.canvas.rate.denominator) + "]");
}

void RecipeReader::readDuration(const Json& value, const std::string& pointer)
{
    constexpr double day = 86400;
    const Rate rate = m_recipe.canvas.rate;
    double seconds = -1;
    if (value.is_number())
        seconds = value.get<double>();
    else if (const auto time = timeOfJson(value, rate))
        seconds = static_cast<double>(frameAt(*time, rate)) * static_cast<double>(rate.denominator) / static_cast<double>(rate.numerator);
    if (!(seconds > 0 && seconds <= day)) {
        m_fields.wrong(pointer, "canvas", "duration", "more than 0 s and at most 24 h (86400 s)", value);
        return;
    }
    if (framesOfSeconds(seconds, rate) < 1)
        m_problems.error(pointer, "canvas: duration is shorter than one frame, got " + shortText(value));
    m_recipe.canvas.duration = seconds;
}

void RecipeReader::readCanvas(const Json& value, const std::string& pointer)
{
    RecipeCanvas& canvas = m_recipe.canvas;
    Json duration; // read last: "f120" needs the rate
    m_fields.object(value, pointer, "canvas",
        {m_fields.integer("width", "canvas", 1, 16384, "px", canvas.width), m_fields.integer("height", "canvas", 1, 16384, "px", canvas.height),
            {"rate", [this](const Json& rate, const std::string& place) { readRate(rate, place); }},
            m_fields.integer("sampleRate", "canvas", 8000, 192000, "Hz", canvas.sampleRate),
            {"duration", [&duration](const Json& given, const std::string&) { duration = Json::array({given}); }},
            m_fields.text("workingSpace", "canvas", canvas.workingSpace)},
        canvas.unknown);
    if (!duration.is_null())
        readDuration(duration[0], pointer + "/duration");
}

void RecipeReader::readInput(const std::string& name, const Json& value, const std::string& pointer)
{
    RecipeInput& input = m_recipe.inputs.emplace_back();
    input.name = name;
    const std::string owner = "input '" + name + "'";
    m_fields.object(value, pointer, owner,
        {m_fields.text("media", owner, input.media), m_fields.text("title", owner, input.title), m_fields.text("colour", owner, input.colour), m_fields.text("default", owner, input.fallback),
            m_fields.wire("standIn", owner, input.standIn)},
        input.unknown);
    if (input.media != "media" && input.media != "still")
        m_problems.error(pointer + "/media", owner + ": media must be 'media' or 'still', got '" + input.media + "'");
}

void RecipeReader::readOutput(const std::string& name, const Json& value, const std::string& pointer)
{
    RecipeOutput& output = m_recipe.outputs.emplace_back();
    output.name = name;
    const std::string owner = "output '" + name + "'";
    m_fields.object(value, pointer, owner,
        {m_fields.wire("picture", owner, output.picture), m_fields.wire("sound", owner, output.sound), m_fields.text("encode", owner, output.encode)}, output.unknown);
}

/// The editor's; kept as they are, for they compute nothing.
void RecipeReader::readMarkers(const Json& value, const std::string& pointer)
{
    appendMember(m_recipe.unknown, "markers", value);
    if (!value.is_array()) {
        m_fields.wrong(pointer, "recipe", "markers", "a list of objects with a time", value);
        return;
    }
    for (std::size_t i = 0; i < value.size(); ++i)
        if (!value[i].is_object() || !value[i].contains("time") || !timeOfJson(value[i]["time"], m_recipe.canvas.rate))
            m_fields.wrong(pointerTo(pointer, std::to_string(i)), "recipe", "markers", "an object with a time in seconds, such as {\"time\": 1.5, \"title\": \"chorus\"}", value[i]);
}

void RecipeReader::readDocument(const Json& document)
{
    if (!document.is_object()) {
        m_problems.error("", "recipe: the document must be an object, got " + shortText(document));
        return;
    }
    readVersion(document);
    Recipe& recipe = m_recipe;
    if (const auto nodes = document.find("nodes"); nodes != document.end() && nodes->is_object())
        recipe.nodes.reserve(nodes->size());
    FieldReader::Names names;
    const auto things = [&](std::string_view member, const char* kind, const FieldReader::Each& each) {
        return Field{member, [&, kind, each](const Json& value, const std::string& pointer) { m_fields.named(value, pointer, "recipe", kind, kind == std::string_view("output") ? nullptr : &names, each); }};
    };
    FieldReader& fields = m_fields;
    fields.object(document, "", "recipe",
        {{"artdag", [](const Json&, const std::string&) {}},
            fields.text("title", "recipe", recipe.title), fields.text("description", "recipe", recipe.description), fields.text("license", "recipe", recipe.license),
            fields.texts("tags", "recipe", recipe.tags), fields.text("author", "recipe", recipe.author), fields.texts("derivedFrom", "recipe", recipe.derivedFrom),
            {"canvas", [this](const Json& value, const std::string& pointer) { readCanvas(value, pointer); }},
            things("inputs", "input", [this](const std::string& name, const Json& each, const std::string& place) { readInput(name, each, place); }),
            things("params", "param", [&](const std::string& name, const Json& each, const std::string& place) {
                readParam(fields, "", recipe.params.emplace_back(RecipeParam{.name = name}), each, place);
            }),
            fields.texts("handles", "recipe", recipe.handles), things("nodes", "node", [&](const std::string& name, const Json& each, const std::string& place) {
                readNode(fields, "", recipe.nodes.emplace_back(Node{.name = name}), each, place);
            }),
            things("outputs", "output", [this](const std::string& name, const Json& each, const std::string& place) { readOutput(name, each, place); }), things("groups", "group", [&](const std::string& name, const Json& each, const std::string& place) {
                readGroup(fields, recipe.groups.emplace_back(Group{.name = name}), each, place);
            }),
            fields.layout("recipe", recipe.layout, recipe.layoutOrder), fields.ui("recipe", recipe.unknown), {"markers", [this](const Json& value, const std::string& pointer) { readMarkers(value, pointer); }}},
        recipe.unknown);
}

/// Faults of the text come first and with their places.
std::vector<Problem> problemsOfFaults(std::string_view text, const std::vector<JsonFault>& faults)
{
    std::vector<std::size_t> offsets;
    for (const JsonFault& fault : faults)
        offsets.push_back(fault.offset);
    const auto places = placesOfOffsets(text, offsets);
    std::vector<Problem> problems;
    for (std::size_t i = 0; i < faults.size(); ++i)
        problems.push_back({Problem::Severity::Error, faults[i].pointer, places[i].line, places[i].column, "text: " + faults[i].message, faults[i].hint});
    return problems;
}

} // namespace

ReadRecipe readRecipe(std::string_view text)
{
    ReadRecipe result;
    ProblemList problems;
    auto json = readJson(text);
    if (json) {
        RecipeReader(result.recipe, problems).readDocument(*json);
        result.problems = problems.take();
        locateProblems(text, result.problems);
        return result;
    }

    JsonScan scan = scanJson(text);
    result.problems = problemsOfFaults(text, scan.faults);
    if (result.problems.empty()) // a limit of readJson: too long, too many values
        result.problems.push_back({Problem::Severity::Error, "", 1, 1, "text: " + json.error().message, ""});
    RecipeReader(result.recipe, problems).readDocument(scan.value);
    result.complete = scan.complete;
    if (!scan.complete)
        return result; // what comes after the fault is unknown, so is what is missing
    std::unordered_set<std::string> said;
    for (const Problem& problem : result.problems)
        said.insert(problem.pointer);
    auto more = problems.take();
    std::erase_if(more, [&](const Problem& problem) { return said.contains(problem.pointer); });
    locateProblems(text, more);
    std::ranges::move(more, std::back_inserter(result.problems));
    return result;
}

} // namespace artdag
