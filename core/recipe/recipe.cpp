// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/recipe.h"

#include "core/recipe/edit_recipe.h"
#include "core/recipe/json_text.h"
#include "core/recipe/problem_list.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace artdag {

namespace {

template <class Things>
auto* named(Things& things, std::string_view name)
{
    const auto found = std::ranges::find(things, name, [](const auto& thing) -> std::string_view { return thing.name; });
    return found == things.end() ? nullptr : &*found;
}

} // namespace

Result<Wire> wireOfText(std::string_view text)
{
    const auto dot = text.find('.');
    const std::string_view node = text.substr(0, dot);
    const std::string_view port = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
    if (!isName(node) || (dot != std::string_view::npos && !isName(port)))
        return fail(Fault::BadInput, "wire " + shortText(Json(std::string(text))) + " is not \"node\" or \"node.port\"");
    return Wire{std::string(node), std::string(port)};
}

const PortValue* Node::port(std::string_view name) const
{
    const auto found = std::ranges::find(in, name, [](const auto& entry) -> std::string_view { return entry.first; });
    return found == in.end() ? nullptr : &found->second;
}

const Json* Node::arg(std::string_view name) const
{
    const auto found = std::ranges::find(args, name, [](const auto& entry) -> std::string_view { return entry.first; });
    return found == args.end() ? nullptr : &found->second;
}

const Node* Recipe::node(std::string_view name) const
{
    return named(nodes, name);
}

Node* Recipe::node(std::string_view name)
{
    return named(nodes, name);
}

const Group* Recipe::group(std::string_view name) const
{
    return named(groups, name);
}

const Node* Group::node(std::string_view name) const
{
    return named(nodes, name);
}

bool ReadRecipe::ok() const
{
    return std::ranges::none_of(problems, [](const Problem& problem) { return problem.severity == Problem::Severity::Error; });
}

Result<Flicks> timeOfJson(const Json& value, Rate rate)
{
    constexpr double mostSeconds = 1e9; // some thirty years, far from the end of 64 bits
    if (value.is_number()) {
        const double seconds = value.get<double>();
        if (!std::isfinite(seconds) || std::fabs(seconds) > mostSeconds)
            return fail(Fault::BadInput, "must be a time of at most 1e9 s, got " + shortText(value));
        return flicksOfSeconds(seconds);
    }
    if (value.is_string()) {
        const std::string& text = value.get_ref<const std::string&>();
        std::int64_t frame = 0;
        const char* end = text.data() + text.size();
        if (text.size() > 1 && text[0] == 'f') {
            const auto read = std::from_chars(text.data() + 1, end, frame);
            if (read.ec == std::errc() && read.ptr == end && std::fabs(static_cast<double>(frame)) <= mostSeconds * rate.perSecond())
                return timeOfFrame(frame, rate);
        }
    }
    return fail(Fault::BadInput, "must be a time, as seconds (1.5) or frames (\"f45\"), got " + shortText(value));
}

void ProblemList::add(Problem::Severity severity, std::string pointer, std::string message, std::string hint)
{
    m_errors = m_errors || severity == Problem::Severity::Error;
    if (m_problems.size() >= most) {
        ++m_left;
        return;
    }
    m_problems.push_back({severity, std::move(pointer), 0, 0, std::move(message), std::move(hint)});
}

std::vector<Problem> ProblemList::take()
{
    if (m_left != 0)
        m_problems.push_back({m_errors ? Problem::Severity::Error : Problem::Severity::Warning, "", 0, 0,
            "recipe: " + std::to_string(m_left) + " more problems", "mend the ones above first"});
    return std::move(m_problems);
}

} // namespace artdag
