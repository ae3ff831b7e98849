// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of all commands that are live, in the window that this stands in.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml
import ArtDag

Instantiator {
    id: root
    required property Commands commands
    property bool withEscape: true // Esc is a command's, too

    model: root.commands
    delegate: Shortcut {
        required property string id_
        required property var live
        sequences: root.withEscape ? live : live.filter(key => key !== "Esc")
        enabled: live.length > 0
        onActivated: root.commands.run(id_)
    }
}
