// SPDX-License-Identifier: GPL-3.0-or-later
// All commands with their keys. Press the keys of a row, then the new ones.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import ArtDag

ColumnLayout {
    id: root
    required property Theme theme
    required property Commands commands

    spacing: 8
    RowLayout {
        Layout.fillWidth: true
        spacing: 16
        Segments {
            theme: root.theme
            label: qsTr("Keys as in")
            choices: root.commands.presets
            value: root.commands.preset
            onChosen: name => root.commands.preset = name
        }
        Item { Layout.fillWidth: true }
        PlainButton {
            theme: root.theme
            text: qsTr("Reset all")
            onClicked: root.commands.resetAllKeys()
        }
    }
    Words {
        theme: root.theme
        visible: root.commands.conflicts > 0
        Layout.fillWidth: true
        color: root.theme.failed
        text: qsTr("Commands with a key that another has, too: %1. The panel's own comes first.").arg(root.commands.conflicts)
    }
    ListView {
        id: list
        Layout.fillWidth: true
        Layout.fillHeight: true
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: root.commands
        ScrollBar.vertical: ScrollBar { width: 8 }
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Commands and their keys")
        delegate: KeyRow {
            width: list.width - 12
            theme: root.theme
            commands: root.commands
        }
    }
}
