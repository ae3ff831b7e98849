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

    void readDocument(JsonView document);

private:
    void readVersion(JsonView document);
    void readCanvas(JsonView value, const Place& place);
    void readRate(JsonView value, const Place& place);
    void readDuration(JsonView value, const Place& place);
    void readInput(std::string_view name, JsonView value, const Place& place);
    void readOutput(std::string_view name, JsonView value, const Place& place);
    void readMarkers(JsonView value, const Place& place);

    Recipe& m_recipe;
    ProblemList& m_problems;
    FieldReader m_fields;
};

const Subject recipeSubject{.before = "recipe"}, canvasSubject{.before = "canvas"};

void RecipeReader::readVersion(JsonView document)
{
    auto found = document.begin();
    while (found != document.end() && (*found).name() != "artdag")
        ++found;
    if (found == document.end()) {
        m_problems.error("", "recipe: the version is missing", "begin with \"artdag\": 1");
        return;
    }
    const JsonView given = *found;
    const double version = given.isNumber() ? given.number() : 0;
    if (!(version >= 1) || std::floor(version) != version)
        m_fields.wrong(Place("/artdag"), recipeSubject, "artdag", "the version of the format, 1", given);
    else if (version > 1)
        m_problems.error("/artdag", "recipe: it is written in version " + shortText(given) + " of the format, this program knows version 1", "open it with a newer Art DAG");
}

void RecipeReader::readRate(JsonView value, const Place& place)
{
    const auto whole = [](JsonView part) {
        const double number = part.isNumber() ? part.number() : 0;
        return number >= 1 && number <= 1'000'000 && std::floor(number) == number ? static_cast<std::int64_t>(number) : 0;
    };
    Rate rate{0, 1};
    if (value.isList() && value.size() == 2)
        rate = {whole(*value.begin()), whole(*++value.begin())};
    if (rate.numerator == 0 || rate.denominator == 0 || rate.numerator < rate.denominator || rate.numerator > 240 * rate.denominator) {
        m_fields.wrong(place, canvasSubject, "rate", "a fraction of 1–240 frames per second, such as [30, 1] or [30000, 1001]", value);
        return;
    }
    const std::int64_t divisor = std::gcd(rate.numerator, rate.denominator);
    m_recipe.canvas.rate = {rate.numerator / divisor, rate.denominator / divisor};
    if (divisor != 1)
        m_problems.warning(place.pointer(), "canvas: rate [" + std::to_string(rate.numerator) + ", " + std::to_string(rate.denominator) + "] is not in lowest terms",
            "write [" + std::to_string(m_recipe.canvas.rate.numerator) + ", " + std::to_string(m_recipe.canvas.rate.denominator) + "]");
}

void RecipeReader::readDuration(JsonView value, const Place& place)
{
    constexpr double day = 86400;
    const Rate rate = m_recipe.canvas.rate;
    double seconds = -1;
    if (value.isNumber())
        seconds = value.number();
    else if (const auto time = timeOfJson(value.json(), rate))
        seconds = static_cast<double>(frameAt(*time, rate)) * static_cast<double>(rate.denominator) / static_cast<double>(rate.numerator);
    if (!(seconds > 0 && seconds <= day)) {
        m_fields.wrong(place, canvasSubject, "duration", "more than 0 s and at most 24 h (86400 s)", value);
        return;
    }
    if (framesOfSeconds(seconds, rate) < 1)
        m_problems.error(place.pointer(), "canvas: duration is shorter than one frame, got " + shortText(value));
    m_recipe.canvas.duration = seconds;
}

void RecipeReader::readCanvas(JsonView value, const Place& place)
{
    RecipeCanvas& canvas = m_recipe.canvas;
    std::optional<JsonView> duration; // read last: "f120" needs the rate
    m_fields.object(value, place, canvasSubject, canvas.unknown,
        m_fields.integer("width", canvasSubject, 1, 16384, "px", canvas.width), m_fields.integer("height", canvasSubject, 1, 16384, "px", canvas.height),
        Field{"rate", [this](JsonView rate, const Place& inner) { readRate(rate, inner); }},
        m_fields.integer("sampleRate", canvasSubject, 8000, 192000, "Hz", canvas.sampleRate),
        Field{"duration", [&duration](JsonView given, const Place&) { duration = given; }},
        m_fields.text("workingSpace", canvasSubject, canvas.workingSpace));
    if (duration)
        readDuration(*duration, Place(place, "duration"));
}

void RecipeReader::readInput(std::string_view name, JsonView value, const Place& place)
{
    RecipeInput& input = m_recipe.inputs.emplace_back();
    input.name = name;
    const Subject owner{.before = "input '", .name = name, .after = "'"};
    m_fields.object(value, place, owner, input.unknown,
        m_fields.text("media", owner, input.media), m_fields.text("title", owner, input.title), m_fields.text("colour", owner, input.colour),
        m_fields.text("default", owner, input.fallback), m_fields.wire("standIn", owner, input.standIn));
    if (input.media != "media" && input.media != "still")
        m_problems.error(place.pointer() + "/media", owner.text() + ": media must be 'media' or 'still', got '" + input.media + "'");
}

void RecipeReader::readOutput(std::string_view name, JsonView value, const Place& place)
{
    RecipeOutput& output = m_recipe.outputs.emplace_back();
    output.name = name;
    const Subject owner{.before = "output '", .name = name, .after = "'"};
    m_fields.object(value, place, owner, output.unknown,
        m_fields.wire("picture", owner, output.picture), m_fields.wire("sound", owner, output.sound), m_fields.text("encode", owner, output.encode));
}

/// The editor's; kept as they are, for they compute nothing.
void RecipeReader::readMarkers(JsonView value, const Place& place)
{
    const Json markers = value.json();
    appendMember(m_recipe.unknown, "markers", markers);
    if (!value.isList()) {
        m_fields.wrong(place, recipeSubject, "markers", "a list of objects with a time", value);
        return;
    }
    for (std::size_t i = 0; const JsonView marker : value) {
        const Json& written = markers[i];
        if (!written.is_object() || !written.contains("time") || !timeOfJson(written["time"], m_recipe.canvas.rate))
            m_fields.wrong(Place(place, i), recipeSubject, "markers", "an object with a time in seconds, such as {\"time\": 1.5, \"title\": \"chorus\"}", marker);
        ++i;
    }
}

void RecipeReader::readDocument(JsonView document)
{
    if (!document.isObject()) {
        m_problems.error("", "recipe: the document must be an object, got " + shortText(document));
        return;
    }
    readVersion(document);
    Recipe& recipe = m_recipe;
    FieldReader::Names names;
    const auto things = [&](std::string_view member, std::string_view kind, const auto& each) {
        return Field{member, [&, kind, each](JsonView value, const Place& place) { m_fields.named(value, place, recipeSubject, kind, kind == "output" ? nullptr : &names, each); }};
    };
    FieldReader& fields = m_fields;
    const Subject& owner = recipeSubject;
    const auto node = [&](std::string_view name, JsonView each, const Place& place) { readNode(fields, nullptr, recipe.nodes.emplace_back(Node{.name = std::string(name)}), each, place); };
    fields.object(document, Place(), owner, recipe.unknown,
        Field{"artdag", [](JsonView, const Place&) {}},
        fields.text("title", owner, recipe.title), fields.text("description", owner, recipe.description), fields.text("license", owner, recipe.license),
        fields.texts("tags", owner, recipe.tags), fields.text("author", owner, recipe.author), fields.texts("derivedFrom", owner, recipe.derivedFrom),
        Field{"canvas", [this](JsonView value, const Place& place) { readCanvas(value, place); }},
        things("inputs", "input", [this](std::string_view name, JsonView each, const Place& place) { readInput(name, each, place); }),
        things("params", "param", [&](std::string_view name, JsonView each, const Place& place) {
            readParam(fields, nullptr, recipe.params.emplace_back(RecipeParam{.name = std::string(name)}), each, place);
        }),
        fields.texts("handles", owner, recipe.handles), Field{"nodes", [&](JsonView value, const Place& place) {
                                                                  recipe.nodes.reserve(value.size());
                                                                  fields.named(value, place, owner, "node", &names, node);
                                                              }},
        things("outputs", "output", [this](std::string_view name, JsonView each, const Place& place) { readOutput(name, each, place); }), things("groups", "group", [&](std::string_view name, JsonView each, const Place& place) {
            readGroup(fields, recipe.groups.emplace_back(Group{.name = std::string(name)}), each, place);
        }),
        fields.layout(owner, recipe.layout, recipe.layoutOrder), fields.ui(owner, recipe.unknown), Field{"markers", [this](JsonView value, const Place& place) { readMarkers(value, place); }});
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

/// The limits of readJson, which hold for recipes too; empty: it is within them.
std::string overLimits(std::string_view text, const JsonScan& scan)
{
    const JsonLimits limits;
    if (text.size() > limits.bytes)
        return "JSON text is longer than " + std::to_string(limits.bytes) + " bytes";
    return scan.entries.size() > limits.values ? "JSON text: more than " + std::to_string(limits.values) + " values" : std::string();
}

} // namespace

ReadRecipe readRecipe(std::string_view text)
{
    const JsonScan scan = scanJson(text);
    ReadRecipe result;
    result.problems = problemsOfFaults(text, scan.faults);
    if (const std::string limit = overLimits(text, scan); result.problems.empty() && !limit.empty())
        result.problems.push_back({Problem::Severity::Error, "", 1, 1, "text: " + limit, ""});
    ProblemList problems;
    RecipeReader(result.recipe, problems).readDocument(scan.value());
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
