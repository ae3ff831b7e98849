// SPDX-License-Identifier: GPL-3.0-or-later
// The creator's key: made or opened, copied, replaced, taken back from a copy.
import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import ArtDag

ColumnLayout {
    id: root
    required property Theme theme
    required property KeyHolder keys
    required property string server // of the account; empty: there is none
    property bool returning: false // a copy was chosen, and its passphrase is asked for
    spacing: 8

    Words { theme: root.theme; strong: true; font.pixelSize: root.theme.title; text: qsTr("Key"); Layout.bottomMargin: 4 }
    ColumnLayout {
        visible: root.keys.unlocked
        spacing: 8
        Words { theme: root.theme; text: qsTr("Open until you quit"); wrapMode: Text.Wrap; Layout.fillWidth: true }
        Words { theme: root.theme; soft: true; small: true; text: root.keys.fingerprint; Layout.fillWidth: true }
        RowLayout {
            visible: !backUp.open && !replacement.open
            spacing: 8
            PlainButton { theme: root.theme; enabled: !root.keys.busy; text: qsTr("Back up…"); onClicked: backUp.begin() }
            PlainButton { theme: root.theme; enabled: !root.keys.busy; text: qsTr("Replace…"); onClicked: replacement.begin() }
        }
        KeyCopy { id: backUp; theme: root.theme; keys: root.keys; visible: open; Layout.fillWidth: true }
        KeyReplacement { id: replacement; theme: root.theme; keys: root.keys; server: root.server; visible: open; Layout.fillWidth: true }
        Words { theme: root.theme; visible: root.keys.busy; soft: true; text: qsTr("Writing the key …") }
    }
    ColumnLayout {
        visible: !root.keys.unlocked
        spacing: 8
        Words {
            theme: root.theme
            soft: true
            wrapMode: Text.Wrap
            Layout.fillWidth: true
            text: root.keys.exists ? qsTr("Your key signs what you publish. The keychain opens it; so does its passphrase.")
                : root.returning ? qsTr("The copy has a passphrase of its own. From now on it opens the key on this machine, too.")
                : qsTr("Your key signs what you publish, so that nobody can say it is theirs. It is made when you first export, and kept by your keychain. Without one, choose a passphrase.")
        }
        TextBox {
            id: passphrase
            theme: root.theme
            Layout.fillWidth: true
            echoMode: TextInput.Password
            placeholderText: root.returning ? qsTr("Passphrase of the copy") : qsTr("Passphrase")
            onAccepted: if (unlock.enabled) unlock.clicked()
        }
        Flow {
            Layout.fillWidth: true
            spacing: root.theme.gap
            PlainButton {
                theme: root.theme
                visible: !root.keys.exists
                enabled: !root.keys.busy
                text: root.returning ? qsTr("Cancel") : qsTr("Take a copy back…")
                onClicked: {
                    if (!root.returning)
                        copies.open()
                    root.returning = false
                }
            }
            PlainButton {
                id: unlock
                theme: root.theme
                enabled: !root.keys.busy && passphrase.text !== ""
                text: root.keys.busy ? qsTr("Opening …") : root.keys.exists ? qsTr("Open key") : root.returning ? qsTr("Take it back") : qsTr("Make key")
                onClicked: {
                    if (root.returning)
                        root.keys.restore(copies.selectedFile, passphrase.text)
                    else
                        root.keys.unlock(passphrase.text)
                    passphrase.clear()
                }
            }
        }
    }
    Words {
        theme: root.theme
        visible: text !== ""
        color: root.theme.failed
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        text: root.keys.message
    }
    FileDialog {
        id: copies
        title: qsTr("A copy of your key")
        nameFilters: [qsTr("Keys (*.key)")]
        onAccepted: {
            root.returning = true
            passphrase.forceActiveFocus()
        }
    }
}
