// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import QtQuick.Layouts
import ArtDag

Rectangle {
    id: root
    required property Theme theme
    required property Publisher publisher
    required property KeyHolder keys
    required property Renderers renderers

    function attachRenderer() { publisher.account === "" ? chooseServer() : attached.chooseAddress() }
    function chooseServer() { (server.text === "" ? server : password).forceActiveFocus() }

    color: root.theme.panel

    Flickable {
        id: scroller
        anchors.fill: parent
        anchors.margins: 20
        clip: true
        contentHeight: column.implicitHeight
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: ScrollBar { policy: scroller.contentHeight > scroller.height ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff; width: 8 }

        ColumnLayout {
            id: column
            width: scroller.width - (scroller.contentHeight > scroller.height ? 12 : 0)
            spacing: 8

            Words { theme: root.theme; strong: true; font.pixelSize: 15; text: qsTr("Account"); Layout.bottomMargin: 4 }
            ColumnLayout {
                visible: root.publisher.account !== ""
                spacing: 8
                Words { theme: root.theme; text: root.publisher.account; Layout.fillWidth: true }
                Words { theme: root.theme; soft: true; small: true; text: root.publisher.server; Layout.fillWidth: true }
                Words { theme: root.theme; soft: true; small: true; visible: text !== ""; wrapMode: Text.Wrap; text: root.publisher.kept; Layout.fillWidth: true }
                PlainButton { theme: root.theme; text: qsTr("Log out"); onClicked: root.publisher.logOut() }
            }
            ColumnLayout {
                visible: root.publisher.account === ""
                spacing: 8
                Words {
                    theme: root.theme
                    soft: true
                    wrapMode: Text.Wrap
                    Layout.fillWidth: true
                    text: qsTr("Your works live on a server that you choose, and are seen from everywhere.")
                }
                Labelled { theme: root.theme; label: qsTr("Server") }
                TextBox { id: server; theme: root.theme; Layout.fillWidth: true; text: root.publisher.server; placeholderText: "https://artdag.example"; onAccepted: if (browse.enabled) browse.clicked() }
                PlainButton {
                    id: browse
                    theme: root.theme
                    visible: root.publisher.state !== "code"
                    enabled: !root.publisher.busy && server.text !== ""
                    text: qsTr("Log in in the browser")
                    tip: qsTr("The password is never seen here, and the login renews itself")
                    onClicked: root.publisher.logInByBrowser(server.text)
                }
                ColumnLayout {
                    visible: root.publisher.state === "code"
                    spacing: 8
                    Words { theme: root.theme; wrapMode: Text.Wrap; Layout.fillWidth: true; text: root.publisher.message }
                    Words { theme: root.theme; strong: true; font.pixelSize: 20; text: root.publisher.code }
                    PlainButton { theme: root.theme; text: qsTr("Cancel"); onClicked: root.publisher.cancel() }
                }
                Labelled { theme: root.theme; label: qsTr("User name") }
                TextBox { id: user; theme: root.theme; Layout.fillWidth: true; text: root.publisher.user; placeholderText: qsTr("giles") }
                Labelled { theme: root.theme; label: qsTr("Password") }
                TextBox {
                    id: password
                    theme: root.theme
                    Layout.fillWidth: true
                    echoMode: TextInput.Password
                    Accessible.name: qsTr("Password")
                    onAccepted: logIn.clicked()
                }
                RowLayout {
                    spacing: 8
                    Layout.topMargin: 4
                    OnOff { id: fresh; theme: root.theme; label: qsTr("Make a new account") }
                    Words { theme: root.theme; text: qsTr("Make a new account"); Layout.fillWidth: true }
                    PlainButton {
                        id: logIn
                        theme: root.theme
                        enabled: !root.publisher.busy && server.text !== "" && user.text !== "" && password.text !== ""
                        text: fresh.checked ? qsTr("Register") : qsTr("Log in")
                        onClicked: {
                            root.publisher.logIn(server.text, user.text, password.text, fresh.checked)
                            password.clear()
                        }
                    }
                }
            }
            Rectangle { visible: attached.visible; Layout.fillWidth: true; Layout.preferredHeight: 1; Layout.topMargin: 16; Layout.bottomMargin: 12; color: root.theme.hairline }
            RendererList {
                id: attached
                theme: root.theme
                renderers: root.renderers
                visible: root.publisher.account !== ""
                Layout.fillWidth: true
            }
            Rectangle { Layout.fillWidth: true; Layout.preferredHeight: 1; Layout.topMargin: 16; Layout.bottomMargin: 12; color: root.theme.hairline }
            Words { theme: root.theme; strong: true; font.pixelSize: 15; text: qsTr("Key"); Layout.bottomMargin: 4 }
            ColumnLayout {
                visible: root.keys.unlocked
                spacing: 8
                Words { theme: root.theme; text: qsTr("Open until you quit"); wrapMode: Text.Wrap; Layout.fillWidth: true }
                Words { theme: root.theme; soft: true; small: true; text: root.keys.fingerprint; Layout.fillWidth: true }
                KeyCopy { theme: root.theme; keys: root.keys; Layout.fillWidth: true }
            }
            ColumnLayout {
                visible: !root.keys.unlocked
                spacing: 8
                Words {
                    theme: root.theme
                    soft: true
                    wrapMode: Text.Wrap
                    Layout.fillWidth: true
                    text: root.keys.exists ? qsTr("Your key signs what you publish. The keychain opens it; so does its passphrase.") : qsTr("Your key signs what you publish, so that nobody can say it is theirs. It is made when you first export, and kept by your keychain. Without one, choose a passphrase.")
                }
                TextBox {
                    id: passphrase
                    theme: root.theme
                    Layout.fillWidth: true
                    echoMode: TextInput.Password
                    placeholderText: qsTr("Passphrase")
                    onAccepted: unlock.clicked()
                }
                RowLayout {
                    PlainButton {
                        theme: root.theme
                        visible: !root.keys.exists
                        enabled: unlock.enabled
                        text: qsTr("Take a copy back…")
                        onClicked: copies.open()
                    }
                    Item { Layout.fillWidth: true }
                    PlainButton {
                        id: unlock
                        theme: root.theme
                        enabled: !root.keys.busy && passphrase.text !== ""
                        text: root.keys.busy ? qsTr("Opening …") : (root.keys.exists ? qsTr("Open key") : qsTr("Make key"))
                        onClicked: {
                            root.keys.unlock(passphrase.text)
                            passphrase.clear()
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
            }
        }
    }
    FileDialog {
        id: copies
        title: qsTr("A copy of your key")
        nameFilters: [qsTr("Keys (*.key)")]
        onAccepted: {
            root.keys.restore(selectedFile, passphrase.text)
            passphrase.clear()
        }
    }
}
