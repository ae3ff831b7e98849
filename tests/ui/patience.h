// SPDX-License-Identifier: GPL-3.0-or-later
// How long tests of the Studio wait for what has to come.
#pragma once

#include <QtGlobal>

namespace artdag {

/// ms; a slow machine under load, never waited for without need. With a planted fault some things never come: ARTDAG_PATIENCE.
inline const int patience = qEnvironmentVariableIsSet("ARTDAG_PATIENCE") ? qEnvironmentVariableIntValue("ARTDAG_PATIENCE") : 60000;

} // namespace artdag
