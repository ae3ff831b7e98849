// SPDX-License-Identifier: GPL-3.0-or-later
// Forms: fields with their labels and hints, what went wrong and what was done. Every form carries the browser's token; all
// text goes through escapeHtml.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace artdag::server {

/// `<form method="post" …>` with its token; the caller closes it. `style`: further classes.
std::string formStart(std::string_view action, std::string_view token, std::string_view style = "form");
std::string hidden(std::string_view name, std::string_view value);

struct Field {
    std::string name, label;
    std::string value = {};
    std::string type = "text";     ///< also `area`
    std::string hint = {};         ///< under it
    std::string autocomplete = {}; ///< `current-password`, `one-time-code` …
    bool required = true;
    int longest = 200;           ///< characters
    std::string attributes = {}; ///< further ones, already escaped
    std::string problem = {};    ///< what is wrong with `value`, said beside it
};
std::string field(const Field& field);
std::string choice(std::string_view name, std::string_view label, const std::vector<std::pair<std::string, std::string>>& options, std::string_view chosen, std::string_view hint = {});
std::string checkBox(std::string_view name, std::string_view label, bool checked, std::string_view hint = {});
/// `<p class="actions"><button>…`; `style` may be `main` or `danger`.
std::string submit(std::string_view words, std::string_view style = "main");
/// A form of one button: what it says, where it goes, and hidden fields.
std::string buttonForm(std::string_view action, std::string_view token, std::string_view words, const std::vector<std::pair<std::string, std::string>>& fields = {}, std::string_view style = "");

/// What a reader must see first: `problem` is said at once to a screen reader. Nothing for empty words.
std::string problemBox(std::string_view words);
std::string noticeBox(std::string_view words);
/// The first thing on a page whose form was refused: how many fields are wrong, each a link to its field. `fields`: name and label.
std::string problemList(const std::vector<std::pair<std::string, std::string>>& fields);

/// An error of ours for people: without quotes, with a capital and a stop.
std::string sentence(std::string_view message);

} // namespace artdag::server
