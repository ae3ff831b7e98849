// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with a parameter: what moves it, copy and paste, its default, whether it is a handle.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml
import ArtDag

Choices {
    id: root
    required property FieldModel fields
    property int row: -1
    property var sources: []
    property var params: []

    function openFor(row) {
        root.row = row
        root.sources = root.fields.followChoices(row)
        root.params = root.fields.parameters(row)
        root.popup()
    }

    Choices {
        id: follows
        theme: root.theme
        title: qsTr("Follow")
        enabled: root.sources.length > 0
        Instantiator {
            model: root.sources
            delegate: Choice {
                required property var modelData
                theme: root.theme
                text: modelData.title
                keys: modelData.made ? "" : qsTr("in the recipe")
                onTriggered: root.fields.follow(root.row, modelData.id)
            }
            onObjectAdded: (index, object) => follows.insertItem(index, object)
            onObjectRemoved: (index, object) => follows.removeItem(object)
        }
    }
    Choice { theme: root.theme; text: qsTr("Keyframe here"); onTriggered: root.fields.toggleKey(root.row) }
    Choice { theme: root.theme; text: qsTr("Expression"); onTriggered: root.fields.makeExpression(root.row) }
    Choice { theme: root.theme; text: qsTr("Constant"); onTriggered: root.fields.makeConstant(root.row) }
    Choices {
        id: takes
        theme: root.theme
        title: qsTr("Recipe parameter")
        Choice { theme: root.theme; text: qsTr("Make one of it"); onTriggered: root.fields.makeParameter(root.row) }
        Instantiator {
            model: root.params
            delegate: Choice {
                required property string modelData
                theme: root.theme
                text: modelData
                onTriggered: root.fields.takeParameter(root.row, modelData)
            }
            onObjectAdded: (index, object) => takes.insertItem(index + 1, object)
            onObjectRemoved: (index, object) => takes.removeItem(object)
        }
    }
    Choice { theme: root.theme; text: qsTr("Copy"); onTriggered: root.fields.copy(root.row) }
    Choice { theme: root.theme; text: qsTr("Paste"); onTriggered: root.fields.pasteCopied(root.row) }
    Choice { theme: root.theme; text: qsTr("Paste as a link"); onTriggered: root.fields.pasteLink(root.row) }
    Choice { theme: root.theme; text: qsTr("Default"); onTriggered: root.fields.reset(root.row) }
    Choice { theme: root.theme; text: qsTr("Handle"); onTriggered: root.fields.toggleHandle(root.row) }
}
