// SPDX-License-Identifier: GPL-3.0-or-later
// Kept settings of an effect: choose one, keep what is set now, forget one.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml
import ArtDag

PlainButton {
    id: root
    required property Presets presets

    implicitHeight: theme.control
    visible: presets.possible
    text: qsTr("Presets ▾")
    tip: qsTr("Kept settings of this effect")
    onClicked: menu.popup(root, 0, root.height)

    Choices {
        id: menu
        theme: root.theme
        Instantiator {
            model: root.presets.names
            delegate: Choice {
                required property string modelData
                theme: root.theme
                text: modelData
                onTriggered: root.presets.apply(modelData)
            }
            onObjectAdded: (index, object) => menu.insertItem(index, object)
            onObjectRemoved: (index, object) => menu.removeItem(object)
        }
        Choice { theme: root.theme; text: qsTr("Defaults"); onTriggered: root.presets.applyDefaults() }
        Choice { theme: root.theme; text: qsTr("Keep as a preset…"); onTriggered: naming.open() }
        Choices {
            id: forget
            theme: root.theme
            title: qsTr("Forget")
            enabled: root.presets.names.length > 0
            Instantiator {
                model: root.presets.names
                delegate: Choice {
                    required property string modelData
                    theme: root.theme
                    text: modelData
                    onTriggered: root.presets.remove(modelData)
                }
                onObjectAdded: (index, object) => forget.insertItem(index, object)
                onObjectRemoved: (index, object) => forget.removeItem(object)
            }
        }
    }
    NamePopup {
        id: naming
        theme: root.theme
        title: qsTr("Keep as a preset")
        accept: qsTr("Keep")
        onNamed: name => root.presets.keep(name)
    }
}
