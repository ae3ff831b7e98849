// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that can be done, by its name: letters find it, Enter does it.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import ArtDag

Sheet {
    id: root
    required property Session session

    name: qsTr("Command palette")
    padding: 8
    width: Math.min(theme.tall(560), parent.width - 32)
    height: Math.min(456, parent.height - 96)
    x: Math.round((parent.width - width) / 2)
    y: 60
    onAboutToShow: {
        query.clear()
        root.session.commandSearch.query = ""
        list.currentIndex = 0
        query.forceActiveFocus()
    }

    function choose(row: int) {
        const id = root.session.commandSearch.idAt(row)
        root.close()
        if (id !== "")
            root.session.commands.run(id)
    }

    TextBox {
        id: query
        theme: root.theme
        width: parent.width
        implicitHeight: root.theme.bar
        placeholderText: qsTr("What would you like to do?")
        onTextEdited: {
            root.session.commandSearch.query = text
            list.currentIndex = 0
        }
        onAccepted: root.choose(list.currentIndex)
        Keys.onUpPressed: list.decrementCurrentIndex()
        Keys.onDownPressed: list.incrementCurrentIndex()
    }
    ListView {
        id: list
        anchors.top: query.bottom
        anchors.topMargin: 8
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: root.session.commandSearch
        highlightMoveDuration: 0
        ScrollBar.vertical: ScrollBar { width: 8 }
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Commands")
        delegate: ItemDelegate {
            id: row
            required property int index
            required property string words
            required property string keys
            required property string panelWords
            width: list.width
            height: root.theme.tall(32)
            highlighted: ListView.isCurrentItem
            Accessible.name: row.words
            Accessible.description: row.keys
            onClicked: root.choose(row.index)
            background: Rectangle { color: row.highlighted || row.hovered ? root.theme.hover : "transparent" }
            contentItem: RowLayout {
                spacing: 16
                Words { theme: root.theme; Layout.fillWidth: true; text: row.words }
                Words { theme: root.theme; soft: true; small: true; text: row.panelWords }
                Words { theme: root.theme; Layout.preferredWidth: root.theme.tall(128); horizontalAlignment: Text.AlignRight; text: row.keys }
            }
        }
        Words {
            theme: root.theme
            anchors.centerIn: parent
            visible: list.count === 0
            soft: true
            text: qsTr("Nothing is called that. Fewer letters find more.")
        }
    }
}
