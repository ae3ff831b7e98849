// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/similar_names.h"
#include "core/recipe/edit_recipe.h"
#include "core/recipe/json_text.h"
#include "core/recipe/problem_list.h"
#include "core/recipe/recipe.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <initializer_list>
#include <limits>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

namespace artdag {

namespace {

struct Field {
    std::string_view name;
    std::function<void(const Json&, const std::string& pointer)> read;
};
using Fields = std::initializer_list<Field>;

class RecipeReader {
public:
    RecipeReader(Recipe& recipe, ProblemList& problems)
        : m_recipe(recipe),
          m_problems(problems) {}

    void readDocument(const Json& document);

private:
    void wrong(const std::string& pointer, const std::string& owner, std::string_view member, const std::string& expected, const Json& got)
    {
        const std::string subject = member.empty() ? owner + ": " : owner + ": " + std::string(member) + " ";
        m_problems.error(pointer, subject + "must be " + expected + ", got " + shortText(got));
    }
    /// Reads the members of an object; those without a field are kept in `unknown` and warned about.
    void object(const Json& value, const std::string& pointer, const std::string& owner, Fields fields, Json& unknown);
    /// Calls `each` for every member of an object of named things, after checking the names.
    void named(const Json& value, const std::string& pointer, const std::string& kind, const std::function<void(const std::string&, const Json&, const std::string&)>& each);
    void claimName(const std::string& name, const std::string& pointer, const std::string& kind);

    Field text(std::string_view member, const std::string& owner, std::string& out)
    {
        return {member, [this, member, owner, &out](const Json& value, const std::string& pointer) {
                    if (value.is_string())
                        out = value.get<std::string>();
                    else
                        wrong(pointer, owner, member, "a text", value);
                }};
    }
    Field texts(std::string_view member, const std::string& owner, std::vector<std::string>& out);
    Field wire(std::string_view member, const std::string& owner, std::optional<Wire>& out)
    {
        return {member, [this, member, owner, &out](const Json& value, const std::string& pointer) { readWire(value, pointer, owner, member, out); }};
    }
    Field number(std::string_view member, const std::string& owner, std::optional<double>& out)
    {
        return {member, [this, member, owner, &out](const Json& value, const std::string& pointer) {
                    if (value.is_number())
                        out = value.get<double>();
                    else
                        wrong(pointer, owner, member, "a number", value);
                }};
    }
    Field integer(std::string_view member, const std::string& owner, int least, int most, const std::string& unit, int& out);
    Field arguments(const std::string& owner, std::vector<std::pair<std::string, Json>>& out);

    void readVersion(const Json& document);
    void readCanvas(const Json& value, const std::string& pointer);
    void readRate(const Json& value, const std::string& pointer);
    void readDuration(const Json& value, const std::string& pointer);
    void readInput(const std::string& name, const Json& value, const std::string& pointer);
    void readParam(const std::string& name, const Json& value, const std::string& pointer);
    void readNode(const std::string& name, const Json& value, const std::string& pointer);
    void readPorts(Node& node, const Json& value, const std::string& pointer);
    void readItems(const std::string& owner, std::vector<Item>& items, const Json& value, const std::string& pointer);
    Item readItem(const std::string& owner, const Json& value, const std::string& pointer);
    void readOutput(const std::string& name, const Json& value, const std::string& pointer);
    void readLayout(const Json& value, const std::string& pointer);
    void readWire(const Json& value, const std::string& pointer, const std::string& owner, std::string_view member, std::optional<Wire>& out);

    Recipe& m_recipe;
    ProblemList& m_problems;
    std::unordered_map<std::string, std::string> m_names; ///< name → what has it: "node", "input" …
};

void RecipeReader::object(const Json& value, const std::string& pointer, const std::string& owner, Fields fields, Json& unknown)
{
    if (!value.is_object()) {
        wrong(pointer, owner, "", "an object", value);
        return;
    }
    for (const auto& [name, member] : value.get_ref<const Json::object_t&>()) {
        const auto field = std::ranges::find(fields, std::string_view(name), &Field::name);
        const std::string place = pointerTo(pointer, name);
        if (field != fields.end()) {
            field->read(member, place);
            continue;
        }
        std::vector<std::string_view> known;
        for (const Field& each : fields)
            known.push_back(each.name);
        const auto near = similarNames(name, known);
        m_problems.warning(place, owner + ": field '" + name + "' is not known and is kept as it is",
            near.empty() ? std::string() : didYouMean(name, near));
        appendMember(unknown, name, member);
    }
}

void RecipeReader::named(const Json& value, const std::string& pointer, const std::string& kind,
    const std::function<void(const std::string&, const Json&, const std::string&)>& each)
{
    if (!value.is_object()) {
        wrong(pointer, "recipe", pointer.substr(1), "an object", value);
        return;
    }
    for (const auto& [name, member] : value.get_ref<const Json::object_t&>()) {
        const std::string place = pointerTo(pointer, name);
        if (!isName(name))
            m_problems.error(place, kind + " " + shortText(Json(name)) + ": a name begins with a–z and goes on with a–z, 0–9 and _, up to 64 letters");
        if (kind != "output")
            claimName(name, place, kind);
        each(name, member, place);
    }
}

void RecipeReader::claimName(const std::string& name, const std::string& pointer, const std::string& kind)
{
    const auto [found, fresh] = m_names.emplace(name, kind);
    if (!fresh)
        m_problems.error(pointer, kind + " '" + name + "': the name is already that of " + (found->second == "input" ? "an " : "a ") + found->second,
            "inputs, params, nodes and groups share their names; rename one of them");
}

Field RecipeReader::texts(std::string_view member, const std::string& owner, std::vector<std::string>& out)
{
    return {member, [this, member, owner, &out](const Json& value, const std::string& pointer) {
                if (!value.is_array()) {
                    wrong(pointer, owner, member, "a list of texts", value);
                    return;
                }
                for (std::size_t i = 0; i < value.size(); ++i) {
                    if (value[i].is_string())
                        out.push_back(value[i].get<std::string>());
                    else
                        wrong(pointer + "/" + std::to_string(i), owner, member, "a list of texts", value[i]);
                }
            }};
}

Field RecipeReader::integer(std::string_view member, const std::string& owner, int least, int most, const std::string& unit, int& out)
{
    return {member, [this, member, owner, least, most, unit, &out](const Json& value, const std::string& pointer) {
                const double number = value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
                if (number >= least && number <= most && std::floor(number) == number)
                    out = static_cast<int>(number);
                else
                    wrong(pointer, owner, member, "a whole number " + std::to_string(least) + "–" + std::to_string(most) + " " + unit, value);
            }};
}

Field RecipeReader::arguments(const std::string& owner, std::vector<std::pair<std::string, Json>>& out)
{
    return {"args", [this, owner, &out](const Json& value, const std::string& pointer) {
                if (!value.is_object()) {
                    wrong(pointer, owner, "args", "an object", value);
                    return;
                }
                for (const auto& [name, argument] : value.get_ref<const Json::object_t&>())
                    out.emplace_back(name, argument);
            }};
}

void RecipeReader::readWire(const Json& value, const std::string& pointer, const std::string& owner, std::string_view member, std::optional<Wire>& out)
{
    if (!value.is_string()) {
        wrong(pointer, owner, member, "a wire, \"node\" or \"node.port\"", value);
        return;
    }
    auto wire = wireOfText(value.get_ref<const std::string&>());
    if (wire)
        out = std::move(*wire);
    else
        m_problems.error(pointer, owner + ": " + wire.error().message);
}

void RecipeReader::readVersion(const Json& document)
{
    const auto found = document.find("artdag");
    if (found == document.end()) {
        m_problems.error("", "recipe: the version is missing", "begin with \"artdag\": 1");
        return;
    }
    const double version = found->is_number() ? found->get<double>() : 0;
    if (!(version >= 1) || std::floor(version) != version)
        wrong("/artdag", "recipe", "artdag", "the version of the format, 1", *found);
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
        wrong(pointer, "canvas", "rate", "a fraction of 1–240 frames per second, such as [30, 1] or [30000, 1001]", value);
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
        wrong(pointer, "canvas", "duration", "more than 0 s and at most 24 h (86400 s)", value);
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
    object(value, pointer, "canvas",
        {integer("width", "canvas", 1, 16384, "px", canvas.width), integer("height", "canvas", 1, 16384, "px", canvas.height),
            {"rate", [this](const Json& rate, const std::string& place) { readRate(rate, place); }},
            integer("sampleRate", "canvas", 8000, 192000, "Hz", canvas.sampleRate),
            {"duration", [&duration](const Json& given, const std::string&) { duration = Json::array({given}); }},
            text("workingSpace", "canvas", canvas.workingSpace)},
        canvas.unknown);
    if (!duration.is_null())
        readDuration(duration[0], pointer + "/duration");
}

void RecipeReader::readInput(const std::string& name, const Json& value, const std::string& pointer)
{
    RecipeInput& input = m_recipe.inputs.emplace_back();
    input.name = name;
    const std::string owner = "input '" + name + "'";
    object(value, pointer, owner,
        {text("media", owner, input.media), text("title", owner, input.title), text("colour", owner, input.colour), text("default", owner, input.fallback)},
        input.unknown);
    if (input.media != "media" && input.media != "still")
        m_problems.error(pointer + "/media", owner + ": media must be 'media' or 'still', got '" + input.media + "'");
}

void RecipeReader::readParam(const std::string& name, const Json& value, const std::string& pointer)
{
    RecipeParam& param = m_recipe.params.emplace_back();
    param.name = name;
    const std::string owner = "param '" + name + "'";
    object(value, pointer, owner,
        {text("type", owner, param.type), {"default", [&param](const Json& given, const std::string&) { param.fallback = given; }},
            number("min", owner, param.least), number("max", owner, param.most), text("unit", owner, param.unit), text("title", owner, param.title)},
        param.unknown);
}

Item RecipeReader::readItem(const std::string& owner, const Json& value, const std::string& pointer)
{
    Item item;
    if (value.is_string()) {
        item.plain = true;
        readWire(value, pointer, owner, "", item.from);
        return item;
    }
    object(value, pointer, owner,
        {text("id", owner, item.id), wire("from", owner, item.from), {"in", [&item](const Json& time, const std::string&) { item.in = time; }},
            {"out", [&item](const Json& time, const std::string&) { item.out = time; }}, arguments(owner, item.args)},
        item.unknown);
    return item;
}

void RecipeReader::readItems(const std::string& owner, std::vector<Item>& items, const Json& value, const std::string& pointer)
{
    std::unordered_set<std::string> ids;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const std::string place = pointer + "/" + std::to_string(i);
        items.push_back(readItem(owner + ", item " + std::to_string(i + 1), value[i], place));
        const std::string& id = items.back().id;
        if (!id.empty() && !ids.insert(id).second)
            m_problems.error(place + "/id", owner + ", item " + std::to_string(i + 1) + ": the id " + shortText(Json(id)) + " is already that of another item");
    }
}

void RecipeReader::readPorts(Node& node, const Json& value, const std::string& pointer)
{
    const std::string owner = "node '" + node.name + "'";
    if (!value.is_object()) {
        wrong(pointer, owner, "in", "an object", value);
        return;
    }
    for (const auto& [port, ends] : value.get_ref<const Json::object_t&>()) {
        const std::string place = pointerTo(pointer, port);
        if (ends.is_array()) {
            std::vector<Item> items;
            readItems(owner + ": " + port, items, ends, place);
            node.in.emplace_back(port, PortValue{std::move(items)});
            continue;
        }
        std::optional<Wire> wire;
        readWire(ends, place, owner, port, wire);
        if (wire)
            node.in.emplace_back(port, PortValue{std::move(*wire)});
    }
}

void RecipeReader::readNode(const std::string& name, const Json& value, const std::string& pointer)
{
    Node& node = m_recipe.nodes.emplace_back();
    node.name = name;
    const std::string owner = "node '" + name + "'";
    object(value, pointer, owner,
        {text("effect", owner, node.effect), {"in", [&](const Json& ports, const std::string& place) { readPorts(node, ports, place); }},
            arguments(owner, node.args),
            {"bypass", [&](const Json& given, const std::string& place) {
                 if (given.is_boolean())
                     node.bypass = given.get<bool>();
                 else
                     wrong(place, owner, "bypass", "true or false", given);
             }}},
        node.unknown);
}

void RecipeReader::readOutput(const std::string& name, const Json& value, const std::string& pointer)
{
    RecipeOutput& output = m_recipe.outputs.emplace_back();
    output.name = name;
    const std::string owner = "output '" + name + "'";
    object(value, pointer, owner,
        {wire("picture", owner, output.picture), wire("sound", owner, output.sound), text("encode", owner, output.encode)}, output.unknown);
}

void RecipeReader::readLayout(const Json& value, const std::string& pointer)
{
    if (!value.is_object()) {
        wrong(pointer, "recipe", "layout", "an object", value);
        return;
    }
    for (const auto& [name, place] : value.get_ref<const Json::object_t&>()) {
        if (!place.is_array() || place.size() != 2 || !place[0].is_number() || !place[1].is_number()) {
            wrong(pointerTo(pointer, name), "layout", "of '" + name + "'", "[x, y]", place);
            continue;
        }
        if (m_recipe.layout.emplace(name, std::pair(place[0].get<double>(), place[1].get<double>())).second)
            m_recipe.layoutOrder.push_back(name);
    }
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
    using Part = void (RecipeReader::*)(const std::string&, const Json&, const std::string&);
    const auto things = [this](std::string_view member, std::string kind, Part part) {
        return Field{member, [this, kind = std::move(kind), part](const Json& value, const std::string& pointer) {
                         named(value, pointer, kind, [this, part](const std::string& name, const Json& each, const std::string& place) { (this->*part)(name, each, place); });
                     }};
    };
    object(document, "", "recipe",
        {{"artdag", [](const Json&, const std::string&) {}},
            text("title", "recipe", recipe.title), text("description", "recipe", recipe.description), text("license", "recipe", recipe.license),
            texts("tags", "recipe", recipe.tags), text("author", "recipe", recipe.author), texts("derivedFrom", "recipe", recipe.derivedFrom),
            {"canvas", [this](const Json& value, const std::string& pointer) { readCanvas(value, pointer); }},
            things("inputs", "input", &RecipeReader::readInput), things("params", "param", &RecipeReader::readParam),
            texts("handles", "recipe", recipe.handles), things("nodes", "node", &RecipeReader::readNode), things("outputs", "output", &RecipeReader::readOutput),
            {"groups", [this](const Json& value, const std::string& pointer) {
                 named(value, pointer, "group", [](const std::string&, const Json&, const std::string&) {});
                 if (value.is_object())
                     m_recipe.groups = value;
             }},
            {"layout", [this](const Json& value, const std::string& pointer) { readLayout(value, pointer); }}},
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
