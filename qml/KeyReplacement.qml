// SPDX-License-Identifier: GPL-3.0-or-later
// A new key in the place of the open one: what it means, and the passphrase where the keychain has none.
import QtQuick
import QtQuick.Layouts
import ArtDag

ColumnLayout {
    id: root
    required property Theme theme
    required property KeyHolder keys
    required property string server
    property bool open: false
    spacing: 8

    function begin() {
        open = true
        if (keys.typed)
            passphrase.forceActiveFocus()
    }
    function close() {
        open = false
        passphrase.clear()
    }

    Words {
        theme: root.theme
        soft: true
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        text: qsTr("For a key that is old, or that somebody else may have. A new one signs from now on; what the old one signed stays signed, and it stays here under another name.")
            + " " + (root.server === "" ? qsTr("You are not logged in, so no server is told.") : qsTr("%1 is told, and takes nothing more from the old one.").arg(root.server))
    }
    TextBox {
        id: passphrase
        theme: root.theme
        visible: root.keys.typed
        Layout.fillWidth: true
        echoMode: TextInput.Password
        placeholderText: qsTr("Passphrase of the key")
        onAccepted: if (replace.enabled) replace.clicked()
    }
    RowLayout {
        PlainButton {
            theme: root.theme
            text: qsTr("Cancel")
            onClicked: root.close()
        }
        Item { Layout.fillWidth: true }
        PlainButton {
            id: replace
            theme: root.theme
            enabled: !root.keys.busy && (!root.keys.typed || passphrase.text !== "")
            text: qsTr("Replace key")
            onClicked: {
                root.keys.replace(passphrase.text, root.server)
                root.close()
            }
        }
    }
}
