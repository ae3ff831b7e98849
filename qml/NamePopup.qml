// SPDX-License-Identifier: GPL-3.0-or-later
// Asks for a name.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import ArtDag

Popup {
    id: root
    required property Theme theme
    required property string title
    required property string accept
    property string name: ""

    signal named(string name)

    function finish() {
        if (box.text.trim() === "")
            return
        root.named(box.text)
        root.close()
    }

    parent: T.Overlay.overlay
    anchors.centerIn: parent
    padding: 16
    modal: true
    focus: true
    onOpened: {
        box.text = root.name
        box.forceActiveFocus()
        box.selectAll()
    }
    background: Rectangle {
        color: root.theme.raised
        border.color: root.theme.hairline
    }
    Column {
        spacing: 12
        Words { theme: root.theme; strong: true; text: root.title }
        TextBox {
            id: box
            theme: root.theme
            width: 280
            Accessible.name: qsTr("Name")
            onAccepted: root.finish()
        }
        Row {
            anchors.right: parent.right
            spacing: 8
            PlainButton { theme: root.theme; text: qsTr("Cancel"); onClicked: root.close() }
            PlainButton { theme: root.theme; primary: true; enabled: box.text.trim() !== ""; text: root.accept; onClicked: root.finish() }
        }
    }
}
