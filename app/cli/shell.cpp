// SPDX-License-Identifier: GPL-3.0-or-later
// Shell completion and man pages, generated from the same description as --help.
#include "app/cli/command.h"

#include <fmt/format.h>

#include <iostream>

namespace artdag::cli {

namespace {

std::string flagsOf(const CLI::App& command)
{
    std::string flags;
    for (const CLI::Option* option : command.get_options())
        for (const auto* list : {&option->get_lnames(), &option->get_snames()})
            for (const std::string& name : *list)
                flags += (list == &option->get_lnames() ? " --" : " -") + name;
    return flags;
}

std::string namesOf(const CLI::App& command)
{
    std::string names;
    for (const CLI::App* sub : command.get_subcommands({}))
        names += (names.empty() ? "" : " ") + sub->get_name();
    return names;
}

/// bash; zsh reads the same script after `bashcompinit`.
std::string completionOf(const CLI::App& app)
{
    std::string cases;
    for (const CLI::App* command : app.get_subcommands({})) {
        const std::string subs = namesOf(*command);
        cases += fmt::format("        {}) words=\"{}{}\" ;;\n", command->get_name(), subs.empty() ? "" : subs + " ", flagsOf(*command).substr(1));
    }
    return fmt::format(R"(# Completion for artdag. Use it with:  source <(artdag completion)
_artdag() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} words
    if [ "$COMP_CWORD" = 1 ]; then
        words="{}"
    else
        case ${{COMP_WORDS[1]}} in
{}        esac
    fi
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    [[ $current == -* ]] || mapfile -t -O "${{#COMPREPLY[@]}}" COMPREPLY < <(compgen -f -- "$current")
}}
complete -o filenames -F _artdag artdag
)",
        namesOf(app), cases);
}

/// Text for roff, to which a line that begins with a dot or an apostrophe is a request.
std::string escaped(std::string text)
{
    for (std::size_t at = 0; (at = text.find_first_of("\\-", at)) != std::string::npos; at += 2)
        text.insert(at, "\\");
    for (std::size_t at = 0; (at = text.find("\n", at)) != std::string::npos; at += 5)
        text.replace(at, 1, "\n.br\n");
    return text.starts_with('\'') || text.starts_with('.') ? "\\&" + text : text;
}

void writeCommand(const CLI::App& command, const std::string& path, std::string& page)
{
    if (!command.get_subcommands({}).empty()) {
        for (const CLI::App* sub : command.get_subcommands({}))
            writeCommand(*sub, path + " " + sub->get_name(), page);
        return;
    }
    page += fmt::format(".SS {}\n{}.\n", escaped(path), escaped(command.get_description()));
    for (const CLI::Option* option : command.get_options())
        page += fmt::format(".TP\n\\fB{}\\fR {}\n{}\n", escaped(option->get_name(true)), escaped(option->get_type_name()), escaped(option->get_description()));
    if (const std::string footer = command.get_footer(); !footer.empty())
        page += ".PP\n" + escaped(footer) + "\n";
}

/// roff for man(1), section 1.
std::string manPageOf(const CLI::App& app)
{
    std::string page = fmt::format(".TH ARTDAG 1 \"\" \"artdag {}\" \"Art DAG\"\n.SH NAME\nartdag \\- {}\n.SH SYNOPSIS\n.B artdag\nCOMMAND [OPTIONS]\n.SH COMMANDS\n", ARTDAG_VERSION, escaped(app.get_description()));
    for (const CLI::App* command : app.get_subcommands({}))
        writeCommand(*command, command->get_name(), page);
    page += ".SH NOTES\n" + escaped(app.get_footer()) + "\n";
    return page;
}

} // namespace

void addShell(CLI::App& app, Invocation& invocation)
{
    auto add = [&](const char* name, const char* help, const char* example, std::string (*text)(const CLI::App&)) {
        CLI::App* command = app.add_subcommand(name, help);
        command->footer(example);
        command->callback([&app, &invocation, text] {
            invocation.run = [&app, text]() -> Result<int> {
                std::cout << text(app);
                return exitOk;
            };
        });
    };
    add("completion", "Print a completion script for bash and zsh", "Example: source <(artdag completion)", completionOf);
    add("man", "Print the manual page", "Example: artdag man | man -l -", manPageOf);
}

} // namespace artdag::cli
