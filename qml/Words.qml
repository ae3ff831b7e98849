// SPDX-License-Identifier: GPL-3.0-or-later
// Text as the theme writes it.
import QtQuick

Text {
    required property Theme theme
    property bool soft: false
    property bool strong: false
    property bool small: false

    color: soft ? theme.soft : theme.text
    font.family: theme.family
    font.pixelSize: small ? theme.small : theme.size
    font.weight: strong ? theme.strong : Font.Normal
    elide: Text.ElideRight
    textFormat: Text.PlainText
    verticalAlignment: Text.AlignVCenter
}
