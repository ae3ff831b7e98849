// SPDX-License-Identifier: GPL-3.0-or-later
// One thing that the Studio can do by name: what the palette calls it and the keys that do it. Each room of the window
// lists its own (graph_commands.h and the like); an id begins with the panel that its keys belong to.
#pragma once

#include <string_view>

namespace artdag {

struct Command {
    const char* id;    ///< `graph.fit`; panel `studio` means everywhere
    const char* words; ///< English, marked by QT_TRANSLATE_NOOP("Command", …)
    const char* keys;  ///< `Ctrl+Shift+X`, several separated by `; `; empty: none by default

    [[nodiscard]] constexpr std::string_view panel() const { return std::string_view(id).substr(0, std::string_view(id).find('.')); }
};

} // namespace artdag
