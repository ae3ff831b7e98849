// SPDX-License-Identifier: GPL-3.0-or-later
// To take a work back from the world cannot be taken back.
import QtQuick
import ArtDag

Sheet {
    id: root
    required property Publisher publisher
    required property string title

    name: qsTr("Withdraw")

    Column {
        spacing: 16
        Words {
            theme: root.theme
            strong: true
            text: qsTr("Withdraw %1?").arg(root.title)
        }
        Words {
            theme: root.theme
            width: 400
            wrapMode: Text.Wrap
            text: qsTr("It is gone for everyone at once, and servers that had it are told to delete it. Its files go after thirty days. The film here stays.")
        }
        Row {
            spacing: 8
            PlainButton {
                theme: root.theme
                text: qsTr("Withdraw")
                onClicked: {
                    root.close()
                    root.publisher.withdraw()
                }
            }
            PlainButton {
                theme: root.theme
                primary: true
                focus: true
                text: qsTr("Leave it")
                onClicked: root.close()
            }
        }
    }
}
