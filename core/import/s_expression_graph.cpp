// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/s_expression_graph.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace artdag {

namespace {

using Kind = SExpression::Kind;
constexpr std::size_t mostOptions = 256;

/// What is left of a form when its keywords are taken out.
struct Call {
    std::vector<const SExpression*> values;
    Json options = Json::object();
};

/// Names with a dash are our names with an underscore.
std::string memberName(std::string name)
{
    std::ranges::replace(name, '-', '_');
    return name;
}

class Evaluator {
public:
    OldResult<OldGraph> evaluate(const std::vector<SExpression>& expressions)
    {
        const auto recipe = std::ranges::find_if(expressions, [](const SExpression& each) { return each.head() == "recipe"; });
        if (recipe == expressions.end())
            return tl::unexpected(OldFault{"expected (recipe \"name\" …)", {"", expressions.empty() ? TextPlace{1, 1} : expressions[0].place}});
        if (!body(*recipe))
            return tl::unexpected(std::move(m_fault));
        return std::move(m_graph);
    }

private:
    bool stop(const SExpression& where, std::string message)
    {
        m_fault = {std::move(message), {"", where.place}};
        return false;
    }
    void note(const SExpression& where, std::string message) { m_graph.notes.push_back(noteAt({"", where.place}, std::move(message))); }

    /// Splits what follows the head into values and `:keyword value`.
    bool split(const SExpression& form, std::size_t from, Call& call)
    {
        for (std::size_t i = from; i < form.items.size(); ++i) {
            if (form.items[i].kind != Kind::Keyword) {
                call.values.push_back(&form.items[i]);
                continue;
            }
            if (i + 1 >= form.items.size())
                return stop(form.items[i], "keyword ':" + form.items[i].text + "' has no value");
            const std::string name = memberName(form.items[i].text);
            if (call.options.size() >= mostOptions)
                return stop(form.items[i], "more than " + std::to_string(mostOptions) + " keywords");
            if (call.options.contains(name))
                return stop(form.items[i], "keyword ':" + form.items[i].text + "' is written twice");
            if (!option(form.items[i + 1], call.options[name]))
                return false;
            ++i;
        }
        return true;
    }
    /// A binding names a node, a name of `params` a parameter; everything else is a value.
    bool option(const SExpression& value, Json& out)
    {
        if (value.head() == "bind")
            return binding(value, out);
        if (value.kind == Kind::Symbol && m_params.contains(memberName(value.text)))
            out = {{"_param", memberName(value.text)}};
        else
            out = jsonOfSExpression(value);
        return true;
    }
    /// (bind analysis feature :range [low high] :transform sqrt)
    bool binding(const SExpression& form, Json& out)
    {
        Call call;
        if (!split(form, 1, call))
            return false;
        if (call.values.empty() || call.values.size() > 2)
            return stop(form, "(bind …) takes an analysis and a feature");
        const auto source = expression(*call.values[0]);
        if (!source)
            return false;
        out = std::move(call.options);
        out["_bind"] = *source;
        if (call.values.size() == 2)
            out["feature"] = call.values[1]->text;
        return true;
    }

    bool body(const SExpression& recipe)
    {
        std::size_t at = 1;
        if (at < recipe.items.size() && recipe.items[at].kind == Kind::Text)
            m_graph.title = recipe.items[at++].text;
        for (; at + 1 < recipe.items.size() && recipe.items[at].kind == Kind::Keyword; at += 2)
            if (!header(recipe.items[at], recipe.items[at + 1]))
                return false;
        std::optional<std::string> last;
        for (; at < recipe.items.size(); ++at)
            if (!statement(recipe.items[at], last))
                return false;
        if (!last)
            return stop(recipe, "the recipe has no output: its last expression must be one");
        m_graph.output = *last;
        m_graph.outputPlace.text = recipe.place;
        return true;
    }
    bool header(const SExpression& key, const SExpression& value)
    {
        const Json json = jsonOfSExpression(value);
        if (key.text == "encoding") {
            // a map, or (:codec "libx264" :fps 30)
            if (json.is_object())
                m_graph.canvas = json;
            else
                for (std::size_t i = 0; i + 1 < value.items.size(); i += 2)
                    m_graph.canvas[memberName(value.items[i].text)] = jsonOfSExpression(value.items[i + 1]);
        } else if (key.text == "description" && json.is_string()) {
            m_graph.description = json.get<std::string>();
        } else if (key.text == "owner" && json.is_string()) {
            m_graph.owner = json.get<std::string>();
        } else if (key.text == "params") {
            return params(value, 0);
        } else if (key.text != "version") {
            note(key, "keyword ':" + key.text + "' of the recipe has no counterpart");
        }
        return true;
    }
    bool statement(const SExpression& form, std::optional<std::string>& last)
    {
        const std::string_view head = form.head();
        if (head == "params")
            return params(form, 1);
        if (head == "def") {
            if (form.items.size() != 3 || form.items[1].kind != Kind::Symbol)
                return stop(form, "(def …) takes a name and an expression");
            const auto node = expression(form.items[2]);
            if (!node)
                return false;
            m_names[form.items[1].text] = *node;
            OldNode& made = m_graph.nodes[m_index.at(*node)];
            if (made.name.empty())
                made.name = form.items[1].text;
            return true;
        }
        if (head == "asset" || (head == "effect" && isDeclaration(form)))
            return declaration(form);
        if (head == "stage") { // here it may hold definitions alone
            std::optional<std::string> result;
            if (!stageBody(form, result))
                return false;
            if (result)
                last = result;
            return true;
        }
        last = expression(form);
        return last.has_value();
    }
    /// (effect name :hash "…") in the body says where an effect's code is; with an input it is a node.
    static bool isDeclaration(const SExpression& form)
    {
        for (std::size_t i = 2; i < form.items.size(); i += 2) {
            static constexpr std::string_view known[] = {"hash", "cid", "path", "url", "version", "name"};
            if (form.items[i].kind != Kind::Keyword || std::ranges::find(known, std::string_view(form.items[i].text)) == std::end(known))
                return false;
        }
        return form.items.size() > 2;
    }
    bool declaration(const SExpression& form)
    {
        Call call;
        if (!split(form, 1, call))
            return false;
        if (call.values.size() != 1 || (call.values[0]->kind != Kind::Symbol && call.values[0]->kind != Kind::Text))
            return stop(form, "(" + std::string(form.head()) + " …) takes one name");
        if (form.head() == "effect") {
            note(form, "effect '" + call.values[0]->text + "': its code is not taken over; the effect of that name here is used where there is one");
            return true;
        }
        OldAsset asset{call.values[0]->text, "", ""};
        for (const char* name : {"hash", "cid"})
            if (asset.hash.empty() && call.options.contains(name) && call.options[name].is_string())
                asset.hash = call.options[name].get<std::string>();
        m_graph.assets.push_back(std::move(asset));
        return true;
    }
    /// (params (speed 90 :min 0 :max 720) …), or [(speed :default 90) …]
    bool params(const SExpression& form, std::size_t from)
    {
        for (std::size_t i = from; i < form.items.size(); ++i) {
            const SExpression& each = form.items[i];
            Call call;
            const bool list = each.kind == Kind::List || each.kind == Kind::Vector;
            if (!list || each.items.empty() || each.items[0].kind != Kind::Symbol)
                return stop(each, "a parameter must be (name default …)");
            if (!split(each, 1, call))
                return false;
            RecipeParam param{.name = memberName(each.items[0].text)};
            param.fallback = call.options.contains("default") ? call.options["default"] : call.values.empty() ? Json(0)
                                                                                                              : jsonOfSExpression(*call.values[0]);
            for (const auto& [name, bound] : {std::pair{"min", &param.least}, std::pair{"max", &param.most}})
                if (call.options.contains(name) && call.options[name].is_number())
                    *bound = call.options[name].get<double>();
            param.type = param.fallback.is_boolean() ? "boolean" : param.fallback.is_string() ? "text"
                                                                                              : "real";
            if (!m_params.insert(param.name).second)
                return stop(each, "parameter '" + each.items[0].text + "' is defined twice");
            m_graph.params.push_back(std::move(param));
        }
        return true;
    }

    /// The id of the node that an expression is.
    std::optional<std::string> expression(const SExpression& form, const std::string* threaded = nullptr)
    {
        if (form.kind == Kind::Symbol) {
            if (threaded != nullptr)
                return node(form, form.text, {*threaded}, Json::object());
            if (const auto known = m_names.find(form.text); known != m_names.end())
                return known->second;
            stop(form, "'" + form.text + "' is not defined");
            return std::nullopt;
        }
        const std::string head(form.head());
        if (head.empty()) {
            stop(form, "expected an expression such as (source …) or the name of a definition");
            return std::nullopt;
        }
        if (head == "->")
            return thread(form);
        if (head == "stage")
            return stage(form);
        Call call;
        if (!split(form, 1, call))
            return std::nullopt;
        std::vector<std::string> inputs;
        if (threaded != nullptr)
            inputs.push_back(*threaded);
        const bool named = head == "source" || head == "effect";
        std::size_t first = 0;
        if (named && !call.values.empty() && (call.values[0]->kind == Kind::Symbol || call.values[0]->kind == Kind::Text)) {
            // (source cat), (effect name input …)
            call.options[head == "source" ? "asset" : "effect"] = call.values[0]->text;
            first = 1;
        }
        for (std::size_t i = first; i < call.values.size(); ++i) {
            const bool value = call.values[i]->kind == Kind::Number || call.values[i]->kind == Kind::Text || call.values[i]->kind == Kind::Vector || call.values[i]->kind == Kind::Map;
            if (value || (head == "slice-on" && i > 0)) {
                call.options["value_" + std::to_string(i)] = jsonOfSExpression(*call.values[i]);
                continue;
            }
            auto input = expression(*call.values[i]);
            if (!input)
                return std::nullopt;
            inputs.push_back(std::move(*input));
        }
        return node(form, head, std::move(inputs), std::move(call.options));
    }
    std::optional<std::string> thread(const SExpression& form)
    {
        if (form.items.size() < 2) {
            stop(form, "(-> …) needs an expression to begin with");
            return std::nullopt;
        }
        auto at = expression(form.items[1]);
        for (std::size_t i = 2; at && i < form.items.size(); ++i)
            at = expression(form.items[i], &*at);
        return at;
    }
    /// (stage :name … body …): its definitions are seen by all that follows.
    std::optional<std::string> stage(const SExpression& form)
    {
        std::optional<std::string> last;
        if (stageBody(form, last) && !last)
            stop(form, "(stage …) has no expression that is its result");
        return last;
    }
    bool stageBody(const SExpression& form, std::optional<std::string>& last)
    {
        for (std::size_t i = 1; i < form.items.size(); ++i) {
            if (form.items[i].kind == Kind::Keyword) {
                if (i + 1 < form.items.size() && form.items[i + 1].kind != Kind::List)
                    ++i; // its value; `:analysis` alone is a name
            } else if (i == 1 && form.items[i].kind == Kind::Symbol && form.items.size() > 2 && !m_names.contains(form.items[i].text))
                continue; // its name
            else if (!statement(form.items[i], last))
                return false;
        }
        return true;
    }
    std::optional<std::string> node(const SExpression& form, const std::string& head, std::vector<std::string> inputs, Json options)
    {
        static constexpr std::pair<std::string_view, const char*> types[] = {{"source", "SOURCE"}, {"input", "SOURCE"}, {"segment", "SEGMENT"}, {"resize", "RESIZE"}, {"transform", "TRANSFORM"}, {"sequence", "SEQUENCE"}, {"concat", "SEQUENCE"},
            {"layer", "LAYER"}, {"mux", "MUX"}, {"blend", "BLEND"}, {"audio-mix", "AUDIO_MIX"}, {"mix", "AUDIO_MIX"}, {"effect", "EFFECT"}, {"analyze", "ANALYZE"}, {"map", "MAP"}, {"slice-on", "SLICE_ON"}};
        OldNode made;
        made.id = "s" + std::to_string(m_graph.nodes.size() + 1);
        made.place.text = form.place;
        made.inputs = std::move(inputs);
        made.config = std::move(options);
        const auto type = std::ranges::find(types, std::string_view(head), &std::pair<std::string_view, const char*>::first);
        made.type = type != std::end(types) ? type->second : "EFFECT";
        if (type == std::end(types))
            made.config["effect"] = head;
        m_index.emplace(made.id, m_graph.nodes.size());
        m_graph.nodes.push_back(made);
        return made.id;
    }

    OldGraph m_graph;
    OldFault m_fault;
    std::unordered_map<std::string, std::string> m_names; ///< definition → id
    std::unordered_map<std::string, std::size_t> m_index; ///< id → index into nodes
    std::unordered_set<std::string> m_params;
};

} // namespace

OldResult<OldGraph> graphOfSExpressions(const std::vector<SExpression>& expressions)
{
    return Evaluator().evaluate(expressions);
}

} // namespace artdag
