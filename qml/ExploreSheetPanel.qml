// SPDX-License-Identifier: GPL-3.0-or-later
// The variation that is looked at: what it changes, and what can be done with it; below, what was kept of this recipe.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ArtDag

Rectangle {
    id: root
    required property Theme theme
    required property Session session
    readonly property Explore explore: session.explore
    readonly property ContactSheet sheet: explore.sheet

    color: root.theme.panel

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: root.theme.pad
        spacing: root.theme.gap
        visible: root.sheet.count > 0

        Words {
            theme: root.theme
            soft: true
            strong: true
            text: qsTr("What this one changes")
        }
        ListView {
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            interactive: contentHeight > height
            model: root.sheet.differences
            Accessible.role: Accessible.List
            Accessible.name: qsTr("What this variation changes")
            delegate: Words {
                required property string modelData
                theme: root.theme
                width: ListView.view.width
                topPadding: 4
                bottomPadding: 4
                wrapMode: Text.Wrap
                maximumLineCount: 2
                text: modelData
            }
            Words {
                theme: root.theme
                visible: parent.count === 0
                soft: true
                text: qsTr("Nothing: this is the recipe as it is.")
            }
        }
        RowLayout {
            spacing: root.theme.gap
            IconButton { theme: root.theme; glyph: "keep"; tip: root.explore.commands.tip(qsTr("Keep"), "sheet.keep"); onClicked: root.explore.run("sheet.keep") }
            IconButton { theme: root.theme; glyph: "close"; tip: root.explore.commands.tip(qsTr("Discard"), "sheet.discard"); onClicked: root.explore.run("sheet.discard") }
            IconButton { theme: root.theme; glyph: "redo"; tip: root.explore.commands.tip(qsTr("Make it again, compare the bytes"), "sheet.again"); onClicked: root.explore.run("sheet.again") }
            Item { Layout.fillWidth: true }
            PlainButton {
                theme: root.theme
                primary: true
                text: qsTr("Open this one")
                tip: root.explore.commands.tip(qsTr("As one step that can be undone"), "sheet.open")
                onClicked: root.explore.run("sheet.open")
            }
        }
        PlainButton {
            theme: root.theme
            Layout.fillWidth: true
            text: qsTr("Kept looks")
            tip: qsTr("What was kept is among the renders, with its recipe")
            onClicked: {
                root.session.gallery.filter = "looks"
                root.explore.view = "renders"
            }
        }
    }
}
