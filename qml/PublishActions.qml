// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with the film now, how far it is, and what went wrong.
import QtQuick
import QtQuick.Layouts
import ArtDag

ColumnLayout {
    id: root
    required property Theme theme
    required property Publisher publisher
    required property bool hasFilm
    required property string page ///< where it was published; empty: it was not
    readonly property bool sending: publisher.state === "sending" || publisher.state === "held"
    readonly property bool lost: publisher.state === "failed" || publisher.state === "signin"

    signal serverWanted
    signal withdrawWanted

    spacing: 8
    Words {
        theme: root.theme
        visible: text !== "" && root.publisher.state !== "code"
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        maximumLineCount: 6
        color: root.lost ? root.theme.failed : root.theme.text
        text: root.publisher.detail !== "" ? qsTr("%1: %2").arg(root.publisher.message).arg(root.publisher.detail) : root.publisher.message
    }
    Rectangle {
        visible: root.sending
        Layout.fillWidth: true
        Layout.preferredHeight: 4
        color: root.theme.hairline
        Rectangle {
            width: parent.width * root.publisher.progress
            height: parent.height
            color: root.theme.accent
        }
    }
    Words {
        theme: root.theme
        visible: root.page !== ""
        color: root.theme.accent
        Layout.fillWidth: true
        elide: Text.ElideMiddle
        text: root.page
        TapHandler { onTapped: Qt.openUrlExternally(root.page) }
    }
    RowLayout {
        Layout.fillWidth: true
        PlainButton {
            theme: root.theme
            visible: root.page !== "" && !root.sending
            text: qsTr("Withdraw…")
            enabled: !root.publisher.busy
            onClicked: root.withdrawWanted()
        }
        PlainButton {
            theme: root.theme
            visible: root.publisher.state === "noaccount" || root.publisher.state === "signin"
            text: root.publisher.state === "signin" ? qsTr("Log in") : qsTr("Choose a server")
            onClicked: root.serverWanted()
        }
        PlainButton {
            theme: root.theme
            visible: root.publisher.state === "noaccount" || root.lost
            text: qsTr("Keep as draft")
            onClicked: root.publisher.keepAsDraft()
        }
        Item { Layout.fillWidth: true }
        PlainButton {
            theme: root.theme
            visible: root.sending
            text: qsTr("Cancel")
            onClicked: root.publisher.cancel()
        }
        PlainButton {
            theme: root.theme
            visible: root.page !== "" && !root.sending
            text: qsTr("Open page")
            onClicked: Qt.openUrlExternally(root.page)
        }
        PlainButton {
            theme: root.theme
            primary: true
            enabled: root.hasFilm && !root.publisher.busy
            text: root.page !== "" ? qsTr("Update") : root.publisher.state === "failed" ? qsTr("Try again") : qsTr("Publish")
            onClicked: root.page !== "" ? root.publisher.update() : root.publisher.publish()
        }
    }
}
