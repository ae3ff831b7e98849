// SPDX-License-Identifier: GPL-3.0-or-later
// Every mistake of the recipe at once; a click goes to the card.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import ArtDag

ListView {
    id: root
    required property Theme theme
    required property Session session

    signal cardWanted(name: string)

    clip: true
    spacing: 4
    boundsBehavior: Flickable.StopAtBounds
    model: session.problems
    delegate: ItemDelegate {
        id: row
        required property string message
        required property string hint
        required property string card
        required property bool severe
        width: ListView.view.width
        padding: 8
        Accessible.name: row.message
        onClicked: root.cardWanted(card)
        contentItem: Column {
            spacing: 4
            Words {
                theme: root.theme
                width: parent.width
                wrapMode: Text.Wrap
                color: row.severe ? root.theme.failed : root.theme.text
                text: row.message
            }
            Words {
                theme: root.theme
                width: parent.width
                visible: row.hint !== ""
                wrapMode: Text.Wrap
                soft: true
                small: true
                text: row.hint
            }
        }
        background: Rectangle {
            color: row.hovered ? root.theme.hover : root.theme.raised
        }
    }
}
