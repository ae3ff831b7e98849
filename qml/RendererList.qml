// SPDX-License-Identifier: GPL-3.0-or-later
// The renderers that the account may use: how each is, attach and detach.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ArtDag

ColumnLayout {
    id: root
    required property Theme theme
    required property Renderers renderers

    function chooseAddress() { address.forceActiveFocus() }

    spacing: 8
    Words { theme: root.theme; strong: true; font.pixelSize: root.theme.title; text: qsTr("Renderers"); Layout.bottomMargin: 4 }
    Words {
        theme: root.theme
        soft: true
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        text: qsTr("A renderer that knows you renders your recipes in place of this machine. It gets no password and no key.")
    }
    Repeater {
        model: root.renderers.all
        RowLayout {
            id: row
            required property var modelData
            spacing: 8
            Layout.fillWidth: true
            ColumnLayout {
                spacing: 0
                Layout.fillWidth: true
                Words { theme: root.theme; text: row.modelData.name; elide: Text.ElideMiddle; Layout.fillWidth: true }
                Words {
                    theme: root.theme
                    small: true
                    soft: row.modelData.state !== "silent" && row.modelData.state !== "refused"
                    color: soft ? root.theme.soft : root.theme.failed
                    wrapMode: Text.Wrap
                    maximumLineCount: 4
                    text: row.modelData.words
                    Layout.fillWidth: true
                }
            }
            PlainButton {
                theme: root.theme
                enabled: !root.renderers.busy
                text: row.modelData.attached ? qsTr("Detach") : qsTr("Attach")
                Accessible.name: row.modelData.attached ? qsTr("Detach %1").arg(row.modelData.name) : qsTr("Attach %1").arg(row.modelData.name)
                onClicked: row.modelData.attached ? root.renderers.detach(row.modelData.url) : root.renderers.attach(row.modelData.url)
            }
        }
    }
    Labelled { theme: root.theme; label: qsTr("Attach a renderer") }
    RowLayout {
        spacing: 8
        TextBox {
            id: address
            theme: root.theme
            Layout.fillWidth: true
            placeholderText: "https://render.example"
            Accessible.name: qsTr("Address of a renderer")
            onAccepted: attach.clicked()
        }
        PlainButton {
            id: attach
            theme: root.theme
            enabled: !root.renderers.busy && address.text !== ""
            text: qsTr("Attach")
            onClicked: root.renderers.attach(address.text)
        }
    }
    Words {
        theme: root.theme
        visible: text !== ""
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        text: root.renderers.message
    }
}
