// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import ArtDag

Rectangle {
    id: root
    required property Theme theme
    required property Publisher publisher
    required property KeyHolder keys
    required property Renderers renderers
    property bool adding: false // one account more

    function attachRenderer() { publisher.account === "" ? chooseServer() : attached.chooseAddress() }
    function chooseServer() { (server.text === "" ? server : password).forceActiveFocus() }

    color: root.theme.panel

    Connections {
        target: root.publisher
        function onAccountChanged() { root.adding = false }
    }
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

            Words { theme: root.theme; strong: true; font.pixelSize: root.theme.title; text: qsTr("Account"); Layout.bottomMargin: 4 }
            ColumnLayout {
                visible: root.publisher.account !== ""
                spacing: 8
                Words { theme: root.theme; text: root.publisher.account; Layout.fillWidth: true }
                Words { theme: root.theme; soft: true; small: true; text: root.publisher.server; Layout.fillWidth: true }
                Words { theme: root.theme; soft: true; small: true; visible: text !== ""; wrapMode: Text.Wrap; text: root.publisher.kept; Layout.fillWidth: true }
                RowLayout {
                    spacing: 8
                    PlainButton { theme: root.theme; text: qsTr("Log out"); onClicked: root.publisher.logOut() }
                    PlainButton {
                        theme: root.theme
                        visible: !root.adding
                        text: qsTr("Another account…")
                        onClicked: {
                            root.adding = true
                            server.forceActiveFocus()
                            server.selectAll()
                        }
                    }
                }
            }
            Repeater {
                model: root.publisher.others
                RowLayout {
                    id: other
                    required property var modelData
                    spacing: 8
                    Layout.fillWidth: true
                    ColumnLayout {
                        spacing: 0
                        Layout.fillWidth: true
                        Words { theme: root.theme; text: other.modelData.account; Layout.fillWidth: true }
                        Words { theme: root.theme; soft: true; small: true; text: other.modelData.server; Layout.fillWidth: true }
                    }
                    PlainButton {
                        theme: root.theme
                        enabled: !root.publisher.busy
                        text: qsTr("Use")
                        tip: qsTr("What you publish goes to this account")
                        Accessible.name: qsTr("Use %1").arg(other.modelData.account)
                        onClicked: root.publisher.useAccount(other.modelData.server)
                    }
                }
            }
            ColumnLayout {
                visible: root.publisher.account === "" || root.adding
                spacing: 8
                Words {
                    theme: root.theme
                    soft: true
                    wrapMode: Text.Wrap
                    Layout.fillWidth: true
                    text: root.adding ? qsTr("One account at each server; the others stay logged in.") : qsTr("Your works live on a server that you choose, and are seen from everywhere.")
                }
                Labelled { theme: root.theme; label: qsTr("Server") }
                TextBox { id: server; theme: root.theme; Layout.fillWidth: true; text: root.publisher.server; placeholderText: "https://artdag.example"; onAccepted: if (browse.enabled) browse.clicked() }
                RowLayout {
                    visible: root.publisher.state !== "code"
                    Layout.fillWidth: true
                    PlainButton {
                        id: browse
                        theme: root.theme
                        enabled: !root.publisher.busy && server.text !== ""
                        text: qsTr("Log in in the browser")
                        tip: qsTr("The password is never seen here, and the login renews itself")
                        onClicked: root.publisher.logInByBrowser(server.text)
                    }
                    Item { Layout.fillWidth: true }
                    PlainButton {
                        theme: root.theme
                        visible: root.adding
                        text: qsTr("Cancel")
                        onClicked: root.adding = false
                    }
                }
                ColumnLayout {
                    visible: root.publisher.state === "code"
                    spacing: 8
                    Words { theme: root.theme; wrapMode: Text.Wrap; Layout.fillWidth: true; text: root.publisher.message }
                    Words { theme: root.theme; strong: true; font.pixelSize: root.theme.large; text: root.publisher.code }
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
            KeyPanel { theme: root.theme; keys: root.keys; server: root.publisher.account === "" ? "" : root.publisher.server; Layout.fillWidth: true }
        }
    }
}
