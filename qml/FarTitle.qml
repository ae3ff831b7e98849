// SPDX-License-Identifier: GPL-3.0-or-later
// The title of a card that is too small for anything else: as large as the card allows.
import QtQuick
import ArtDag

Text {
    id: root
    required property Theme theme
    required property string title
    required property real cardX
    required property real cardY
    required property real cardWidth
    required property real cardHeight
    required property bool shown

    visible: shown
    x: cardX + 8
    y: cardY + 30
    width: cardWidth - 16
    height: cardHeight - 40
    text: title
    color: theme.text
    font.family: theme.family
    font.pixelSize: 32
    wrapMode: Text.WrapAnywhere
    maximumLineCount: 3
    elide: Text.ElideRight
    renderType: Text.QtRendering
    Accessible.ignored: true
}
