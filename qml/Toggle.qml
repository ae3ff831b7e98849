// SPDX-License-Identifier: GPL-3.0-or-later
// An icon that stays on.
import QtQuick

IconButton {
    id: root
    property bool chosen: false

    tint: chosen ? theme.accent : theme.soft
    Accessible.checkable: true
    Accessible.checked: chosen
}
