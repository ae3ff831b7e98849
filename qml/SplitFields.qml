// SPDX-License-Identifier: GPL-3.0-or-later
// Who else has how much of the work. They agree on their own server, and only then it is theirs.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ArtDag

ColumnLayout {
    id: root
    required property Theme theme
    required property Publisher publisher
    readonly property PublishForm form: publisher.form

    spacing: 8
    Labelled { theme: root.theme; label: qsTr("Shared with") }
    Repeater {
        model: root.form.splitCount
        RowLayout {
            id: row
            required property int index
            readonly property var split: root.form.splits[index] ?? { owner: "", percent: "" }
            spacing: 8
            Layout.fillWidth: true
            TextBox {
                id: owner
                theme: root.theme
                Layout.fillWidth: true
                text: row.split.owner
                placeholderText: "@carol@artdag.example"
                Accessible.name: qsTr("Account %1").arg(row.index + 1)
                onTextEdited: root.form.setSplit(row.index, text, row.split.percent)
            }
            TextBox {
                theme: root.theme
                Layout.preferredWidth: 56
                text: row.split.percent
                horizontalAlignment: TextInput.AlignRight
                placeholderText: qsTr("10")
                Accessible.name: qsTr("Percent of account %1").arg(row.index + 1)
                onTextEdited: root.form.setSplit(row.index, row.split.owner, text)
            }
            Words { theme: root.theme; soft: true; text: "%" }
            IconButton {
                theme: root.theme
                glyph: "close"
                tip: qsTr("Remove account %1").arg(row.index + 1)
                onClicked: root.form.removeSplit(row.index)
            }
            Component.onCompleted: if (row.split.owner === "" && root.visible) owner.forceActiveFocus()
        }
    }
    PlainButton {
        theme: root.theme
        text: qsTr("Add a person")
        tip: qsTr("Instead of the shares that follow from what it is made of")
        onClicked: root.form.addSplit()
    }
    Words {
        theme: root.theme
        visible: text !== ""
        small: true
        soft: !root.publisher.splitsWrong
        color: soft ? root.theme.soft : root.theme.failed
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        text: root.publisher.splitWords
    }
}
