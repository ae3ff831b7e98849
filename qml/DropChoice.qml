// SPDX-License-Identifier: GPL-3.0-or-later
// A film that was rendered here was dropped: its recipe, or the film itself?
import QtQuick
import ArtDag

Sheet {
    id: root
    required property Session session
    property string film: ""

    name: qsTr("A film with its recipe")
    anchors.centerIn: parent

    Column {
        spacing: 16
        Words {
            theme: root.theme
            strong: true
            text: qsTr("%1 knows how it was made").arg(root.film)
        }
        Row {
            spacing: 8
            PlainButton {
                theme: root.theme
                primary: true
                focus: true
                text: qsTr("Open its recipe")
                onClicked: {
                    root.close()
                    root.session.openDroppedRecipe()
                }
            }
            PlainButton {
                theme: root.theme
                text: qsTr("Use the film here")
                onClicked: {
                    root.close()
                    root.session.useDroppedFilm()
                }
            }
        }
    }
}
