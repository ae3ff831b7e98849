// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/form.h"

#include "core/federation/actor_document.h" // escapeHtml

#include <fmt/format.h>

namespace artdag::server {

std::string formStart(std::string_view action, std::string_view token, std::string_view style)
{
    return fmt::format("<form method=\"post\" action=\"{}\" class=\"{}\">{}", escapeHtml(action), style, hidden("csrf", token));
}

std::string hidden(std::string_view name, std::string_view value)
{
    return fmt::format("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escapeHtml(name), escapeHtml(value));
}

std::string field(const Field& field)
{
    const std::string id = "f-" + escapeHtml(field.name);
    const std::string hint = field.hint.empty() ? "" : fmt::format("<p class=\"hint\" id=\"{}-hint\">{}</p>", id, escapeHtml(field.hint));
    const std::string problem = field.problem.empty() ? "" : fmt::format("<p class=\"hint wrong\" id=\"{}-problem\">{}</p>", id, escapeHtml(field.problem));
    std::string described = problem.empty() ? "" : id + "-problem";
    if (!hint.empty())
        described += (described.empty() ? "" : " ") + id + "-hint";
    const std::string common = fmt::format("id=\"{}\" name=\"{}\" maxlength=\"{}\"{}{}{}{}{}{}", id, escapeHtml(field.name), field.longest, field.required ? " required" : "", described.empty() ? "" : " aria-describedby=\"" + described + "\"",
        problem.empty() ? "" : " aria-invalid=\"true\"", field.autocomplete.empty() ? "" : " autocomplete=\"" + field.autocomplete + "\"", field.attributes.empty() ? "" : " ", field.attributes);
    std::string html = fmt::format("<div class=\"field\"><label for=\"{}\">{}{}</label>", id, escapeHtml(field.label), field.required ? "" : " <span class=\"soft\">optional</span>");
    // A browser drops the first line break of a text area: with one of ours, one that was typed stays.
    html += field.type == "area" ? fmt::format("<textarea {} rows=\"4\">\n{}</textarea>", common, escapeHtml(field.value))
                                 : fmt::format("<input type=\"{}\" {}{}>", field.type, common, field.value.empty() ? "" : " value=\"" + escapeHtml(field.value) + "\"");
    return html + problem + hint + "</div>";
}

std::string choice(std::string_view name, std::string_view label, const std::vector<std::pair<std::string, std::string>>& options, std::string_view chosen, std::string_view hint)
{
    const std::string described = hint.empty() ? std::string() : fmt::format(" aria-describedby=\"f-{}-hint\"", escapeHtml(name));
    std::string html = fmt::format("<div class=\"field\"><label for=\"f-{0}\">{1}</label><select id=\"f-{0}\" name=\"{0}\"{2}>", escapeHtml(name), escapeHtml(label), described);
    for (const auto& [value, words] : options)
        html += fmt::format("<option value=\"{}\"{}>{}</option>", escapeHtml(value), value == chosen ? " selected" : "", escapeHtml(words));
    return html + "</select>" + (hint.empty() ? "" : fmt::format("<p class=\"hint\" id=\"f-{}-hint\">{}</p>", escapeHtml(name), escapeHtml(hint))) + "</div>";
}

std::string checkBox(std::string_view name, std::string_view label, bool checked, std::string_view hint)
{
    return fmt::format("<div class=\"field check\"><input type=\"checkbox\" id=\"f-{0}\" name=\"{0}\" value=\"yes\"{1}><label for=\"f-{0}\">{2}</label>{3}</div>", escapeHtml(name), checked ? " checked" : "", escapeHtml(label),
        hint.empty() ? "" : "<p class=\"hint\">" + escapeHtml(hint) + "</p>");
}

std::string submit(std::string_view words, std::string_view style)
{
    return fmt::format("<p class=\"actions\"><button class=\"button {}\">{}</button></p>", style, escapeHtml(words));
}

std::string buttonForm(std::string_view action, std::string_view token, std::string_view words, const std::vector<std::pair<std::string, std::string>>& fields, std::string_view style)
{
    std::string html = formStart(action, token, "quiet");
    for (const auto& [name, value] : fields)
        html += hidden(name, value);
    return html + fmt::format("<button class=\"button small {}\">{}</button></form>", style, escapeHtml(words));
}

std::string problemBox(std::string_view words)
{
    return words.empty() ? std::string() : "<p class=\"box-words wrong\" role=\"alert\">" + escapeHtml(words) + "</p>";
}

std::string noticeBox(std::string_view words)
{
    return words.empty() ? std::string() : "<p class=\"box-words\" role=\"status\">" + escapeHtml(words) + "</p>";
}

std::string problemList(const std::vector<std::pair<std::string, std::string>>& fields)
{
    if (fields.empty())
        return {};
    std::string html = "<p class=\"box-words wrong\" role=\"alert\">Nothing was changed. Look at ";
    for (std::size_t i = 0; i < fields.size(); ++i)
        html += fmt::format("{}<a href=\"#f-{}\">{}</a>", i == 0 ? "" : (i + 1 == fields.size() ? " and " : ", "), escapeHtml(fields[i].first), escapeHtml(fields[i].second));
    return html + ".</p>";
}

std::string sentence(std::string_view message)
{
    std::string words;
    for (const char c : message)
        if (c != '\'')
            words += c;
    if (!words.empty() && words[0] >= 'a' && words[0] <= 'z')
        words[0] = static_cast<char>(words[0] - 32);
    if (!words.empty() && words.back() != '.' && words.back() != '?')
        words += '.';
    return words;
}

} // namespace artdag::server
