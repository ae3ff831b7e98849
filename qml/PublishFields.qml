// SPDX-License-Identifier: GPL-3.0-or-later
// What is said about a film, who gets what of it, and what will be sent.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import ArtDag

Flickable {
    id: root
    required property Theme theme
    required property Publisher publisher
    required property var licenses
    required property bool hasFilm
    required property bool published
    readonly property PublishForm form: publisher.form
    readonly property var words: form.words

    clip: true
    contentHeight: column.implicitHeight
    boundsBehavior: Flickable.StopAtBounds
    ScrollBar.vertical: ScrollBar { policy: root.contentHeight > root.height ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff; width: 8 }

    ColumnLayout {
        id: column
        width: root.width - (root.contentHeight > root.height ? 12 : 0)
        spacing: 8
        RowLayout {
            Layout.bottomMargin: 4
            Words { theme: root.theme; strong: true; font.pixelSize: root.theme.title; text: root.published ? qsTr("Published") : qsTr("Publish"); Layout.fillWidth: true }
            Words { theme: root.theme; soft: true; small: true; visible: root.form.draft; text: qsTr("draft") }
        }
        Labelled { theme: root.theme; label: qsTr("Title") }
        TextBox {
            theme: root.theme
            Layout.fillWidth: true
            enabled: root.hasFilm
            text: root.words.title
            placeholderText: qsTr("Title")
            onTextEdited: root.form.set("title", text)
        }
        Labelled { theme: root.theme; label: qsTr("Alt text: what is to be seen, for those who do not see it") }
        WordsArea {
            theme: root.theme
            name: qsTr("Alt text")
            text: root.words.alt
            enabled: root.hasFilm
            next: tags
            placeholderText: qsTr("A glowing rose window turns slowly …")
            Layout.fillWidth: true
            Layout.preferredHeight: root.theme.tall(76)
            onEdited: text => root.form.set("alt", text)
        }
        Words {
            theme: root.theme
            visible: root.words.alt === "" && root.hasFilm
            soft: true
            small: true
            wrapMode: Text.Wrap
            Layout.fillWidth: true
            text: qsTr("Without alt text, people who do not see the film will not know what it shows.")
        }
        Labelled { theme: root.theme; label: qsTr("Tags, with commas") }
        TextBox {
            id: tags
            theme: root.theme
            Layout.fillWidth: true
            enabled: root.hasFilm
            text: root.words.tags
            placeholderText: qsTr("cathedral, fractal")
            onTextEdited: root.form.set("tags", text)
        }
        GridLayout {
            Layout.fillWidth: true
            columns: 2
            columnSpacing: 12
            rowSpacing: 8
            enabled: root.hasFilm
            NamedChoice {
                theme: root.theme
                label: qsTr("Licence")
                choices: [value, ...root.licenses.filter(name => name !== value)].map(name => ({ name: name, title: name }))
                value: root.words.license
                onChosen: name => root.form.set("license", name)
            }
            NamedChoice {
                theme: root.theme
                label: qsTr("Visible to")
                choices: [{ name: "public", title: qsTr("everyone") }, { name: "unlisted", title: qsTr("everyone, unlisted") }, { name: "followers", title: qsTr("followers") }, { name: "private", title: qsTr("only you") }]
                value: root.words.visibility
                onChosen: name => root.form.set("visibility", name)
            }
            NamedChoice {
                theme: root.theme
                label: qsTr("Recipe for")
                choices: [{ name: "public", title: qsTr("everyone") }, { name: "followers", title: qsTr("followers") }, { name: "request", title: qsTr("who asks you") }, { name: "sealed", title: qsTr("nobody") }]
                value: root.words.recipe
                onChosen: name => root.form.set("recipe", name)
            }
            NamedChoice {
                theme: root.theme
                label: qsTr("Inputs")
                choices: [{ name: "public", title: qsTr("published too") }, { name: "cite", title: qsTr("only cited") }]
                value: root.words.inputs
                onChosen: name => root.form.set("inputs", name)
            }
            NamedChoice {
                theme: root.theme
                enabled: !root.published
                label: qsTr("Inside the file")
                choices: [{ name: "none", title: qsTr("nothing") }, { name: "link", title: qsTr("a link to how it was made") }, { name: "full", title: qsTr("the recipe") }]
                value: root.words.embedded
                Layout.columnSpan: 2
                onChosen: name => root.form.set("embedded", name)
            }
        }
        Words {
            theme: root.theme
            visible: root.hasFilm && text !== ""
            wrapMode: Text.Wrap
            Layout.fillWidth: true
            Layout.topMargin: 4
            text: root.publisher.checkable === "" ? "" : qsTr("What strangers can do: %1.").arg(root.publisher.checkable)
        }
        Words {
            theme: root.theme
            visible: root.hasFilm && (root.words.recipe === "followers" || root.words.recipe === "request")
            soft: true
            small: true
            wrapMode: Text.Wrap
            Layout.fillWidth: true
            text: qsTr("The recipe is not sent: you give it to those yourself.")
        }
        SplitFields {
            theme: root.theme
            publisher: root.publisher
            visible: root.hasFilm && !root.published
            Layout.fillWidth: true
        }
        ColumnLayout {
            visible: root.hasFilm && root.publisher.shares.length > 0
            spacing: 2
            Labelled { theme: root.theme; label: qsTr("If it earns") }
            Repeater {
                model: root.publisher.shares
                RowLayout {
                    id: share
                    required property var modelData
                    Words { theme: root.theme; small: true; text: share.modelData.owner; Layout.fillWidth: true; elide: Text.ElideMiddle }
                    Words { theme: root.theme; small: true; soft: true; text: share.modelData.agreed }
                    Words { theme: root.theme; small: true; text: share.modelData.share; horizontalAlignment: Text.AlignRight; Layout.minimumWidth: 48 }
                }
            }
        }
        ColumnLayout {
            visible: root.hasFilm && !root.published && root.publisher.total !== ""
            spacing: 2
            Labelled { theme: root.theme; label: qsTr("What is sent: %1").arg(root.publisher.total) }
            Repeater {
                model: root.publisher.objects
                RowLayout {
                    id: object
                    required property var modelData
                    Words { theme: root.theme; small: true; soft: !object.modelData.sent; text: object.modelData.what; Layout.fillWidth: true }
                    Words { theme: root.theme; small: true; soft: true; text: object.modelData.size; horizontalAlignment: Text.AlignRight }
                }
            }
        }
    }
}
