// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Controls.Basic
import ArtDag

Popup {
    id: root
    required property Theme theme
    required property GraphModel graph

    property string frame: ""

    function openForFrame(name: string, title: string) {
        frame = name
        show(title)
    }
    function openFor(name: string) {
        if (name === "")
            return
        frame = ""
        graph.select(name)
        show(name)
    }
    function show(words: string) {
        box.text = words
        open()
        box.forceActiveFocus()
        box.selectAll()
    }

    padding: 12
    modal: true
    focus: true
    background: Rectangle {
        color: root.theme.raised
        border.color: root.theme.hairline
    }
    Row {
        spacing: 8
        Words {
            theme: root.theme
            height: root.theme.control
            text: qsTr("Name")
        }
        TextBox {
            id: box
            theme: root.theme
            width: 200
            Accessible.name: qsTr("New name")
            onAccepted: {
                root.frame === "" ? root.graph.rename(text) : root.graph.setFrameTitle(root.frame, text)
                root.close()
            }
        }
    }
}
