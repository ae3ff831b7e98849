// SPDX-License-Identifier: GPL-3.0-or-later
// What an operator says about a server, from one table of names: options of the command line, then the environment, then
// files with secrets, then artdagd.toml, then what is usual. A value that is wrong is kept with what is wrong about it.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace artdag::server {

struct Setting {
    std::string name; ///< as in the environment; in artdagd.toml in small letters
    std::string value;
    std::string from;    ///< `--port`, `environment`, `file '…'`, `usual`
    std::string problem; ///< empty: nothing is wrong
    std::string meaning; ///< one line for people
    bool isSecret = false;
};

/// Where to look; tests put other places in.
struct SettingSources {
    std::map<std::string, std::string> options;                                     ///< by setting: what the command line said
    std::function<std::optional<std::string>(const std::string& name)> environment; ///< none or empty: not said
    std::filesystem::path secrets = "/run/secrets";                                 ///< `<lower_name>` of each secret
    std::vector<std::filesystem::path> files = {};                                  ///< the first that exists is artdagd.toml
};

class Settings {
public:
    static Settings read(const SettingSources& sources);

    /// The value of a setting of the table.
    [[nodiscard]] const std::string& operator[](std::string_view name) const { return find(name).value; }
    [[nodiscard]] std::int64_t number(std::string_view name) const;
    [[nodiscard]] bool isOn(std::string_view name) const { return find(name).value == "true"; }
    /// Parts between commas, without blanks.
    [[nodiscard]] std::vector<std::string> list(std::string_view name) const;
    [[nodiscard]] const Setting& find(std::string_view name) const;
    [[nodiscard]] const std::vector<Setting>& all() const { return m_all; }
    /// Members of artdagd.toml that no setting is called, and other faults of that file.
    [[nodiscard]] const std::vector<std::string>& problems() const { return m_problems; }
    /// BadInput with all that is wrong.
    [[nodiscard]] Result<void> check() const;

private:
    std::vector<Setting> m_all;
    std::vector<std::string> m_problems;
};

/// The environment of this process.
std::optional<std::string> environmentOf(const std::string& name);
/// The value as it may be shown: of a secret only that there is one; of a URL all but its password.
std::string shown(const Setting& setting);

} // namespace artdag::server
